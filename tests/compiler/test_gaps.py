"""Gaps: how long they are, what is said in them, and what gives way (scheduling.md E.5 and E.6)."""

import pytest

from tests.compiler.compiling import (
    codes,
    compiled,
    gaps,
    note_codes,
    notes,
    rendered,
    speech,
    table,
    timeline,
    tones,
    words,
)


def two_holds(relax: str, more: str = "") -> str:
    return f"title: T\nsteps:\n  - hold: 5s\n    reps: 2\n    relax: {relax}\n{more}"


def circuit(between: str, station: str = "name: Squat", *, clock: str = "strict", rounds: int = 1) -> str:
    return f"""\
title: T
steps:
  - section: Legs
    clock: {clock}
    rounds: {rounds}
    between: {between}
    steps:
      - {{hold: 5s}}
      - {{hold: 5s, {station}}}
"""


# ---- lengths and ready ticks


def test_setup_takes_what_its_words_need_and_three_ready_ticks() -> None:
    script = "title: T\nsteps:\n  - {hold: 5s, name: Squat, caution: Careful., how: Sit down.}\n"

    found = timeline(script, {"Squat.": 600, "Careful.": 700, "Sit down.": 1000})

    assert speech(found) == [(0, "Squat."), (850, "Careful."), (1800, "Sit down.")]
    assert found.bouts[0].start == 1800 + 1000 + 250 + 3000
    assert tones(found, "tick") == [3050, 4050, 5050]


def test_words_after_a_bout_begin_450_ms_after_its_end() -> None:
    found = timeline("title: T\nsteps:\n  - hold: 5s\n  - {hold: 5s, name: Squat}\n", {"Squat.": 600})

    assert speech(found) == [(8450, "Squat.")]
    assert gaps(found) == [450 + 600 + 250 + 3000]


def test_setup_without_words_after_a_bout_is_450_ms_and_the_ready_ticks() -> None:
    assert gaps(timeline("title: T\nsteps:\n  - hold: 5s\n  - hold: 5s\n")) == [3450]


def test_relax_keeps_three_seconds_for_its_ticks() -> None:
    found = timeline(two_holds("5s"), {"Relax.": 500, "Last one.": 500})

    assert gaps(found) == [5000]
    assert tones(found, "tick") == [0, 1000, 2000, 10_000, 11_000, 12_000]
    assert words(found) == ["Relax.", "Last one."]  # 450 + 750 + 750 = 1950 of 2000


def test_a_relax_gap_shorter_than_five_seconds_has_no_ticks() -> None:
    found = timeline(two_holds("4.9s"), {"Relax.": 500})

    assert gaps(found) == [4900]
    assert tones(found, "tick") == [0, 1000, 2000]
    assert tones(found, "start") == [3000, 12_900]


@pytest.mark.parametrize(("between", "ticks"), [("5.9s", []), ("6s", [11_000, 12_000, 13_000][:3])])
def test_a_strict_gap_shorter_than_six_seconds_has_no_ticks(between: str, ticks: list[int]) -> None:
    found = timeline(circuit(between, "id: a"))

    assert [tick for tick in tones(found, "tick") if tick > 8000] == ticks


@pytest.mark.parametrize(
    ("ready", "ticks"), [("0s", []), ("1s", [2000]), ("2.5s", [1000, 2000]), ("10s", [0, 1000, 2000])]
)
def test_ready_is_as_long_as_written_and_ticks_in_its_last_three_seconds(ready: str, ticks: list[int]) -> None:
    found = timeline(f"title: T\nsteps:\n  - {{hold: 5s, ready: {ready}}}\n")

    start = found.bouts[0].start
    assert start == {"0s": 0, "1s": 1000, "2.5s": 2500, "10s": 10_000}[ready]
    assert [tick - start + 3000 for tick in tones(found, "tick")] == ticks


def test_a_loose_gap_too_short_for_its_ticks_grows_to_hold_them() -> None:
    found = timeline("title: T\nsteps:\n  - {hold: 5s, each: [front, back], switch: 2s}\n", {"Now back.": 700})

    assert gaps(found) == [450 + 700 + 250 + 3000]
    assert notes(found) == [("I206", 'the switch at 0:08 grew from 2 s to 4.4 s for "Now back."')]


def test_a_strict_gap_shorter_than_its_ready_stays_exact() -> None:
    found = timeline(circuit("8s", "ready: 12s"))

    assert gaps(found) == [8000]


def test_a_gap_of_nothing_emits_nothing() -> None:
    found = timeline(two_holds("0s"))

    assert gaps(found) == [0]
    assert words(found) == []


