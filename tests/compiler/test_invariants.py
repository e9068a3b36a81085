"""What holds for every session, whatever the script and however long its speech (scheduling.md E.11)."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.compiler.compiling import compiled, estimated, timeline
from tests.compiler.routines import VOICES, Prescribed, Voice, plain, routines
from voicecoach import session
from voicecoach.compiler.compile import Compiled
from voicecoach.compiler.options import Options
from voicecoach.timeline import Bout, Cue, Timeline, to_json

LEAD, AFTER = 150, 450
SCRIPTS = sorted(
    path for path in (Path(__file__).parents[2] / "scripts").glob("*.coach.yaml") if "\nsteps:" in path.read_text()
)
EXCUSES = {"E205", "E208", "E037", "E056"}
"""Errors a generated routine may have: words too long, a cue beyond its bout, or nothing left to do."""

spoken = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
voices = st.one_of(st.just(estimated), VOICES)


def session_of(made: Prescribed, voice: Voice) -> Timeline:
    """The timeline of a generated routine; a routine whose must-say words do not fit is another one's business."""
    result = compiled(made.script, voice, dial=made.dial)
    assume(result.timeline is not None)
    assert result.timeline is not None
    assume(result.timeline.duration)
    return result.timeline


def uttered(found: Timeline) -> list[Cue]:
    return [cue for cue in found.cues if cue.kind != "tone"]


def check_speech(found: Timeline) -> None:
    for before, after in pairwise(uttered(found)):
        assert before.end <= after.start
    anchors = sorted(time for bout in found.bouts for time in (bout.start, bout.end))
    for cue in uttered(found):
        for anchor in anchors:
            assert cue.end <= anchor - LEAD or cue.start >= anchor + AFTER, (cue, anchor)


def check_bouts(found: Timeline) -> None:
    for before, after in pairwise(found.bouts):
        assert before.end <= after.start
    assert [bout.start for bout in found.bouts] == [cue.start for cue in found.cues if cue.tone == "start"]
    assert [bout.end for bout in found.bouts] == [cue.start for cue in found.cues if cue.tone == "end"]


def check_tiles(found: Timeline) -> None:
    for tiles in (found.segments, found.chapters):
        assert (tiles[0].start, tiles[-1].end) == (0, found.duration)
        assert all(before.end == after.start for before, after in pairwise(tiles))
        assert all(tile.start < tile.end for tile in tiles)
    assert [segment.gate == "end" for segment in found.segments] == [False] * (len(found.segments) - 1) + [True]
    assert found.duration >= max((cue.end for cue in found.cues), default=0)


@spoken
@given(routines(), voices)
def test_speech_overlaps_neither_speech_nor_an_anchor(made: Prescribed, voice: Voice) -> None:
    check_speech(session_of(made, voice))


@spoken
@given(routines(), voices)
def test_every_bout_has_exactly_its_dose(made: Prescribed, voice: Voice) -> None:
    found = session_of(made, voice)

    assert [(bout.kind, bout.end - bout.start, tuple(way for _, way in bout.ways)) for bout in found.bouts] == [
        (bout.kind, bout.length, bout.ways) for bout in made.bouts
    ]
    check_bouts(found)


def kept_for_a_reason(found: Timeline, before: Bout, after: Bout) -> bool:
    """A gap of 0 s has a length after a gate, and where an author's caution is said in it."""
    gated = any(segment.end == before.end and segment.gate == "until-done" for segment in found.segments)
    said = any(cue.priority == "must" and before.end <= cue.start < after.start for cue in found.cues)
    return gated or said


@spoken
@given(routines(), voices)
def test_strict_gaps_are_exact_and_loose_ones_only_grow(made: Prescribed, voice: Voice) -> None:
    found = session_of(made, voice)

    for (before, after), gaps in zip(pairwise(found.bouts), made.pauses(), strict=True):
        length = after.start - before.end
        written = sum(gap.length or 0 for gap in gaps)
        if all(gap.strict or gap.length == 0 for gap in gaps):
            kept = any(not gap.strict for gap in gaps) and kept_for_a_reason(found, before, after)
            assert length == written or kept
        assert length >= written


