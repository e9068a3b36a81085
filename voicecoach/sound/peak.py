"""True peaks: what a converter makes of the samples between the samples, 4 × oversampled."""

import math

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Samples
from voicecoach.units import Frames

REACH: Frames = 12
"""A value between two samples is computed from this many samples on either side."""

_PHASES = 4
_BLOCK: Frames = 256
_AT_ONCE = 64


def _between() -> NDArray[np.float32]:
    """Filters for the points ¼, ½ and ¾ after a sample: a Kaiser-windowed sinc, shape (3, 24).

    Flat to 0.1 dB up to 0.43 of the sample rate; the 12 taps a phase of BS.1770 reach 0.36.
    """
    tap = np.arange(1 - REACH, REACH + 1)
    offset = tap[None, :] - np.arange(1, _PHASES)[:, None] / _PHASES
    window = np.i0(7.0 * np.sqrt(np.maximum(0.0, 1 - (offset / REACH) ** 2))) / np.i0(7.0)
    filters = np.sinc(offset) * window
    return np.asarray(filters / filters.sum(axis=1, keepdims=True), np.float32)


_BETWEEN = _between()
_HALF = _BETWEEN[1, :REACH]
_EVEN = (_BETWEEN[0, :REACH] + _BETWEEN[2, :REACH]) / 2
_ODD = (_BETWEEN[0, :REACH] - _BETWEEN[2, :REACH]) / 2

OVERSHOOT = float(np.abs(_BETWEEN).sum(axis=1).max()) * (1 + 1e-5)
"""No true peak is over this many times the highest sample, whatever the samples are."""


def peak_around(samples: Samples, floor: float = 0.0) -> NDArray[np.float32]:
    """The largest |value| at each frame or up to ¾ frame after it, shape as `samples`.

    Frames outside `samples` count as silence. Peaks that cannot be over `floor` are not looked
    for between the samples: there the result may be too small, but it stays at or under `floor`.
    """
    peak: NDArray[np.float32] = np.abs(samples)
    if not len(samples):
        return peak
    blocks = -(-len(samples) // _BLOCK)
    padded = np.pad(samples, (_BLOCK, (blocks + 1) * _BLOCK - len(samples)))
    highest = np.abs(padded).reshape(blocks + 2, _BLOCK).max(axis=1)
    highest = np.maximum(np.maximum(highest[:-2], highest[2:]), highest[1:-1])
    found = np.zeros((blocks, _BLOCK), np.float32)
    loud = np.flatnonzero(highest * OVERSHOOT > floor)
    for some in np.array_split(loud, -(-len(loud) // _AT_ONCE)) if len(loud) else ():
        first = (some + 1) * _BLOCK - (REACH - 1)
        found[some] = _peak_between(padded[first[:, None] + np.arange(_BLOCK + 2 * REACH - 1)])
    return np.maximum(peak, found.reshape(-1)[: len(samples)])


def true_peak(samples: Samples) -> float:
    """Highest 4 × oversampled |value|, full scale at 1.0; 0 for no samples."""
    if not len(samples):
        return 0.0
    return float(peak_around(np.pad(samples, REACH), float(np.abs(samples).max())).max())


def _peak_between(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The largest |value| ¼, ½ or ¾ frame after each frame of `rows` but the margins of the filter.

    The filter of ½ is its own mirror image, those of ¼ and ¾ are each other's. So with an even and an odd part, of the
    sums and of the differences of two samples as far apart, they are even + odd and even - odd, and the larger of
    these is |even| + |odd|.
    """
    width = rows.shape[1] - 2 * REACH + 1
    half, even, odd = (np.zeros((len(rows), width), np.float32) for _ in range(3))
    total, less, part = (np.empty_like(half) for _ in range(3))
    for near, far in zip(range(REACH), range(2 * REACH - 1, REACH - 1, -1), strict=True):
        np.add(rows[:, near : near + width], rows[:, far : far + width], out=total)
        np.subtract(rows[:, near : near + width], rows[:, far : far + width], out=less)
        half += np.multiply(total, _HALF[near], out=part)
        even += np.multiply(total, _EVEN[near], out=part)
        odd += np.multiply(less, _ODD[near], out=part)
    quarters = np.add(np.abs(even, out=even), np.abs(odd, out=odd), out=even)
    return np.maximum(np.abs(half, out=half), quarters, out=quarters)


def decibels(value: float) -> float:
    """20·log10 of a positive amplitude; −inf for 0."""
    return 20 * math.log10(value) if value > 0 else -math.inf


def amplitude(level: float) -> float:
    """The amplitude of `level` decibels."""
    return float(10 ** (level / 20))
