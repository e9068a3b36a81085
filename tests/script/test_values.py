"""Tempos, breath patterns, conditions, cue times and words."""

import pytest

from voicecoach.routine import Condition, CueTime, Phase
from voicecoach.script.conditions import condition
from voicecoach.script.cuetimes import cue_time
from voicecoach.script.fault import Fault
from voicecoach.script.phases import breath, named_breath, tempo
from voicecoach.script.words import words
from voicecoach.source import NOWHERE


@pytest.mark.parametrize(
    ("written", "lengths"),
    [
        ("3-1-2-0", [3_000, 1_000, 2_000, 0]),
        ("0210", [0, 2_000, 1_000, 0]),
        ("3010", [3_000, 0, 1_000, 0]),
        ("30X1", [3_000, 0, 1_000, 1_000]),
        ("1.5–0–1", [1_500, 0, 1_000]),
    ],
)
def test_tempo(written: str, lengths: list[int]) -> None:
    assert tempo(written) == tuple(Phase("", length) for length in lengths)


@pytest.mark.parametrize("written", ["slow", "3", "3-1-2-0-1", "0-0", "0000", "", "-", "1" * 500])
def test_what_is_no_tempo(written: str) -> None:
    found = tempo(written)

    assert isinstance(found, Fault)
    assert found.code == "E038"


def test_breath_of_two_three_and_four_phases() -> None:
    assert breath("4-6") == (Phase("in", 4_000), Phase("out", 6_000))
    assert breath("4-7-8") == (Phase("in", 4_000), Phase("hold", 7_000), Phase("out", 8_000))
    assert breath("4-4-4-4") == (Phase("in", 4_000), Phase("hold", 4_000), Phase("out", 4_000), Phase("hold", 4_000))


def test_empty_breath_phases_are_dropped() -> None:
    assert breath("4-0-6") == (Phase("in", 4_000), Phase("out", 6_000))
    assert named_breath([("out", 8_000), ("in", 4_000), ("rest", 0)]) == (Phase("in", 4_000), Phase("out", 8_000))


@pytest.mark.parametrize("written", ["box", "4", "4-4-4-4-4", "0-4", "4-0", "", "-" * 999])
def test_what_is_no_breath(written: str) -> None:
    found = breath(written)

    assert isinstance(found, Fault)
    assert found.code == "E026"


def read(written: str) -> Condition:
    found = condition(written, NOWHERE)
    assert isinstance(found, Condition)
    return found


def test_or_binds_looser_than_and_and_and_than_not() -> None:
    tree = read("have towel and not have marbles or level is gentle")

    assert tree.test == "any"
    both, level = tree.parts
    assert both.test == "all"
    assert [part.test for part in both.parts] == ["have", "not"]
    assert (level.test, level.value) == ("level is", "gentle")


def test_brackets_change_the_order() -> None:
    tree = read("not (lang is de or slot is morning) and $rounds at least 3")

    negation, rounds = tree.parts
    assert negation.parts[0].test == "any"
    assert (rounds.test, rounds.subject, rounds.value) == ("param at least", "rounds", "3")


def test_equipment_may_have_two_words() -> None:
    assert read("have resistance band").value == "resistance band"


@pytest.mark.parametrize(
    "written",
    ["level > gentle", "", "have", "not", "(have towel", "have towel)", "and", "level is", "(" * 999, "not " * 999],
)
def test_what_is_no_condition(written: str) -> None:
    found = condition(written, NOWHERE)

    assert isinstance(found, Fault)
    assert found.code == "E042"


@pytest.mark.parametrize(
    ("key", "time"),
    [
        ("start", CueTime("start")),
        ("end", CueTime("end")),
        ("half", CueTime("percent", 50)),
        ("at 75%", CueTime("percent", 75)),
        ("at 1:30", CueTime("at", 90_000)),
        ("at 10s", CueTime("at", 10_000)),
        ("every 20s", CueTime("every", 20_000)),
        ("every 5 reps", CueTime("every reps", 5)),
        ("rep 3", CueTime("rep", 3)),
        ("last rep", CueTime("last rep")),
        ("last cycle", CueTime("last cycle")),
        ("10s left", CueTime("left", 10_000)),
        ("countdown", CueTime("countdown")),
    ],
)
def test_cue_time(key: str, time: CueTime) -> None:
    assert cue_time(key) == time


@pytest.mark.parametrize("key", ["halfway", "at 10", "at 120%", "every 0s", "rep 0", "left", "", "at", "10 left"])
def test_what_is_no_cue_time(key: str) -> None:
    found = cue_time(key)

    assert isinstance(found, Fault)
    assert found.code == "E036"


def test_words_in_text() -> None:
    found = list(words("$Side foot, $5, $$side and $heel-raises-set $side-on", {"side", "heel-raises"}))

    assert [(word.name, word.capital, word.known) for word in found] == [
        ("side", True, True),
        ("$", False, True),
        ("heel-raises", False, True),
        ("side", False, True),
    ]
