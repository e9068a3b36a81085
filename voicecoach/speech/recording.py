"""From what somebody recorded to the samples of a take: at the loudness of speech, without the silence around it."""

from typing import NamedTuple

import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import level
from voicecoach.speech.engine import RawSpeech
from voicecoach.speech.shape import THRESHOLD, trimmed
from voicecoach.speech.takes import LONGEST
from voicecoach.units import SECOND, Frames, Milliseconds, Rate, frames

RATE: Rate = 48_000
"""Frames a second of every take, whatever it was recorded with."""
LONGEST_RECORDING: Milliseconds = 3 * LONGEST
"""What is read at most of one recording, with the silence around the words."""

_SILENT = np.float32(10 ** (-50 / 20))
"""A recording without any sample over −50 dBFS holds no words, or the wrong microphone was on."""
_BLOCK: Milliseconds = 10
_NEAR, _ENOUGH = 5, 3
"""A sound is one that is there in 3 of 5 blocks: a click of a key or of a mouse is shorter."""
_OVER_NOISE = 2.0
"""What is not 6 dB over the quietest tenth of the recording is taken for its noise."""
_ALMOST_ALL = 0.2
"""The noise is taken for noise up to this share of the loudest; a recording without a pause is all voice."""
_FULL = (1.0, 0.5**0.5)
"""Full scale, and what becomes of it in a file of one channel, whose power is shared out to two."""
_AT, _UNDER = (0.985, 1.015), (0.93, 0.96)
_PILED, _MANY = 3, 20
"""Clipped sound piles up at full scale: three times as many samples as in as wide a band under it, and not a few."""


class RecordingError(ValueError):
    """A recording cannot be a take; the message says why."""


class Recorded(NamedTuple):
    """Samples of a take at `RATE`; `clipped` if the recording was too loud for its microphone."""

    pcm: bytes
    clipped: bool


def recorded(samples: Samples) -> Recorded:
    """The take in a recording at `RATE`; raises RecordingError if it is silent, or longer than a minute."""
    sound = samples - np.float32(np.median(samples)) if len(samples) else samples
    if float(np.abs(sound).max(initial=0.0)) < _SILENT:
        raise RecordingError("nothing can be heard in it")
    levelled = level(sound, RATE)
    first, end = _sounding(levelled)
    if end - first > frames(LONGEST, RATE):
        raise RecordingError(f"it lasts longer than {LONGEST // SECOND} s: record each line in a file of its own")
    pcm = _whole_numbers(levelled[first:end])
    return Recorded(_whole_numbers(trimmed(RawSpeech(pcm, RATE))), _is_clipped(samples))


def _sounding(samples: Samples) -> tuple[Frames, Frames]:
    """From the first to the last block that sounds for longer than a click, with a block at each side."""
    block = frames(_BLOCK, RATE)
    peaks = np.abs(np.pad(samples, (0, -len(samples) % block))).reshape(-1, block).max(axis=1)
    over = peaks >= _threshold(peaks)
    near = np.convolve(over, np.ones(_NEAR, np.int64), "same")
    found = np.flatnonzero(over & (near >= min(_ENOUGH, len(peaks))))
    if not len(found):
        raise RecordingError("nothing can be heard in it but a click")
    return max(0, int(found[0]) - 1) * block, min(len(samples), (int(found[-1]) + 2) * block)


def _threshold(peaks: Samples) -> float:
    """The level of shape.py, or what stands out of a recording in a noisy room."""
    usual = THRESHOLD / 32_768
    noise = float(np.percentile(peaks, 10)) * _OVER_NOISE
    return noise if usual < noise < _ALMOST_ALL * float(peaks.max()) else usual


def _is_clipped(samples: Samples) -> bool:
    """Whether the recording was too loud for its microphone, also where its rate was changed afterwards."""
    loud = np.abs(samples)

    def between(full: float, band: tuple[float, float]) -> int:
        return int(np.count_nonzero((loud >= band[0] * full) & (loud <= band[1] * full)))

    return any(between(full, _AT) > max(_MANY, _PILED * between(full, _UNDER)) for full in _FULL)


def _whole_numbers(samples: Samples) -> bytes:
    return np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype("<i2").tobytes()
