"""Almost nothing before the session, for devices that sleep on silence and swallow what wakes them."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Samples
from voicecoach.sound.mix import Mix
from voicecoach.sound.peak import amplitude
from voicecoach.units import Frames, Rate

LEVEL_DBFS = -70.0
"""Root mean square. Where speech at −19 LUFS is heard at 60 dB, this is at 10: a quiet room has 25."""

LOW_HZ, HIGH_HZ = 200, 1_000
"""The band: low enough for the ear to be dull and the room to be loudest, high enough for every small loudspeaker's
electronics to count it as sound, and where no codec at these bit rates leaves anything out."""

_TAPS = 511
_BLOCK: Frames = 1 << 14


class LeadIn:
    """`mix` after `lead` frames of a noise that nobody hears; the same noise every time."""

    def __init__(self, mix: Mix, lead: Frames) -> None:
        self.rate, self.channels = mix.rate, mix.channels
        self.length: Frames = lead + mix.length
        self._mix = mix
        self._lead = lead

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`, silence past the end."""
        before = max(min(self._lead - start, count), 0)
        rest = self._mix.read(max(start - self._lead, 0), count - before)
        if not before:
            return rest
        noise = _noise(start, before, self.rate)
        return np.concatenate((noise if rest.ndim == 1 else np.repeat(noise[:, None], self.channels, 1), rest))

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """True if only silence of the mix is read."""
        return start >= self._lead and self._mix.is_silent(start - self._lead, count)


def _noise(start: Frames, count: Frames, rate: Rate) -> Samples:
    """Frames `[start, start + count)` of the noise."""
    taps = _band(rate)
    first = start // _BLOCK
    blocks = [
        np.convolve(_white(block * _BLOCK, _BLOCK + _TAPS - 1), taps, "valid")
        for block in range(first, -(-(start + count) // _BLOCK))
    ]
    return np.concatenate(blocks)[start - first * _BLOCK :][:count].astype(np.float32)


def _white(start: Frames, count: Frames) -> NDArray[np.float64]:
    """Numbers from −1 to 1 that depend on nothing but their place: the finalizer of SplitMix64."""
    mixed = np.arange(start + 1, start + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray((mixed ^ (mixed >> np.uint64(31))) / 2.0**63 - 1.0, np.float64)


@lru_cache(maxsize=4)
def _band(rate: Rate) -> NDArray[np.float64]:
    """A band-pass that brings white noise from −1 to 1 to `LEVEL_DBFS`."""
    at = np.arange(_TAPS) - _TAPS // 2
    high, low = 2 * HIGH_HZ / rate, 2 * LOW_HZ / rate
    taps = (high * np.sinc(high * at) - low * np.sinc(low * at)) * np.hanning(_TAPS + 2)[1:-1]
    taps *= amplitude(LEVEL_DBFS) / np.sqrt((taps**2).sum() / 3)
    return np.asarray(taps, np.float64)
