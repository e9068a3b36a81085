"""Speaking the three feet routines with nothing in the cache, against the bare library saying the same texts."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Row, alternating
from voicecoach.api import compile, load
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.espeak import EspeakEngine, sources
from voicecoach.speech.espeak_voices import Voices
from voicecoach.speech.normalise import normalise, parts
from voicecoach.speech.speaker import Speaker
from voicecoach.utterance import Utterance

ROUTINES = ("feet-morning", "feet-midday", "feet-evening")

_BARE = """
import ctypes, json, os, sys

library, parent = sys.argv[1:]
os.chdir(parent)
espeak = ctypes.CDLL(library)
espeak.espeak_Initialize(2, 0, b".", 0x8000)
blocks = []

@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
def collect(samples, count, events):
    if samples and count > 0:
        blocks.append(ctypes.string_at(samples, count * 2))
    return 0

espeak.espeak_SetSynthCallback(collect)
for text, voice, rate in json.load(sys.stdin):
    espeak.espeak_SetVoiceByName(voice.encode())
    espeak.espeak_SetParameter(1, rate, 0)
    buffer = ctypes.create_string_buffer(text.encode())
    espeak.espeak_Synth(buffer, ctypes.c_size_t(len(buffer)), 0, 1, 0, 1, None, None)
print(sum(map(len, blocks)))
"""
"""The least program that has every sample: one process, one library, no care for equal bytes, nothing kept."""


def rows() -> Iterator[Row]:
    """Cold speech of all three routines at once: spoken only, then ready for the mix."""
    wanted = utterances()
    texts = said(wanted)
    against = "the library alone saying them in one process"
    ours, floor = alternating(lambda: speak(texts), lambda: bare(texts))
    yield Row(f"speaking the {len(texts)} texts of the feet routines", ours, against, floor, "at most 1.5")
    ours, floor = alternating(lambda: prepare(wanted), lambda: bare(texts))
    yield Row("the same, measured, trimmed, levelled and kept", ours, against, floor)


def utterances() -> list[Utterance]:
    """Every distinct one of the three routines."""
    sessions = [compile(load(name)) for name in ROUTINES]
    found = {cue.utterance for session in sessions for cue in session.timeline.cues if cue.utterance}
    return sorted(found)


def said(wanted: Sequence[Utterance]) -> list[Utterance]:
    """What the engine is given for them."""
    return [
        one._replace(text=text) for one in wanted for text in parts(normalise(one.text, voices().find(one.voice).lang))
    ]


@cache
def voices() -> Voices:
    data = sources()[0].data
    assert data
    return Voices(data)


def speak(texts: Sequence[Utterance]) -> None:
    """In a new process of the engine."""
    with EspeakEngine() as engine:
        for text in texts:
            engine.speak(text)


def prepare(wanted: Sequence[Utterance]) -> None:
    """As a session does it, with an empty cache."""
    with TemporaryDirectory() as folder, EspeakEngine() as engine:
        Speaker(engine, ClipCache(Path(folder))).prepare(wanted)


def bare(texts: Sequence[Utterance]) -> None:
    """Without any of our code."""
    source = sources()[0]
    assert source.data
    words = [sys.executable, "-I", "-S", "-c", _BARE, source.library, str(source.data.parent)]
    asked = [(one.text, voices().find(one.voice).name, one.rate) for one in texts]
    done = subprocess.run(words, input=json.dumps(asked), capture_output=True, text=True, check=True)
    assert int(done.stdout) > 0
