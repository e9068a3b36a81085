"""Changes to a timeline that is being heard leave a timeline: nothing overlaps, nothing is lost."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.compiler.compiling import compiled, speech, tones
from tests.compiler.routines import VOICES, Prescribed, Voice, routines
from tests.compiler.test_invariants import check_bouts, check_tiles
from tests.player.lives import GATES, STRETCH, Walk, spoken, walk
from voicecoach.player.course import Course
from voicecoach.player.edits import lengthened, spliced
from voicecoach.timeline import Timeline

GENTLE_AND_STRONG = """\
title: T
steps:
  - {hold: 10-20s, reps: 2, name: Calf stretch}
  - {time: 10s, name: Squat, when: level is strong}
  - rest: 20-30s
  - {time: 12-20s, name: Toe raise}
"""

generated = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def check(found: Timeline) -> None:
    """What holds for every timeline (scheduling.md E.11)."""
    check_bouts(found)
    check_tiles(found)
    uttered = [cue for cue in found.cues if cue.kind != "tone"]
    for before, after in pairwise(uttered):
        assert before.end <= after.start, (before, after)
    for cue in uttered:
        assert not any(cue.start < anchor < cue.end for bout in found.bouts for anchor in (bout.start, bout.end))
    assert [cue.start for cue in found.cues] == sorted(cue.start for cue in found.cues)
    for segment in found.segments:
        assert segment.opens is None or segment.start <= segment.opens <= segment.end
        assert segment.holds is None or segment.start <= segment.holds <= segment.end
        if segment.gate == "until-done" and segment.end in {bout.end for bout in found.bouts}:
            assert segment.opens in {bout.start for bout in found.bouts if bout.end == segment.end}


def lengths(found: Timeline) -> list[tuple[str, int]]:
    return [(bout.name, bout.end - bout.start) for bout in found.bouts]


# ---- more of a rest


def test_what_comes_after_the_added_silence_comes_later() -> None:
    old = spoken(STRETCH)

    new = lengthened(old, 70_000, 10_000)

    assert new.duration == old.duration + 10_000
    assert [bout.start for bout in new.bouts] == [4_500, 19_500, 35_500, 50_500, 94_250]
    assert [(chapter.start, chapter.end) for chapter in new.chapters] == [
        (0, 29_500),
        (29_500, 90_500),
        (90_500, 107_450),
    ]
    assert speech(new)[-2:] == [(90_500, "Toe raise."), (106_700, "Well done.")]
    check(new)


def test_a_chapter_that_begins_where_silence_is_added_has_that_silence() -> None:
    new = lengthened(spoken(STRETCH), 80_500, 10_000)

    assert [chapter.start for chapter in new.chapters] == [0, 29_500, 80_500]
    assert (90_500, "Toe raise.") in speech(new)
    check(new)


def test_the_end_tone_stays_at_the_end_of_its_work() -> None:
    old = spoken(STRETCH)

    new = lengthened(old, old.bouts[0].end, 10_000)

    assert tones(new, "end")[0] == new.bouts[0].end == old.bouts[0].end
    assert new.bouts[1].start == old.bouts[1].start + 10_000
    check(new)


@pytest.mark.parametrize(
    ("at", "segments"),
    [
        (500, [(0, 10_750), (10_750, 21_500), (21_500, 45_250)]),
        (750, [(0, 750), (750, 21_500), (21_500, 45_250)]),
        (1_500, [(0, 750), (750, 21_500), (21_500, 45_250)]),
        (11_500, [(0, 750), (750, 11_500), (11_500, 45_250)]),
    ],
)
def test_gates_move_as_a_whole(at: int, segments: list[tuple[int, int]]) -> None:
    new = lengthened(spoken(GATES), at, 10_000)

    assert [(found.start, found.end) for found in new.segments[:3]] == segments
    check(new)


def test_a_wait_goes_on_to_stand_still_before_its_silence() -> None:
    new = lengthened(spoken(GATES), 1_300, 10_000)

    assert new.segments[1] == (750, 21_500, "wait", 750, 11_500, 20_000)


@generated
@given(routines(), VOICES, st.floats(0, 1), st.integers(1, 3))
def test_a_longer_rest_is_a_whole_timeline(made: Prescribed, voice: Voice, place: float, times: int) -> None:
    result = compiled(made.script, voice, dial=made.dial)
    assume(result.timeline is not None and result.timeline.bouts)
    assert result.timeline is not None
    old = result.timeline
    person = walk(old)
    person.seek(int(place * old.bouts[-1].start))
    person.hear(200)

    for _ in range(times):
        person.do("longer")

    check(person.transport.timeline)
    assert lengths(person.transport.timeline) == lengths(old)
    added = person.transport.timeline.duration - old.duration
    assert added in range(0, 10_000 * times + 1, 10_000)
    assert [cue.text or cue.tone for cue in person.transport.timeline.cues] == [
        cue.text or cue.tone for cue in old.cues
    ]


# ---- another level


def test_the_old_timeline_up_to_the_seam_and_the_new_one_from_there_on() -> None:
    old, new = spoken(STRETCH), spoken(STRETCH.replace("time: 12s", "time: 30s"))

    found = spliced(old, 80_500, new, 80_500)

    assert lengths(found) == [("Calf stretch", 10_000)] * 4 + [("Toe raise", 30_000)]
    assert found.duration == new.duration
    check(found)


def test_times_of_the_new_timeline_are_shifted_to_the_seam() -> None:
    old, new = spoken(STRETCH), spoken(STRETCH.replace("hold: 10s", "hold: 15s"))

    found = spliced(old, 80_500, new, 100_500)

    assert [bout.start for bout in found.bouts] == [4_500, 19_500, 35_500, 50_500, 84_250]
    assert speech(found)[-2:] == [(80_500, "Toe raise."), (96_700, "Well done.")]
    check(found)


def test_the_end_tone_at_the_seam_is_heard_once() -> None:
    old = spoken(STRETCH)

    found = spliced(old, old.bouts[3].end, old, old.bouts[3].end)

    assert found.cues == old.cues
    assert found.bouts == old.bouts
    assert found.segments == old.segments
    assert found.chapters == old.chapters


@pytest.mark.parametrize("seam", [11_500, 35_250])
def test_gates_before_the_seam_are_those_of_the_old_timeline_and_later_ones_those_of_the_new(seam: int) -> None:
    old, new = spoken(GATES), spoken(GATES.replace("max: 20s", "max: 30s").replace("time: 5s", "time: 8s"))

    found = spliced(old, seam, new, seam)

    assert [(one.start, one.end, one.gate) for one in found.segments] == [
        (one.start, one.end, one.gate) for one in new.segments
    ]
    assert found.segments[1].longest == 20_000
    check(found)


def test_a_seam_at_the_very_end_leaves_the_old_timeline() -> None:
    script = "title: T\ntones: {end: none}\nsteps:\n  - {time: 5s, name: Squat}\n"
    old = spoken(script)

    found = spliced(old, old.duration, old, old.duration)

    assert (found.bouts, found.cues, found.chapters, found.duration) == (
        old.bouts,
        old.cues,
        old.chapters,
        old.duration,
    )


def changed(old: Timeline, new: Timeline, at: int) -> Walk:
    person = walk(old)
    person.seek(at)
    person.change(new)
    return person


@pytest.mark.parametrize("at", [0, 3_000, 10_000, 20_000, 31_000, 40_000])
def test_another_level_holds_from_the_next_exercise_on(at: int) -> None:
    gentle, strong = spoken(GENTLE_AND_STRONG, dial=0), spoken(GENTLE_AND_STRONG, dial=100)

    found = changed(gentle, strong, at).transport.timeline

    assert lengths(found) == [
        ("Calf stretch", 10_000),
        ("Calf stretch", 10_000),
        ("Squat", 10_000),
        ("Toe raise", 20_000),
    ]
    check(found)


@pytest.mark.parametrize("at", [10_000, 30_000])
def test_an_exercise_the_new_level_leaves_out_is_not_done(at: int) -> None:
    gentle, strong = spoken(GENTLE_AND_STRONG, dial=0), spoken(GENTLE_AND_STRONG, dial=100)

    found = changed(strong, gentle, at).transport.timeline

    assert lengths(found) == [("Calf stretch", 20_000), ("Calf stretch", 20_000), ("Toe raise", 12_000)]
    check(found)


def test_in_an_exercise_that_is_left_out_it_is_done_to_its_end() -> None:
    gentle, strong = spoken(GENTLE_AND_STRONG, dial=0), spoken(GENTLE_AND_STRONG, dial=100)

    found = changed(strong, gentle, strong.bouts[2].start + 1_000).transport.timeline

    assert lengths(found)[2:] == [("Squat", 10_000), ("Toe raise", 12_000)]
    check(found)


def test_an_exercise_that_stands_in_for_the_present_one_is_not_done_as_well() -> None:
    script = """\
