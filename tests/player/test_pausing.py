"""A pause loses nothing: what was cut is said again, and work goes on after three ticks."""

import pytest

from tests.player.lives import MOMENTS, READY, STRETCH, walk
from voicecoach.player.now import Command


@pytest.mark.parametrize("command", ["toggle", "pause"])
@pytest.mark.parametrize("at", MOMENTS.values(), ids=MOMENTS)
def test_a_pause_stands_still(command: Command, at: int) -> None:
    person = walk(STRETCH, at)

    person.do(command)
    person.hear(3_600_000)

    assert (person.mode, person.at) == ("paused", at)


@pytest.mark.parametrize(
    ("moment", "at", "before"),
    [
        ("first words", 100, [(0, "Calf stretch.")]),
        ("first ticks", 1_500, []),
        ("hold", 10_000, READY),
        ("relax", 15_100, []),
        ("rest", 70_000, []),
        ("last ticks", 81_250, []),
        ("last work", 90_000, READY),
        ("last words", 96_800, [(0, "Well done.")]),
    ],
)
def test_how_it_goes_on_after_a_pause(moment: str, at: int, before: list[tuple[int, str]]) -> None:
    person = walk(STRETCH, MOMENTS[moment])

    person.do("toggle")
    person.do("toggle")

    assert (person.mode, person.at, person.interlude()) == ("playing", at, before)


CUT = """\
title: T
steps:
  - name: Squat
    time: 20s
    cues:
      countdown: false
      at 5s: {say: Stop if it hurts, must: true}
      at 10s: Look ahead
"""


def test_a_must_line_that_was_cut_in_work_is_said_again_before_the_ticks() -> None:
    person = walk(CUT, 3_750 + 5_200)
    assert [cue.text for cue in person.transport.course.sounding(person.at)] == ["Stop if it hurts"]

    person.do("pause")
    person.do("play")

    assert person.interlude() == [(0, "Stop if it hurts"), (750, "tick"), (1_750, "tick"), (2_750, "tick")]
    assert (person.prelude, person.now().repeated) == (3_750, person.transport.route.interlude.cues[0])
    person.hear(500)
    assert person.now().repeated is None
    person.hear(3_250)
    assert (person.prelude, person.at) == (0, 3_750 + 5_200)


def test_a_nice_line_that_was_cut_is_not_said_again_and_not_heard_on() -> None:
    person = walk(CUT, 3_750 + 10_200)
    assert [cue.text for cue in person.transport.course.sounding(person.at)] == ["Look ahead"]

    person.do("pause")
    person.do("play")

    assert person.interlude() == READY
    assert [cue.text for cue in person.transport.route.dropped] == ["Look ahead"]


def test_a_line_is_said_again_once_however_often_one_pauses_after_it() -> None:
    person = walk(STRETCH, 96_800)
    person.do("pause")
    person.do("play")
    person.hear(760)

    person.do("pause")
    person.do("play")

    assert (person.interlude(), person.at) == ([], 96_810)


def test_a_pause_while_a_line_is_said_again_says_it_again_from_its_beginning() -> None:
    person = walk(STRETCH, 96_800)
    person.do("pause")
    person.do("play")
    person.hear(300)

    person.do("pause")
    person.do("play")

    assert (person.interlude(), person.prelude, person.at) == ([(0, "Well done.")], 750, 96_800)


def test_a_pause_in_the_ticks_before_work_goes_on_gives_three_again() -> None:
    person = walk(STRETCH, 10_000)
    person.do("pause")
    person.do("play")
    person.hear(2_500)

    person.do("pause")
    person.do("play")

    assert (person.prelude, person.at) == (3_000, 10_000)


def test_pauses_neither_lose_nor_add_work() -> None:
    person = walk(STRETCH)

    while person.mode != "ended":
        person.hear(1_777)
        person.do("toggle")
        person.do("toggle")
        person.hear(4_001)

    assert person.worked() == [(bout.end - bout.start) * 24 for bout in person.transport.timeline.bouts]


def test_a_tone_that_was_cut_in_a_gap_is_not_heard_on() -> None:
    person = walk(STRETCH, 14_700)

    person.do("pause")
    person.do("play")

    assert ([cue.tone for cue in person.transport.route.dropped], person.at) == (["end"], 14_700)


def test_the_end_tone_is_not_heard_again_where_ready_ticks_begin_with_it() -> None:
    person = walk(STRETCH)
    timeline = person.transport.timeline
    early = tuple(
        cue._replace(start=cue.start - 2_000, end=cue.end - 2_000) if cue.tone == "tick" and cue.start > 16_000 else cue
        for cue in timeline.cues
        if cue.start < 14_950 or cue.tone
    )
    bouts = (
        timeline.bouts[0],
        *(bout._replace(start=bout.start - 2_000, end=bout.end - 2_000) for bout in timeline.bouts[1:]),
    )
    person = walk(timeline._replace(cues=tuple(sorted(early, key=lambda cue: cue.start)), bouts=bouts), 15_000)
    assert person.transport.course.ready(1) == 14_500

    person.do("pause")
    person.do("play")

    assert person.at == 14_500
    assert person.heard_next(1_001) == [(14_500, "tick"), (15_500, "tick")]
