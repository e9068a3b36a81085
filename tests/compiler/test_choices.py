"""What is in the session and what is left out: conditions, equipment, stages, gates and limits."""

import time
import tracemalloc

import pytest

from tests.compiler.compiling import bout_lengths, codes, compiled, linked, note_codes, notes, rendered, timeline, words

# ---- conditions


@pytest.mark.parametrize(
    ("when", "options", "there"),
    [
        ("level is gentle", {"dial": 0}, True),
        ("level is gentle", {"dial": 10}, False),
        ("level at least steady", {"dial": 50}, True),
        ("level at least steady", {"dial": 49}, False),
        ("level at most steady", {"dial": 50}, True),
        ("level at most steady", {"dial": 51}, False),
        ("have towel", {}, True),
        ("have towel", {"without": frozenset({"towel"})}, False),
        ("not have towel", {"without": frozenset({"towel"})}, True),
        ("lang is en", {"lang": "en-GB"}, True),
        ("lang is de", {}, False),
        ("slot is morning", {}, True),
        ("slot is evening", {}, False),
        ("$place is sea", {}, True),
        ("$place is land", {}, False),
        ("$times at least 3", {}, True),
        ("$times at least 4", {}, False),
        ("level is strong or have towel and not slot is evening", {}, True),
        ("(level is strong or have towel) and slot is evening", {}, False),
    ],
)
def test_conditions(when: str, options: dict[str, object], there: bool) -> None:
    script = f"""\
title: T
slot: morning
params: {{place: sea, times: 3}}
steps:
  - hold: 4s
  - hold: 5s
    when: {when}
"""

    assert bout_lengths(timeline(script, **options)) == ([4000, 5000] if there else [4000])


def test_a_step_that_is_left_out_leaves_no_trace() -> None:
    rest = "  - {rest: 30s, when: level is strong}\n  - {tone: gong, when: level is strong}\n"
    section = "  - {section: S, rounds: 2, when: level is strong, steps: [{hold: 5s}]}\n"
    script = f"title: T\nsteps:\n  - hold: 4s\n{rest}{section}  - hold: 4s\n"

    result = compiled(script)

    assert result.timeline is not None
    assert result.timeline.bouts[1].start - result.timeline.bouts[0].end == 3450
    assert len(result.timeline.chapters) == 2
    assert [why for _, why in result.left_out] == ["when: level is strong"] * 3


# ---- equipment

EQUIPPED = """\
title: T
exercises:
  scrunch: {name: Scrunch, reps: 4, needs: [towel, chair], instead: curl}
  curl: {name: Curl, hold: 7s, needs: [band], instead: lift}
  lift: {name: Lift, time: 9s}
  pull: {name: Pull, reps: 4, needs: [rope]}
steps: [scrunch, pull]
"""


@pytest.mark.parametrize(
    ("missing", "exercises"),
    [
        ([], ["scrunch", "pull"]),
        (["spoon"], ["scrunch", "pull"]),
        (["towel"], ["curl", "pull"]),
        (["towel", "band"], ["lift", "pull"]),
        (["rope"], ["scrunch"]),
    ],
)
def test_equipment_is_there_unless_it_is_said_to_be_missing(missing: list[str], exercises: list[str]) -> None:
    found = timeline(EQUIPPED, without=frozenset(missing))

    assert [bout.exercise for bout in found.bouts] == exercises


def test_an_exercise_without_another_in_its_place_is_left_out_with_a_warning() -> None:
    result = compiled(EQUIPPED, without=frozenset({"rope"}))

    assert result.timeline is not None
    assert notes(result.timeline) == [("W317", "'pull' needs rope; it is left out")]
    assert [why for _, why in result.left_out] == ["needs rope"]


# ---- stages

STAGED = """\
title: T
exercises:
  balance:
    name: Balance
    hold: 10s
    how: Stand on one leg.
    stages:
      supported: {how: Hold on to the wall.}
      free: {hold: 20s}
      eyes-closed: {confirm: true, how: Close your eyes., caution: Stay near the wall.}
steps:
  - use: balance
"""


@pytest.mark.parametrize(
    ("written", "asked", "said", "length"),
    [
        ("", {}, "Hold on to the wall.", 10_000),
        ("    stage: free\n", {}, "Stand on one leg.", 20_000),
        ("", {"balance": "free"}, "Stand on one leg.", 20_000),
        ("    stage: free\n", {"balance": "supported"}, "Hold on to the wall.", 10_000),
        ("", {"balance": "eyes-closed"}, "Close your eyes.", 10_000),
    ],
)
def test_the_stage_is_the_one_asked_for_then_the_written_then_the_first(
    written: str, asked: dict[str, str], said: str, length: int
) -> None:
    found = timeline(STAGED + written, stages=asked)

    assert words(found)[-1] == said
    assert bout_lengths(found) == [length]
    assert note_codes(found) == []


