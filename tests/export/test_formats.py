"""What must hold of every format: where the sound begins and ends, and what the file says about itself."""

import io
import subprocess
import sys
import textwrap
from pathlib import Path

import av
import numpy as np
import pytest
from mixes import CHAPTERS, ONSETS, RATE, Tune, mix, samples
from mutagen.flac import FLAC
from mutagen.flac import Picture as Block
from mutagen.id3 import ID3
from mutagen.mp4 import MP4, MP4Cover
from PIL import Image

from voicecoach.export.audio import formats, render
from voicecoach.export.id3 import id3_tag
from voicecoach.export.labels import Labels, Line, Picture
from voicecoach.export.tags import Tags
from voicecoach.sound.tones import tone
from voicecoach.timeline import Chapter, Sound

SUFFIXES = [form.suffix for form in formats() if form.listed]
LABELLED = [suffix for suffix in SUFFIXES if suffix != ".wav"]
CODEC_FRAME = {".m4a": 1024, ".m4b": 1024, ".mp3": 576, ".opus": 480, ".ogg": 1024, ".flac": 1, ".wav": 1}
"""At 24 kHz; a format without loss has none."""

TAGS = Tags("Füße 🦶", "Ana; <b>", "Album", "Stop if\nit hurts.", "de-AT", "Health & Fitness", "An article", 3, 12)
LINES = (Line(100, 900, "Sit tall."), Line(9_000, 9_900, "[00:01.00]Left & <right>"))
LYRICS = "[00:00.10]Sit tall.\n[00:00.90]\n[00:09.00](00:01.00)Left & <right>\n[00:09.90]\n"


def picture(mime: str = "image/jpeg") -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(file, mime.partition("/")[2].upper())
    return Picture(file.getvalue(), "image/png" if mime == "image/png" else "image/jpeg", 64, 48)


def labels() -> Labels:
    return Labels(TAGS, CHAPTERS, picture(), LINES)


def decoded(path: Path, rate: int = RATE) -> np.ndarray:
    """What is heard, shape (frames, channels): without what the file says not to play."""
    with av.open(str(path)) as container:
        layout = container.streams.audio[0].layout.name
        resampler = av.AudioResampler("fltp", layout, rate)
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1).T


def error(heard: np.ndarray, wanted: np.ndarray) -> float:
    """The difference against the sound itself; 0.1 is 20 dB below it."""
    count = min(len(heard), len(wanted))
    return float(np.sqrt(((heard[:count] - wanted[:count]) ** 2).mean() / (wanted**2).mean()))


@pytest.mark.parametrize("duration", [1, 43, 1_024, 4_001, 30_000])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_begins_at_0_and_ends_with_the_mix_within_one_codec_frame(
    tmp_path: Path, suffix: str, duration: int
) -> None:
    mixer = mix(duration)

    path = render(mixer, labels(), tmp_path / f"a{suffix}").path

    heard = decoded(path)
    assert abs(len(heard) - mixer.length) <= CODEC_FRAME[suffix]
    if duration >= 4_001:
        assert error(heard[:, 0], samples(mixer)) < 0.2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_tones_begin_within_1_ms(tmp_path: Path, suffix: str) -> None:
    heard = decoded(render(mix(), labels(), tmp_path / f"a{suffix}").path)[:, 0]

    bell = tone(Sound("bell"), 200, RATE).samples
    for onset in ONSETS:
        first = max(onset * 24 - 1200, 0)
        found = first + int(np.correlate(heard[first : first + 8400], bell, "valid").argmax())
        assert abs(found - onset * 24) <= 24


