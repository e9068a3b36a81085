"""What a person sees and reads at each kind of moment."""

import pytest

from tests.player.lives import GATES, STRETCH, Walk, spoken, walk
from voicecoach.player.course import Course
from voicecoach.player.now import Now
from voicecoach.player.scene import Scene, scene, ways
from voicecoach.timeline import Timeline

MIXED = """\
title: Mixed
steps:
  - say: Hello.
  - {name: Squat, reps: 8, pace: 2s, sets: 2, rest: 20s}
  - {name: Balance, time: 9s, each: "foot, direction", switch: 9s}
  - {breathe: 4-6, cycles: 2}
"""
CIRCUIT = """\
title: T
steps:
  - section: Legs
    rounds: 2
    work: 20s
    between: 10s
    steps: [Squats, Lunges]
"""


def seen(script: str | Timeline, at: int) -> Scene:
    return scene(walk(script, at).now())


def paused(script: str, at: int) -> Walk:
    person = walk(script, at)
    person.do("pause")
    return person


def lines(found: Scene) -> tuple[object, ...]:
    """What is read at a glance: phase, what, side, seconds, counts, next."""
    return found.phase, found.what, found.ways, found.seconds, found.counts, found.next


# ---- a stretch from its first word to its last


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0, ("get ready", "Calf stretch", "left foot", 5, ("Hold 1 of 2",), "Calf stretch, left foot, 10 s")),
        (4_500, ("hold", "Calf stretch", "left foot", 10, ("Hold 1 of 2",), "Hold 2 of 2, 10 s")),
        (14_499, ("hold", "Calf stretch", "left foot", 1, ("Hold 1 of 2",), "Hold 2 of 2, 10 s")),
        (14_500, ("relax", "Calf stretch", "left foot", 5, ("Hold 2 of 2",), "Calf stretch, left foot, 10 s")),
        (16_500, ("get ready", "Calf stretch", "left foot", 3, ("Hold 2 of 2",), "Calf stretch, left foot, 10 s")),
        (20_000, ("hold", "Calf stretch", "left foot", 10, ("Hold 2 of 2",), "right foot, 10 s")),
        (30_000, ("switch", "Calf stretch", "right foot", 6, ("Hold 1 of 2",), "Calf stretch, right foot, 10 s")),
        (55_500, ("hold", "Calf stretch", "right foot", 5, ("Hold 2 of 2",), "Toe raise, 12 s")),
        (70_000, ("rest", "Toe raise", "", 15, (), "Toe raise, 12 s")),
        (80_500, ("get ready", "Toe raise", "", 4, (), "Toe raise, 12 s")),
        (90_000, ("move", "Toe raise", "", 7, (), "the end")),
        (96_800, ("listen", "T", "", 1, (), "")),
    ],
)
def test_what_is_read_at_a_glance(at: int, expected: tuple[object, ...]) -> None:
    assert lines(seen(STRETCH, at)) == expected


def test_before_the_first_exercise_is_announced_one_listens() -> None:
    found = seen(MIXED, 300)

    assert (found.phase, found.what, found.chapter, found.caption) == ("listen", "Squat", "Mixed", "Hello.")


def test_counted_movements_and_their_sets() -> None:
    timeline = spoken(MIXED)
    first, second = timeline.bouts[:2]

    assert seen(timeline, first.start).phase == "move"
    assert seen(timeline, first.start).counts == ("8 repetitions", "Set 1 of 2")
    assert seen(timeline, first.start).next == "8 repetitions, Set 2 of 2, 16 s"
    assert seen(timeline, first.end + 5_000).phase == "rest"
    assert seen(timeline, second.start).counts == ("8 repetitions", "Set 2 of 2")


def test_side_and_direction_in_words() -> None:
    timeline = spoken(MIXED)

    assert [ways(bout) for bout in timeline.bouts[2:6]] == [
        "left foot, clockwise",
        "left foot, counter-clockwise",
        "right foot, clockwise",
        "right foot, counter-clockwise",
    ]
    assert seen(timeline, timeline.bouts[2].end + 1_000).phase == "switch"


