"""Cues and countdowns inside a bout: what moves, ticks, is left out or is an error (scheduling.md E.7)."""

import pytest

from tests.compiler.compiling import (
    codes,
    compiled,
    counts,
    inside,
    note_codes,
    notes,
    rendered,
    speech,
    table,
    timeline,
    tones,
    words,
)
from voicecoach.compiler.speech import Measure
from voicecoach.timeline import Timeline

MESSAGE = """\
33_must.yaml:5:7: error E208: must-say cue "Stop at once if you feel any sharp pain in the front of your foot" \
(3.2 s) does not fit in Exercise (3 s)
    5 |       at 1s: {say: Stop at once if you feel any sharp pain in the front of your foot, must: true}
      |       ^^^^^
  why: a hold is never lengthened to make room for speech
  fix: shorten it, move it to 'how', or lengthen the hold
"""


def held(hold: str, *cues: str, more: str = "") -> str:
    lines = "".join(f"      {cue}\n" for cue in cues)
    return f"title: T\nsteps:\n  - hold: {hold}\n    cues:\n{lines}{more}"


def said(found: Timeline, bout: int = 0) -> list[tuple[int, str]]:
    """What is spoken in a bout, counts apart, from the bout's start."""
    return [(at, text) for at, kind, text in inside(found, found.bouts[bout]) if kind == "speech"]


def counted(found: Timeline, bout: int = 0) -> list[tuple[int, str]]:
    """Counts and ticks in a bout."""
    return [
        (at, text)
        for at, kind, text in inside(found, found.bouts[bout])
        if kind == "count" or (kind == "tone" and text not in {"start", "end"})
    ]


# ---- when a cue wants to be heard


@pytest.mark.parametrize(
    ("key", "at"),
    [
        ("start", 450),
        ("at 5s", 5000),
        ("at 0:07", 7000),
        ("half", 10_000),
        ("at 25%", 5000),
        ("at 33%", 6600),
        ("6s left", 14_000),
        ("end", 20_000 - 150 - 500),
    ],
)
def test_a_cue_is_heard_at_its_time(key: str, at: int) -> None:
    found = timeline(held("20s", f"{key}: Now", "countdown: false"), {"Now": 500})

    assert said(found) == [(at, "Now")]
    assert note_codes(found) == []


def test_percentages_round_down_to_a_millisecond() -> None:
    found = timeline(held("3333ms", "at 50%: Now"), {"Now": 500})

    assert said(found) == [(1666, "Now")]


def test_every_is_said_each_time_and_a_list_in_turn() -> None:
    found = timeline(held("20s", "every 4s: [One, Two]", "countdown: false"))

    assert said(found) == [(4000, "One"), (8000, "Two"), (12_000, "One"), (16_000, "Two")]


@pytest.mark.parametrize(
    ("key", "times"),
    [("rep 2", [6000]), ("rep 4", [12_000 - 650]), ("every 2 reps", [6000]), ("last rep", [9000]), ("rep 1", [3000])],
)
def test_repetition_cues_want_the_moment_of_their_count(key: str, times: list[int]) -> None:
    script = f"title: T\nsteps:\n  - reps: 4\n    count: off\n    cues: {{{key}: Now}}\n"

    assert said(timeline(script, {})) == [(time, "Now") for time in times]


def test_repetition_cues_of_a_hold_are_said_at_the_start_of_its_bouts() -> None:
    script = "title: T\nsteps:\n  - {hold: 5s, reps: 4, cues: {every 2 reps: Two, rep 3: Three, last rep: Last}}\n"

    found = timeline(script, {})

    assert [said(found, bout) for bout in range(4)] == [
        [],
        [(450, "Two")],
        [(450, "Three")],
        [(450, "Two"), (1150, "Last")],
    ]


def test_last_cycle_of_a_breath_is_its_start() -> None:
    found = timeline("title: T\nsteps:\n  - {breathe: 4-4, cycles: 3, words: 0, cues: {last cycle: Last one}}\n")

    assert said(found) == [(16_000, "Last one")]


