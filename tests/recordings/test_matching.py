"""Which line a file says: by its number or its words, and never another line than was meant."""

from pathlib import Path

import pytest

from voicecoach.recordings.matching import matched

RELAX, REST, THREE, GENTLY = ("en", "Relax."), ("en", "Rest."), ("en", "3"), ("en", "Gently! It’s 20–30s.")
NUMBERS = {1: THREE, 3: REST, 7: RELAX}
LINES = [RELAX, REST, THREE, GENTLY]


def line_of(name: str) -> tuple[str, str] | None:
    [match] = matched([Path(name)], NUMBERS, LINES)
    assert (match.line is None) == bool(match.why)
    return match.line


@pytest.mark.parametrize(
    "name",
    [
        "07.wav",
        "7.WAV",
        "0007.m4a",
        "7 - words.m4a",
        "7_relax.mp3",
        "#7.flac",
        "7 (1).wav",
        "7-2.wav",
        "7. Relax!.ogg",
        "٧.wav",
    ],
)
def test_by_number(name: str) -> None:
    assert line_of(name) == RELAX


@pytest.mark.parametrize("name", ["relax.wav", "RELAX.m4a", "Relax .wav", "relax!.mp3"])
def test_by_words(name: str) -> None:
    assert line_of(name) == RELAX


def test_words_are_found_without_the_signs_that_file_names_have_not() -> None:
    assert line_of("gently its 20-30s.wav") == GENTLY


def test_a_number_alone_is_never_the_words() -> None:
    assert line_of("3.wav") == REST


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("99.wav", "there is no line 99 that was ever listed"),
        ("hello.wav", "its name is neither the number nor the words of a line"),
        ("New Recording 7.m4a", "its name is neither the number nor the words of a line"),
        ("7 - rest.wav", "line 7 is “Relax.”, and its words are another line's"),
        ("\n.wav", "its name is neither the number nor the words of a line"),
        ("9999999999.wav", "its name is neither the number nor the words of a line"),
    ],
)
def test_what_says_no_line_is_told(name: str, why: str) -> None:
    [match] = matched([Path(name)], NUMBERS, LINES)

    assert (match.line, match.why) == (None, why)


def test_two_files_for_one_line_are_both_left() -> None:
    found = matched([Path("07.wav"), Path("relax.mp3"), Path("3.wav")], NUMBERS, LINES)

    assert [match.line for match in found] == [None, None, REST]
    assert found[0].why == "several files say the same line (07.wav, relax.mp3); keep one of them"


def test_words_that_are_two_lines_are_not_guessed() -> None:
    lines = [("en", "Ready?"), ("en", "Ready.")]

    [match] = matched([Path("ready.wav")], {}, lines)

    assert match.why == "its words are those of several lines; name it by its number"


def test_a_number_is_found_whose_line_the_session_does_not_have() -> None:
    [match] = matched([Path("7.wav")], NUMBERS, [REST])

    assert match.line == RELAX
