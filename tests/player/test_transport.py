"""The transport: where each command leads from each kind of moment, without sound or clock."""

import pytest

from tests.player.lives import MOMENTS, READY, STRETCH, TICK, Walk, spoken, walk
from voicecoach.player.now import Command
from voicecoach.player.transport import start

# ---- from beginning to end


def test_a_session_plays_from_its_beginning_to_its_end() -> None:
    person = walk(STRETCH)

    person.hear(97_449)
    assert person.mode == "playing"
    person.hear(1)

    assert (person.mode, person.at) == ("ended", 97_450)
    assert person.covered == [(0, 97_449 * 24), (97_449 * 24, 97_450 * 24)]


def test_it_can_begin_anywhere_and_work_is_entered_after_three_ticks() -> None:
    transport = start(spoken(STRETCH), TICK, 6_000)

    person = Walk(transport)

    assert (person.at, person.prelude, person.interlude()) == (6_000, 3_000, READY)


def test_when_it_is_over_every_command_is_refused() -> None:
    commands: tuple[Command, ...] = (
        "toggle", "pause", "play", "next", "back", "next exercise", "previous exercise", "repeat set", "longer",
    )  # fmt: skip
    person = walk(STRETCH)
    person.finish()

    refusals = {person.do(command) for command in commands}

    assert refusals == {"the session is over"}
    assert (person.mode, person.at) == ("ended", 97_450)


# ---- the table: where a command leads from each kind of moment


TABLE: dict[Command, dict[str, tuple[int, int]]] = {
    "next": {
        "first words": (14_950, 0),
        "first ticks": (14_950, 0),
        "start of a hold": (14_950, 0),
        "hold": (14_950, 0),
        "relax": (29_950, 0),
        "switch": (45_950, 0),
        "rest": (96_700, 0),
        "last work": (96_700, 0),
        "last words": (97_450, 0),
    },
    "back": {
        "first words": (0, 0),
        "first ticks": (0, 0),
        "start of a hold": (0, 0),
        "hold": (4_500, 3_000),
        "second hold": (19_500, 3_000),
        "relax": (4_500, 3_000),
        "switch": (19_500, 3_000),
        "rest": (50_500, 3_000),
        "last ticks": (50_500, 3_000),
        "last words": (84_250, 3_000),
    },
    "next exercise": {
        "first words": (80_500, 0),
        "hold": (80_500, 0),
        "switch": (80_500, 0),
        "rest": (80_500, 0),
        "last ticks": (96_700, 0),
        "last work": (96_700, 0),
        "last words": (97_450, 0),
    },
    "previous exercise": {
        "first words": (0, 0),
        "hold": (0, 0),
        "rest": (0, 0),
        "last ticks": (80_500, 0),
        "last work": (80_500, 0),
        "last words": (80_500, 0),
    },
    "repeat set": {
        "start of a hold": (4_500, 3_000),
        "second hold": (4_500, 3_000),
        "relax": (4_500, 3_000),
        "switch": (4_500, 3_000),
        "rest": (35_500, 3_000),
        "last work": (84_250, 3_000),
        "last words": (84_250, 3_000),
    },
}
ROWS = [(command, moment, place, prelude) for command, row in TABLE.items() for moment, (place, prelude) in row.items()]


@pytest.mark.parametrize(("command", "moment", "place", "prelude"), ROWS)
def test_where_a_skip_leads(command: Command, moment: str, place: int, prelude: int) -> None:
    person = walk(STRETCH, MOMENTS[moment])

    refusal = person.do(command)

    assert (refusal, person.at, person.prelude) == ("", place, prelude)
    assert person.mode == ("ended" if place == 97_450 else "playing")


@pytest.mark.parametrize(("command", "moment", "place", "prelude"), [row for row in ROWS if row[2] != 97_450])
def test_a_skip_while_paused_moves_and_stays_paused(command: Command, moment: str, place: int, prelude: int) -> None:
    person = walk(STRETCH, MOMENTS[moment])
    person.do("pause")

    person.do(command)

    assert (person.mode, person.at, person.prelude) == ("paused", place, prelude)
    person.do("play")
    assert (person.mode, person.at, person.prelude) == ("playing", place, prelude)


def test_back_twice_is_the_bout_before() -> None:
    person = walk(STRETCH, 26_000)

    person.do("back")
    person.hear(4_900)
    person.do("back")

    assert (person.at, person.prelude) == (4_500, 3_000)


@pytest.mark.parametrize(("after", "place"), [(1_999, 4_500), (2_000, 19_500)])
def test_back_means_the_bout_before_within_two_seconds(after: int, place: int) -> None:
    person = walk(STRETCH, 19_500 + after)

    person.do("back")

    assert person.at == place


