"""Rendering against writing or encoding the same samples, and against other programs doing the same."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

from tests.bench.measure import Row, alternating, once
from tests.bench.others import clips_in_a_row, with_ffmpeg, with_pydub, write_pcm
from voicecoach.api import Session, compile, load, render
from voicecoach.compiler.options import Options
from voicecoach.session import prepare
from voicecoach.sound.mixer import pcm16
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.speaker import Speaker

ROUTINE = "feet-morning"

DENSE = """
title: Dense
stop_if: [sharp pain]
steps:
  - name: March
    time: 14m
    cues:
      every 4s: {say: Keep the knees high and the back long and breathe on slowly, must: true}
      every 3s: {tone: tick}
"""
"""Words most of the time, and tones between them."""


def rows() -> Iterator[Row]:
    """Every figure about rendering one bundled routine."""
    session = compile(load(ROUTINE), Options(dial=100))
    pcm = mixed(session)
    with TemporaryDirectory() as folder:
        wav, m4a, other = Path(folder, "a.wav"), Path(folder, "a.m4a"), Path(folder, "b.m4a")
        ours, floor = alternating(lambda: render(session, wav), lambda: write_pcm(Path(folder, "b.wav"), pcm.tobytes()))
        yield Row("warm render to WAV", ours, "writing the same PCM", floor)
        slow = once(lambda: with_pydub(session, Path(folder, "c.wav")))
        yield Row("pydub doing the same overlay to WAV", slow, "our warm render to WAV", ours, "15 or more")
        ours, floor = alternating(lambda: render(session, m4a), lambda: encode(other, pcm))
        yield Row("warm render to m4a", ours, "encoding every frame of the same PCM", floor, "well under 1.1")
        if shutil.which("ffmpeg"):
            listed = clips_in_a_row(session, Path(folder, "clips"))
            joined, ours = alternating(lambda: with_ffmpeg(listed, other), lambda: render(session, m4a))
            yield Row("ffmpeg joining the same clips to m4a", joined, "our warm render to m4a", ours, "4 or more")
        yield dense(m4a, other)
        cold = once(lambda: render(cold_session(Path(folder, "cache")), m4a))
        spoken = once(lambda: synthesise(session))
        yield Row("cold render to m4a", cold, "synthesising the texts once, plus that encoding", spoken + floor)


def dense(m4a: Path, other: Path) -> Row:
    """A session in which something is nearly always heard."""
    script = m4a.with_name("dense.coach.yaml")
    script.write_text(DENSE, encoding="utf-8")
    session = compile(load(script))
    pcm = mixed(session)
    ours, floor = alternating(lambda: render(session, m4a), lambda: encode(other, pcm))
    whole = pcm[: len(pcm) // 1_000 * 1_000].reshape(-1, 1_000)
    share = float(whole.any(axis=1).mean())
    what = f"warm render to m4a, {session.timeline.duration // 60_000} minutes, {share:.0%} sounding"
    return Row(what, ours, "encoding every frame of the same PCM", floor, "at most 1.1")


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


def encode(path: Path, pcm: np.ndarray) -> None:
    """The samples through the same AAC encoder with the same options, every frame, at a rate that is as much in all."""
    options = {"aac_coder": "fast", "aac_tns": "0", "aac_pns": "0", "flags": "+bitexact+qscale"}
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=24_000, layout="mono", options=options)
        stream.bit_rate = 54_000
        samples = pcm.astype(np.float32) / 32768
        for start in range(0, len(samples) - 1023, 1024):
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + 1024], "fltp", "mono")
            frame.sample_rate = 24_000
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
