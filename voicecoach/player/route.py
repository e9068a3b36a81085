"""What is heard from one decision of the transport to the next."""

from typing import NamedTuple

from voicecoach.timeline import Cue
from voicecoach.units import Frames, Milliseconds

BREATH: Milliseconds = 250
"""After a line that is said again (scheduling.md E.2)."""
READY_TICKS = 3
TICK_EVERY: Milliseconds = 1_000
"""Ticks before work goes on, as before any start tone (scheduling.md E.2)."""


class Interlude(NamedTuple):
    """What is heard before the timeline goes on: cues with times from 0, and its length in ms."""

    cues: tuple[Cue, ...] = ()
    length: Milliseconds = 0

    def ticking(self, tick: Cue | None) -> "Interlude":
        """The same, then three ticks, or as much silence where the routine has no tick."""
        end = self.length + READY_TICKS * TICK_EVERY
        if tick is None:
            return Interlude(self.cues, end)
        lasts = tick.end - tick.start
        ticks = (tick._replace(start=at, end=at + lasts) for at in range(self.length, end, TICK_EVERY))
        return Interlude((*self.cues, *ticks), end)


class Route(NamedTuple):
    """The interlude, then the timeline `[start, end)` in frames.

    `dropped` cues are not heard: their beginning was cut off, or they belong to what was skipped.
    """

    start: Frames
    end: Frames
    interlude: Interlude = Interlude()
    dropped: frozenset[Cue] = frozenset()


def said(lines: list[Cue]) -> Interlude:
    """Lines one after another, each with a breath after it."""
    cues, at = [], 0
    for line in lines:
        cues.append(line._replace(start=at, end=at + line.end - line.start))
        at = cues[-1].end + BREATH
    return Interlude(tuple(cues), at)
