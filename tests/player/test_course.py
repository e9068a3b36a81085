"""Where things are on a timeline."""

import pytest

from tests.compiler.compiling import heard_between
from tests.player.lives import GATES, STRETCH, spoken
from voicecoach.player.course import Course

CIRCUIT = """\
title: T
steps:
  - section: Legs
    rounds: 2
    work: 5s
    between: 6s
    steps: [Squats, Lunges]
"""


@pytest.fixture(scope="module")
def stretch() -> Course:
    return Course(spoken(STRETCH))


def test_a_unit_is_a_bout_with_the_gap_before_it(stretch: Course) -> None:
    assert [stretch.unit(at) for at in (0, 4_500, 14_499, 14_500, 96_249, 96_250, 97_450)] == [0, 0, 0, 1, 4, 5, 5]
    assert [stretch.gap(unit) for unit in (0, 1, 5)] == [(0, 4_500), (14_500, 19_500), (96_250, 97_450)]


def test_a_bout_is_half_open(stretch: Course) -> None:
    assert [stretch.bout_at(at) for at in (4_499, 14_500)] == [None, None]
    assert stretch.bout_at(4_500) == stretch.bout_at(14_499) == stretch.bouts[0]


def test_neighbouring_bouts_of_an_exercise_are_one_group(stretch: Course) -> None:
    assert [(group.key[0], group.first, group.last) for group in stretch.groups] == [
        ("calf-stretch", 0, 3),
        ("toe-raise", 4, 4),
    ]


def test_each_round_of_a_circuit_is_a_group_of_its_own() -> None:
    course = Course(spoken(CIRCUIT))

    assert [(group.key, group.nth) for group in course.groups] == [
        (("squats", "Legs", 1), 0),
        (("lunges", "Legs", 1), 0),
        (("squats", "Legs", 2), 0),
        (("lunges", "Legs", 2), 0),
    ]


def test_a_step_that_is_written_twice_is_two_groups() -> None:
    course = Course(spoken("title: T\nsteps:\n  - {time: 5s, name: Squat}\n  - {time: 5s, name: Squat}\n"))

    assert [(group.nth, group.first, group.last) for group in course.groups] == [(0, 0, 0), (1, 1, 1)]


def test_an_exercise_has_begun_once_it_is_announced(stretch: Course) -> None:
    assert [stretch.group_at(at) for at in (0, 80_499, 80_500, 96_249, 96_250)] == [0, 0, 1, 1, 2]


def test_before_the_first_announcement_no_exercise_has_begun() -> None:
    course = Course(spoken("title: T\nsteps:\n  - say: Hello.\n  - {time: 5s, name: Squat}\n"))

    assert [course.group_at(at) for at in (0, 749, 750)] == [-1, -1, 0]


def test_a_skip_lands_on_the_first_cue_after_the_end_tone(stretch: Course) -> None:
    landings = [stretch.landing(unit) for unit in range(7)]

    assert landings == [0, 14_950, 29_950, 45_950, 60_950, 96_700, 97_450]


def test_a_skip_lands_on_the_bout_itself_where_nothing_is_heard_before_it() -> None:
    course = Course(spoken("title: T\nsteps:\n  - {hold: 5s, reps: 2, relax: 1s, name: Squat}\n"))

    assert [cue.tone for cue in heard_between(course.timeline, *course.gap(1))] == ["end"]
    assert course.landing(1) == course.bouts[1].start


def test_an_exercise_is_entered_at_its_name(stretch: Course) -> None:
    assert [stretch.entrance(group) for group in (-1, 0, 1)] == [0, 0, 80_500]


def test_after_the_last_exercise_comes_what_is_said_then_and_then_the_end(stretch: Course) -> None:
    assert [stretch.entrance(group) for group in (2, 3)] == [96_700, 97_450]


def test_one_who_goes_on_to_an_exercise_is_first_asked_what_stands_before_it() -> None:
    script = "title: T\nsteps:\n  - {time: 5s, name: Squat}\n  - wait: Shoes on.\n  - {time: 5s, name: Jump}\n"
    course = Course(spoken(script))
    wait = course.timeline.segments[0]

    assert wait.gate == "wait"
    assert course.approach(1, course.bouts[0].start) == wait.opens
    assert course.approach(1, wait.end - 1) == course.entrance(1) == wait.end


