"""Sections with rounds: gaps between stations, and clocks that are exact (G2, S1)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compiler.compiling import bout_lengths, gaps, note_codes, speech, timeline, tones, words
from tests.compiler.routines import VOICES, Voice
from voicecoach.timeline import Timeline


def circuit(*keys: str, steps: str = "[squats, step-ups]") -> str:
    lines = "".join(f"    {key}\n" for key in keys)
    return f"title: T\nsteps:\n  - section: Legs\n{lines}    steps: {steps}\n"


def rounds(found: Timeline) -> list[tuple[str, int | None, int | None]]:
    return [(bout.name, bout.round_no, bout.rounds) for bout in found.bouts]


def test_stations_in_plain_text_take_the_work_of_their_section() -> None:
    found = timeline(circuit("rounds: 2", "work: 8s", "between: 15s"), {})

    assert bout_lengths(found) == [8000] * 4
    assert gaps(found) == [15_000] * 3
    assert rounds(found) == [("Squats", 1, 2), ("Step ups", 1, 2), ("Squats", 2, 2), ("Step ups", 2, 2)]
    assert {bout.section for bout in found.bouts} == {"Legs"}
    assert {bout.kind for bout in found.bouts} == {"time"}


def test_the_next_station_is_announced_in_the_gap_before_it() -> None:
    found = timeline(circuit("rounds: 2", "work: 8s", "between: 15s"), {})

    assert words(found) == ["Squats.", "Next, Step ups.", "Round 2 of 2.", "Next, Squats.", "Next, Step ups."]
    assert [text for at, text in speech(found) if at < found.bouts[0].start] == ["Squats."]


def test_between_two_rounds_comes_the_rest_of_the_section_or_else_between() -> None:
    assert gaps(timeline(circuit("rounds: 2", "work: 8s", "between: 15s", "rest: 40s"))) == [15_000, 40_000, 15_000]
    assert gaps(timeline(circuit("rounds: 2", "work: 8s"))) == [10_000] * 3
    assert gaps(timeline(f"defaults: {{between: 12s}}\n{circuit('rounds: 2', 'work: 8s')}")) == [12_000] * 3


def test_the_setup_before_the_first_station_has_no_written_length_also_when_strict() -> None:
    script = circuit("work: 8s", "between: 5s", "clock: strict", steps="[{time: 8s, name: A, how: Long words.}]")

    found = timeline(script, {"A.": 1000, "Long words.": 20_000})

    assert found.bouts[0].start == 1250 + 20_250 + 3000
    assert note_codes(found) == []


def test_a_station_keeps_its_own_dose() -> None:
    script = f"exercises: {{squats: {{name: Squat, hold: 3s, reps: 2}}}}\n{circuit('rounds: 1', 'work: 8s')}"

    found = timeline(script)

    assert [(bout.exercise, bout.end - bout.start) for bout in found.bouts] == [
        ("squats", 3000), ("squats", 3000), ("step-ups", 8000),
    ]  # fmt: skip


def test_from_the_second_round_on_only_the_brief_is_said_but_every_caution() -> None:
    station = "[{time: 8s, name: Squat, how: Sit down slowly., brief: Sit., caution: Mind your knees.}]"

    found = timeline(circuit("rounds: 2", "between: 30s", steps=station), {})

    assert words(found) == ["Squat.", "Mind your knees.", "Sit down slowly.",
                            "Round 2 of 2.", "Next, Squat.", "Mind your knees.", "Sit."]  # fmt: skip


def test_a_short_name_is_the_short_form_of_the_announcement() -> None:
    script = circuit(
        "between: 5s", "clock: strict", steps="[{time: 8s}, {time: 8s, name: Mountain climbers, short: Climb}]"
    )

    found = timeline(script, {"Next, Mountain climbers.": 9000, "Climb.": 500})

    assert words(found) == ["Climb."]


def test_the_announcement_is_the_name_alone_if_next_is_off() -> None:
    script = f"announce: {{next: false}}\n{circuit('rounds: 1', 'work: 8s')}"

    assert words(timeline(script)) == ["Squats.", "Step ups."]


def test_says_and_waits_inside_a_circuit_are_gaps_of_their_own() -> None:
    steps = "[{time: 8s}, {say: Good.}, {time: 8s}]"

    found = timeline(circuit("between: 10s", "clock: strict", steps=steps), {"Good.": 1000})

    assert gaps(found) == [450 + 1000 + 250 + 10_000]


def test_a_plain_section_is_no_circuit() -> None:
    found = timeline(circuit(steps="[{time: 8s, name: A}, {time: 8s, name: B}]"), {})

    assert words(found) == ["A.", "B."]
    assert {(bout.section, bout.round_no, bout.rounds) for bout in found.bouts} == {(None, None, None)}


def test_a_section_inside_a_circuit_belongs_to_its_rounds() -> None:
    found = timeline(circuit("rounds: 2", "between: 10s", steps="[{section: Inner, steps: [{time: 8s, name: A}]}]"), {})

    assert rounds(found) == [("A", 1, 2), ("A", 2, 2)]
    assert gaps(found) == [10_000]


def test_a_circuit_inside_a_circuit_has_its_own_rounds() -> None:
    inner = "[{section: Inner, rounds: 2, between: 7s, steps: [{time: 8s, name: A}]}, {time: 4s, name: B}]"

    found = timeline(circuit("rounds: 2", "between: 10s", steps=inner), {})

    assert rounds(found) == [
        ("A", 1, 2), ("A", 2, 2), ("B", 1, 2), ("A", 1, 2), ("A", 2, 2), ("B", 2, 2),
    ]  # fmt: skip


def test_strictness_holds_for_everything_inside() -> None:
    steps = "[{hold: 5s, reps: 2, relax: 3s}, {rest: 4s}, {section: In, steps: [{hold: 5s, each: leg, switch: 4s}]}]"

    found = timeline(circuit("clock: strict", "between: 5s", steps=steps), {"Rest.": 3000, "Relax.": 2500})

    assert gaps(found) == [3000, 4000 + 5000, 4000]


def test_the_round_is_known_to_every_text_in_it() -> None:
    steps = (
        "[{time: 8s, cues: {half: Round $round}}, {say: That was $round of $rounds.}, {rest: 5s, say: Round $round.}]"
    )

    found = timeline(circuit("rounds: 2", "between: 10s", steps=steps))

    assert [text for text in words(found) if text != "Round 2 of 2."] == [
        "Round 1", "That was 1 of 2.", "Round 1.", "Round 2", "That was 2 of 2.", "Round 2.",
    ]  # fmt: skip


def test_a_step_of_the_last_round_only() -> None:
    steps = "[{time: 8s}, {say: Finished., when: round is last}, {rest: 5s, when: not round is last}]"

    found = timeline(circuit("rounds: 3", "between: 10s", steps=steps), {})

    assert words(found).count("Finished.") == 1
    assert gaps(found) == [15_000 + 450 - 450, 15_000]


@settings(max_examples=60, deadline=None)
@given(
    number=st.integers(1, 6),
    stations=st.integers(1, 5),
    work=st.integers(2, 40),
    between=st.integers(3, 30),
    rest=st.one_of(st.none(), st.integers(3, 60)),
    voice=VOICES.filter(lambda voice: voice.longest <= 1500),
)
def test_a_strict_circuit_takes_exactly_its_rounds_of_work_and_gaps(  # noqa: PLR0917  Hypothesis names them all
    number: int, stations: int, work: int, between: int, rest: int | None, voice: Voice
) -> None:
    keys = [f"rounds: {number}", f"work: {work}s", f"between: {between}s", "clock: strict"]
    keys += [] if rest is None else [f"rest: {rest}s"]
    names = ", ".join(f"station {'abcde'[number]}" for number in range(stations))

    found = timeline(circuit(*keys, steps=f"[{names}]"), voice)

    expected = number * (stations * work + (stations - 1) * between) + (number - 1) * (
        between if rest is None else rest
    )
    assert found.bouts[-1].end - found.bouts[0].start == expected * 1000
    assert len(tones(found, "start")) == number * stations


def test_a_tabata_is_exact() -> None:
    found = timeline(
        circuit("clock: strict", "rounds: 4", "work: 20s", "between: 10s", steps="[squats, mountain climbers]")
    )

    assert found.bouts[-1].end - found.bouts[0].start == 8 * 20_000 + 7 * 10_000


NESTED = """\
title: T
steps:
  - section: Outer
    rounds: 2
    between: 20s
    rest: 40s
    clock: strict
    steps:
      - section: Inner
        rounds: 2
        between: 5s
        steps: [{name: A, hold: 5s}]
      - {name: C, hold: 5s}