title: T
steps:
  - {time: 9s, name: Squat}
  - {time: 9s, name: Jump, when: level is strong}
  - {time: 9s, name: March, when: level is gentle}
  - {time: 9s, name: Balance}
"""
    gentle, strong = spoken(script, dial=0), spoken(script, dial=100)

    found = changed(strong, gentle, strong.bouts[1].start + 1_000).transport.timeline

    assert [name for name, _ in lengths(found)] == ["Squat", "Jump", "Balance"]
    check(found)


def test_exercises_of_the_same_name_keep_their_chapters() -> None:
    script = "title: T\nsteps:\n  - {time: 9s, name: Squat}\n  - {time: 9-12s, name: Squat}\n"
    gentle, strong = spoken(script, dial=0), spoken(script, dial=100)

    found = changed(gentle, strong, gentle.bouts[0].start).transport.timeline

    assert [chapter.start for chapter in found.chapters] == [chapter.start for chapter in strong.chapters]
    assert len(found.chapters) == 2
    check(found)


def test_the_last_exercise_can_be_followed_by_one_that_only_the_new_level_has() -> None:
    script = "title: T\nsteps:\n  - {time: 10-20s, name: Squat}\n  - {time: 9s, name: Jump, when: level is strong}\n"
    gentle, strong = spoken(script, dial=0), spoken(script, dial=100)

    found = changed(gentle, strong, gentle.bouts[0].start).transport.timeline

    assert lengths(found) == [("Squat", 10_000), ("Jump", 9_000)]
    check(found)


def test_another_round_is_done_where_the_new_level_has_one() -> None:
    script = "title: T\nsteps:\n  - section: Legs\n    rounds: 1-2\n    work: 5s\n    steps: [Squats, Lunges]\n"
    gentle, strong = spoken(script, dial=0), spoken(script, dial=100)

    found = changed(gentle, strong, gentle.bouts[1].start).transport.timeline

    assert [(bout.name, bout.round_no) for bout in found.bouts] == [
        ("Squats", 1), ("Lunges", 1), ("Squats", 2), ("Lunges", 2),
    ]  # fmt: skip
    check(found)


def test_all_that_is_left_out_ends_the_session_sooner() -> None:
    script = "title: T\nsteps:\n  - {time: 9s, name: Squat}\n  - {time: 9s, name: Jump, when: level is strong}\n"
    script += "  - say: Bye.\n"
    gentle, strong = spoken(script, dial=0), spoken(script, dial=100)

    found = changed(strong, gentle, strong.bouts[0].start).transport.timeline

    assert lengths(found) == [("Squat", 9_000)]
    assert speech(found)[-1][1] == "Bye."
    check(found)


def test_a_wait_of_the_new_level_is_not_lost() -> None:
    script = """\
