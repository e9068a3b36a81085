"""Short mixes to write to files."""

import numpy as np

from voicecoach.sound.clip import Clip, Samples
from voicecoach.sound.mixer import Mixer, pcm16
from voicecoach.sound.tones import natural, tone
from voicecoach.source import NOWHERE
from voicecoach.timeline import Chapter, Cue, Sound, Timeline

RATE = 24_000
ONSETS = (0, 333, 4_001, 9_250, 19_999)
CHAPTERS = (Chapter("Calf stretch, left leg", 0, 4_000), Chapter("Fußkreisen 🦶", 4_000, 30_000))


def cue(start: int, end: int, name: str) -> Cue:
    return Cue("tone", start, end, "clock", NOWHERE, tone="start", sound=Sound(name))


def mix(duration: int = 30_000, onsets: tuple[int, ...] = ONSETS) -> Mixer:
    """A bell of 200 ms at each onset, and a gong, which fades into single bits, at 12 s."""
    cues = [cue(at, at + 200, "bell") for at in onsets] + [cue(12_000, 14_000, "gong")]
    placed = tuple(sorted((c for c in cues if c.end <= duration), key=lambda c: c.start))
    timeline = Timeline("id", "Title", "en", "f", {}, RATE, duration, False, (), CHAPTERS, (), placed, ())
    return Mixer(timeline, clip)


def clip(placed: Cue) -> Clip:
    name = placed.sound.name if placed.sound else ""
    return natural(name, RATE) if name == "gong" else tone(Sound(name), 200, RATE)


def samples(mixer: Mixer) -> Samples:
    """What any lossless format must hold."""
    return (pcm16(mixer.read(0, mixer.length)) / 32_768).astype("float32")


class Tune:
    """Sound without a pause, like music: two sines in the left channel, two others in the right one."""

    def __init__(self, length: int, rate: int, channels: int) -> None:
        self.length = length
        self.rate = rate
        self.channels = channels

    def read(self, start: int, count: int) -> Samples:
        """As `Mix.read`."""
        if start < 0 or count < 0:
            raise ValueError
        at = np.arange(start, start + count)[:, None] / self.rate
        hertz = np.array([[220.0, 330.0]])[:, : self.channels]
        tune = 0.2 * np.sin(2 * np.pi * hertz * at) + 0.1 * np.sin(2 * np.pi * 5 * hertz * at)
        tune[max(self.length - start, 0) :] = 0
        return (tune if self.channels == 2 else tune[:, 0]).astype(np.float32)

    def is_silent(self, start: int, count: int) -> bool:
        """As `Mix.is_silent`."""
        return start >= self.length
