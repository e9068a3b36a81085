"""Noticing that a device no longer takes frames."""

import time
from collections.abc import Callable

_LONGEST_LOOK = 0.3


class Stall:
    """Adds up the time in which a count stood still.

    A pause between two looks counts for 0.3 s at most: a process that was stopped, or a machine
    that slept, finds its device late, not gone.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked = clock()
        self._count = 0
        self._seconds = 0.0

    def seconds(self, count: int) -> float:
        """How long the count has been what it is now; called four times a second or more."""
        now = self._clock()
        still = min(now - self._looked, _LONGEST_LOOK)
        self._looked = now
        self._seconds = self._seconds + still if count == self._count else 0.0
        self._count = count
        return self._seconds
