"""Ten seconds more of a rest."""

import pytest

from tests.player.lives import GATES, MOMENTS, STRETCH, walk


@pytest.mark.parametrize(
    ("moment", "at", "bouts"),
    [
        ("first words", 100, [14_500, 29_500, 45_500, 60_500, 94_250]),
        ("relax", 15_100, [4_500, 29_500, 45_500, 60_500, 94_250]),
        ("rest", 70_000, [4_500, 19_500, 35_500, 50_500, 94_250]),
        ("last ticks", 81_250, [4_500, 19_500, 35_500, 50_500, 94_250]),
    ],
)
def test_plus_makes_the_rest_ten_seconds_longer(moment: str, at: int, bouts: list[int]) -> None:
    person = walk(STRETCH, MOMENTS[moment])

    refusal = person.do("longer")

    assert (refusal, person.mode, person.at, person.prelude) == ("", "playing", at, 0)
    assert [bout.start for bout in person.transport.timeline.bouts] == bouts
    person.finish()
    assert person.at == 107_450


def test_plus_puts_silence_where_it_is_longest() -> None:
    person = walk(STRETCH, 60_600)

    person.do("longer")

    assert (61_450 + 10_000 + 19_050, "Toe raise.") in [
        (cue.start, cue.text) for cue in person.transport.timeline.cues if cue.text
    ]
    assert (60_950, "Rest.") in [(cue.start, cue.text) for cue in person.transport.timeline.cues if cue.text]


def test_plus_in_the_ticks_stops_them_and_gives_all_of_them_again() -> None:
    person = walk(STRETCH, 83_000)

    person.do("longer")

    assert person.heard_next(20_000)[:4] == [(91_250, "tick"), (92_250, "tick"), (93_250, "tick"), (94_250, "start")]


def test_plus_just_before_work_without_ticks_stops_before_it() -> None:
    person = walk("title: T\ntones: {tick: none}\nsteps:\n  - {time: 5s, name: Squat}\n", 3_700)

    person.do("longer")

    assert (person.at, person.bout) == (3_750, None)
    person.hear(9_999)
    assert person.bout is None
    person.hear(1)
    assert person.bout is not None


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (10_000, "+ makes a rest longer, and this is no rest"),
        (96_800, "there is no work after this, so nothing to rest for"),
    ],
)
def test_plus_is_for_rests(at: int, refusal: str) -> None:
    person = walk(STRETCH, at)

    assert person.do("longer") == refusal
    assert person.transport.timeline.duration == 97_450


@pytest.mark.parametrize("at", [100, 1_500])
def test_where_it_waits_there_is_no_need_for_more_time(at: int) -> None:
    person = walk(GATES)
    person.seek(at)

    assert person.do("longer") == "the session waits for as long as you like"


def test_plus_in_the_rest_before_a_wait_makes_that_rest_longer() -> None:
    script = """\
title: T
steps:
  - {time: 5s, name: Squat}
  - rest: 6s
  - {wait: Shoes on., audio: 60s}
  - {time: 5s, name: Jump}
"""
    person = walk(script, 9_500)
    opens = person.transport.timeline.segments[0].opens
    assert opens is not None

    person.do("longer")

    assert person.transport.timeline.segments[0].opens == opens + 10_000
    person.hear(60_000)
    assert (person.mode, person.at) == ("waiting", opens + 10_000 + 750)


def test_plus_in_a_rest_one_ends_oneself_is_not_felt_after_it() -> None:
    script = """\
title: T
steps:
  - {time: 5s, name: Squat}
  - {rest: 6s, until: done}
  - {time: 5s, name: Jump, ready: 20s}
"""
    person = walk(script, 9_500)
    setup = person.transport.timeline.bouts[1].start - person.transport.timeline.segments[0].end

    person.do("longer")
    person.do("toggle")

    assert person.transport.timeline.bouts[1].start - person.at == setup


def test_plus_while_paused_stays_paused() -> None:
    person = walk(STRETCH, 70_000)
    person.do("pause")

    person.do("longer")

    assert (person.mode, person.at, person.transport.timeline.duration) == ("paused", 70_000, 107_450)