def test_there_is_no_gap_after_the_last_bout() -> None:
    found = timeline("title: T\nsteps:\n  - {hold: 5s, reps: 2, sets: 2, each: leg}\n")

    assert found.duration == found.bouts[-1].end + 400  # the end tone


# ---- the ladder, rung by rung


def test_nice_lines_go_first_and_the_last_of_them_first() -> None:
    found = timeline(two_holds("5s"), {"Relax.": 800, "Last one.": 1000})

    assert words(found) == ["Relax."]
    assert gaps(found) == [5000]
    assert notes(found) == [("I201", 'left out "Last one.": the relax of 5 s at 0:08 is full')]


def test_every_nice_line_goes_if_it_must() -> None:
    found = timeline(two_holds("3s"), {"Relax.": 3000, "Last one.": 3000})

    assert words(found) == []
    assert note_codes(found) == ["I201", "I201"]


def loose_switch(length: str = "4s") -> str:
    return f"title: T\nsteps:\n  - {{hold: 5s, each: leg, switch: {length}, brief: Step your $side foot back.}}\n"


MERGED = "Switch. Step your right foot back."
PLAIN = "Switch to the right leg."


@pytest.mark.parametrize(
    ("spoken", "length", "code"),
    [
        (300, 4000, []),  # 450 + 300 + 250 = the 1000 of room
        (310, 4010, ["I206"]),  # grows to exactly what is needed
        (5300, 9000, ["I206"]),  # 4 s may grow by 5 s
    ],
)
def test_a_loose_gap_grows_a_little_before_words_are_shortened(spoken: int, length: int, code: list[str]) -> None:
    found = timeline(loose_switch(), {MERGED: spoken, PLAIN: 200})

    assert gaps(found) == [length]
    assert words(found)[-1] == MERGED
    assert note_codes(found) == code


def test_a_long_loose_gap_may_grow_by_half() -> None:
    found = timeline(loose_switch("20s"), {MERGED: 26_300, PLAIN: 200})

    assert gaps(found) == [30_000]
    assert note_codes(found) == ["I206"]


def test_beyond_that_the_short_form_is_said() -> None:
    found = timeline(loose_switch(), {MERGED: 5310, PLAIN: 300})

    assert gaps(found) == [4000]
    assert words(found)[-1] == PLAIN
    assert notes(found) == [("I202", f'said "{PLAIN}" instead of "{MERGED}" at 0:08.8: 6.1 s needed, 1.0 s of room')]


def test_the_short_form_may_need_some_growth_too() -> None:
    found = timeline(loose_switch(), {MERGED: 9000, PLAIN: 1300})

    assert gaps(found) == [5000]
    assert note_codes(found) == ["I202", "I206"]


def test_then_the_whole_gap_is_spoken_faster() -> None:
    found = timeline(loose_switch(), table({MERGED: 9000, PLAIN: 5400}, fast={PLAIN: 4800}))

    assert gaps(found) == [8500]
    assert [cue.rate_percent for cue in found.cues if cue.text == PLAIN] == [115]
    assert note_codes(found) == ["I202", "I203", "I206"]
    assert ("I203", f'said "{PLAIN}" 15 % faster in the switch of 4 s at 0:08.8') in notes(found)


def test_and_then_a_loose_gap_grows_as_far_as_it_must() -> None:
    found = timeline(loose_switch(), {MERGED: 9000, PLAIN: 8000})

    assert gaps(found) == [450 + 8000 + 250 + 3000]
    assert [cue.rate_percent for cue in found.cues if cue.text == PLAIN] == [100]
    assert notes(found)[-1] == ("W206", f'the switch at 0:08.8 had to grow from 4 s to 11.7 s for "{PLAIN}"')


def test_a_strict_gap_shortens_where_a_loose_one_grows() -> None:
    lengths = {"Next, Squat.": 1600, "Squat.": 1300}
    strict, loose = circuit("5s"), circuit("5s", clock="loose")

    assert gaps(timeline(strict, {"Next, Squat.": 4310, "Squat.": 4300})) == [5000]
    assert words(timeline(strict, {"Next, Squat.": 4310, "Squat.": 4300})) == ["Squat."]
    assert gaps(timeline(loose, lengths)) == [450 + 1600 + 250 + 3000]
    assert words(timeline(loose, lengths)) == ["Next, Squat."]


