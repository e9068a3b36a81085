"""One timeline, heard: `read(start, count)` gives the samples at any place.

Speech and tones are two buses. Speech is never touched; where a tone and speech, or two tones,
would together pass the ceiling, the tone is turned down. Everything that looks at neighbouring
frames is worked out on a fixed grid of tiles, so the samples of a place depend on the place
alone: not on the block size, nor on what was read before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Clip, Samples
from voicecoach.sound.limiter import held_and_smoothed
from voicecoach.sound.loudness import CEILING_DBTP, METER_MARGIN
from voicecoach.sound.peak import OVERSHOOT, REACH, amplitude, peak_around
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Frames, Milliseconds, frames

TILE: Frames = 4096
"""Tones are mixed in pieces `[n * TILE, (n + 1) * TILE)`."""

_WINDOW: Milliseconds = 50
"""The gain of a tone at a frame depends on this much sound around it."""

_TILES_KEPT = 4


class Mixer:
    """The sound of a timeline, mono, from frame 0 to `length`.

    `clips` gives the clip of a cue, at the timeline's rate and no longer than the cue; it is
    called for the cues that sound in the frames read, every time, so it should remember.
    `speech_gain` multiplies speech and counts.
    """

    channels = 1

    def __init__(self, timeline: Timeline, clips: Callable[[Cue], Clip], *, speech_gain: float = 1.0) -> None:
        self.rate = timeline.sample_rate
        self.length: Frames = frames(timeline.duration, self.rate)
        self._clips = clips
        self._speech_gain = np.float32(speech_gain)
        self._speech = _Bus((cue for cue in timeline.cues if cue.kind != "tone"), self.rate)
        self._tones = _Bus((cue for cue in timeline.cues if cue.kind == "tone"), self.rate)
        self._look: Frames = (frames(_WINDOW, self.rate) // 2 - REACH) // 2
        self._ceiling = amplitude(CEILING_DBTP - METER_MARGIN)
        self._tiles: dict[int, Samples] = {}

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`, silence past the end.

        Raises ValueError for a clip that is longer than its cue or has another rate.
        """
        if start < 0 or count < 0:
            raise ValueError(f"cannot read {count} frames from {start}")
        end = min(start + count, self.length)
        mixed = np.zeros(count, np.float32)
        self._add_speech(mixed[: max(end - start, 0)], start)
        for tile in self._tone_tiles(start, end):
            first, last = max(tile * TILE, start), min((tile + 1) * TILE, end)
            mixed[first - start : last - start] += self._tile(tile)[first - tile * TILE : last - tile * TILE]
        return mixed

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """True if no cue sounds in `[start, start + count)`: then `read` gives zeros only."""
        return self._speech.is_empty(start, start + count) and self._tones.is_empty(start, start + count)

    def _add_speech(self, mixed: Samples, start: Frames) -> None:
        for first, cue in self._speech.between(start, start + len(mixed)):
            samples = self._samples(cue)
            _add(mixed, samples if self._speech_gain == 1 else samples * self._speech_gain, first - start)

    def _add_tones(self, mixed: Samples, start: Frames) -> None:
        for first, cue in self._tones.between(start, start + len(mixed)):
            _add(mixed, self._samples(cue), first - start)

    def _samples(self, cue: Cue) -> Samples:
        clip = self._clips(cue)
        if clip.rate != self.rate:
            raise ValueError(f"the clip of {cue.text or cue.tone!r} has {clip.rate} frames a second, not {self.rate}")
        if clip.frames > frames(cue.end - cue.start, self.rate):
            raise ValueError(
                f"the clip of {cue.text or cue.tone!r} at {cue.start} ms is {clip.length} ms long, "
                f"its place only {cue.end - cue.start} ms"
            )
        return clip.samples

    def _tone_tiles(self, start: Frames, end: Frames) -> Iterator[int]:
        """Tiles of `[start, end)` in which a tone sounds."""
        for tile in range(start // TILE, -(-end // TILE)):
            if not self._tones.is_empty(tile * TILE, (tile + 1) * TILE):
                yield tile

    def _tile(self, tile: int) -> Samples:
        if tile not in self._tiles:
            while len(self._tiles) >= _TILES_KEPT:
                del self._tiles[next(iter(self._tiles))]
            self._tiles[tile] = self._limited_tones(tile)
        return self._tiles[tile]

    def _limited_tones(self, tile: int) -> Samples:
        """The tone bus of a tile, turned down where it would lift the mix over the ceiling."""
        wide = 2 * self._look + REACH
        start = tile * TILE - wide
        tones = np.zeros(TILE + 2 * wide, np.float32)
        self._add_tones(tones, start)
        speech = np.zeros_like(tones)
        self._add_speech(speech, start)
        inside = slice(wide, wide + TILE)
        if not tones.any() or OVERSHOOT * (np.abs(tones).max() + np.abs(speech).max()) <= self._ceiling:
            return tones[inside]
        gain = self._gain(tones, speech)
        return tones[inside] * held_and_smoothed(gain[REACH:-REACH], self._look)

    def _gain(self, tones: Samples, speech: Samples) -> NDArray[np.float64]:
        """The gain from 0 to 1 that keeps |tones|·gain + |speech| at or under the ceiling.

        Exact peaks are looked for only where a tone is and where speech leaves it too little.
        """
        gain = np.ones(len(tones))
        sounding = np.flatnonzero(tones)
        near = slice(max(sounding[0] - REACH, 0), sounding[-1] + REACH + 1)
        tone_peak = peak_around(tones[near])
        speech_peak = peak_around(speech[near], self._ceiling - float(tone_peak.max()))
        free = np.maximum(self._ceiling - speech_peak.astype(np.float64), 0.0)
        np.divide(free, tone_peak, out=gain[near], where=tone_peak > free)
        return gain


class _Bus:
    """Cues by time; asks in logarithmic time what sounds in an interval of frames."""

    def __init__(self, cues: Iterable[Cue], rate: int) -> None:
        self._cues = sorted(cues, key=lambda cue: cue.start)
        self._starts = [frames(cue.start, rate) for cue in self._cues]
        self._ends = [frames(cue.end, rate) for cue in self._cues]
        self._latest = list(accumulate(self._ends, max))

    def between(self, start: Frames, end: Frames) -> Iterator[tuple[Frames, Cue]]:
        """Cues that overlap `[start, end)`, each with its first frame, earliest first."""
        for at in self._range(start, end):
            if self._ends[at] > start:
                yield self._starts[at], self._cues[at]

    def is_empty(self, start: Frames, end: Frames) -> bool:
        """True if no cue overlaps `[start, end)`."""
        return all(self._ends[at] <= start for at in self._range(start, end))

    def _range(self, start: Frames, end: Frames) -> range:
        return range(bisect_right(self._latest, start), bisect_left(self._starts, end))


def _add(mixed: Samples, samples: Samples, at: Frames) -> None:
    """Add `samples` from frame `at` of `mixed`, as far as they lie inside."""
    first, last = max(at, 0), min(at + len(samples), len(mixed))
    if first < last:
        mixed[first:last] += samples[first - at : last - at]


def pcm16(samples: Samples) -> NDArray[np.int16]:
    """Samples as 16-bit integers, the one form that is written and encoded.

    Full scale is 32768; half a step rounds to the even neighbour, what is over is clipped.
    """
    scaled = samples * np.float32(32_768)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -32_768, 32_767, out=scaled)
    return scaled.astype(np.int16)
