import hashlib
import io
import subprocess
import sys
from collections import Counter
from math import cos, pi, sin
from pathlib import Path

import pytest
from PIL import Image

from voicecoach import compile, load
from voicecoach.export.artwork.drawn import SIDE, draw_cover, length_words
from voicecoach.export.artwork.letters import FONT, legible
from voicecoach.export.artwork.stretches import stretches
from voicecoach.session import Session
from voicecoach.timeline import Timeline

GREEN, BLUE, GREY, AMBER = (94, 224, 138), (108, 184, 255), (132, 150, 165), (255, 178, 92)
COLOURS = {"work": GREEN, "rest": BLUE, "talk": GREY, "wait": AMBER}
RING = 0.4255
"""The middle of the ring, in sides."""


def timeline(name: str = "feet-morning") -> Timeline:
    session: Session = compile(load(name), engine="silent")
    return session.timeline


def drawn(session: Timeline, side: int = SIDE) -> Image.Image:
    picture = draw_cover(session)
    image = Image.open(io.BytesIO(picture.data))
    assert (image.width, image.height, image.format) == (picture.width, picture.height, "JPEG")
    return image.convert("RGB").resize((side, side), Image.Resampling.LANCZOS)


def on_ring(image: Image.Image, share: float, radius: float = RING) -> tuple[int, int, int]:
    angle = share * 2 * pi
    place = (0.5 + radius * sin(angle), 0.5 - radius * cos(angle))
    pixel = image.getpixel((round(place[0] * image.width), round(place[1] * image.height)))
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", ["feet-morning", "tabata", "box-breathing", "minimal"])
def test_the_ring_is_the_timeline(name: str) -> None:
    session = timeline(name)
    image = drawn(session)

    found = stretches(session)

    assert [found[0].start, *(stretch.end for stretch in found)] == [
        *(stretch.start for stretch in found),
        session.duration,
    ]
    assert [(s.start, s.end) for s in found if s.kind == "work"] == [(b.start, b.end) for b in session.bouts]
    wide = [s for s in found if s.kind != "wait" and (s.end - s.start) / session.duration > 0.01]
    assert len(wide) >= 2
    for stretch in wide:
        for part in (0.3, 0.5, 0.7):
            at = stretch.start + (stretch.end - stretch.start) * part
            assert alike(on_ring(image, at / session.duration), COLOURS[stretch.kind]), (stretch, part)


def test_work_is_broader_than_rest_and_rest_than_words() -> None:
    session = timeline("tabata")
    image = drawn(session)

    broad = {}
    for kind, colour in COLOURS.items():
        stretch = max((s for s in stretches(session) if s.kind == kind), key=lambda s: s.end - s.start)
        middle = (stretch.start + stretch.end) / 2 / session.duration
        broad[kind] = sum(alike(on_ring(image, middle, radius / 1_000), colour) for radius in range(360, 490))

    assert broad["work"] > 2 * broad["rest"] > 3 * broad["talk"] > 0


def test_a_wait_is_a_row_of_dots() -> None:
    session = timeline()
    [wait] = [stretch for stretch in stretches(session) if stretch.kind == "wait"]
    [segment] = [segment for segment in session.segments if segment.gate == "wait"]

    assert (wait.start, wait.end) == (segment.holds, segment.end)
    steps = [wait.start + (wait.end - wait.start) * n / 200 for n in range(201)]
    image = drawn(session)
    amber = [alike(on_ring(image, at / session.duration), AMBER) for at in steps]
    assert sum(one and not before for before, one in zip([False, *amber], amber, strict=False)) >= 3


def test_the_same_timeline_is_the_same_bytes_also_in_another_process() -> None:
    code = (
        "import hashlib; from voicecoach import compile, load; from voicecoach.export.artwork.drawn import draw_cover;"
        "t = compile(load('minimal'), engine='silent').timeline;"
        "print(hashlib.sha256(draw_cover(t).data).hexdigest())"
    )

    one = draw_cover(timeline("minimal")).data
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    assert draw_cover(timeline("minimal")).data == one
    assert hashlib.sha256(one).hexdigest() == other


