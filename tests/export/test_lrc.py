import pytest

from voicecoach.export.labels import Line, Word
from voicecoach.export.lrc import lrc, screens


def test_each_line_has_its_time_in_hundredths() -> None:
    lines = [Line(0, 900, "Sit tall."), Line(1_234, 2_000, "Left leg."), Line(3_725_996, 3_726_500, "Done.")]

    assert lrc(lines) == (
        "[00:00.00]Sit tall.\n[00:01.23]Left leg.\n[00:02.00]\n[62:06.00]Done.\n[62:06.50]\n"
    )  # 3,725.996 s is rounded before it is split


@pytest.mark.parametrize(("pause", "cleared"), [(4_000, False), (4_001, True)])
def test_a_pause_over_4_seconds_clears_the_screen(pause: int, cleared: bool) -> None:
    lines = [Line(0, 1_000, "a"), Line(1_000 + pause, 6_000, "b")]

    shown = list(screens(lines))

    assert ((1_000, "") in shown) is cleared
    assert shown[-1] == (6_000, "")


def test_no_lines_are_no_text() -> None:
    assert lrc([]) == ""
    assert lrc([Line(0, 10, " \n")]) == ""


def test_lines_come_in_order_of_time_and_each_stays_one_row() -> None:
    lines = [Line(2_000, 3_000, "b\r\nc\0\u2028d"), Line(0, 1_000, "a")]

    assert lrc(lines) == "[00:00.00]a\n[00:02.00]b c d\n[00:03.00]\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[00:09.00]x", "(00:09.00)x"),
        ("[ar:me]", "(ar:me)"),
        ("[ar:me] [00:09]x", "(ar:me) (00:09)x"),
        ("a <00:01.50>b", "a (00:01.50)b"),
        ("hold [as long as you can] & <b>", "hold [as long as you can] & <b>"),
    ],
)
def test_brackets_of_a_text_are_no_times(text: str, shown: str) -> None:
    assert lrc([Line(0, 10, text)]).splitlines()[0] == f"[00:00.00]{shown}"


def test_words_have_their_times_if_asked_for() -> None:
    words = (Word(1_000, 1_200, "Sit"), Word(1_250, 1_500, "tall."))

    text = lrc([Line(1_000, 1_500, "Sit tall.", words), Line(2_000, 2_500, "Left.")], words=True)

    assert text == "[00:01.00]<00:01.00>Sit <00:01.25>tall.\n[00:02.00]Left.\n[00:02.50]\n"
