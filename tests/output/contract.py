"""What every Output obeys; a subclass gives the fixture `played`, and its tests run over that output."""

from array import array
from collections.abc import Callable
from typing import Protocol

import pytest

from voicecoach.output.port import Output

SECOND = 24_000
RAMP = 32_000
LONG = 30_000
"""More than a second, and still one ramp."""
FADE = 192
"""Frames of a fade at 24 kHz."""


class Played(Protocol):
    """An output of 24 kHz with an ear at it.

    `crossing` is for how many frames the old sound is heard beside the new one after a switch.
    """

    crossing: int

    @property
    def output(self) -> Output:
        """The output under test."""
        ...

    def until(self, condition: Callable[[], bool]) -> None:
        """Lets time pass until the condition holds; fails if it never does."""
        ...

    def heard(self) -> "array[int]":
        """Every sample heard until now, silence included."""
        ...


def ramp(count: int, first: int = 0) -> bytes:
    """Samples that tell their frame's number, none of them silent."""
    return array("h", [1 + n % RAMP for n in range(first, first + count)]).tobytes()


def frames_in(heard: "array[int]") -> list[int]:
    """The numbers of the frames of a ramp that were heard whole; fades and silence between them are left out."""
    found: list[int] = []
    for n in range(1, len(heard)):
        step = heard[n] - heard[n - 1]
        if heard[n - 1] and (step == 1 or step == 1 - RAMP):
            if not found or found[-1] != n - 1:
                found.append(n - 1)
            found.append(n)
    return [heard[n] - 1 for n in found]


class OutputContract:
    """The tests; each begins with an output on which nothing was written yet."""

    def test_it_opens_and_tells_the_name_of_its_device(self, played: Played) -> None:
        output = played.output

        name = output.wait_open(10)

        assert name
        assert output.place.state == "playing"
        assert output.rate == SECOND

    def test_it_plays_every_frame_once_and_then_silence(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)

        output.write(ramp(SECOND))
        played.until(lambda: output.place.frame == SECOND and output.place.idle > SECOND // 4)

        heard = frames_in(played.heard())
        assert heard == list(range(SECOND))
        assert output.place[:3] == (0, SECOND, "playing")

    def test_after_running_dry_it_goes_on_without_losing_a_frame(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.write(ramp(SECOND // 2))
        played.until(lambda: output.place.idle > SECOND // 4)

        output.write(ramp(SECOND // 2, SECOND // 2))
        played.until(lambda: output.place.frame == SECOND and output.place.idle > SECOND // 4)

        assert frames_in(played.heard()) == list(range(SECOND))

    def test_a_pause_stays_where_its_fade_began_and_resuming_starts_there(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.write(ramp(LONG))
        played.until(lambda: output.place.frame > SECOND // 2)

        output.pause()
        played.until(lambda: output.place.state == "paused" and output.place.idle > SECOND // 4)
        paused_at = output.place.frame
        played.until(lambda: output.place.idle > SECOND // 2)
        stayed_at = output.place.frame
        output.resume()
        played.until(lambda: output.place.frame == LONG and output.place.idle > SECOND // 4)

        heard = frames_in(played.heard())
        after = heard.index(LONG - 1)
        gap = next(n for n in range(after, 0, -1) if heard[n] - heard[n - 1] != 1)
        assert stayed_at == paused_at
        assert heard[gap - 1] in range(paused_at - 2, paused_at + 3)
        assert heard[gap] in range(paused_at + FADE - 3, paused_at + FADE + 3)

    def test_a_switch_begins_at_the_first_frame_of_the_new_generation(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.write(ramp(LONG))
        played.until(lambda: output.place.frame > SECOND // 2)

        new = output.begin(first=20_000)
        output.write(ramp(SECOND // 2, 20_000))
        output.switch(aligned=False)
        played.until(lambda: output.place.generation == new and output.place.idle > SECOND // 4)

        heard = frames_in(played.heard())
        assert output.place.frame == 20_000 + SECOND // 2
        crossing = played.crossing
        assert heard[-(SECOND // 2 - crossing) :] == list(range(20_000 + crossing, 20_000 + SECOND // 2))
        assert max(heard[: -SECOND // 2]) < LONG

    def test_an_aligned_switch_goes_on_at_the_frame_that_is_due(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.write(ramp(SECOND))
        played.until(lambda: output.place.frame > SECOND // 4)

        output.begin(first=0)
        output.write(ramp(SECOND))
        output.switch(aligned=True)
        played.until(lambda: output.place.generation != 0 and output.place.idle > SECOND // 4)

        assert frames_in(played.heard()) == list(range(SECOND))

    def test_a_switch_while_paused_moves_the_place_and_stays_paused(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.write(ramp(LONG))
        played.until(lambda: output.place.frame > SECOND // 4)
        output.pause()
        played.until(lambda: output.place.state == "paused")

        new = output.begin(first=9_000)
        output.write(ramp(SECOND // 2, 9_000))
        output.switch(aligned=False)
        played.until(lambda: output.place.generation == new)

        assert output.place[:3] == (new, 9_000, "paused")

    def test_an_unheard_generation_can_be_given_up_for_another(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.write(ramp(SECOND // 2))

        first = output.begin()
        output.write(bytes(2 * SECOND))
        second = output.begin(first=3_000)
        output.write(ramp(SECOND // 4, 3_000))
        output.switch(aligned=False)
        played.until(lambda: output.place.generation == second and output.place.idle > SECOND // 4)

        assert second > first > 0
        assert frames_in(played.heard())[-1] == 3_000 + SECOND // 4 - 1

    def test_room_is_what_can_be_written_and_more_is_refused(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.begin()

        room = output.room()
        output.write(bytes(2 * room))

        assert room > 5 * SECOND
        assert output.room() == 0
        with pytest.raises(ValueError, match="there is room"):
            output.write(bytes(2))

    def test_later_calls_do_nothing_once_it_is_closed(self, played: Played) -> None:
        output = played.output
        output.wait_open(10)
        output.write(ramp(SECOND))

        output.close()
        output.close()
        output.pause()
        output.resume()
        output.begin()
        output.switch(aligned=False)
        output.write(ramp(10))

        assert output.place.state == "closed"
        assert output.room() == 0
