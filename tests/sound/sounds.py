"""Clips like speech, small timelines, and FFmpeg's meter, for the sound tests."""

from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np

from voicecoach.sound.clip import Clip, Samples
from voicecoach.source import NOWHERE
from voicecoach.timeline import Cue, Sound, Timeline

RATE = 24_000


def voice(seconds: float, rate: int = RATE, seed: int = 0, level: float = 0.2) -> Samples:
    """A pulse train with the crest, pitch and syllables of a voice."""
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * rate)) / rate
    phase = np.cumsum(115 + 25 * np.sin(2 * np.pi * 0.9 * at + seed)) / rate
    pulses = sum(np.cos(2 * np.pi * n * phase + n * n / 9) / (1 + n / 6) for n in range(1, 30))
    syllables = (0.5 - 0.5 * np.cos(2 * np.pi * 4.1 * at)) * np.minimum(1, np.minimum(at, at[::-1]) * 100)
    breath = np.convolve(rng.standard_normal(len(at)), [0.05, 0.1, 0.05], "same")
    samples = (pulses / 6 + breath) * syllables
    return (level * samples).astype(np.float32)


def speech(start: int, end: int, text: str = "a") -> Cue:
    return Cue("speech", start, end, "should", NOWHERE, text=text)


def tone(start: int, end: int, name: str = "bell") -> Cue:
    return Cue("tone", start, end, "clock", NOWHERE, tone="start", sound=Sound(name))


def timeline(*cues: Cue, duration: int, rate: int = RATE) -> Timeline:
    placed = tuple(sorted(cues, key=lambda cue: cue.start))
    return Timeline("id", "Title", "en", "f", {}, rate, duration, False, (), (), (), placed, ())


def by_text(**clips: Samples) -> Callable[[Cue], Clip]:
    """Clips by a cue's text, or by its sound's name."""
    return lambda cue: Clip(clips[cue.text or (cue.sound.name if cue.sound else "")], RATE)


def metered(samples: Samples, rate: int) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, by FFmpeg's meter."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate, format="flt", layout="mono", time_base=Fraction(1, rate))
    meter, sink = graph.add("ebur128", "peak=true:metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    shown: dict[str, str] = {}
    for start in range(0, len(samples), 4800):
        frame = av.AudioFrame.from_ndarray(samples[None, start : start + 4800].copy(), "flt", "mono")
        frame.sample_rate, frame.pts = rate, start
        graph.push(frame)
        shown |= _pulled(graph)
    return float(shown["lavfi.r128.I"]), 20 * np.log10(float(shown["lavfi.r128.true_peaks_ch0"]))


def _pulled(graph: av.filter.Graph) -> dict[str, str]:
    shown: dict[str, str] = {}
    try:
        while True:
            shown |= graph.pull().metadata
    except (av.BlockingIOError, av.EOFError):
        return shown
