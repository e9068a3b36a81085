"""How far music steps back: down before the first word, up again after the last.

When every word begins is known, so the music is down before a word and not because of it. It
comes up only where it can stay up for a while; otherwise it would pump between a count and the next.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicecoach.timeline import Cue
from voicecoach.units import Frames, Milliseconds, Rate, frames

DOWN: Milliseconds = 500
"""The music goes down in this time, and is down `AHEAD` before the word."""
AHEAD: Milliseconds = 50
HOLD: Milliseconds = 300
"""It stays down this long after the word,"""
UP: Milliseconds = 1_500
"""and comes up in this time: three times as slowly, because nobody waits for it."""

BETWEEN_LINES: Milliseconds = 4_000
"""Silence shorter than this between two lines is no pause: less than 2 s of it would be undisturbed music."""
BETWEEN_COUNTS: Milliseconds = 10_000
"""The same between two counts: the slowest usual repetition or breath is shorter."""


class Words(NamedTuple):
    """Speech without a pause in it, half-open `[start, end)` in milliseconds."""

    start: Milliseconds
    end: Milliseconds


class _Said(NamedTuple):
    start: Milliseconds
    end: Milliseconds
    first: Literal["speech", "count"]
    last: Literal["speech", "count"]


def words(cues: Iterable[Cue]) -> tuple[Words, ...]:
    """Speech and counts of `cues`, those without a pause between them joined."""
    said: list[_Said] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        if cue.kind == "tone":
            continue
        if said and cue.start - said[-1].end < _pause(said[-1].last, cue.kind):
            before = said[-1]
            said[-1] = before._replace(end=max(before.end, cue.end), last=cue.kind)
        else:
            said.append(_Said(cue.start, cue.end, cue.kind, cue.kind))
    return tuple(Words(one.start, one.end) for one in said)


def _pause(before: str, after: str) -> Milliseconds:
    return BETWEEN_COUNTS if before == after == "count" else BETWEEN_LINES


def share(cues: Iterable[Cue], duration: Milliseconds) -> float:
    """The part of the time, from 0 to 1, in which somebody speaks."""
    spoken = sum(cue.end - cue.start for cue in cues if cue.kind != "tone")
    return spoken / duration if duration else 0.0


class Ducking:
    """The gain of music at every frame: 1 in pauses, `depth` decibels lower while something is said."""

    def __init__(self, spoken: Iterable[Words], depth: int, rate: Rate) -> None:
        self._depth = depth
        self._down, self._up = frames(DOWN, rate), frames(UP, rate)
        self._spans = [(frames(one.start - AHEAD, rate), frames(one.end + HOLD, rate)) for one in spoken]
        self._starts = [start - self._down for start, _ in self._spans]
        self._ends = [end + self._up for _, end in self._spans]
        if any(end > start for end, (start, _) in zip(self._ends, self._spans[1:], strict=False)):
            raise ValueError("words without a pause between them must be joined")

    def gain(self, start: Frames, count: Frames) -> NDArray[np.float32]:
        """The factors of frames `[start, start + count)`."""
        depth = np.zeros(count)
        for first, last in self._near(start, start + count):
            at = np.arange(max(first - self._down, start), min(last + self._up, start + count))
            gone = np.minimum((at - first) / self._down + 1, (last - at) / self._up + 1)
            place = slice(int(at[0]) - start, int(at[-1]) + 1 - start)
            # Where music begins to rise and must at once go down again, it takes the lower of both ways.
            depth[place] = np.maximum(depth[place], 0.5 - 0.5 * np.cos(np.pi * np.clip(gone, 0, 1)))
        return np.asarray(10 ** (-self._depth / 20 * depth), np.float32)

    def _near(self, start: Frames, end: Frames) -> Iterator[tuple[Frames, Frames]]:
        """Spans whose ramps reach into `[start, end)`."""
        yield from self._spans[bisect_right(self._ends, start) : bisect_left(self._starts, end)]
