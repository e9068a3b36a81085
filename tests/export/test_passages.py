from pathlib import Path

import pytest

from voicecoach.compiler.options import Options
from voicecoach.export.passages import passages
from voicecoach.session import estimated, read_script
from voicecoach.shelf import routines
from voicecoach.timeline import Timeline

ROUTINE = """
title: Two
stop_if: [sharp pain]
steps:
  - name: Calf
    hold: 10s
    each: leg
    reps: 2
  - wait: Fetch a chair.
    audio: 7s
  - name: Squats
    reps: 5
"""


def timeline_of(text: str, folder: Path) -> Timeline:
    path = folder / "a.coach.yaml"
    path.write_text(text, "utf-8")
    compiled = estimated(read_script(str(path)), Options())
    assert compiled.timeline
    return compiled.timeline


def test_passages_follow_work_and_gaps(tmp_path: Path) -> None:
    shown = passages(timeline_of(ROUTINE, tmp_path))

    assert [(passage.phase, passage.what, passage.ways) for passage in shown] == [
        ("listen", "Calf", "left leg"),
        ("get ready", "Calf", "left leg"),
        ("hold", "Calf", "left leg"),
        ("relax", "Calf", "left leg"),
        ("get ready", "Calf", "left leg"),
        ("hold", "Calf", "left leg"),
        ("switch", "Calf", "right leg"),
        ("get ready", "Calf", "right leg"),
        ("hold", "Calf", "right leg"),
        ("relax", "Calf", "right leg"),
        ("get ready", "Calf", "right leg"),
        ("hold", "Calf", "right leg"),
        ("rest", "Squats", ""),
        ("wait", "Squats", ""),
        ("get ready", "Squats", ""),
        ("move", "Squats", ""),
        ("listen", "Two", ""),
    ]


def test_a_hold_counts_down_to_its_end_and_a_gap_to_the_next_hold(tmp_path: Path) -> None:
    timeline = timeline_of(ROUTINE, tmp_path)
    first, second = timeline.bouts[:2]

    shown = passages(timeline)

    assert (shown[2].start, shown[2].until, shown[2].counts) == (first.start, first.end, ("Hold 1 of 2",))
    assert (shown[3].start, shown[3].until) == (first.end, second.start)
    assert (shown[4].start, shown[4].until) == (second.start - 3_000, second.start)


def test_the_silence_of_a_wait_counts_down_by_itself(tmp_path: Path) -> None:
    shown = passages(timeline_of(ROUTINE, tmp_path))

    (wait,) = (passage for passage in shown if passage.phase == "wait")
    before = shown[shown.index(wait) - 1]
    assert wait.until - wait.start == 7_000
    assert before.until == wait.start


@pytest.mark.parametrize("name", [shelved.id for shelved in routines() if shelved.kind == "bundled"])
def test_passages_begin_at_0_and_change_in_order(name: str) -> None:
    timeline = estimated(read_script(name), Options()).timeline
    assert timeline

    shown = passages(timeline)

    starts = [passage.start for passage in shown]
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(passage.start < passage.until <= timeline.duration for passage in shown)
    assert [p.start for p in shown if p.phase in {"hold", "move", "breathe"}] == [b.start for b in timeline.bouts]
