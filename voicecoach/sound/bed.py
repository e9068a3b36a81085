"""Speech and tones over a bed of music.

Only the music is ever turned down: under speech, at both ends, and wherever the two together would
pass the ceiling. As in the Mixer, everything that looks at neighbouring frames is worked out on a
fixed grid of tiles, so the samples of a place depend on the place alone.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Samples
from voicecoach.sound.limiter import held_and_smoothed
from voicecoach.sound.loudness import CEILING_DBTP, METER_MARGIN
from voicecoach.sound.mix import Mix
from voicecoach.sound.peak import OVERSHOOT, REACH, amplitude, peak_around
from voicecoach.units import Frames, Milliseconds, frames

TILE: Frames = 8192
"""The bed is made in pieces `[n * TILE, (n + 1) * TILE)`."""

FADE_IN: Milliseconds = 3_000
FADE_OUT: Milliseconds = 6_000
"""The music of a session comes and goes in these times, at most a quarter of its length each."""

_LOOK: Milliseconds = 10
_TILES_KEPT = 4


class Music(Protocol):
    """Music without an end, at a mix rate, as loud as it is to be in the pauses."""

    channels: int

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`: shape (count, channels)."""
        ...


class Envelope(Protocol):
    """A factor for every frame."""

    def gain(self, start: Frames, count: Frames) -> NDArray[np.float32]:
        """The factors of frames `[start, start + count)`."""
        ...


class Bed:
    """`mix` with music under it, in the music's channels, times every one of the `envelopes`.

    The music begins at its frame `since`.
    """

    def __init__(self, mix: Mix, music: Music, envelopes: Sequence[Envelope], since: Frames = 0) -> None:
        if mix.channels != 1:
            raise ValueError("a bed is laid under a mono mix")
        self.rate, self.length, self.channels = mix.rate, mix.length, music.channels
        self._mix, self._music, self._envelopes, self._since = mix, music, envelopes, since
        self._look: Frames = frames(_LOOK, mix.rate)
        self._ceiling = amplitude(CEILING_DBTP - METER_MARGIN)
        self._tiles: dict[int, Samples] = {}

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`, silence past the end."""
        mixed = np.zeros((count, self.channels), np.float32)
        end = min(start + count, self.length)
        for tile in range(start // TILE, -(-end // TILE)):
            first, last = max(tile * TILE, start), min((tile + 1) * TILE, end)
            mixed[first - start : last - start] = self._tile(tile)[first - tile * TILE : last - tile * TILE]
        return mixed if self.channels > 1 else mixed[:, 0]

    def is_silent(self, start: Frames, _count: Frames) -> bool:
        """True past the end: there is music everywhere else."""
        return start >= self.length

    def _tile(self, tile: int) -> Samples:
        if tile not in self._tiles:
            while len(self._tiles) >= _TILES_KEPT:
                del self._tiles[next(iter(self._tiles))]
            self._tiles[tile] = self._mixed(tile * TILE)
        return self._tiles[tile]

    def _mixed(self, start: Frames) -> Samples:
        """One tile of the mix, the music in it turned down where it would lift it over the ceiling."""
        wide = 2 * self._look + REACH
        before = min(wide, start)
        first, count = start - before, before + TILE + wide
        bed = self._music.read(self._since + first, count)
        for envelope in self._envelopes:
            bed = bed * envelope.gain(first, count)[:, None]
        inside = slice(before, before + TILE)
        if self._mix.is_silent(first, count) and OVERSHOOT * float(np.abs(bed).max()) <= self._ceiling:
            return bed[inside]
        spoken = self._mix.read(first, count)
        if OVERSHOOT * float(np.abs(bed).max() + np.abs(spoken).max()) > self._ceiling:
            free = np.pad(self._free(bed, spoken), (wide - before, 0), constant_values=1.0)
            bed = bed[inside] * held_and_smoothed(free[REACH:-REACH], self._look)[:, None]
            return spoken[inside, None] + bed
        mixed: Samples = spoken[inside, None] + bed[inside]
        return mixed

    def _free(self, bed: Samples, spoken: Samples) -> NDArray[np.float64]:
        """The gain from 0 to 1 that keeps |bed|·gain + |spoken| at or under the ceiling in every channel."""
        peak = np.max([peak_around(np.ascontiguousarray(channel)) for channel in bed.T], axis=0)
        taken = peak_around(spoken, self._ceiling - float(peak.max()))
        free = np.maximum(self._ceiling - taken.astype(np.float64), 0.0)
        gain = np.ones(len(peak))
        np.divide(free, peak, out=gain, where=peak > free)
        return gain


class Rise:
    """From nothing at frame `begin` to all of it in `length` frames."""

    def __init__(self, begin: Frames, length: Frames) -> None:
        self._begin, self._length = begin, max(length, 1)

    def gain(self, start: Frames, count: Frames) -> NDArray[np.float32]:
        """The factors of frames `[start, start + count)`."""
        return _eased((np.arange(start, start + count) - self._begin) / self._length)


class Fall:
    """From all of it to nothing at frame `end`, in `length` frames."""

    def __init__(self, end: Frames, length: Frames) -> None:
        self._end, self._length = end, max(length, 1)

    def gain(self, start: Frames, count: Frames) -> NDArray[np.float32]:
        """The factors of frames `[start, start + count)`."""
        return _eased((self._end - np.arange(start, start + count)) / self._length)


def _eased(way: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(way, 0, 1)), np.float32)
