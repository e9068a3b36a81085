"""Somebody who reads lines aloud: another voice of the bundled engine, as a phone or a microphone would hear it."""

from pathlib import Path

import numpy as np

from tests.songs import RATE, write_song
from voicecoach.sound.clip import Samples
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.shape import resampled
from voicecoach.utterance import Utterance

VOICE = "en-us-annie"


def reading(text: str, *, before: float = 0.6, after: float = 0.5, level: float = 0.2, rate: int = RATE) -> Samples:
    """The words with silence around them and a little noise of the room, mono at `rate`; `level` is the peak."""
    with EspeakEngine() as engine:
        raw = engine.speak(Utterance(text, VOICE, 150))
    said = resampled(np.frombuffer(raw.pcm, np.int16).astype(np.float32), raw.rate, rate)
    said *= np.float32(level) / np.abs(said).max()
    sound = np.pad(said, (round(before * rate), round(after * rate)))
    noise = np.random.default_rng(len(text)).standard_normal(len(sound)).astype(np.float32)
    return sound + noise * np.float32(level * 10 ** (-55 / 20))


def record(path: Path, text: str, **how: float) -> Path:
    """A file in the format that its suffix names, in two channels."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rate = int(how.get("rate", RATE))
    return write_song(path, np.repeat(reading(text, **how)[:, None], 2, axis=1), rate)  # type: ignore[arg-type]