@pytest.mark.parametrize("name", ["feet-morning", "feet-midday", "feet-evening", "box-breathing", "tabata", "minimal"])
def test_a_cover_is_small_and_its_title_readable_at_64_pixels(name: str) -> None:
    session = timeline(name)

    image = drawn(session, 64).convert("L")

    middle = image.crop((16, 14, 48, 50))
    light = [sum(p > 190 for p in middle.crop((0, y, 32, y + 1)).tobytes()) for y in range(36)]
    assert len(draw_cover(session).data) < 150_000
    assert sum(count >= 3 for count in light) >= 6
    assert Counter(p < 90 for p in middle.tobytes())[True] > 400


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "🦶🦶🏽",
        "\0\n\t\u202e\ud800",
        "x",
        "W" * 500,
        "one two " * 200,
        "足のストレッチ" * 20,
        "تمارين القدم",
        "นวดฝ่าเท้า",
        "<b>bold</b> & {x} %s \\n",
        "\U0010fffd\U0010fffd",
        "e\u0301" * 40,
    ],
)
def test_any_title_makes_a_cover(title: str) -> None:
    picture = draw_cover(timeline("minimal")._replace(title=title))

    assert 20_000 < len(picture.data) < 150_000


@pytest.mark.parametrize("duration", [1, 999, 3 * 3_600_000])
def test_a_session_without_work_and_of_any_length_has_a_cover(duration: int) -> None:
    empty = Timeline("id", "Title", "en", "f", {}, 24_000, duration, False, (), (), (), (), ())

    assert alike(on_ring(drawn(empty), 0.25), GREY)


def test_a_thousand_stretches_make_a_small_cover() -> None:
    session = timeline("minimal")
    bout = session.bouts[0]
    bouts = tuple(bout._replace(start=n * 3_600, end=n * 3_600 + 1_800) for n in range(1_000))

    picture = draw_cover(session._replace(bouts=bouts, duration=3_600_000, segments=()))

    assert len(picture.data) < 150_000


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "1 s"),
        (45_400, "45 s"),
        (59_999, "60 s"),
        (60_000, "1 min"),
        (623_000, "10 min"),
        (3_569_000, "59 min"),
        (3_570_000, "1 h"),
        (3_900_000, "1 h 5"),
        (10_800_000, "3 h"),
    ],
)
def test_length_in_words(length: int, words: str) -> None:
    assert length_words(length) == words


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Füße & naïve Café 🦶", "Füße & naïve Café"),
        ("Утренняя — растяжка", "Утренняя — растяжка"),
        ("Πρωινή διάταση", "Πρωινή διάταση"),
        ("Kéo giãn bàn chân", "Kéo giãn bàn chân"),
        ("e\u0301tirement", "étirement"),
        ("🦶🦶", ""),
        ("a\u200bb\u202ec\0", "abc"),
    ],
)
def test_letters_that_come_along(title: str, shown: str) -> None:
    assert legible(title) == (shown, FONT)


def test_words_no_font_has_are_left_out_whole() -> None:
    """Linear A is a script that hardly any font has."""
    assert legible("Disc \U00010600\U00010601x now") == ("Disc now", FONT)


def test_pillow_is_loaded_only_when_a_cover_is_drawn(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from voicecoach import compile, load, render
        session = compile(load("minimal"), engine="silent")
        render(session, sys.argv[1] + "/a.wav")
        print("PIL" in sys.modules)
        render(session, sys.argv[1] + "/a.flac", cover=False)
        print("PIL" in sys.modules)
        render(session, sys.argv[1] + "/a.flac")
        print("PIL" in sys.modules)
    """

    shown = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)

    assert shown.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("title", ["Morning foot stretches", "W" * 60, "one two three four five six " * 4, "i", ""])
def test_the_words_stay_inside_the_ring(title: str) -> None:
    image = drawn(timeline("minimal")._replace(title=title))

    white = [place for place, pixel in enumerate(image.convert("L").tobytes()) if pixel > 235]
    far = [max(abs(place % SIDE - SIDE / 2), abs(place // SIDE - SIDE / 2)) for place in white]
    round_off = [((place % SIDE - SIDE / 2) ** 2 + (place // SIDE - SIDE / 2) ** 2) ** 0.5 for place in white]

    assert len(white) > 1_000
    assert max(far) > 60
    assert max(round_off) < 0.373 * SIDE