# ---- C1: the nag limit


def test_the_same_words_are_said_twice_in_an_exercise() -> None:
    script = "title: T\nsteps:\n  - hold: 5s\n    reps: 4\n    cues: {half: Gently}\n"

    found = timeline(script)

    assert [len(said(found, bout)) for bout in range(4)] == [1, 1, 0, 0]
    assert note_codes(found) == []


def test_the_limit_holds_over_all_sides_and_sets() -> None:
    script = "title: T\nsteps:\n  - hold: 5s\n    reps: 2\n    each: leg\n    cues: {half: Gently}\n"

    assert words(timeline(script)).count("Gently") == 2


def test_every_and_must_say_cues_are_exempt() -> None:
    script = (
        "title: T\nsteps:\n  - hold: 6s\n    reps: 4\n    cues: {every 3s: Breathe, at 1s: {say: Slow, must: true}}\n"
    )

    found = timeline(script)

    assert words(found).count("Breathe") == 4
    assert words(found).count("Slow") == 4


def test_the_limit_begins_anew_in_the_next_exercise_and_round() -> None:
    script = """\
title: T
steps:
  - section: Legs
    rounds: 2
    steps:
      - {hold: 5s, reps: 3, cues: {half: Gently}}
  - {hold: 5s, reps: 3, cues: {half: Gently}}
"""

    assert words(timeline(script)).count("Gently") == 6


# ---- C2: where a cue may go


def crowd(taken: tuple[int, int], at: int, length: int, *, must: bool = False) -> tuple[str, dict[str, int]]:
    """A must-say cue that takes `[start, start + length)`, and another that wants to be at `at`."""
    wanted = f"at {at}ms: {{say: Wanted, must: true}}" if must else f"at {at}ms: Wanted"
    script = held("20s", f"at {taken[0]}ms: {{say: Taken, must: true}}", wanted, "countdown: false")
    return script, {"Taken": taken[1], "Wanted": length}


@pytest.mark.parametrize(
    ("taken", "at", "length", "found_at"),
    [
        ((8000, 1500), 9000, 500, 9700),  # +700: 8000 + 1500 + 150 = 9650
        ((9000, 2000), 9100, 500, 8300),  # -800: 9000 - 150 - 500 = 8350
        ((9000, 850), 9500, 500, 10_000),  # +500 is exactly 150 after its end
        ((9400, 200), 9500, 450, 9800),  # +300 comes before -600
        ((9500, 300), 9510, 250, 10_010),  # +500 comes before -500
        ((9500, 450), 9510, 250, 9010),  # -500 comes before +600
    ],
)
def test_a_nice_cue_goes_to_the_nearest_free_place_later_first(
    taken: tuple[int, int], at: int, length: int, found_at: int
) -> None:
    script, lengths = crowd(taken, at, length)

    found = timeline(script, lengths)

    assert said(found) == sorted([(taken[0], "Taken"), (found_at, "Wanted")])
    moved = found_at - at
    expected = f'"Wanted" moved {"+" if moved > 0 else "-"}{abs(moved) / 1000:.1f} s in Exercise'
    assert notes(found) == [("I207", f"{expected}: something else was being said")]


def test_a_nice_cue_moves_a_second_at_most_and_is_then_left_out() -> None:
    script, lengths = crowd((8000, 2860), 10_000, 900)

    found = timeline(script, lengths)

    assert said(found) == [(8000, "Taken")]
    assert notes(found) == [("I201", 'left out "Wanted" in Exercise at 0:13: no free 0.9 s within 1 s of it')]


def test_a_must_say_cue_moves_two_seconds() -> None:
    script, lengths = crowd((8000, 3850), 10_000, 900, must=True)

    assert said(timeline(script, lengths)) == [(8000, "Taken"), (12_000, "Wanted")]


def test_must_say_cues_come_first_whatever_their_time() -> None:
    script = held("20s", "at 9s: Nice", "at 9500ms: {say: Must, must: true}", "countdown: false")

    found = timeline(script, {"Nice": 1000, "Must": 1000})

    assert said(found) == [(8300, "Nice"), (9500, "Must")]