title: T
steps:
  - {time: 9s, name: Squat}
  - rest: 10s
  - {time: 9s, name: Balance, when: level is strong}
  - wait: Shoes on.
  - {time: 9s, name: Jump}
"""
    gentle, strong = spoken(script, dial=0), spoken(script, dial=100)

    found = changed(strong, gentle, strong.bouts[0].start).transport.timeline

    assert lengths(found) == [("Squat", 9_000), ("Jump", 9_000)]
    assert [segment.gate for segment in found.segments] == ["wait", "end"]
    assert [text for _, text in speech(found)] == ["Squat.", "Rest.", "Shoes on.", "Jump."]
    check(found)


def test_in_the_last_exercise_there_is_nothing_left_to_change() -> None:
    gentle, strong = spoken(GENTLE_AND_STRONG, dial=0), spoken(GENTLE_AND_STRONG, dial=100)
    person = walk(gentle, gentle.bouts[-1].start)

    move, since = person.transport.change(person.heard, strong)

    assert (move.sound, since) == ("", None)
    assert move.refusal == "this is the last exercise: nothing comes after it that could change"


def test_an_exercise_whose_announcement_is_about_to_be_heard_is_not_changed_any_more() -> None:
    old, new = spoken(STRETCH), spoken(STRETCH.replace("time: 12s", "time: 30s"))

    assert walk(old, 79_900).change(new) == 80_500
    assert walk(old, 80_100).change(new) is None


def test_at_a_wait_the_exercise_after_it_is_still_changed() -> None:
    script = "title: T\nsteps:\n  - {wait: Ready?, audio: 0s}\n  - {time: 10-20s, name: Squat}\n"
    gentle, strong = spoken(script, dial=0), spoken(script, dial=100)
    person = walk(gentle, 750)
    assert person.mode == "waiting"

    person.change(strong)

    assert lengths(person.transport.timeline) == [("Squat", 20_000)]
    assert person.mode == "waiting"
    check(person.transport.timeline)


@generated
@given(routines(), VOICES, st.sampled_from([0, 50, 100]), st.sampled_from([0, 50, 100]), st.floats(0, 1))
def test_another_level_leaves_a_whole_timeline(
    made: Prescribed, voice: Voice, old: int, new: int, place: float
) -> None:
    first, second = (compiled(made.script, voice, dial=dial).timeline for dial in (old, new))
    assume(first is not None and second is not None and first.duration and second.duration)
    assert first is not None
    assert second is not None
    person = walk(first)
    person.seek(int(place * first.duration))
    at, behind = person.at, person.transport.course.unit(person.at)

    since = person.change(second)

    found = person.transport.timeline
    check(found)
    assert found.bouts[:behind] == first.bouts[:behind]
    if since is not None:
        assert since > at or person.mode == "waiting"
        kept = Course(found).unit(since)
        assert found.bouts[:kept] == first.bouts[:kept]
        rest = lengths(found)[kept:]
        assert rest == (lengths(second)[-len(rest) :] if rest else [])
