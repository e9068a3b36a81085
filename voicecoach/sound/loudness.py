"""How loud a clip is, and clips of even loudness.

Loudness is ITU-R BS.1770-5: K-weighting, mean square over 400 ms blocks with 75 % overlap, an
absolute gate at −70 LUFS and a relative gate 10 LU under the mean. The two K-weighting filters
are applied by their exact frequency response to a zero-padded clip, so no filter state exists.

Clips are levelled, not the programme: each spoken clip comes to −19 LUFS mono (the same power in
both ears is −16 LUFS stereo), and a session of such clips needs no second pass.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Clip, Samples
from voicecoach.sound.limiter import held_and_smoothed
from voicecoach.sound.peak import amplitude, decibels, peak_around, true_peak
from voicecoach.sound.target import TARGET_LUFS
from voicecoach.units import Frames, Rate, frames

CEILING_DBTP = -1.5
"""No true peak of a levelled clip or of the mix is above this."""

METER_MARGIN = 0.03
"""Decibels kept free under the ceiling, so that a meter with another oversampling filter agrees."""

_PAD_MS = 300
"""Zeros put at both ends before measuring, or the gate would skip most of a one-word clip."""

BLOCK_MS, HOP_MS = 400, 100
SETTLE_MS = 250
"""The K-weighting high-pass (38 Hz, critically damped) has fallen by 200 dB after this."""

ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
_OFFSET = -0.691

_LOOK_MS = 10
"""The limiter looks and fades this far to both sides: longer than a pitch period of a voice."""

_PASSES = 4


def loudness(samples: Samples, rate: Rate) -> float:
    """Gated loudness of mono `samples` in LUFS; −inf for silence and for less than 400 ms."""
    power = _block_powers(_k_weighted(samples, rate), rate)
    power = power[power > power_of(ABSOLUTE_GATE)]
    if not len(power):
        return -math.inf
    relative = float(power.mean()) * 10 ** (RELATIVE_GATE / 10)
    return lufs(float(power[power > relative].mean()))


def clip_loudness(samples: Samples, rate: Rate) -> float:
    """Loudness of a clip of any length in LUFS, measured between 300 ms of silence."""
    return loudness(np.pad(samples, frames(_PAD_MS, rate)), rate)


def louder_speech(clip: Clip, by: float) -> Clip:
    """The same spoken clip, `by` decibels louder than a levelled one, under the same ceiling."""
    return Clip(level(clip.samples, clip.rate, TARGET_LUFS + by), clip.rate)


def louder_tone(clip: Clip, by: float) -> Clip:
    """The same tone `by` decibels louder; the bus keeps it under the ceiling."""
    return Clip(clip.samples * np.float32(amplitude(by)), clip.rate) if by else clip


def level(samples: Samples, rate: Rate, target: float = TARGET_LUFS) -> Samples:
    """The clip at `target` LUFS mono with no true peak over −1.5 dBTP, equally long.

    Where the ceiling takes loudness away, gain is added before the limiter, at most three times;
    what is still missing then is a clip of nothing but peaks. Silence comes back as it is. Pure:
    the same samples give the same samples on every call.
    """
    highest = float(np.abs(samples).max(initial=0.0))
    if not highest:
        return samples.copy()
    full = samples / np.float32(highest)  # no clip is so low that the absolute gate takes part of it
    gain = target - clip_loudness(full, rate)
    for _ in range(_PASSES):
        louder = full * np.float32(amplitude(gain))
        levelled = limit(louder, rate)
        if levelled is louder:
            break
        missing = target - clip_loudness(levelled, rate)
        if abs(missing) < 0.05:
            break
        gain += missing
    return levelled


def limit(samples: Samples, rate: Rate, ceiling: float = CEILING_DBTP - METER_MARGIN) -> Samples:
    """The clip with no true peak over `ceiling` dBTP.

    The gain looks 10 ms ahead and back and moves along a raised cosine, so a peak is turned down
    as a whole and never bent.
    """
    most = amplitude(ceiling)
    look = frames(_LOOK_MS, rate)
    reach = 2 * look
    peaks = peak_around(np.pad(samples, reach), most)
    if float(peaks.max(initial=0.0)) <= most:
        return samples
    gain = np.minimum(1.0, most / np.maximum(peaks, most))
    limited: Samples = (samples * held_and_smoothed(gain, look)).astype(np.float32)
    over = decibels(true_peak(limited)) - ceiling
    return limited if over <= 0 else limited * np.float32(amplitude(-over - 1e-4))


def _k_weighted(samples: Samples, rate: Rate) -> NDArray[np.float64]:
    """`samples` through the two filters of BS.1770, `SETTLE_MS` longer than before."""
    count = len(samples) + frames(SETTLE_MS, rate)
    size = _fft_size(count)
    spectrum = np.fft.rfft(samples.astype(np.float64), size) * weighting(size, rate)
    weighted: NDArray[np.float64] = np.fft.irfft(spectrum, size)[: len(samples)]
    return weighted


@lru_cache(maxsize=8)
def weighting(size: Frames, rate: Rate) -> NDArray[np.complex128]:
    """Response of both filters at the frequencies of a real FFT of `size`."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response: NDArray[np.complex128] = _shelf(z, rate) * _high_pass(z, rate)
    response.setflags(write=False)
    return response


def _shelf(z: NDArray[np.complex128], rate: Rate) -> NDArray[np.complex128]:
    """Response of the head filter; its analogue form gives BS.1770's numbers exactly at 48 kHz."""
    k, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    over: NDArray[np.complex128] = (
        (high + band * k / q + k * k) + 2 * (k * k - high) * z + (high - band * k / q + k * k) * z * z
    )
    return over / _poles(z, k, q)


def _high_pass(z: NDArray[np.complex128], rate: Rate) -> NDArray[np.complex128]:
    """Response of the 38 Hz high-pass; as the standard has it, the zeros are not scaled."""
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    response: NDArray[np.complex128] = (1 + k / q + k * k) * (1 - z) ** 2 / _poles(z, k, q)
    return response


def _poles(z: NDArray[np.complex128], k: float, q: float) -> NDArray[np.complex128]:
    return (1 + k / q + k * k) + 2 * (k * k - 1) * z + (1 - k / q + k * k) * z * z


def _block_powers(weighted: NDArray[np.float64], rate: Rate) -> NDArray[np.float64]:
    """Mean square of every full 400 ms block."""
    hop, block = frames(HOP_MS, rate), frames(BLOCK_MS, rate)
    blocks = (len(weighted) - block) // hop + 1
    if blocks < 1:
        return np.empty(0)
    energy = np.concatenate(([0.0], np.cumsum(weighted * weighted)))
    at = np.arange(blocks) * hop
    powers: NDArray[np.float64] = (energy[at + block] - energy[at]) / block
    return powers


def lufs(power: float) -> float:
    """The loudness of K-weighted sound with this mean square, in LUFS."""
    return _OFFSET + 10 * math.log10(power)


def power_of(loudness: float) -> float:
    """The mean square that has this loudness."""
    return float(10 ** ((loudness - _OFFSET) / 10))


def _fft_size(count: Frames) -> Frames:
    """The smallest 2^n or 3·2^n that holds `count`."""
    size = 1 << max(count - 1, 1).bit_length()
    return size * 3 // 4 if size * 3 // 4 >= count else size