def test_own_ways_are_said_as_they_are_written() -> None:
    timeline = spoken("title: T\nsteps:\n  - {name: Step, time: 5s, each: [front, back]}\n")

    assert [ways(bout) for bout in timeline.bouts] == ["front", "back"]


def test_breaths() -> None:
    timeline = spoken(MIXED)
    breaths = timeline.bouts[-1]

    assert lines(seen(timeline, breaths.start))[:5] == ("breathe", "Breathe", "", 20, ("2 breaths",))


def test_between_the_stations_of_a_circuit_one_rests() -> None:
    timeline = spoken(CIRCUIT)
    first, second, third, _ = timeline.bouts

    assert seen(timeline, 0).phase == "get ready"
    assert lines(seen(timeline, first.start))[4:] == (("Round 1 of 2",), "Lunges, 20 s")
    assert lines(seen(timeline, first.end + 100))[:4] == ("rest", "Lunges", "", 10)
    assert seen(timeline, second.start - 3_000).phase == "get ready"
    assert seen(timeline, second.end + 100).phase == "rest"
    assert seen(timeline, second.end + 100).counts == ("Round 2 of 2",)
    assert seen(timeline, third.start).chapter == "Squats, round 2"


def test_sides_in_turn_switch_within_a_set_and_rest_after_it() -> None:
    timeline = spoken(
        "title: T\nsteps:\n  - {time: 5s, sets: 2, each: foot, alternate: true, rest: 20s, name: Reach}\n"
    )
    left, right, _, _ = timeline.bouts

    assert seen(timeline, left.end + 100).phase == "switch"
    assert seen(timeline, right.end + 100).phase == "rest"


# ---- captions and bars


@pytest.mark.parametrize(
    ("at", "caption"),
    [
        (0, "Calf stretch."),
        (749, "Calf stretch."),
        (750, "Lean in."),
        (1_250 + 2_499, "Lean in."),
        (1_250 + 2_500, ""),
        (9_600, "Breathe"),
        (11_600, "3"),
        (12_200, ""),
        (14_960, "Relax."),
    ],
)
def test_a_line_stays_until_it_can_be_read(at: int, caption: str) -> None:
    assert seen(STRETCH, at).caption == caption


def test_the_prompt_of_a_wait_stays_as_long_as_it_waits() -> None:
    person = walk(GATES)
    person.hear(3_600_000)

    assert scene(person.now()).caption == "Ready?"


def test_shares_and_marks_go_from_nothing_to_one() -> None:
    found = seen(STRETCH, 9_500)

    assert (found.bout_share, found.session_share) == (0.5, 9_500 / 97_450)
    assert found.chapters == (0.0, 29_500 / 97_450, 80_500 / 97_450)
    assert (found.elapsed_ms, found.length_ms) == (9_500, 97_450)
    assert seen(STRETCH, 70_000).bout_share == 9_500 / 23_750


@pytest.mark.parametrize(("at", "chapter"), [(29_499, "Calf stretch, left foot"), (29_500, "Calf stretch, right foot")])
def test_the_chapter(at: int, chapter: str) -> None:
    assert seen(STRETCH, at).chapter == chapter


# ---- standing still


def test_paused() -> None:
    found = scene(paused(STRETCH, 10_000).now())

    assert (found.phase, found.what, found.seconds) == ("paused", "Calf stretch", 5)
    assert found.hint == "SPACE goes on after three ticks"
    assert scene(paused(STRETCH, 70_000).now()).hint == "SPACE goes on"


def test_three_ticks_before_work_goes_on() -> None:
    person = paused(STRETCH, 10_000)
    person.do("play")

    found = scene(person.now())
    assert (found.phase, found.seconds, found.hint, found.tone) == ("get ready", 3, "5 s are left to do", "tick")
    person.hear(300)
    assert scene(person.now()).tone == ""
    person.hear(1_000)

    found = scene(person.now())
    assert (found.seconds, found.bout_share) == (2, 0.55)


