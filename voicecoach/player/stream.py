"""Keeps an output supplied: what is heard next is always made some seconds before it is heard."""

import time
from collections.abc import Callable
from contextlib import suppress

from voicecoach.errors import VoicecoachError
from voicecoach.output.port import Output
from voicecoach.player.programme import Programme
from voicecoach.units import Frames, Milliseconds, frames, milliseconds

AHEAD: Milliseconds = 6_000
"""How much sound is ready before it is heard: a busy program may stand still this long."""
MORE: Milliseconds = 1_000
"""How much more is made once there is less than that: at one go it takes less of a processor that was idle."""
FIRST: Milliseconds = 500
"""How much of it is made before a skip is heard."""
CHUNK: Milliseconds = 250
"""How much is made at a time: a command waits no longer than this takes to mix."""
SETTLE = 0.3
"""Seconds that a command waits for the device to have done the one before."""


class Stream:
    """One programme after another on one output; its user holds a lock around every change.

    A route begins in a generation of the output; frames of the route are counted over the
    generations that follow it by an aligned switch.
    """

    def __init__(self, output: Output) -> None:
        self.output = output
        self._programme: Programme | None = None
        self._newest = self._begun = 0
        self._written: Frames = 0
        self._filling = False

    def heard(self, begun: int) -> Frames:
        """Frames the device has taken of the route that began in generation `begun`; 0 before it is heard."""
        place = self.output.place
        return place.frame if place.generation >= begun else 0

    def load(self, programme: Programme, *, aligned: bool) -> int:
        """Makes another programme ready, from its beginning or from the frame that is due; returns where it began."""
        self._await(lambda: self.output.place.generation >= self._newest)
        first = self.heard(self._begun) if aligned else 0
        self._newest = self.output.begin(first)
        if not aligned:
            self._begun = self._newest
        self._programme, self._written = programme, first
        with suppress(VoicecoachError, OSError):  # whoever fills it further meets it again, and tells
            self.fill(max(FIRST, milliseconds(programme.ready, self.output.rate)), since=first)
        return self._begun

    def resting(self) -> bool:
        """True while there is no hurry to make more than what was kept from an earlier time."""
        ready = self._programme.ready if self._programme else 0
        return self._written == ready and self.heard(self._begun) * 3 < ready

    def fill(self, most: Milliseconds = CHUNK, since: Frames | None = None) -> bool:
        """Makes so much more sound, or what is left of the route; False if that is nothing or still too early."""
        if self._programme is None:
            return False
        rate = self.output.rate
        ahead = self._written - (self.heard(self._begun) if since is None else since)
        count = min(frames(most, rate), self._programme.sure - self._written)
        wanted = AHEAD + MORE if self._filling else AHEAD
        self._filling = 0 < count <= min(frames(wanted, rate) - ahead, self.output.room())
        if not self._filling:
            return False
        self.output.write(self._programme.read(self._written, count))
        self._written += count
        return True

    def exhausted(self, heard: Frames) -> bool:
        """True if all was heard that can be made, and the route goes on."""
        return self._programme is not None and self._programme.sure <= heard < self._programme.length

    def settle(self) -> None:
        """Returns once a pause that was asked for has happened."""
        self._await(lambda: self.output.place.state != "playing")

    def _await(self, condition: Callable[[], bool]) -> None:
        until = time.monotonic() + SETTLE
        while not condition() and self.output.place.state in {"playing", "paused"} and time.monotonic() < until:
            time.sleep(0.001)
