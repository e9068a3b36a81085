"""Rendering against writing or encoding the same samples, and against pydub doing the same overlay."""

import io
import wave
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

from tests.bench.measure import Row, alternating, once
from voicecoach.api import Session, compile, load, render
from voicecoach.compiler.options import Options
from voicecoach.session import prepare
from voicecoach.sound.mixer import pcm16
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.speaker import Speaker

ROUTINE = "feet-morning"


def rows() -> Iterator[Row]:
    """Every figure about rendering one bundled routine."""
    session = compile(load(ROUTINE), Options(dial=100))
    pcm = mixed(session)
    with TemporaryDirectory() as folder:
        wav, m4a, other = Path(folder, "a.wav"), Path(folder, "a.m4a"), Path(folder, "b.m4a")
        ours, floor = alternating(lambda: render(session, wav), lambda: write_pcm(Path(folder, "b.wav"), pcm))
        yield Row("warm render to WAV", ours, "writing the same PCM", floor)
        slow = once(lambda: with_pydub(session, Path(folder, "c.wav")))
        yield Row("pydub doing the same overlay to WAV", slow, "our warm render to WAV", ours, "15 or more")
        ours, floor = alternating(lambda: render(session, m4a), lambda: encode(other, pcm))
        yield Row("warm render to m4a", ours, "encoding every frame of the same PCM", floor, "at most 1.3")
        cold = once(lambda: render(cold_session(Path(folder, "cache")), m4a))
        spoken = once(lambda: synthesise(session))
        yield Row("cold render to m4a", cold, "synthesising the texts once, plus that encoding", spoken + floor)


def mixed(session: Session) -> np.ndarray:
    """The whole session as 16-bit samples."""
    mixer = session.mixer()
    return pcm16(mixer.read(0, mixer.length))


def cold_session(cache: Path) -> Session:
    """The same session with an empty clip cache and a new engine."""
    engine = EspeakEngine()
    try:
        return prepare(load(ROUTINE), Options(dial=100), Speaker(engine, ClipCache(cache)))
    finally:
        engine.close()


def synthesise(session: Session) -> None:
    """Every distinct text of the session, spoken once by the engine alone."""
    engine = EspeakEngine()
    try:
        for utterance in {cue.utterance for cue in session.timeline.cues if cue.utterance}:
            engine.speak(utterance)
    finally:
        engine.close()


def write_pcm(path: Path, pcm: np.ndarray) -> None:
    """The samples as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(pcm.tobytes())


def encode(path: Path, pcm: np.ndarray) -> None:
    """The samples through the same AAC encoder with the same settings, every frame."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=24_000, layout="mono", options={"aac_coder": "fast"})
        stream.bit_rate = 48_000
        samples = pcm.astype(np.float32) / 32768
        for start in range(0, len(samples) - 1023, 1024):
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + 1024], "fltp", "mono")
            frame.sample_rate = 24_000
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def with_pydub(session: Session, path: Path) -> None:
    """The same clips laid over silence at the same places, as a user of pydub would."""
    from pydub import AudioSegment

    whole = AudioSegment.silent(session.timeline.duration, 24_000).set_sample_width(2)
    for cue in session.timeline.cues:
        samples = pcm16(session.clip(cue).samples)
        whole = whole.overlay(
            AudioSegment(samples.tobytes(), frame_rate=24_000, sample_width=2, channels=1), position=cue.start
        )
    file = io.BytesIO()
    whole.export(file, format="wav")
    path.write_bytes(file.getvalue())
