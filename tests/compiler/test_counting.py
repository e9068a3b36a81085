"""Repetitions, tempos and breaths: what is counted, named and sounded on the clock (C6a, C.3)."""

import pytest

from tests.compiler.compiling import codes, compiled, inside, note_codes, timeline
from voicecoach.timeline import Timeline


def clocked(found: Timeline, bout: int = 0) -> list[tuple[int, str]]:
    return [(at, text) for at, kind, text in inside(found, found.bouts[bout])
            if kind == "count" or (kind == "tone" and text not in {"start", "end"})]  # fmt: skip


def reps(number: int, *more: str) -> str:
    return "title: T\nsteps:\n  - reps: " + "\n    ".join([str(number), *more]) + "\n"


@pytest.mark.parametrize(
    ("more", "length"),
    [
        ([], 12_000),
        (["pace: 2s"], 8000),
        (["tempo: 3-1-2-0"], 24_000),
        (["tempo: 3010"], 16_000),
        (["tempo: 30X1"], 20_000),
        (["tempo: {down: 3s, hold: 1s, up: 2s}"], 24_000),
    ],
)
def test_a_set_is_its_repetitions_times_their_tempo(more: list[str], length: int) -> None:
    found = timeline(reps(4, *more))

    assert [(bout.end - bout.start, bout.kind, bout.rep_no, bout.reps) for bout in found.bouts] == [
        (length, "reps", 1, 4)
    ]


def test_a_repetition_is_counted_when_it_is_complete_and_the_last_is_the_end_tone() -> None:
    assert clocked(timeline(reps(4))) == [(3000, "1"), (6000, "2"), (9000, "3")]


def test_counting_down_says_how_many_are_left() -> None:
    assert clocked(timeline(reps(4, "count: down"))) == [(3000, "3"), (6000, "2"), (9000, "1")]


def test_ticks_and_silence() -> None:
    assert clocked(timeline(reps(3, "count: ticks"))) == [(3000, "tick"), (6000, "tick")]
    assert clocked(timeline(reps(3, "count: off"))) == []
    assert clocked(timeline("title: T\ndefaults: {count: ticks}\nsteps:\n  - reps: 2\n")) == [(3000, "tick")]


def test_the_other_phases_of_a_tempo_tick_at_their_start() -> None:
    assert clocked(timeline(reps(2, "tempo: 3-1-2-0"))) == [
        (3000, "tick"), (4000, "tick"), (6000, "1"), (9000, "tick"), (10_000, "tick"),
    ]  # fmt: skip


def test_a_tempo_that_begins_with_an_empty_phase_counts_all_the_same() -> None:
    assert clocked(timeline(reps(3, "tempo: 0210"))) == [
        (2000, "tick"), (3000, "1"), (5000, "tick"), (6000, "2"), (8000, "tick"),
    ]  # fmt: skip


def test_named_phases_are_spoken_in_the_first_repetition_of_each_set() -> None:
    found = timeline(reps(2, "sets: 2", "tempo: {down: 3s, hold: 1s, up: 2s}"))

    expected = [(450, "Down"), (3000, "Hold"), (4000, "Up"), (6000, "1"), (9000, "tick"), (10_000, "tick")]
    assert clocked(found, 0) == clocked(found, 1) == expected


def test_repetition_counting_silences_a_countdown() -> None:
    found = timeline(reps(4, "cues: {countdown: 3}"))

    assert clocked(found) == [(3000, "1"), (6000, "2"), (9000, "3")]
    assert note_codes(found) == ["I210"]


def test_where_nothing_is_counted_the_countdown_is_heard() -> None:
    found = timeline(reps(4, "count: off", "cues: {countdown: 2}"))

    assert clocked(found) == [(10_000, "2"), (11_000, "1")]


def test_numbers_that_would_run_into_the_next_become_ticks() -> None:
    found = timeline(reps(4, "pace: 1s"), {"1": 400, "2": 960, "3": 400})

    assert clocked(found) == [(1000, "1"), (2000, "tick"), (3000, "3")]


# ---- breathing