@pytest.mark.parametrize("rate", [24_000, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mono_and_stereo_keep_their_channels_at_every_rate(
    tmp_path: Path, suffix: str, channels: int, rate: int
) -> None:
    tune = Tune(rate * 2 + 7 * rate // 1000, rate, channels)

    path = render(tune, labels(), tmp_path / f"a{suffix}").path

    heard = decoded(path, rate)
    assert heard.shape[1] == channels
    assert abs(len(heard) - tune.length) <= CODEC_FRAME[suffix] * rate // RATE
    assert error(heard, tune.read(0, tune.length).reshape(-1, channels)) < 0.2


@pytest.mark.parametrize("suffix", LABELLED)
def test_chapters_are_read_back_in_order(tmp_path: Path, suffix: str) -> None:
    chapters = tuple(Chapter(f"{'long ' * (5 - n)}{n} Fuß, =;#", n * 5_000, n * 5_000 + 5_000) for n in range(6))

    path = render(mix(), Labels(TAGS, chapters), tmp_path / f"a{suffix}").path

    with av.open(str(path)) as container:
        held = container.chapters()
    assert [(c["metadata"]["title"], c["start"] * c["time_base"] * 1000) for c in held] == [
        (chapter.title, chapter.start) for chapter in chapters
    ]


def test_an_mp3_names_its_chapters_in_order_in_the_table_and_in_the_file(tmp_path: Path) -> None:
    chapters = tuple(Chapter("x" * (300 - n), n * 100, n * 100 + 100) for n in range(300))

    content = id3_tag(Labels(TAGS, chapters), 30_000)

    tag = ID3(io.BytesIO(content))
    named = tag["CTOC:toc"].child_element_ids
    assert [tag[f"CHAP:{name}"].start_time for name in named] == [n * 100 for n in range(255)]
    assert tag[f"CHAP:{named[-1]}"].end_time == 30_000
    assert content.index(b"chp009\0" + (900).to_bytes(4, "big")) < content.index(
        b"chp010\0" + (1000).to_bytes(4, "big")
    )
    assert tag.version == (2, 3, 0)


def test_an_mp4_says_what_it_is(tmp_path: Path) -> None:
    path = render(mix(), labels(), tmp_path / "a.m4a").path

    file = MP4(path)
    assert file.tags is not None
    found = {name: file.tags[name][0] for name in ("©nam", "©ART", "©alb", "©gen", "©cmt", "©lyr", "trkn", "stik")}
    assert found == {
        "©nam": "Füße 🦶",
        "©ART": "Ana; <b>",
        "©alb": "Album",
        "©gen": "Health & Fitness",
        "©cmt": "Stop if\nit hurts.\nAn article",
        "©lyr": LYRICS,
        "trkn": (3, 12),
        "stik": 1,
    }
    assert bytes(file.tags["covr"][0]) == picture().data
    assert file.tags["covr"][0].imageformat == MP4Cover.FORMAT_JPEG
    assert "©day" not in file.tags


def test_an_m4b_is_an_m4a_of_another_brand(tmp_path: Path) -> None:
    music = render(mix(), labels(), tmp_path / "a.m4a").path.read_bytes()
    book = render(mix(), labels(), tmp_path / "a.m4b").path.read_bytes()

    differing = [at for at, (one, other) in enumerate(zip(music, book, strict=True)) if one != other]
    assert book[4:12] == b"ftypM4B "
    assert len(differing) <= 3  # the brand, the same among the compatible ones, and the kind of media


def test_an_mp3_says_what_it_is(tmp_path: Path) -> None:
    path = render(mix(), labels(), tmp_path / "a.mp3").path

    tag = ID3(path)
    found = {name: tag[name].text[0] for name in ("TIT2", "TPE1", "TALB", "TCON", "TLAN", "TRCK", "TXXX:SOURCE")}
    assert found == {
        "TIT2": "Füße 🦶",
        "TPE1": "Ana; <b>",
        "TALB": "Album",
        "TCON": "Health & Fitness",
        "TLAN": "deu",
        "TRCK": "3/12",
        "TXXX:SOURCE": "An article",
    }
    assert tag["COMM::deu"].text == ["Stop if\nit hurts."]
    assert tag["USLT::deu"].text == LYRICS
    assert tag["SYLT::deu"].text == [
        ("Sit tall.", 100),
        ("", 900),
        ("[00:01.00]Left & <right>", 9_000),
        ("", 9_900),
    ]
    assert (tag["APIC:"].data, tag["APIC:"].mime, tag["APIC:"].type) == (picture().data, "image/jpeg", 3)
    assert not tag.getall("TDRC")


@pytest.mark.parametrize("suffix", [".opus", ".ogg", ".flac"])
def test_comments_say_what_the_file_is(tmp_path: Path, suffix: str) -> None:
    import mutagen

    path = render(mix(), labels(), tmp_path / f"a{suffix}").path

    file = mutagen.File(path)
    found = {name: file[name][0] for name in file if "CHAPTER" not in name.upper() and name != "metadata_block_picture"}
    assert found.pop("encoder", "Lavf") == "Lavf"
    assert found == {
        "title": "Füße 🦶",
        "artist": "Ana; <b>",
        "album": "Album",
        "genre": "Health & Fitness",
        "description": "Stop if\nit hurts.",
        "source": "An article",
        "language": "deu",
        "tracknumber": "3",
        "tracktotal": "12",
        "lyrics": LYRICS,
    }
    assert file["CHAPTER001"] == ["00:00:04.000"]
    assert file["CHAPTER001NAME"] == ["Fußkreisen 🦶"]


@pytest.mark.parametrize("mime", ["image/jpeg", "image/png"])
@pytest.mark.parametrize("suffix", LABELLED)
def test_the_cover_is_in_the_file_byte_by_byte(tmp_path: Path, suffix: str, mime: str) -> None:
    import base64

    import mutagen

    cover = picture(mime)

    path = render(mix(), Labels(TAGS, CHAPTERS, cover), tmp_path / f"a{suffix}").path

    file = mutagen.File(path)
    if suffix in {".m4a", ".m4b"}:
        assert bytes(file.tags["covr"][0]) == cover.data
        return
    if suffix == ".mp3":
        assert file.tags["APIC:"].data == cover.data
        return
    block = file.pictures[0] if isinstance(file, FLAC) else Block(base64.b64decode(file["metadata_block_picture"][0]))
    assert (block.data, block.mime, block.type, block.width, block.height) == (cover.data, mime, 3, 64, 48)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_with_every_label_has_the_same_bytes_in_another_process(tmp_path: Path, suffix: str) -> None:
    first = render(mix(), labels(), tmp_path / f"a{suffix}").path
    code = f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from mixes import mix
        from test_formats import labels
        from voicecoach.export.audio import render
        render(mix(), labels(), Path({str(tmp_path / f"b{suffix}")!r}))
    """

    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)

    assert first.read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", LABELLED)
def test_hostile_text_breaks_no_tag(tmp_path: Path, suffix: str) -> None:
    nasty = "\0a\ud800\x01\x1b[31m=;\n[CHAPTER]\nTITLE=x/(17)\u202egpj.exe"
    hostile = Tags(nasty, nasty, nasty, nasty, nasty, nasty, nasty)

    path = render(
        mix(), Labels(hostile, (Chapter(nasty, 0, 30_000),), None, (Line(0, 10, nasty),)), tmp_path / f"a{suffix}"
    ).path

    shown = "a?[31m=;\n[CHAPTER]\nTITLE=x/(17)\u202egpj.exe"
    with av.open(str(path)) as container:
        assert container.metadata.get("title", container.streams.audio[0].metadata.get("title")) == shown
        assert [chapter["metadata"]["title"] for chapter in container.chapters()] == [shown]
    assert error(decoded(path)[:, 0], samples(mix())) < 0.2


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resources")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_memory_does_not_grow_with_the_length(tmp_path: Path, suffix: str) -> None:
    code = f"""
        import resource, sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from mixes import Tune
        from voicecoach.export.audio import render
        from voicecoach.export.labels import Labels
        from voicecoach.export.tags import Tags
        most = []
        for seconds in (40, 400):
            render(Tune(seconds * 24_000, 24_000, 1), Labels(Tags("t")), Path({str(tmp_path / f"a{suffix}")!r}))
            most.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        print(most[1] - most[0])
    """

    shown = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, capture_output=True, text=True)

    grown = int(shown.stdout) * (1 if sys.platform == "darwin" else 1024)
    assert grown < 3_000_000  # 360 seconds of 16-bit samples are 17 MB
