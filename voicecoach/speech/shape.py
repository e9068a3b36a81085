"""From what an engine said to a clip of the mix: trimmed, resampled, levelled, rounded to 10 ms.

The result is rounded to 16 bits, the form clips are kept in, so a clip is the same samples whether
it was just made or comes from the cache.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import SpeechError
from voicecoach.interrupts import load_whole
from voicecoach.sound.clip import Clip, Samples
from voicecoach.sound.loudness import level
from voicecoach.speech.brightness import brightened
from voicecoach.speech.engine import RawSpeech
from voicecoach.units import Milliseconds, Rate, frames

THRESHOLD = 207
"""−44 dBFS in 16-bit steps: what is quieter before and after the words is cut."""
MARGIN: Milliseconds = 5
GRID: Milliseconds = 10
PAUSE: Milliseconds = 400
"""Silence between two parts."""


def shape(parts: Sequence[RawSpeech], rate: Rate, *, brighter: bool = False) -> bytes:
    """Parts of one utterance with `PAUSE` between them, as mono 16-bit little-endian samples at `rate`.

    `brighter` is for a voice of formants. Raises SpeechError if a part is silent or has another rate than the first.
    """
    pieces = [trimmed(part) for part in parts]
    if brighter:
        pieces = [brightened(piece, part.rate) for piece, part in zip(pieces, parts, strict=True)]
    raw = joined(pieces, parts[0].rate)
    if any(part.rate != parts[0].rate for part in parts):
        raise SpeechError("the speech engine changed its sample rate within one utterance")
    levelled = level(resampled(raw, parts[0].rate, rate), rate)
    return _padded(np.clip(np.rint(levelled * 32_768), -32_768, 32_767).astype("<i2"), frames(GRID, rate)).tobytes()


def clip(pcm: bytes, rate: Rate) -> Clip:
    """The clip of what `shape` returned."""
    return Clip(np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32_768), rate)


def trimmed(raw: RawSpeech) -> Samples:
    """From the first to the last sample at or over `THRESHOLD`, with a 5 ms margin faded at each side.

    The margins are what was there in the raw sound, or zeros where there was nothing.
    """
    samples = np.frombuffer(raw.pcm, np.int16)
    first, end = _sounding(raw)
    margin = raw.rate * MARGIN // 1_000
    start, stop = max(0, first - margin), min(len(samples), end + margin)
    before, after = margin - (first - start), margin - (stop - end)
    kept = np.pad(samples[start:stop].astype(np.float32) / np.float32(32_768), (before, after))
    fade = (np.arange(margin, dtype=np.float32) + 1) / np.float32(margin + 1)
    kept[:margin] *= fade
    kept[len(kept) - margin :] *= fade[::-1]
    return kept


class Place(NamedTuple):
    """Where a trimmed part lies in the clip: its raw sound from `first` to `last`, heard `later` frames later."""

    first: int
    last: int
    later: int

    def time(self, frame: int, rate: int) -> Milliseconds:
        """Where a frame of the raw sound is in the clip; one that was cut away, where the sound begins or ends."""
        return round((min(max(frame, self.first), self.last) + self.later) * 1_000 / rate)


def places(parts: Sequence[RawSpeech]) -> list[Place]:
    """Where `shape` puts each of the parts."""
    found, at = [], 0
    for part in parts:
        first, end = _sounding(part)
        margin = part.rate * MARGIN // 1_000
        found.append(Place(first, end, at + margin - first))
        at += end - first + 2 * margin + part.rate * PAUSE // 1_000
    return found


def _sounding(raw: RawSpeech) -> tuple[int, int]:
    """From the first to after the last sample at or over `THRESHOLD`; raises SpeechError if there is none."""
    samples = np.frombuffer(raw.pcm, np.int16)
    loud = np.flatnonzero((samples >= THRESHOLD) | (samples <= -THRESHOLD))
    if not len(loud):
        raise SpeechError("nothing can be heard in what the speech engine said", "write words to say")
    return int(loud[0]), int(loud[-1]) + 1


def joined(parts: Sequence[Samples], rate: Rate) -> Samples:
    """Parts with exactly `PAUSE` of zeros between them; `rate` may be any engine's."""
    pause = np.zeros(rate * PAUSE // 1_000, np.float32)
    pieces = [piece for part in parts for piece in (pause, part)]
    return np.concatenate(pieces[1:])


def resampled(samples: Samples, source: int, rate: Rate) -> Samples:
    """The same sound at another rate, sample 0 still at time 0."""
    if source == rate:
        return samples
    load_whole("soxr")
    import soxr

    result: Samples = soxr.resample(samples, source, rate, quality="VHQ")
    return result


def _padded(samples: NDArray[np.int16], grid: int) -> NDArray[np.int16]:
    return np.pad(samples, (0, -len(samples) % grid))