def test_ties_are_settled_by_source_order() -> None:
    found = timeline(held("20s", "at 10s: First", "half: Second", "countdown: false"), {"First": 500, "Second": 500})

    assert said(found) == [(10_000, "First"), (10_700, "Second")]


def test_no_cue_begins_before_450_ms_or_ends_in_the_last_150() -> None:
    found = timeline(held("5s", "at 0s: Early", "at 4900ms: Late"), {"Early": 400, "Late": 800})

    assert said(found) == [(500, "Early"), (4000, "Late")]


@pytest.mark.parametrize(("length", "places"), [(250, [(6600, "Nice")]), (260, [])])
def test_a_nice_cue_keeps_150_ms_from_spoken_counts(length: int, places: list[tuple[int, str]]) -> None:
    lengths = table({"Nice": length, **dict.fromkeys("54321", 400)}, fast={"Nice": length})

    found = timeline(held("10s", "at 7s: Nice", "countdown: 5"), lengths)

    assert said(found) == places
    assert counted(found) == [(5000, "5"), (6000, "4"), (7000, "3"), (8000, "2"), (9000, "1")]


# ---- C3 and C4: what is tried when there is no place


def test_a_cue_is_said_faster_before_it_is_left_out() -> None:
    lengths = table({"Long": 4500}, fast={"Long": 4000})

    found = timeline(held("5s", "at 1s: Long"), lengths)

    assert [(cue.text, cue.rate_percent) for cue in found.cues if cue.kind == "speech"] == [("Long", 115)]
    assert note_codes(found) == ["I203", "I207"]


def test_a_must_say_cue_without_room_is_an_error() -> None:
    name = "33_must.yaml"
    script = """\
title: Demo
steps:
  - hold: 3s
    cues:
      at 1s: {say: Stop at once if you feel any sharp pain in the front of your foot, must: true}
"""
    lengths: Measure = table({}, otherwise=3200)

    result = compiled(script, lengths, name=name)

    assert result.timeline is None
    assert rendered(script, result, name) == MESSAGE


# ---- C6: counts


def test_a_countdown_is_on_its_seconds() -> None:
    assert counted(timeline(held("5s", "countdown: 3"))) == [(2000, "3"), (3000, "2"), (4000, "1")]


@pytest.mark.parametrize(("hold", "count"), [("9s", 0), ("10s", 3), ("30s", 3)])
def test_bouts_of_ten_seconds_or_more_count_down_by_default(hold: str, count: int) -> None:
    found = timeline(f"title: T\nsteps:\n  - hold: {hold}\n")

    assert len(counts(found)) == count


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("title: T\nsteps:\n  - {hold: 10s, cues: {countdown: false}}\n", []),
        ("title: T\nsteps:\n  - {hold: 10s, cues: {countdown: 2}}\n", ["2", "1"]),
        ("title: T\ndefaults: {countdown: 4}\nsteps:\n  - hold: 10s\n", ["4", "3", "2", "1"]),
        ("title: T\ndefaults: {countdown: 0}\nsteps:\n  - hold: 10s\n", []),
        ("title: T\nsteps:\n  - {breathe: 5-5, cycles: 2, words: 0}\n", []),
    ],
)
def test_who_decides_about_the_countdown(script: str, expected: list[str]) -> None:
    assert [text for _, text in counts(timeline(script))] == expected


def test_a_covered_count_becomes_a_tick() -> None:
    script = held("10s", "at 7s: {say: Stop, must: true}", "countdown: 3")

    found = timeline(script, {"Stop": 1500, **dict.fromkeys("321", 400)})

    assert said(found) == [(7000, "Stop")]
    assert counted(found) == [(7000, "tick"), (8000, "tick"), (9000, "1")]
    assert notes(found) == [
        ("I209", f'count "{number}" in Exercise became a tick: speech was playing') for number in "32"
    ]


