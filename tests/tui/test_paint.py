import pytest

from voicecoach.player.scene import Phase, Scene
from voicecoach.tui.cells import cell_len
from voicecoach.tui.digits import numeral
from voicecoach.tui.letters import big
from voicecoach.tui.paint import paint
from voicecoach.tui.sight import HUES, Row, Sight
from voicecoach.tui.themes import DRAWN

SCENE = Scene(
    phase="hold",
    what="Calf stretch",
    ways="left leg",
    seconds=12,
    counts=("Hold 2 of 3", "Set 1 of 2"),
    caption="Gently. It should stretch.",
    bout_share=0.5,
    session_share=0.25,
    chapters=(0.0, 0.1, 0.5),
    chapter="Calf stretch, left leg",
    elapsed_ms=61_000,
    length_ms=244_000,
    next="right leg, 15 s",
    hint="",
    tone="",
)
SIZES = [(1, 1), (20, 4), (40, 11), (44, 13), (60, 15), (80, 23), (100, 30), (139, 37), (140, 38), (200, 49), (300, 90)]


def lines(rows: tuple[Row, ...]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


def rows_of(scene: Scene, width: int = 80, height: int = 23, **more: object) -> tuple[Row, ...]:
    return paint(Sight(scene, "Two stretches")._replace(**more), width, height)


def holds(screen: list[str], block: tuple[str, ...] | None) -> bool:
    """True if block letters or digits stand somewhere on the screen."""
    assert block
    first = block[0].rstrip()
    return any(
        screen[y].find(first, x) == x and all(screen[y + i][x:].startswith(row.rstrip()) for i, row in enumerate(block))
        for y in range(len(screen) - len(block) + 1)
        for x in range(len(screen[y]))
    )


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("phase", HUES)
def test_the_space_is_filled_exactly(width: int, height: int, phase: Phase) -> None:
    rows = rows_of(SCENE._replace(phase=phase), width, height)

    assert len(rows) == height
    assert {cell_len(line) for line in lines(rows)} == {width}
    assert {role for row in rows for _, role in row} <= set(DRAWN)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(
    "change",
    [
        {"what": "", "ways": "", "counts": (), "caption": "", "next": "", "chapter": "", "chapters": ()},
        {"what": "A very long exercise name " * 12, "ways": "left, clockwise, with the arm that hurts less " * 4},
        {"what": "足の体操を" * 9, "caption": "つま先を" * 40, "next": "足" * 99},
        {"what": "[bold]Plank[/bold] \x1b[31m", "caption": "[/] [@click=app.quit]x"},
        {"seconds": 7_325, "counts": tuple(f"Round {n} of 400" for n in range(20))},
        {"seconds": 0, "bout_share": 7.0, "session_share": -3.0, "chapters": (0.0, 0.0, 1.0, 0.999)},
        {"phase": "wait", "seconds": None},
    ],
    ids=["empty", "long", "wide", "markup", "many", "out of range", "gate"],
)
def test_nothing_breaks_out_of_the_space(width: int, height: int, change: dict[str, object]) -> None:
    rows = rows_of(
        SCENE._replace(**change), width, height, trouble="gone " * 60, fix="plug " * 60, tone="a-tone-of-mine"
    )  # type: ignore[arg-type]

    assert len(rows) == height
    assert {cell_len(line) for line in lines(rows)} == {width}
    assert "\x1b" not in "".join(lines(rows))


@pytest.mark.parametrize(("width", "height", "least"), [(60, 15, 5), (80, 23, 8), (200, 49, 16)])
def test_seconds_are_huge(width: int, height: int, least: int) -> None:
    screen = lines(rows_of(SCENE, width, height))

    tallest = max(tall for tall in range(3, 40) if holds(screen, numeral("12", tall, 200)))

    assert tallest >= least


@pytest.mark.parametrize("phase", HUES)
def test_the_phase_is_a_word_as_well_as_a_colour(phase: Phase) -> None:
    rows = rows_of(SCENE._replace(phase=phase))

    word = big(phase, 80, 1, 1)
    assert word
    assert holds(lines(rows), tuple(row for row in word if row.strip()))
    assert HUES[phase] in {role for row in rows for _, role in row}


def test_phases_that_ask_for_something_else_have_another_colour() -> None:
    alike = [{"hold", "move", "breathe", "done"}, {"relax", "rest"}]
    alone = [{"get ready"}, {"switch"}, {"wait"}, {"paused"}, {"no sound"}, {"listen"}]

    hues = [{HUES[phase] for phase in HUES if phase in group} for group in (*alike, *alone)]

    assert all(len(group) == 1 for group in hues)
    assert len(set().union(*hues)) == len(hues)


def test_what_and_side_are_in_block_letters() -> None:
    screen = lines(rows_of(SCENE))

    assert holds(screen, big("calf stretch", 80, 1, 1))
    assert holds(screen, big("left leg", 80, 1, 1))


def test_a_name_without_block_letters_is_shown_as_it_is() -> None:
    screen = lines(rows_of(SCENE._replace(what="Łydka")))

    assert any("Łydka" in line for line in screen)


def test_counts_caption_next_chapter_and_time_are_there() -> None:
    screen = "\n".join(lines(rows_of(SCENE)))

    for words in (
        "Hold 2 of 3 · Set 1 of 2",
        "Gently. It should stretch.",
        "Next  right leg, 15 s",
        "Calf stretch, left leg",
        "1:01 of 4:04",
        "Two stretches",
    ):
        assert words in screen


def test_captions_can_be_hidden() -> None:
    screen = "\n".join(lines(rows_of(SCENE, captions=False)))

    assert "Gently" not in screen


def test_bars_show_how_far_it_is_without_colour() -> None:
    screen = lines(rows_of(SCENE, width=84))

    assert "█" * 40 + "─" * 40 in screen[-8] + screen[-7] + screen[-6]
    course = next(line for line in screen if "┃" in line)
    assert course.index("┃") == 2 + 8
    assert course.count("█") + 1 == 20
    assert course.count("┃") == 2


def test_a_gate_says_which_key_to_press() -> None:
    scene = SCENE._replace(phase="wait", seconds=None, hint="Press SPACE when you are ready")

    screen = lines(rows_of(scene))

    assert holds(screen, tuple(row for row in big("space", 80, 2, 1) or () if row.strip()))
    assert any("Press SPACE when you are ready" in line for line in screen)


def test_trouble_takes_the_place_of_the_caption_even_if_captions_are_off() -> None:
    rows = rows_of(SCENE, captions=False, trouble="The headset is gone.", fix="Plug it in again.")

    screen = "\n".join(lines(rows))
    assert "The headset is gone." in screen
    assert "Plug it in again." in screen


def test_a_tone_is_a_word_and_a_flash() -> None:
    rows = rows_of(SCENE, tone="start", flash=True)

    assert holds(lines(rows), tuple(row for row in big("start", 80, 1, 1) or () if row.strip()))
    assert all(role == "work" for _, role in rows[8])


def test_a_notice_goes_before_the_hint() -> None:
    screen = "\n".join(lines(rows_of(SCENE._replace(hint="a hint"), notice="a notice")))

    assert "a notice" in screen
    assert "a hint" not in screen