def test_short_forms_replace_the_last_line_first_and_only_as_many_as_needed() -> None:
    script = circuit("5s", "name: Squat, how: Sit down slowly., brief: Sit.")

    found = timeline(script, {"Next, Squat.": 1000, "Sit down slowly.": 4000, "Sit.": 1000})

    assert words(found) == ["Next, Squat.", "Sit."]
    assert note_codes(found) == ["I202"]


def test_a_strict_gap_is_spoken_faster_before_anything_that_matters_is_left_out() -> None:
    script = circuit("5s", "name: Squat, how: Sit down.")

    found = timeline(script, table({"Next, Squat.": 2100, "Squat.": 2100, "Sit down.": 2100}, fast=dict.fromkeys(
        ("Squat.", "Next, Squat.", "Sit down."), 2020)))  # fmt: skip

    assert [(cue.text, cue.rate_percent) for cue in found.cues if cue.kind == "speech"] == [
        ("Squat.", 115),
        ("Sit down.", 115),
    ]
    assert note_codes(found) == ["I202", "I203"]


def test_a_strict_gap_leaves_out_should_lines_with_a_warning() -> None:
    script = circuit("5s", "name: Squat, how: Sit down.")

    found = timeline(script, {"Next, Squat.": 2000, "Squat.": 2000, "Sit down.": 9000})

    assert words(found) == ["Squat."]
    assert gaps(found) == [5000]
    assert notes(found)[-1] == ("W204", 'left out "Sit down.": the between of 5 s at 0:08 is full')
    assert [note.severity for note in found.notes] == ["note", "warning"]


def test_must_say_lines_that_do_not_fit_a_strict_gap_are_an_error() -> None:
    script = circuit("5s", "name: Squat, caution: Careful.")

    result = compiled(script, {"Next, Squat.": 2000, "Squat.": 2000, "Careful.": 4000})

    assert result.timeline is None
    assert (
        rendered(script, result)
        == """\
x.coach.yaml:9:42: error E205: must-say "Careful." (7.0 s with its pauses) does not fit in the strict between of 5 s
    9 |       - {hold: 5s, name: Squat, caution: Careful.}
      |                                          ^^^^^^^^
  why: in a strict clock a gap never grows, and a must-say line is never left out
  fix: lengthen the gap, shorten the words, or take out  clock: strict
"""
    )


def test_exactly_enough_room_is_enough() -> None:
    script = circuit("5s", "name: Squat")

    assert codes(compiled(script, {"Next, Squat.": 4300})) == []
    assert codes(compiled(script, {"Next, Squat.": 9000, "Squat.": 4300})) == []
    assert codes(compiled(script, table({"Next, Squat.": 9000, "Squat.": 5000}, fast={"Squat.": 4310}))) == ["E205"]


def test_a_gap_without_written_length_never_loses_words() -> None:
    found = timeline("title: T\nsteps:\n  - say: A long story.\n  - {hold: 5s, name: Squat, how: Sit.}\n",
                     {"A long story.": 60_000, "Sit.": 40_000})  # fmt: skip

    assert words(found) == ["A long story.", "Squat.", "Sit."]
    assert found.notes == ()


def test_a_short_silent_rest_does_not_bring_words_nearer_to_the_end_tone() -> None:
    found = timeline("title: T\nsteps:\n  - hold: 5s\n  - rest: 400ms\n  - {hold: 5s, name: Squat}\n", {"Squat.": 600})

    assert speech(found) == [(8450, "Squat.")]
    assert gaps(found) == [400 + 50 + 600 + 250 + 3000]


def test_a_cue_of_a_rest_that_says_nothing_waits_for_the_end_tone() -> None:
    found = timeline("title: T\nsteps:\n  - hold: 5s\n  - rest: 2s\n    cues: {at 0s: Sit.}\n", {"Rest.": 3000})

    assert speech(found) == [(8500, "Sit.")]


# ---- rests, waits, says and tones


def test_a_rest_says_rest_or_its_own_words() -> None:
    plain = timeline("title: T\nsteps:\n  - hold: 5s\n  - rest: 10s\n  - hold: 5s\n", {"Rest.": 400})
    own = timeline("title: T\nsteps:\n  - hold: 5s\n  - rest: 10s\n    say: Walk.\n  - hold: 5s\n", {"Walk.": 400})

    assert speech(plain) == [(8450, "Rest.")]
    assert speech(own) == [(8450, "Walk.")]
    assert gaps(plain) == gaps(own) == [10_000 + 3000]