@pytest.mark.parametrize(("after", "place"), [(1_999, 0), (2_000, 80_500)])
def test_previous_exercise_means_the_one_before_within_two_seconds(after: int, place: int) -> None:
    person = walk(STRETCH, 80_500 + after)

    person.do("previous exercise")

    assert person.at == place


def test_previous_exercise_twice_is_the_one_before() -> None:
    person = walk(STRETCH, 90_000)

    person.do("previous exercise")
    person.hear(1_900)
    person.do("previous exercise")

    assert person.at == 0


def test_there_is_no_set_to_repeat_before_the_first() -> None:
    person = walk(STRETCH, 100)

    assert person.do("repeat set") == "there is no set to repeat yet"
    assert (person.mode, person.at) == ("playing", 100)


def test_a_skip_does_not_sound_the_end_of_work_that_was_not_done() -> None:
    person = walk("title: T\nsteps:\n  - {hold: 5s, reps: 2, relax: 0s, name: Squat}\n", 5_000)
    second = person.transport.timeline.bouts[1].start
    assert [cue.tone for cue in person.transport.course.cues(second, second + 1)] == ["start", "end"]

    person.do("next")

    assert (person.at, person.prelude) == (second, 3_000)
    assert person.heard_next(1) == [(second, "start")]


def test_the_next_exercise_is_not_entered_past_a_wait() -> None:
    script = "title: T\nsteps:\n  - {time: 5s, name: Squat}\n  - wait: Shoes on.\n  - {time: 5s, name: Jump}\n"
    person = walk(script, 5_000)

    person.do("next exercise")

    assert person.heard_next(1_000)[0][1] == "Shoes on."
    person.hear(60_000)
    assert person.mode == "waiting"


# ---- seeking


@pytest.mark.parametrize(("asked", "at"), [(-5, 0), (0, 0), (97_450, 97_450), (1 << 40, 97_450)])
def test_seeking_stays_within_the_session(asked: int, at: int) -> None:
    person = walk(STRETCH, 50_000)

    person.seek(asked)

    assert person.at == at


def test_seeking_into_work_gives_three_ticks_first() -> None:
    person = walk(STRETCH)

    person.seek(8_000)

    assert (person.at, person.prelude, person.interlude()) == (8_000, 3_000, READY)
    person.hear(3_500)
    assert (person.at, person.prelude) == (8_500, 0)


def test_seeking_into_ready_ticks_begins_them_anew() -> None:
    person = walk(STRETCH)

    person.seek(3_000)

    assert person.at == 1_500
    assert person.heard_next(3_001) == [(1_500, "tick"), (2_500, "tick"), (3_500, "tick"), (4_500, "start")]


def test_what_has_lost_its_beginning_is_not_heard() -> None:
    person = walk(STRETCH)

    person.seek(80_600)

    assert [cue.text for cue in person.transport.route.dropped] == ["Toe raise."]


def test_without_a_tick_work_is_entered_after_three_seconds_of_silence() -> None:
    person = walk(spoken(STRETCH), tick=None)

    person.seek(8_000)

    assert (person.prelude, person.interlude()) == (3_000, [])


# ---- sessions of other shapes


def test_a_session_of_words_only_can_be_skipped_through() -> None:
    person = walk("title: T\nsteps:\n  - say: Hello.\n  - say: Bye.\n", 100)

    assert person.do("longer") == "there is no work after this, so nothing to rest for"
    assert person.do("repeat set") == "there is no set to repeat yet"
    person.do("back")
    assert (person.at, person.mode) == (0, "playing")
    person.do("next exercise")

    assert (person.mode, person.at) == ("ended", 1_500)


def test_in_a_circuit_next_is_the_next_station_and_back_the_one_before() -> None:
    script = """\
title: T
steps:
  - section: Legs
    rounds: 2
    work: 5s
    between: 6s
    steps: [Squats, Lunges]
"""
    person = walk(script)
    bouts = person.transport.timeline.bouts
    person.hear_to(bouts[1].start + 3_000)

    person.do("next")
    assert person.heard_next(3_000)[0][1] == "Round 2 of 2."
    person.do("back")

    assert (person.at, person.prelude) == (bouts[1].start, 3_000)


def test_alternate_sides_are_skipped_one_by_one() -> None:
    person = walk("title: T\nsteps:\n  - {time: 5s, sets: 2, each: foot, alternate: true, name: Reach}\n")
    starts = [bout.start for bout in person.transport.timeline.bouts]
    person.hear_to(starts[2] + 3_000)

    person.do("repeat set")

    assert (person.at, person.prelude) == (starts[2], 3_000)
