"""How loud a stream is: BS.1770 loudness and true peak, block by block, in constant memory."""

import math

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import (
    ABSOLUTE_GATE,
    BLOCK_MS,
    HOP_MS,
    RELATIVE_GATE,
    SETTLE_MS,
    lufs,
    power_of,
    weighting,
)
from voicecoach.sound.peak import OVERSHOOT, REACH, decibels, peak_around
from voicecoach.units import Frames, Rate, frames

_SIZE: Frames = 1 << 16
"""Points of one Fourier transform."""

_PER_LU = 100
"""Blocks are counted by their loudness in steps of 0.01 LU, so that their number does not matter."""
_STEPS = 100 * _PER_LU


_HOPS = BLOCK_MS // HOP_MS
_NOTHING = 1e-9
"""What is left of a sound below this is not filtered any more."""


class Meter:
    """Takes a stream at `rate` in blocks of any size; what it tells does not depend on their sizes."""

    def __init__(self, rate: Rate, channels: int) -> None:
        self._channels = channels
        self._tail, self._hop = frames(SETTLE_MS, rate), frames(HOP_MS, rate)
        self._step: Frames = (_SIZE - self._tail) // self._hop * self._hop
        self._response = weighting(_SIZE, rate).astype(np.complex64)
        self._waiting = np.zeros((channels, self._step), np.float32)
        self._filled: Frames = 0
        self._after = np.zeros((channels, self._tail), np.float32)
        self._hops = np.zeros(_HOPS - 1)
        self._begun = 0
        self._powers, self._counts = np.zeros(_STEPS), np.zeros(_STEPS, np.int64)
        self._near = np.zeros((channels, 2 * REACH), np.float32)
        self._peak = 0.0

    def add(self, samples: Samples) -> None:
        """The next frames: shape (count,), or (count, channels)."""
        block = samples.reshape(len(samples), self._channels).T
        self._look_for_peaks(block)
        while block.shape[1]:
            taken = min(self._step - self._filled, block.shape[1])
            self._waiting[:, self._filled : self._filled + taken] = block[:, :taken]
            self._filled += taken
            block = block[:, taken:]
            if self._filled == self._step:
                self._weigh()

    def silence(self, count: Frames) -> None:
        """As many frames of zeros."""
        while count:
            some = min(count, self._step)
            self.add(np.zeros((some, self._channels), np.float32))
            count -= some

    def finish(self) -> None:
        """The stream is over; what is less than a whole block at its end counts for the peak only."""
        self._look_for_peaks(np.zeros((self._channels, 2 * REACH), np.float32))
        self._weigh()

    @property
    def true_peak(self) -> float:
        """Highest true peak of all channels in dBTP; −inf for silence."""
        return decibels(self._peak)

    @property
    def integrated(self) -> float:
        """Gated loudness in LUFS; −inf for silence and for less than 400 ms."""
        if not self._counts.any():
            return -math.inf
        mean = float(self._powers.sum() / self._counts.sum()) * 10 ** (RELATIVE_GATE / 10)
        loud = np.divide(self._powers, self._counts, out=np.zeros(_STEPS), where=self._counts > 0) > mean
        return lufs(float(self._powers[loud].sum() / self._counts[loud].sum()))

    def _look_for_peaks(self, block: NDArray[np.float32]) -> None:
        for channel, new in enumerate(block):
            joined = np.concatenate((self._near[channel], new))
            self._near[channel] = joined[len(joined) - 2 * REACH :]
            if len(joined) > 2 * REACH and float(np.abs(joined).max()) * OVERSHOOT > self._peak:
                self._peak = max(self._peak, float(peak_around(joined, self._peak)[REACH - 1 : -REACH].max()))

    def _weigh(self) -> None:
        """The filters of BS.1770 on what waits, and the power of every block that is whole by now."""
        block = self._waiting[:, : self._filled]
        weighted = np.zeros((self._channels, self._step + self._tail), np.float32)
        weighted[:, : self._tail] = self._after
        if block.any():
            spectrum = np.fft.rfft(block, _SIZE) * self._response
            weighted += np.fft.irfft(spectrum, _SIZE)[:, : self._step + self._tail].astype(np.float32)
        self._after = weighted[:, self._filled :][:, : self._tail].copy()
        self._after[np.abs(self._after) < _NOTHING] = 0
        whole = weighted[:, : self._filled // self._hop * self._hop].astype(np.float64)
        hops = (whole**2).reshape(self._channels, -1, self._hop).sum(axis=(0, 2))
        self._filled = 0
        self._count(hops)

    def _count(self, hops: NDArray[np.float64]) -> None:
        joined = np.concatenate((self._hops, hops))
        self._hops = joined[len(joined) - _HOPS + 1 :]
        sums = np.cumsum(np.concatenate(([0.0], joined)))
        powers = (sums[_HOPS:] - sums[:-_HOPS]) / (_HOPS * self._hop)
        powers = powers[max(_HOPS - 1 - self._begun, 0) :]
        self._begun += len(hops)
        powers = powers[powers > power_of(ABSOLUTE_GATE)]
        at = [min(int((lufs(power) - ABSOLUTE_GATE) * _PER_LU), _STEPS - 1) for power in powers.tolist()]
        np.add.at(self._powers, at, powers)
        np.add.at(self._counts, at, 1)
