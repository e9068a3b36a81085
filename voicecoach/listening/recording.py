"""A sound file as pieces of samples around the moments that matter, read once from its beginning to its end."""

from collections.abc import Iterator

import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.units import Frames, Milliseconds, Rate, frames


class Recording:
    """Pieces of mono sound, asked for in the order of their starts; no more of it is kept than that takes."""

    def __init__(self, blocks: Iterator[Samples], rate: Rate) -> None:
        self._blocks = blocks
        self._rate = rate
        self._kept: list[Samples] = []
        self._first: Frames = 0
        self._read: Frames = 0

    def between(self, start: Milliseconds, end: Milliseconds) -> Samples:
        """The sound in half-open `[start, end)`, zeros where the file has none; `start` may not go back."""
        first, last = frames(start, self._rate), frames(end, self._rate)
        self._forget(first)
        while self._read < last and (block := next(self._blocks, None)) is not None:
            self._kept.append(block)
            self._read += len(block)
            self._forget(first)
        sound = np.zeros(last - first, np.float32)
        at = self._first
        for block in self._kept:
            begin, stop = max(at, first), min(at + len(block), last)
            if begin < stop:
                sound[begin - first : stop - first] = block[begin - at : stop - at]
            at += len(block)
        return sound

    def _forget(self, first: Frames) -> None:
        """Drops the blocks that end before a frame."""
        while self._kept and self._first + len(self._kept[0]) <= first:
            self._first += len(self._kept.pop(0))