@spoken
@given(routines(), voices)
def test_a_must_say_text_is_heard_or_an_error_is_reported(made: Prescribed, voice: Voice) -> None:
    result = compiled(made.script, voice, dial=made.dial)

    if result.timeline is None:
        errors = {problem.code for problem in result.problems if problem.severity == "error"}
        assert errors
        assert errors <= EXCUSES
        return
    heard = [cue.text for cue in result.timeline.cues if cue.priority == "must"]
    for text, times in plain(made.musts).items():
        assert sum(text in line for line in heard) >= times, text
    for before, after in pairwise(result.timeline.bouts):
        changed = [way for (_, old), (_, way) in zip(before.ways, after.ways, strict=False) if way != old]
        same = before.exercise == after.exercise and after.start > before.end and (after.set_no, after.rep_no) != (1, 1)
        if same and changed and before.source == after.source:
            said = " ".join(
                cue.text
                for cue in result.timeline.cues
                if before.end <= cue.start < after.start and cue.kind == "speech"
            )
            assert all(way in said for way in changed)


@spoken
@given(routines(), voices)
def test_no_count_is_lost(made: Prescribed, voice: Voice) -> None:
    found = session_of(made, voice)
    assume("tick" not in made.document.get("tones", {}))  # type: ignore[operator]

    at = {cue.start: cue.text or cue.tone for cue in found.cues if cue.kind == "count" or cue.tone == "tick"}
    for bout, prescribed in zip(found.bouts, made.bouts, strict=True):
        if prescribed.kind == "breathe":
            continue
        for left in range(1, prescribed.countdown + 1):
            if prescribed.length - left * 1000 >= AFTER:
                assert at[bout.end - left * 1000] in {str(left), "tick"}


@spoken
@given(routines(), voices)
def test_segments_and_chapters_tile_the_session(made: Prescribed, voice: Voice) -> None:
    check_tiles(session_of(made, voice))


@spoken
@given(routines(), voices)
def test_the_same_inputs_give_the_same_bytes(made: Prescribed, voice: Voice) -> None:
    first, second = session_of(made, voice), session_of(made, voice)

    assert to_json(first) == to_json(second)
    assert "." not in "".join(json.dumps(value) for value in _numbers(json.loads(to_json(first))))


@spoken
@given(routines(), voices)
def test_both_sides_work_equally_long(made: Prescribed, voice: Voice) -> None:
    found = session_of(made, voice)

    check_sides(found)


@spoken
@given(routines(), voices)
def test_ready_ticks_never_sound_during_work(made: Prescribed, voice: Voice) -> None:
    found = session_of(made, voice)

    for cue in found.cues:
        if cue.tone == "start":
            assert any(bout.start == cue.start for bout in found.bouts)
    for bout, prescribed in zip(found.bouts, made.bouts, strict=True):
        if prescribed.kind in {"hold", "time"}:
            ticks = [
                cue.start - bout.start
                for cue in found.cues
                if cue.tone == "tick" and bout.start <= cue.start < bout.end
            ]
            own = [tick for tick in ticks if (prescribed.length - tick) % 1000]
            assert own == [] or "tick" in made.script


def check_sides(found: Timeline) -> None:
    work: dict[tuple[object, ...], dict[str, int]] = {}
    for bout in found.bouts:
        for axis, way in bout.ways:
            if axis in {"foot", "leg", "side", "arm", "ankle"}:
                sides = work.setdefault((bout.source, axis), {})
                sides[way] = sides.get(way, 0) + bout.end - bout.start
    for sides in work.values():
        assert sides["left"] == sides["right"]


def _numbers(value: object) -> list[object]:
    if isinstance(value, dict):
        return [number for inner in value.values() for number in _numbers(inner)]
    if isinstance(value, list):
        return [number for inner in value for number in _numbers(inner)]
    return [] if isinstance(value, str) else [value]


def bundled(path: Path, dial: int) -> Compiled:
    return session.estimated(session.read_script(str(path)), Options(dial=dial))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name.partition(".")[0])
def test_every_bundled_script_keeps_the_invariants_at_every_dial(path: Path) -> None:
    script = session.read_script(str(path))

    for dial in range(101):
        found = session.estimated(script, Options(dial=dial)).timeline
        assert found is not None
        check_speech(found)
        check_bouts(found)
        check_tiles(found)
        check_sides(found)


@pytest.mark.parametrize("level", ["gentle", "steady", "strong"])
@pytest.mark.parametrize("name", ["feet-morning", "feet-midday", "feet-evening"])
def test_a_feet_routine_takes_10_to_15_minutes(name: str, level: str) -> None:
    dial = {"gentle": 0, "steady": 50, "strong": 100}[level]

    found = bundled(Path(__file__).parents[2] / "scripts" / f"{name}.coach.yaml", dial).timeline

    assert found is not None
    assert 10 * 60_000 + 15_000 <= found.duration <= 14 * 60_000 + 45_000


def test_the_helper_compiles_the_smallest_routine() -> None:
    found = timeline("title: Small\nsteps:\n  - hold: 5s\n")

    assert [(bout.start, bout.end) for bout in found.bouts] == [(3000, 8000)]
