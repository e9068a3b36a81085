"""Twice the sample rate: what music at 48 kHz needs of speech and tones at 24 kHz."""

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Samples
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames

REACH: Frames = 24
"""A new sample is computed from this many old ones on either side."""


def _halfway() -> NDArray[np.float32]:
    """The right half of a symmetric filter for the point between two samples: a Kaiser-windowed sinc.

    Flat to 0.1 dB up to 0.46 of the old rate: 11 kHz of 24.
    """
    offset = np.arange(REACH) + 0.5
    window = np.i0(7.0 * np.sqrt(1 - (offset / REACH) ** 2)) / np.i0(7.0)
    taps = np.sinc(offset) * window
    return np.asarray(taps / (2 * taps.sum()), np.float32)


_TAPS = _halfway()


class Doubled:
    """A mono mix at twice its rate.

    Every old sample is a new one, bit for bit, at twice its frame, so nothing moves; those between
    are computed from `REACH` old ones on either side.
    """

    channels = 1

    def __init__(self, mix: Mix) -> None:
        if mix.channels != 1:
            raise ValueError("only a mono mix is doubled")
        self.rate = 2 * mix.rate
        self.length: Frames = 2 * mix.length
        self._mix = mix

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`, silence past the end."""
        first, last = start // 2, -(-(start + count) // 2)
        doubled = np.zeros(2 * (last - first), np.float32)
        if count and not self.is_silent(start, count):
            before = min(first, REACH - 1)
            old = np.pad(self._mix.read(first - before, before + last - first + REACH), (REACH - 1 - before, 0))
            doubled[::2] = old[REACH - 1 : len(old) - REACH]
            doubled[1::2] = _between(old)
            doubled[max(self.length - 2 * first, 0) :] = 0
        return doubled[start - 2 * first :][:count]

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """True if every old sample that is heard in these frames is known to be silence."""
        first = max(start // 2 - REACH + 1, 0)
        return self._mix.is_silent(first, -(-(start + count) // 2) + REACH - first)


def _between(old: Samples) -> Samples:
    """The points between neighbours, without the margins of the filter.

    Summed tap by tap, because a product of vectors rounds by how they lie in memory.
    """
    count = len(old) - 2 * REACH + 1
    halfway = np.zeros(count, np.float32)
    for far, tap in enumerate(_TAPS):
        left, right = REACH - 1 - far, REACH + far
        halfway += tap * (old[left : left + count] + old[right : right + count])
    return halfway