def test_a_set_begins_with_its_first_repetition_on_the_same_side(stretch: Course) -> None:
    assert [stretch.first_of_set(index) for index in range(5)] == [0, 0, 2, 2, 4]


def test_a_block_used_twice_is_two_sets() -> None:
    script = "title: T\nblocks: {b: [{hold: 5s, reps: 2, name: B}]}\nsteps:\n  - use: {block: b}\n  - use: {block: b}\n"
    course = Course(spoken(script))

    assert [bout.rep_no for bout in course.bouts] == [1, 2, 1, 2]
    assert [course.first_of_set(index) for index in range(4)] == [0, 0, 2, 2]
    assert [(group.nth, group.first, group.last) for group in course.groups] == [(0, 0, 1), (1, 2, 3)]


def test_ready_ticks_begin_three_seconds_before_the_work(stretch: Course) -> None:
    assert [stretch.ready(unit) for unit in range(6)] == [1_500, 16_500, 32_500, 47_500, 81_250, None]


def test_there_is_no_ready_without_ticks() -> None:
    course = Course(spoken("title: T\ntones: {tick: none}\nsteps:\n  - {time: 5s, name: Squat}\n"))

    assert course.ready(0) is None


def test_what_sounds_began_before_and_is_not_over(stretch: Course) -> None:
    def texts(at: int) -> list[str]:
        return [cue.text or cue.tone for cue in stretch.sounding(at)]

    assert [texts(at) for at in (9_500, 9_501, 9_999, 10_000)] == [[], ["Breathe"], ["Breathe"], []]


def test_a_wait_is_open_from_its_prompt_to_its_end() -> None:
    course = Course(spoken(GATES))

    assert [gate.end if (gate := course.gate(at)) else None for at in (0, 749, 751, 1_500, 11_499)] == [
        750, 750, 11_500, 11_500, 11_500,
    ]  # fmt: skip
    assert course.gate(11_500) is None


def test_work_that_is_done_when_one_is_done_opens_with_its_first_frame() -> None:
    course = Course(spoken(GATES))

    assert [bool(course.gate(at)) for at in (15_249, 15_250, 35_249, 35_250, 55_249, 55_250)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


def test_it_plays_on_to_the_next_wait_and_after_the_last_to_the_end() -> None:
    course = Course(spoken(GATES))

    assert [course.hold(at) for at in (0, 749, 750, 1_499, 1_500, 11_500, 64_400)] == [
        750, 750, 1_500, 1_500, 1_500, 64_400, 64_400,
    ]  # fmt: skip


def test_a_session_without_work_is_one_gap() -> None:
    course = Course(spoken("title: T\nsteps:\n  - say: Hello.\n  - say: Bye.\n"))

    assert (course.unit(0), course.gap(0), course.groups) == (0, (0, 1_500), ())
    assert (course.group_at(0), course.landing(0), course.landing(1), course.entrance(1)) == (0, 0, 1_500, 1_500)


# ---- the same place on another timeline ------------------------------------------------------


@pytest.mark.parametrize("script", [STRETCH, GATES, CIRCUIT])
def test_every_place_is_the_same_on_the_same_timeline(script: str) -> None:
    course = Course(spoken(script))

    for at in range(0, course.timeline.duration + 1, 50):
        assert course.same_place(at, course) == at


def test_a_place_is_found_again_where_words_are_longer(stretch: Course) -> None:
    longer = Course(spoken(STRETCH, {"Calf stretch.": 900, "Lean in.": 2_000, "Toe raise.": 1_500}))
    assert longer.timeline.duration > stretch.timeline.duration

    for here, there in zip(stretch.bouts, longer.bouts, strict=True):
        assert stretch.same_place(here.start + 3_000, longer) == there.start + 3_000
        assert stretch.same_place(here.end + 300, longer) == there.end + 300
    assert longer.same_place(longer.bouts[4].start - 50, stretch) == stretch.bouts[4].start
    assert longer.same_place(longer.bouts[3].end + 19_999, stretch) == stretch.bouts[3].end + 19_999
