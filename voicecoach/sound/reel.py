"""A stream that can be read by place, as long as nobody goes far back."""

from collections import deque
from collections.abc import Callable, Iterator

import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.units import Frames


class Reel:
    """Samples of a stream, times `factor`, by their place; `begin` starts the stream anew.

    The last `kept` frames read stay, so that reading a little back costs nothing. Reading further
    back gives the same samples too, but starts the stream again. After the end comes silence.
    """

    def __init__(
        self, begin: Callable[[], Iterator[Samples]], channels: int, kept: Frames, factor: float = 1.0
    ) -> None:
        self.channels = channels
        self._begin = begin
        self._most = kept
        self._factor = np.float32(factor)
        self._rewind()

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`: shape (count, channels)."""
        if start < self._first:
            self._rewind()
        while self._end < start + count and (block := next(self._blocks, None)) is not None:
            self._kept.append(block)
            self._end += len(block)
            while self._first + len(self._kept[0]) <= min(start, self._end - self._most):
                self._first += len(self._kept.popleft())
        samples = np.zeros((count, self.channels), np.float32)
        at = self._first - start
        for block in self._kept:
            first, last = max(at, 0), min(at + len(block), count)
            if first < last:
                samples[first:last] = block[first - at : last - at] * self._factor
            at += len(block)
        return samples

    def _rewind(self) -> None:
        self._blocks = self._begin()
        self._kept: deque[Samples] = deque()
        self._first = self._end = 0
