"""A mix whose highest peaks are turned down, for codecs that make them higher again.

As in the Mixer, what looks at neighbouring frames is worked out on a fixed grid of tiles, so the samples of a place
depend on the place alone.
"""

import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.sound.limiter import held_and_smoothed
from voicecoach.sound.mix import Mix
from voicecoach.sound.peak import OVERSHOOT, REACH, amplitude, peak_around
from voicecoach.units import Frames, Milliseconds, frames

TILE: Frames = 8192
"""Peaks are looked for in pieces `[n * TILE, (n + 1) * TILE)`."""

_LOOK: Milliseconds = 10
_TILES_KEPT = 2


class Capped:
    """`mix` with no true peak over `ceiling` dBTP; it is the same to the bit 20 ms away from such peaks."""

    def __init__(self, mix: Mix, ceiling: float) -> None:
        self.rate, self.length, self.channels = mix.rate, mix.length, mix.channels
        self._mix = mix
        self._most = amplitude(ceiling)
        self._look: Frames = frames(_LOOK, mix.rate)
        self._tiles: dict[int, Samples] = {}

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`, silence past the end. Raises ValueError below 0."""
        if start < 0 or count < 0:
            raise ValueError(f"cannot read {count} frames from {start}")
        capped = np.zeros((count, self.channels) if self.channels > 1 else count, np.float32)
        end = min(start + count, self.length)
        for tile in range(start // TILE, -(-end // TILE)):
            first, last = max(tile * TILE, start), min((tile + 1) * TILE, end)
            capped[first - start : last - start] = self._tile(tile)[first - tile * TILE : last - tile * TILE]
        return capped

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """What the mix says."""
        return self._mix.is_silent(start, count)

    def _tile(self, tile: int) -> Samples:
        if tile not in self._tiles:
            while len(self._tiles) >= _TILES_KEPT:
                del self._tiles[next(iter(self._tiles))]
            self._tiles[tile] = self._turned_down(tile * TILE)
        return self._tiles[tile]

    def _turned_down(self, start: Frames) -> Samples:
        wide = 2 * self._look + REACH
        before = min(wide, start)
        samples = self._mix.read(start - before, before + TILE + wide)
        inside = slice(before, before + TILE)
        if float(np.abs(samples).max()) * OVERSHOOT <= self._most:
            return samples[inside]
        planes = samples.reshape(len(samples), self.channels).T
        peak = np.max([peak_around(np.ascontiguousarray(plane), self._most) for plane in planes], axis=0)
        allowed = self._most / np.maximum(peak, self._most).astype(np.float64)
        allowed = np.pad(allowed, (wide - before, 0), constant_values=1.0)
        gain = held_and_smoothed(allowed[REACH:-REACH], self._look)
        return samples[inside] * (gain[:, None] if self.channels > 1 else gain)
