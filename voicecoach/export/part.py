"""A stretch of a mix as a mix of its own, which still knows what sounds around it.

A codec that begins or ends in the middle of sound makes a click. Encoders therefore hear some
frames of what comes before and after a part, and leave them out of the file.
"""

import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames


class Part:
    """Frames `[start, start + length)` of `whole`."""

    def __init__(self, whole: Mix, start: Frames, length: Frames) -> None:
        self.rate = whole.rate
        self.channels = whole.channels
        self.length = length
        self._whole = whole
        self._start = start

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)` of the part, silence past its end. Raises ValueError below 0."""
        if start < 0 or count < 0:
            raise ValueError(f"cannot read {count} frames from {start}")
        inside = max(min(count, self.length - start), 0)
        return _padded(self.around(start, inside), 0, count - inside)

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """True if `read` is known to give zeros only."""
        inside = max(min(count, self.length - start), 0)
        return inside == 0 or self._whole.is_silent(self._start + start, inside)

    def around(self, start: Frames, count: Frames) -> Samples:
        """As `read`, but beyond both ends the whole goes on; silence where it has ended or not begun."""
        first = self._start + start
        missing = min(max(-first, 0), count)
        return _padded(self._whole.read(max(first, 0), count - missing), missing, 0)

    def is_silent_around(self, start: Frames, count: Frames) -> bool:
        """True if `around` is known to give zeros only."""
        first, end = max(self._start + start, 0), self._start + start + count
        return end <= first or self._whole.is_silent(first, end - first)


def run_in(mix: Mix, wanted: Frames) -> Frames:
    """How many frames before and after `mix` an encoder should hear: `wanted` for a part, none for a whole."""
    return wanted if isinstance(mix, Part) else 0


def _padded(samples: Samples, before: Frames, after: Frames) -> Samples:
    if not before and not after:
        return samples
    return np.pad(samples, ((before, after), *((0, 0),) * (samples.ndim - 1)))