def breath(pattern: str, *more: str) -> str:
    return "title: T\nsteps:\n  - breathe: " + "\n    ".join([pattern, *more]) + "\n"


@pytest.mark.parametrize(
    ("pattern", "more", "cycles", "length"),
    [
        ("4-6", ["for: 1m"], 6, 60_000),
        ("4-6", [], 6, 60_000),
        ("4-7-8", ["for: 1m"], 3, 57_000),
        ("4-4-4-4", ["for: 4m"], 15, 240_000),
        ("4-4-4-4", ["cycles: 16"], 16, 256_000),
    ],
)
def test_breathing_takes_whole_cycles(pattern: str, more: list[str], cycles: int, length: int) -> None:
    found = timeline(breath(pattern, *more))

    assert [(bout.kind, bout.name, bout.rep_no, bout.reps, bout.end - bout.start) for bout in found.bouts] == [
        ("breathe", "Breathe", 1, cycles, length)
    ]


def test_the_first_cycles_are_spoken_and_then_tones_take_over() -> None:
    found = timeline(breath("4-4-4-4", "cycles: 3", "words: 1"))

    assert clocked(found) == [
        (450, "In"), (4000, "Hold"), (8000, "Out"), (12_000, "Hold"),
        (16_000, "in"), (20_000, "hold"), (24_000, "out"), (28_000, "hold"),
        (32_000, "in"), (36_000, "hold"), (40_000, "out"), (44_000, "hold"),
    ]  # fmt: skip


def test_every_cycle_is_spoken_unless_words_says_otherwise() -> None:
    assert [text for _, text in clocked(timeline(breath("4-6", "cycles: 3")))] == ["In", "Out"] * 3


def test_without_words_the_first_breath_has_the_start_tone_only() -> None:
    assert clocked(timeline(breath("4-6", "cycles: 2", "words: 0"))) == [(4000, "out"), (10_000, "in"), (14_000, "out")]


def test_breath_words_are_counts_on_the_clock() -> None:
    found = timeline(breath("4-6", "cycles: 1"))

    assert [(cue.text, cue.kind, cue.priority) for cue in found.cues if cue.text] == [
        ("In", "count", "clock"),
        ("Out", "count", "clock"),
    ]


def test_a_covered_breath_word_becomes_its_tone() -> None:
    script = breath("4-6", "cycles: 2", "cues: {at 3s: {say: Stop if you are dizzy, must: true}}")

    found = timeline(script, {"Stop if you are dizzy": 2000})

    assert clocked(found) == [(450, "In"), (4000, "out"), (10_000, "In"), (14_000, "Out")]
    assert note_codes(found) == ["I209"]


def test_a_pattern_of_named_phases() -> None:
    found = timeline(breath("{in: 4s, hold: 7s, out: 8s, rest: 1s}", "cycles: 2"))

    assert clocked(found)[:5] == [(450, "In"), (4000, "Hold"), (11_000, "Out"), (19_000, "Hold"), (20_000, "In")]


def test_a_box_pattern_has_its_own_tones() -> None:
    found = timeline(f"tones: {{in: rise, hold: none, out: fall}}\n{breath('4-4-4-4', 'cycles: 1', 'words: 0')}")

    assert clocked(found) == [(8000, "out")]


def test_a_breath_has_no_countdown_of_its_own_but_may_be_given_one() -> None:
    found = timeline(breath("4-6", "cycles: 1", "words: 0", "cues: {countdown: 2}"))

    assert clocked(found) == [(4000, "out"), (8000, "2"), (9000, "1")]


def test_cycles_without_a_number_for_this_level_are_an_error() -> None:
    assert codes(compiled(f"level: strong\n{breath('4-6', 'cycles: {strong: 3}')}", dial=0)) == ["E032"]


def test_less_than_one_whole_breath_is_an_error() -> None:
    result = compiled("title: T\nsteps:\n  - breathe: 4-6\n    for: 5s\n")

    assert [(found.code, found.span.line, found.what) for found in result.problems] == [
        ("E059", 4, "'for: 5s' is shorter than one breath of 10 s")
    ]
