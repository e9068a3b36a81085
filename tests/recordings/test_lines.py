"""The lines of a session: each once, with a number that no other line ever gets."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.api import compile as compiled
from voicecoach.api import load
from voicecoach.compiler.options import Options
from voicecoach.errors import MissingError
from voicecoach.recordings.lines import ReadLine, lines_of
from voicecoach.recordings.numbers import Numbers
from voicecoach.recordings.sheet import Numbered, read_sheet, room, sheet, sheets_in

Write = Callable[[str, str], str]

SCRIPT = """\
title: Two stretches
stop_if: [sharp pain]
steps:
  - {name: Neck, hold: 20s, reps: 2, each: side}
  - {name: Neck, hold: 10s, cues: {at 2s: Relax, countdown: 3}}
  - {breathe: 4-6, cycles: 4, words: 2}
"""


def lines(name: str, dial: int = 0) -> list[ReadLine]:
    return lines_of(compiled(load(name), Options(dial=dial), engine="silent"))


def test_every_distinct_line_is_there_once_in_the_order_it_is_heard(write: Write) -> None:
    found = lines(write("two.coach.yaml", SCRIPT))

    assert [line.text for line in found] == [
        "Stop if you feel sharp pain.",
        "Neck.",
        "3",
        "2",
        "1",
        "Relax.",
        "Last one.",
        "Switch to the right side.",
        "In",
        "Out",
    ]
    by_text = {line.text: line for line in found}
    assert by_text["3"].kind == by_text["In"].kind == "count"
    assert (by_text["In"].heard, by_text["3"].heard) == (2, 5)
    assert by_text["Relax."].heard == 3  # "Relax" is the same words
    assert by_text["Neck."].room is None
    assert by_text["3"].room == 950
    assert [line.first for line in found] == sorted(line.first for line in found)


def test_the_least_room_of_the_same_words_counts(write: Write) -> None:
    found = {line.text: line for line in lines(write("two.coach.yaml", SCRIPT))}

    assert found["Relax."].room is not None
    assert found["Relax."].room < 2_500


def test_a_number_stays_with_its_line_whatever_happens_to_the_script(tmp_path: Path) -> None:
    first = Numbers(tmp_path, "feet").give([("en", "One."), ("en", "Two."), ("en", "Three.")])

    changed = Numbers(tmp_path, "feet").give([("en", "Three"), ("en", "Zero."), ("en", "One.")])
    known = Numbers(tmp_path, "feet").known()

    assert list(first.values()) == [1, 2, 3]
    assert list(changed.values()) == [3, 4, 1]
    assert known == {1: ("en", "One."), 2: ("en", "Two."), 3: ("en", "Three."), 4: ("en", "Zero.")}


def test_every_routine_has_numbers_of_its_own(tmp_path: Path) -> None:
    Numbers(tmp_path, "feet").give([("en", "One.")])

    assert list(Numbers(tmp_path, "../hands/ü").give([("en", "Two.")]).values()) == [1]
    assert {path.parent.parent for path in tmp_path.rglob("*.json")} == {tmp_path}


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"format": "voicecoach-lines/1", "lines": [{"lang": 3}]}', "[" * 9999]
)
def test_numbers_that_cannot_be_read_are_not_given_anew(content: str, tmp_path: Path) -> None:
    numbers = Numbers(tmp_path, "feet")
    numbers.give([("en", "One.")])
    numbers.path.write_text(content)

    with pytest.raises(MissingError) as raised:
        Numbers(tmp_path, "feet")

    assert str(numbers.path) in raised.value.what
    assert "print the lines anew" in raised.value.fix


def test_numbers_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    numbers = Numbers(tmp_path, "feet")
    (tmp_path / ".numbers").write_text("in the way")

    assert list(numbers.give([("en", "One.")]).values()) == [1]
    assert "cannot write" in numbers.problem


def test_the_file_of_numbers_is_json(tmp_path: Path) -> None:
    numbers = Numbers(tmp_path, "feet")
    numbers.give([("de", "Größer.")])

    assert json.loads(numbers.path.read_text("utf-8"))["lines"] == [{"lang": "de", "text": "Größer."}]


LONG = "Stand facing the wall with your left leg behind you. " * 4 + "[7] en, any length"


def test_a_sheet_tells_what_its_numbers_mean() -> None:
    rows = [
        Numbered(7, ReadLine("a", "Relax.", "en", "speech", 3, 0, 500, 2_190)),
        Numbered(12, ReadLine("b", LONG, "de", "speech", 1, 0, 500, None)),
        Numbered(13, ReadLine("c", "3", "en", "count", 1, 0, 500, -20)),
    ]

    text = sheet("Feet", "voicecoach record feet --import FOLDER", rows)

    assert read_sheet(text) == {7: ("en", "Relax."), 12: ("de", LONG), 13: ("en", "3")}
    assert "[7] en, up to 2.1 s, heard 3 times\n    Relax.\n" in text
    assert max(map(len, text.splitlines())) <= 78
    assert read_sheet(text.replace("\n", "\r\n")) == read_sheet(text)


def test_other_texts_are_no_sheet() -> None:
    assert read_sheet("hello\n[1] first\n    x\n\n[99999999] en, any length\n    x\n") == {}


def test_sheets_that_contradict_each_other_mean_nothing(tmp_path: Path) -> None:
    for name, words in (("a.txt", "One."), ("b.txt", "Other.")):
        rows = [
            Numbered(1, ReadLine("a", words, "en", "speech", 1, 0, 500, None)),
            Numbered(2, ReadLine("b", "Two.", "en", "speech", 1, 0, 500, None)),
        ]
        (tmp_path / name).write_text(sheet("T", "c", rows), "utf-8")
    (tmp_path / "c.txt").mkdir()
    (tmp_path / "d.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "e.txt").write_bytes(b"\xff\xfe\x00[1]")

    assert sheets_in(tmp_path) == {2: ("en", "Two.")}


def test_a_room_is_never_told_to_be_more_than_it_is() -> None:
    assert room(1_999) == "up to 1.9 s"