def test_rest_cues_come_after_its_own_words_and_end_before_the_lead() -> None:
    script = "title: T\nsteps:\n  - rest: 10s\n    cues: {start: Sit., half: Breathe., end: Up.}\n  - hold: 5s\n"

    found = timeline(script, {"Rest.": 1000, "Sit.": 400, "Breathe.": 400, "Up.": 400})

    assert speech(found) == [(0, "Rest."), (1250, "Sit."), (5000, "Breathe."), (9450, "Up.")]


def test_a_countdown_in_a_rest_under_its_own_words_is_ticked() -> None:
    script = "title: T\nsteps:\n  - rest: 5s\n    say: Walk about.\n    cues: {countdown: 3}\n"

    found = timeline(script, {"Walk about.": 2400})

    assert tones(found, "tick") == [2000]
    assert [(cue.start, cue.text) for cue in found.cues if cue.kind == "count"] == [(3000, "2"), (4000, "1")]


def test_a_countdown_moves_with_the_end_of_a_rest_that_grew() -> None:
    script = "title: T\nsteps:\n  - rest: 5s\n    say: Walk about.\n    cues: {countdown: 2, 2s left: Ready}\n"

    found = timeline(script, {"Walk about.": 5750, "Ready": 100})

    assert found.duration == 6000
    assert tones(found, "tick") == [4000, 5000]


def test_a_cue_beyond_a_rest_is_an_error_or_a_note() -> None:
    always = "title: T\nsteps:\n  - {rest: 10s, cues: {at 12s: Up}}\n"
    now = "title: T\nsteps:\n  - {rest: 10-20s, cues: {at 12s: Up}}\n"

    assert codes(compiled(always)) == ["E037"]
    assert note_codes(timeline(now, dial=100)) == ["I211"]
    assert words(timeline(now, dial=0)) == ["Rest.", "Up"]


def test_a_wait_is_its_prompt_and_its_silence() -> None:
    found = timeline("title: T\nsteps:\n  - wait: Sit down.\n    audio: 20s\n  - hold: 5s\n", {"Sit down.": 1000})

    assert found.segments[0].end == 1000 + 250 + 20_000
    assert found.bouts[0].start == 21_250 + 3000


def test_a_tone_step_plays_in_full_and_takes_a_breath() -> None:
    found = timeline("title: T\nsteps:\n  - tone: gong\n  - hold: 5s\n  - tone: none\n  - tone: gong\n")

    assert tones(found, "gong") == [0, 2250 + 3000 + 5000 + 450]
    assert found.bouts[0].start == 2000 + 250 + 3000


def test_a_role_may_be_named_by_a_tone_step() -> None:
    found = timeline("title: T\ntones: {tick: woodblock}\nsteps:\n  - tone: tick\n  - hold: 5s\n")

    assert next((cue.tone, cue.sound and cue.sound.name) for cue in found.cues) == ("tick", "woodblock")


def test_the_switch_tone_sounds_with_the_first_word() -> None:
    found = timeline("title: T\ntones: {switch: double}\nsteps:\n  - {hold: 5s, each: leg}\n")

    assert tones(found, "switch") == [found.bouts[0].end + 450]


def test_the_done_tone_sounds_a_breath_after_everything_else() -> None:
    found = timeline("title: T\ntones: {done: fanfare}\nsteps:\n  - {hold: 5s, finish: Good.}\n", {"Good.": 1000})

    assert tones(found, "done") == [8000 + 450 + 1000 + 250 + 250]
    assert found.duration == tones(found, "done")[0] + 1200


def test_finish_is_said_after_the_last_bout_and_knows_its_side() -> None:
    found = timeline("title: T\nsteps:\n  - {hold: 5s, each: leg, side: right, finish: Shake your $side leg.}\n")

    assert words(found) == ["Shake your right leg."]


def test_after_a_gate_there_are_ticks_even_in_a_short_strict_gap() -> None:
    script = """\
title: T
steps:
  - section: Legs
    clock: strict
    rounds: 1
    between: 5s
    steps:
      - hold: 5s
      - wait: Ready?
        audio: 1s
      - say: Go on.
      - hold: 5s
"""

    found = timeline(script)

    start = found.bouts[1].start
    assert [tick - start for tick in tones(found, "tick") if tick > 8000] == [-3000, -2000, -1000]


def test_cautions_and_reasons_to_stop_come_before_everything() -> None:
    script = "title: T\ncautions: [Go slowly.]\nstop_if: [sharp pain, numbness, dizziness]\nsteps:\n  - hold: 5s\n"

    found = timeline(script)

    assert words(found) == ["Go slowly.", "Stop if you feel sharp pain, numbness or dizziness."]
    assert {cue.priority for cue in found.cues if cue.kind == "speech"} == {"must"}
