"""Waits, and work that is done when one is done."""

import pytest

from tests.player.lives import GATES, walk
from voicecoach.player.now import Command


def test_a_wait_stands_still_until_one_goes_on() -> None:
    person = walk(GATES)

    person.hear(3_600_000)
    assert (person.mode, person.at) == ("waiting", 750)
    person.do("toggle")
    person.hear(3_600_000)
    assert (person.mode, person.at) == ("waiting", 1_500)
    person.do("toggle")

    assert (person.mode, person.at) == ("playing", 11_500)


@pytest.mark.parametrize("command", ["toggle", "play", "next"])
def test_what_goes_on_after_a_wait(command: Command) -> None:
    person = walk(GATES, 750)

    person.do(command)

    assert (person.mode, person.at) == ("playing", 750)
    assert person.heard_next(100) == [(750, "Really?")]


def test_a_pause_where_it_waits_anyway_changes_nothing() -> None:
    person = walk(GATES, 750)

    person.do("pause")

    assert person.mode == "waiting"


def test_one_who_is_ready_need_not_hear_the_prompt_out() -> None:
    person = walk(GATES)
    person.seek(800)

    person.do("toggle")

    assert (person.mode, person.at) == ("playing", 11_500)


def test_a_prompt_that_was_cut_is_said_again_and_space_still_goes_on() -> None:
    person = walk(GATES, 200)
    person.do("pause")

    person.do("play")
    assert (person.interlude(), person.mode) == ([(0, "Ready?")], "playing")
    person.do("toggle")

    assert (person.mode, person.at) == ("playing", 750)


def test_the_silence_of_a_wait_is_for_audio_files_only() -> None:
    person = walk(GATES)

    person.seek(5_000)

    assert (person.mode, person.at) == ("waiting", 1_500)


def test_back_from_a_wait() -> None:
    person = walk("title: T\nsteps:\n  - {time: 5s, name: Squat}\n  - wait: Shoes on.\n  - {time: 5s, name: Jump}\n")
    person.hear(60_000)
    assert person.mode == "waiting"

    person.do("back")

    assert (person.mode, person.at, person.prelude) == ("playing", 3_750, 3_000)


def test_space_ends_work_that_is_done_when_one_is_done_with_its_end_tone() -> None:
    person = walk(GATES)
    person.seek(15_000)
    person.hear(10_000)
    assert person.bout is not None

    person.do("toggle")

    assert (person.mode, person.at) == ("playing", 35_250)
    assert person.heard_next(500) == [(35_250, "end"), (35_700, "Rest.")]


def test_such_work_ends_by_itself_after_its_time() -> None:
    person = walk(GATES)
    person.seek(15_000)

    person.hear(25_000)

    assert (person.mode, person.bout) == ("playing", None)


def test_space_pauses_in_the_ticks_before_such_work_goes_on() -> None:
    person = walk(GATES)
    person.seek(20_000)
    person.hear(1_000)

    person.do("toggle")

    assert (person.mode, person.at, person.prelude) == ("paused", 20_000, 2_000)


def test_a_headset_can_pause_such_work() -> None:
    person = walk(GATES)
    person.seek(15_000)
    person.hear(10_000)

    person.do("pause")

    assert person.mode == "paused"


def test_space_ends_a_rest_that_is_done_when_one_is_done() -> None:
    person = walk(GATES)
    person.seek(40_000)

    person.do("toggle")

    assert (person.mode, person.at) == ("playing", 55_250)
    assert person.heard_next(1_000)[0] == (55_250, "Squat.")


def test_a_wait_may_be_the_last_step() -> None:
    person = walk("title: T\nsteps:\n  - {time: 5s, name: Squat}\n  - {wait: Bye?, audio: 0s}\n")

    person.finish()

    assert (person.mode, person.at) == ("ended", person.transport.timeline.duration)