@pytest.mark.parametrize(("length", "heard"), [(950, "2"), (960, "tick")])
def test_a_count_ends_50_ms_before_the_next(length: int, heard: str) -> None:
    found = timeline(held("5s", "countdown: 2"), {"2": length, "1": 400})

    assert counted(found) == [(3000, heard), (4000, "1")]
    told = 'count "2" in Exercise became a tick: the word is too long for its place'
    assert notes(found) == ([("I209", told)] if heard == "tick" else [])


@pytest.mark.parametrize(("length", "heard"), [(850, "1"), (860, "tick")])
def test_a_count_does_not_end_in_the_last_150_ms(length: int, heard: str) -> None:
    found = timeline(held("5s", "countdown: 1"), {"1": length})

    assert counted(found) == [(4000, heard)]
    told = 'count "1" in Exercise became a tick: the word is too long for its place'
    assert notes(found) == ([("I209", told)] if heard == "tick" else [])


def test_a_count_before_450_ms_is_not_made() -> None:
    found = timeline(held("3400ms", "countdown: 3"))

    assert counted(found) == [(1400, "2"), (2400, "1")]
    assert counted(timeline(held("3450ms", "countdown: 3")))[0] == (450, "3")


def test_the_ready_ticks_and_the_counts_have_the_priority_of_the_clock() -> None:
    found = timeline(held("5s", "countdown: 3"))

    assert {cue.priority for cue in found.cues} == {"clock"}


# ---- C7: cues beyond the bout


def test_a_cue_that_is_never_heard_is_an_error() -> None:
    script = "title: Demo\nsteps:\n  - hold: 10-20s\n    cues:\n      at 25s: Nearly\n"

    result = compiled(script, name="20_cue_after.yaml")

    assert (
        rendered(script, result, "20_cue_after.yaml")
        == """\
20_cue_after.yaml:5:7: error E037: the cue 'at 25s' is never heard: the bout is over after 20 seconds
    5 |       at 25s: Nearly
      |       ^^^^^^
  fix: use a percentage (at 80%), count back from the end (5s left), or lengthen the bout
"""
    )


@pytest.mark.parametrize("cue", ["at 20s", "25s left", "every 20s", "rep 2", "every 3 reps"])
def test_other_cues_that_are_never_heard(cue: str) -> None:
    assert codes(compiled(held("20s", f"{cue}: Nearly"))) == ["E037"]


def test_a_cue_that_is_heard_at_another_level_is_a_note() -> None:
    script = held("10-20s", "at 15s: Nearly", "countdown: false")

    unheard = "the cue 'at 15s' is not heard here: the bout is over after 10 seconds"
    assert notes(timeline(script, dial=0)) == [("I211", unheard)]
    assert said(timeline(script, dial=0)) == []
    assert said(timeline(script, dial=100)) == [(15_000, "Nearly")]


# ---- tones as cues, cues of sections


def test_a_tone_cue_sounds_at_its_time_under_speech() -> None:
    found = timeline(held("20s", "at 5s: Breathe", "at 5500ms: {tone: soft}", "countdown: false"), {"Breathe": 1000})

    assert said(found) == [(5000, "Breathe")]
    assert tones(found, "soft") == [found.bouts[0].start + 5500]


def test_a_section_cue_is_for_every_bout_that_says_nothing_about_its_time() -> None:
    script = """\
title: T
steps:
  - section: Legs
    cues: {half: Halfway, 2s left: Nearly}
    steps:
      - hold: 8s
      - {hold: 8s, cues: {half: Mine}}
      - {hold: 8s, cues: {half: false}}
"""

    found = timeline(script)

    assert [said(found, bout) for bout in range(3)] == [
        [(4000, "Halfway"), (6000, "Nearly")],
        [(4000, "Mine"), (6000, "Nearly")],
        [(6000, "Nearly")],
    ]


def test_a_cue_with_nothing_to_say_is_not_spoken() -> None:
    found = timeline(held("5s", "half: $next"))

    assert speech(found) == []