"""


def test_a_circuit_inside_a_circuit_keeps_the_gaps_of_both() -> None:
    found = timeline(NESTED, {})

    assert gaps(found) == [5_000, 20_000, 40_000, 5_000, 20_000]
    assert [bout.name for bout in found.bouts] == ["A", "A", "C", "A", "A", "C"]
    assert words(found) == [
        "A.", "Round 2 of 2.", "Next, A.", "Next, C.", "Round 2 of 2.", "Next, A.", "Round 2 of 2.", "Next, A.",
        "Next, C.",
    ]  # fmt: skip


def test_a_gap_of_no_time_says_what_it_leaves_unsaid() -> None:
    sides = timeline("title: T\nsteps:\n  - {name: A, hold: 5s, each: leg, reps: 2, switch: 0s}\n")
    stations = timeline(circuit("rounds: 3", "work: 8s", "between: 0s"))
    meant = timeline("announce: {next: false}\n" + circuit("rounds: 3", "work: 8s", "between: 0s"))

    assert [(note.code, note.message) for note in sides.notes] == [
        ("W318", "the change of side is not announced: the switch of 0 s has no room for words")
    ]
    assert note_codes(stations) == ["W318", "W318"]
    assert note_codes(meant) == []


def test_outside_a_circuit_the_only_round_is_the_last() -> None:
    found = timeline("title: T\nsteps:\n  - {name: A, hold: 5s, when: round is last}\n")

    assert [bout.name for bout in found.bouts] == ["A"]