def test_a_stage_that_needs_a_yes_is_not_entered_by_writing_it() -> None:
    found = timeline(STAGED + "    stage: eyes-closed\n")

    assert words(found)[-1] == "Hold on to the wall."
    assert notes(found) == [
        ("W320", "the stage 'eyes-closed' of 'balance' is only entered after a yes; 'supported' is used")
    ]


def test_the_dial_never_chooses_a_stage() -> None:
    assert bout_lengths(timeline(STAGED, dial=100)) == [10_000]


def test_an_unknown_stage_from_outside() -> None:
    result = compiled(STAGED, stages={"balance": "one-foot"})

    assert [(problem.code, problem.what, problem.fix) for problem in result.problems] == [
        ("E031", "--stage balance=one-foot: 'balance' has no stage 'one-foot'", "stages: supported, free, eyes-closed")
    ]


def test_a_stage_for_an_exercise_without_stages() -> None:
    result = compiled("title: T\nsteps:\n  - {hold: 5s, name: Plank}\n", stages={"plank": "free"})

    assert codes(result) == ["E031"]


def test_a_stage_for_an_exercise_that_is_not_there() -> None:
    result = compiled(STAGED, stages={"balanse": "free"})

    assert (
        rendered(STAGED, result)
        == """\
command line: error E030: --stage balanse=free: there is no exercise called 'balanse' in this routine
  fix: known exercises: balance
"""
    )


# ---- waits and until: done


def test_a_wait_without_audio_warns() -> None:
    found = timeline("title: T\nsteps:\n  - wait: Press space when you are ready.\n  - hold: 5s\n")

    assert notes(found) == [("W310", 'this audio file will have 10 s of silence for "Press space when you are ready."')]
    assert note_codes(timeline("title: T\nsteps:\n  - {wait: Ready?, audio: 0s}\n  - hold: 5s\n")) == []


def test_until_done_takes_all_its_time_and_says_so() -> None:
    found = timeline("title: T\nsteps:\n  - {time: 90s, name: Marble pickup, until: done}\n  - hold: 5s\n")

    assert bout_lengths(found)[0] == 90_000
    assert notes(found) == [
        ("W311", "'marble-pickup' ends when you press SPACE; the audio file always takes the full 1m30s")
    ]
    assert next((segment.gate, segment.end) for segment in found.segments) == ("until-done", found.bouts[0].end)


def test_a_rest_until_done_says_so_too() -> None:
    found = timeline("title: T\nsteps:\n  - {rest: 60s, until: done}\n  - hold: 5s\n")

    assert note_codes(found) == ["W311"]
    assert [segment.gate for segment in found.segments] == ["until-done", "end"]


# ---- limits


@pytest.mark.parametrize(
    "step",
    [
        "{section: S, rounds: 10000, steps: [{hold: 5s}]}",
        "{section: S, rounds: 10000, between: 0s, steps: [{section: S, rounds: 10000, steps: [{say: Hello.}]}]}",
        "{section: S, rounds: 10000, steps: [{section: S, rounds: 10000, steps: [{hold: 5s, when: level is strong}]}]}",
        "{section: S, rounds: 10000, steps: [{section: T, rounds: 10000, steps: [{tone: gong}]}]}",
        "{section: S, rounds: 10000, steps: [{section: T, rounds: 10000, steps: [{section: U, rounds: 9, steps: "
        "[{rest: 0s}]}]}]}",
        "{hold: 5s, reps: 10000}",
        "{hold: 5s, sets: 10000}",
        "{reps: 10000}",
        "{reps: 10000, sets: 10000, tempo: 0-0-0-2}",
        "{time: 24h}",
        "{hold: 5s, reps: 10000, sets: 10000, each: leg}",
        "{breathe: 4-4, cycles: 10000}",
        "{breathe: 4-4, for: 24h}",
        "{rest: 24h}",
        "{wait: Ready?, audio: 24h}",
    ],
)
def test_a_huge_session_is_refused_at_once(step: str) -> None:
    script = f"title: T\nsteps:\n  - {step}\n"
    tracemalloc.start()
    begun = time.process_time()

    result = compiled(script)

    took, peak = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(result) == ["E025"]
    assert took < 2
    assert peak < 20_000_000


@pytest.mark.parametrize("key", ["rounds", "sets", "reps", "cycles"])
def test_a_billion_of_anything_is_refused_when_it_is_read(key: str) -> None:
    step = {
        "rounds": "{section: S, rounds: 1000000000, steps: [{hold: 5s}]}",
        "cycles": "{breathe: 4-4, cycles: 1000000000}",
    }.get(key, f"{{hold: 5s, {key}: 1000000000}}")

    result = linked(f"title: T\nsteps:\n  - {step}\n")

    assert [problem.code for problem in result.problems if problem.severity == "error"] == ["E035"]


