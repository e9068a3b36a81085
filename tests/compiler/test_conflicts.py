"""The script built to collide: what gives way, and what is said about it (scheduling.md E.10)."""

import pytest

from tests.compiler.compiling import inside, timeline
from voicecoach.timeline import Timeline
from voicecoach.units import clock

SCRIPT = """\
title: Conflict demonstration
steps:
  - section: Strict circuit
    clock: strict
    rounds: 2
    work: 15s
    between: 5s
    steps:
      - High side plank with alternating arm raise and a slow controlled return
      - Burpees
  - name: Plank
    hold: 12s
    cues:
      half: Keep breathing and keep your hips level with your shoulders
      countdown: 5
      at 2s: Squeeze
  - name: Wall sit
    hold: 10s
    cues:
      at 6s: {say: Stop if your knees hurt, must: true}
      countdown: 5
  - name: Warrior
    hold: 20s
    each: leg
    switch: 4s
    brief: Step your $side foot back, turn it out, and bend the front knee.
    cues:
      half: Sink a little deeper
      at 10s: Arms long
"""

SPOKEN = {
    "High side plank with alternating arm raise and a slow controlled return.": 4250,
    "Next, High side plank with alternating arm raise and a slow controlled return.": 4860,
    "Next, Burpees.": 900,
    "Round 2 of 2.": 1100,
    "Plank.": 400,
    "Keep breathing and keep your hips level with your shoulders": 2900,
    "Squeeze": 600,
    "Wall sit.": 700,
    "Stop if your knees hurt": 1250,
    "Warrior.": 400,
    "Step your left foot back, turn it out, and bend the front knee.": 3950,
    "Switch. Step your right foot back, turn it out, and bend the front knee.": 4800,
    "Sink a little deeper": 1200,
    "Arms long": 800,
    "5": 500, "4": 400, "3": 400, "2": 320, "1": 350,
}  # fmt: skip
"""About what a British voice takes at 160 words a minute."""

EXPECTED = """\
3:5: note I201: left out "Round 2 of 2.": the between of 5 s at 0:42.5 is full
9:9: note I202: said "High side plank with alternating arm raise and a slow controlled return." instead of \
"Next, High side plank with alternating arm raise and a slow controlled return." at 0:42.5: 5.6 s needed, 5.0 s of room
14:7: note I201: left out "Keep breathing and keep your hips level with your shoulders" in Plank at 1:32.6: \
no free 2.9 s within 1 s of it
21:7: note I209: count "4" in Wall sit became a tick: speech was playing
21:7: note I209: count "3" in Wall sit became a tick: speech was playing
29:7: note I207: "Arms long" moved -1.0 s in Warrior, left: something else was being said
22:5: note I206: the switch at 2:21.3 grew from 4 s to 8.5 s for \
"Switch. Step your right foot back, turn it out, and bend the front knee."
29:7: note I207: "Arms long" moved -1.0 s in Warrior, right: something else was being said
"""


def explained(found: Timeline) -> str:
    return "".join(
        f"{note.source.line}:{note.source.col}: {note.severity} {note.code}: {note.message}\n" for note in found.notes
    )


def test_every_decision_is_explained() -> None:
    found = timeline(SCRIPT, SPOKEN)

    assert explained(found) == EXPECTED


def test_the_same_decisions_are_taken_with_estimated_speech() -> None:
    found = timeline(SCRIPT)

    decisions = [(f"{note.source.line}:{note.source.col}", note.code) for note in found.notes]
    for expected in (("3:5", "I201"), ("14:7", "I201"), ("21:7", "I209"), ("29:7", "I207"), ("22:5", "I206")):
        assert expected in decisions


def test_a_must_say_cue_turns_the_covered_counts_into_ticks() -> None:
    found = timeline(SCRIPT, SPOKEN)

    wall_sit = next(bout for bout in found.bouts if bout.name == "Wall sit")
    assert clock(wall_sit.start) == "1:43"
    assert inside(found, wall_sit) == [
        (0, "tone", "start"),
        (5000, "count", "5"),
        (6000, "speech", "Stop if your knees hurt"),
        (6000, "tone", "tick"),
        (7000, "tone", "tick"),
        (8000, "count", "2"),
        (9000, "count", "1"),
        (10_000, "tone", "end"),
    ]


@pytest.mark.parametrize(("text", "priority"), [("Stop if your knees hurt", "must"), ("Warrior.", "must"),
                                                ("Squeeze", "nice"), ("5", "clock")])  # fmt: skip
def test_priorities_on_the_timeline(text: str, priority: str) -> None:
    found = timeline(SCRIPT, SPOKEN)

    assert {cue.priority for cue in found.cues if cue.text == text} == {priority}


def test_the_strict_circuit_is_exact() -> None:
    found = timeline(SCRIPT, SPOKEN)

    assert found.bouts[3].end - found.bouts[0].start == 4 * 15_000 + 3 * 5_000
