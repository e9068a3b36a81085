"""Gain curves that never come late and never jump."""

import numpy as np
from numpy.typing import NDArray

from voicecoach.units import Frames


def held_and_smoothed(gain: NDArray[np.float64], look: Frames) -> NDArray[np.float32]:
    """A smooth gain that is never over `gain`, without `gain`'s first and last `2 * look` frames.

    Each value is a raised-cosine mean, over `look` frames to both sides, of the minimum over
    `look` frames to both sides: so it depends on `2 * look` frames to both sides only, and where
    all of these are 1 it is exactly 1.
    """
    lowest = _minimum(gain, 2 * look + 1)
    window = np.hanning(2 * look + 3)[1:-1]
    lowered = _mean(1.0 - lowest, window / window.sum())
    return np.asarray(1.0 - lowered, dtype=np.float32)


def _minimum(values: NDArray[np.float64], width: Frames) -> NDArray[np.float64]:
    """Minimum over every full window of `width`, by doubling the window."""
    done = 1
    while done < width:
        step = min(done, width - done)
        values = np.minimum(values[: len(values) - step], values[step:])
        done += step
    return values


def _mean(values: NDArray[np.float64], window: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weighted mean over every full window; only around what is not zero is anything computed."""
    width = len(window)
    mean = np.zeros(len(values) - width + 1)
    busy = np.flatnonzero(values)
    if not len(busy):
        return mean
    apart = np.flatnonzero(np.diff(busy) >= width)
    firsts, lasts = busy[np.append(0, apart + 1)], busy[np.append(apart, len(busy) - 1)]
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        start, stop = max(first - width + 1, 0), min(last + 1, len(mean))
        mean[start:stop] = np.convolve(values[start : stop + width - 1], window, "valid")
    return mean