def test_the_message_names_what_makes_it_long() -> None:
    script = "title: T\nsteps:\n  - say: Hello.\n  - section: Main\n    rounds: 200\n    steps:\n      - hold: 2m\n"

    result = compiled(script)

    assert [(problem.code, problem.what, problem.why, problem.fix) for problem in result.problems] == [
        (
            "E025",
            "this session would last 7:13:10",
            "the limit is 3 hours; 'rounds: 200' at x.coach.yaml:5:13 contributes 7:13:10",
            "lower rounds, or raise the limit with --max-length",
        )
    ]


def test_a_session_that_is_only_too_long_with_its_gaps_is_refused_too() -> None:
    script = "title: T\nsteps:\n  - {hold: 5s, reps: 600, relax: 20s}\n"

    assert codes(compiled(script)) == ["E025"]
    assert codes(compiled(script, max_length=5 * 3_600_000)) == []


# ---- names in the timeline


def test_how_an_exercise_is_identified() -> None:
    script = """\
title: T
exercises:
  calf: {name: Calf stretch, hold: 5s}
steps:
  - use: calf
  - {use: calf, id: mine, name: Other}
  - {hold: 5s, id: own, name: Plank}
  - {hold: 5s, name: Wall sit!}
  - hold: 5s
  - time: 5s
  - hold: 5s
  - breathe: 4-4
"""

    assert [bout.exercise for bout in timeline(script).bouts] == [
        "calf", "calf", "own", "wall-sit", "hold-1", "time-1", "hold-2", "breathe-1",
    ]  # fmt: skip


def test_a_session_of_which_nothing_is_left_is_an_error() -> None:
    result = compiled("title: T\nsteps:\n  - name: Squats\n    hold: 5s\n    when: level at least strong\n")

    assert [(found.code, found.span.line) for found in result.problems] == [("E056", 2)]


def test_equipment_that_nothing_needs_is_a_warning() -> None:
    script = "title: T\nsteps:\n  - name: Pull\n    hold: 5s\n    needs: [rope]\n"

    result = compiled(script, without=frozenset({"unicorn"}))

    assert [(found.code, found.what, found.fix) for found in result.problems] == [
        ("W316", "--without unicorn: no exercise needs it", "this routine needs: rope")
    ]


def test_a_gap_of_no_time_is_kept_for_a_caution() -> None:
    circuit = "title: T\nsteps:\n  - section: S\n    between: 0s\n    steps:\n      - {name: A, hold: 5s}\n"

    plain = timeline(circuit + "      - {name: B, hold: 5s}\n")
    careful = timeline(circuit + "      - {name: B, hold: 5s, caution: Mind your back.}\n")

    assert plain.bouts[0].end == plain.bouts[1].start
    assert "Mind your back." in [cue.text for cue in careful.cues]
    assert careful.bouts[1].start - careful.bouts[0].end >= 3_000


def test_there_are_ticks_after_a_gate_even_in_a_gap_of_no_time() -> None:
    found = timeline("title: T\nsteps:\n  - {name: A, time: 5s, until: done, each: leg, switch: 0s, ready: 3s}\n")

    ticks = [cue.start for cue in found.cues if cue.tone == "tick"]
    second = found.bouts[1].start
    assert [second - 3_000, second - 2_000, second - 1_000] == ticks[-3:]


def test_a_change_of_side_is_said_after_a_gate_even_in_a_gap_of_no_time() -> None:
    found = compiled("title: T\nsteps:\n  - {name: A, time: 5s, until: done, each: leg, switch: 0s, ready: 3s}\n")

    assert found.timeline is not None
    first, second = found.timeline.bouts
    said = [cue.text for cue in found.timeline.cues if first.end <= cue.start < second.start and cue.kind == "speech"]
    assert said == ["Switch to the right leg."]
    assert "W318" not in {problem.code for problem in found.problems}


def test_a_brief_that_names_only_one_of_two_changes_does_not_hide_the_other() -> None:
    found = timeline("title: T\nsteps:\n  - {name: A, hold: 5s, each: 'foot, direction', brief: $Side foot.}\n")

    said = [cue.text for cue in found.cues if cue.kind == "speech"]
    assert "Switch to the right foot, clockwise." in said
    assert "Right foot." in said


def test_words_of_an_exercise_mean_nothing_outside_one() -> None:
    found = linked("title: T\nsteps:\n  - say: Hold for $hold\n  - rest: 5s\n")

    assert [(problem.code, problem.what) for problem in found.problems] == [
        ("E041", "there is no $hold here: these words belong to no exercise")
    ]


def test_a_caution_written_on_a_step_is_heard_whatever_is_done_in_its_place() -> None:
    script = (
        "title: T\nexercises:\n  pull: {hold: 5s, name: Pull, needs: [rope], instead: push}\n"
        "  push: {hold: 5s, name: Push}\nsteps:\n  - {use: pull, caution: Mind your knee.}\n"
    )

    found = timeline(script, without=frozenset({"rope"}))

    assert words(found) == ["Push.", "Mind your knee."]
    assert note_codes(found) == ["I317"]