def test_a_line_that_is_said_again_in_a_gap_is_no_countdown() -> None:
    script = """\
title: T
steps:
  - {time: 5s, name: Squat}
  - {rest: 20s, say: Shake it out.}
  - {time: 5s, name: Jump}
"""
    timeline = spoken(script)
    line = next(cue for cue in timeline.cues if cue.text == "Shake it out.")
    person = walk(timeline, line.start + 100)
    left = timeline.bouts[1].start - person.at
    person.do("pause")
    person.do("play")

    found = scene(person.now())

    assert (found.phase, found.caption, found.tone) == ("rest", "Shake it out.", "")
    assert found.seconds == -(-(left + 750) // 1_000)


def test_a_wait() -> None:
    person = walk(GATES)
    asked = scene(person.now())
    person.hear(5_000)

    waiting = scene(person.now())

    assert (asked.phase, asked.seconds, asked.hint) == ("listen", None, "Press SPACE when you are ready")
    assert (waiting.phase, waiting.seconds, waiting.hint) == ("wait", None, "Press SPACE when you are ready")


def test_work_that_is_done_when_one_is_done_says_so() -> None:
    found = seen_at(GATES, 15_250)

    assert (found.phase, found.seconds, found.hint) == ("move", 20, "Press SPACE when you are done")


def seen_at(script: str, at: int) -> Scene:
    person = walk(script)
    person.seek(at)
    person.hear(person.prelude)
    return scene(person.now())


def test_the_end() -> None:
    person = walk(STRETCH)
    person.finish()

    found = scene(person.now())

    assert (found.phase, found.what, found.seconds, found.session_share) == ("done", "T", 0, 1.0)
    assert (found.next, found.hint, found.chapter) == ("", "", "T")


def test_a_device_that_is_gone() -> None:
    now = Now("lost", 10_000, spoken(STRETCH), trouble="the headphones are gone")

    found = scene(now)

    assert (found.phase, found.hint, found.what) == ("no sound", "the headphones are gone", "Calf stretch")


def test_a_device_that_is_not_open_yet() -> None:
    assert scene(Now("starting", 0, spoken(STRETCH))).hint == "The sound device is being opened"


def test_a_level_that_is_to_come_is_told() -> None:
    now = walk(STRETCH, 10_000).now()._replace(level="strong", level_at=80_500)

    assert scene(now).hint == "Level strong from the next exercise on"


# ---- a flash for who does not hear


@pytest.mark.parametrize(
    ("at", "tone"),
    [(1_500, "tick"), (1_749, "tick"), (1_750, ""), (4_500, "start"), (14_500, "end"), (14_899, "end"), (14_900, "")],
)
def test_a_tone_is_shown_long_enough_to_be_seen(at: int, tone: str) -> None:
    assert seen(STRETCH, at).tone == tone


def test_there_is_no_flash_while_nothing_sounds() -> None:
    assert scene(paused(STRETCH, 4_600).now()).tone == ""


def test_a_course_at_hand_is_used() -> None:
    now = walk(STRETCH, 10_000).now()

    assert scene(now, Course(now.timeline)) == scene(now)


def test_a_session_of_words_only() -> None:
    found = seen("title: T\nsteps:\n  - say: Hello.\n", 100)

    assert lines(found) == ("listen", "T", "", 1, (), "")


# ---- when to look again


def glimpse(found: Scene) -> tuple[object, ...]:
    """What must not be missed: digits, words and tone."""
    return *lines(found), found.caption, found.hint, found.tone


@pytest.mark.parametrize("script", [STRETCH, MIXED, CIRCUIT, GATES])
def test_nothing_changes_before_it_is_time_to_look_again(script: str) -> None:
    whole = spoken(script)
    course = Course(whole)

    def seen_in(at: int) -> Scene:
        return scene(Now("playing", at, whole), course)

    at = 0
    while at < whole.duration:
        found = seen_in(at)
        until = min(at + found.changes_in, whole.duration)
        for later in {*range(at, until, 40), until - 1}:
            assert glimpse(seen_in(later)) == glimpse(found), (at, later)
        at = until


@pytest.mark.parametrize(("at", "soon"), [(1_500, 250), (4_500, 250), (14_500, 400), (11_900, 100)])
def test_it_is_time_when_a_flash_or_a_caption_is_over(at: int, soon: int) -> None:
    assert seen(STRETCH, at).changes_in == soon


def test_before_work_goes_on_it_is_time_often() -> None:
    person = paused(STRETCH, 10_000)
    person.do("play")

    assert scene(person.now()).changes_in <= 250
