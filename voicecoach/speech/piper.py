"""Natural voices: Piper, each voice in one long-lived process beside this one."""

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from voicecoach.errors import SpeechError
from voicecoach.interrupts import load_whole
from voicecoach.speech import piper_notes
from voicecoach.speech.cleaning import audible, clean
from voicecoach.speech.engine import RawSpeech, Voice
from voicecoach.speech.piper_installed import InstalledVoice
from voicecoach.speech.piper_pace import METHOD, QUICK, USUAL, Pace, pace, sentence
from voicecoach.speech.piper_process import INSTALL, PiperProcess
from voicecoach.speech.piper_voices import Chosen, PiperVoices
from voicecoach.speech.refusals import SHORTEST, inaudible, refused
from voicecoach.speech.worker_process import twice
from voicecoach.units import SECOND
from voicecoach.utterance import Utterance

ADAPTER = 1
"""Raised when this engine or its worker changes a sample."""
_LIBRARIES = ("piper-tts", "onnxruntime")
_PROCESSES = 2
"""Voices in memory at once, each of some 200 MB: the session's own and that of single lines."""


def is_here() -> bool:
    """Whether Piper is installed; nothing of it is loaded."""
    try:
        return bool([version(library) for library in _LIBRARIES])
    except PackageNotFoundError:
        return False


class PiperEngine:
    """Speaks with the voices of a folder; safe from several threads, one clip at a time.

    A voice with several speakers is written with one of them as `VOICE#SPEAKER`. `timeout` is
    seconds of waiting for one clip, `loading` for a voice, `longest` seconds of sound in one clip.
    """

    name = "piper"
    estimated = False

    def __init__(self, folder: Path, *, timeout: float = 60.0, loading: float = 60.0, longest: float = 180.0) -> None:
        self._voices = PiperVoices(folder)
        self._timeout = timeout
        self._loading = loading
        self._longest = longest
        self._lock = threading.RLock()
        self._running: list[PiperProcess] = []
        self._paces: dict[tuple[str, int | None, str], Pace] = {}

    @cached_property
    def identity(self) -> str:
        """The libraries; what differs from voice to voice is in `digest`."""
        try:
            versions = "/".join(version(library) for library in _LIBRARIES)
        except PackageNotFoundError as missing:
            raise SpeechError(f"Piper is not installed: there is no {missing.name}", INSTALL) from missing
        return f"piper/{ADAPTER}/{METHOD}/{versions}"

    def digest(self, voice: str) -> str:
        """The files of a voice; SpeechError if there is no such voice."""
        return piper_notes.digest(self._voices.find(voice).voice)

    def voices(self) -> Sequence[Voice]:
        """The installed ones, by language and the best first."""
        return self._voices.all()

    def default_voice(self, lang: str) -> str | None:
        """The best voice of a BCP 47 language, the same region first; None if none speaks it."""
        return self._voices.default(lang)

    def language(self, voice: str) -> str:
        """The BCP 47 language of a voice; SpeechError if there is no such voice or speaker."""
        return self._voices.find(voice).voice.lang

    def speak(self, utterance: Utterance) -> RawSpeech:
        """At the voice's own frames a second; a rate that the voice cannot follow is taken as the nearest it can."""
        text = _spelled(utterance.text)
        if not audible(text):
            raise inaudible(utterance.text)
        chosen = self._voices.find(utterance.voice)
        with self._lock:
            speech = self._said(chosen, text, self._scale(chosen, utterance.rate))
        if len(speech.pcm) // 2 * SECOND < SHORTEST * speech.rate:
            raise inaudible(text)
        return speech

    def close(self) -> None:
        """Ends the processes; the next clip starts one again."""
        with self._lock:
            for process in self._running:
                process.end()
            self._running.clear()

    def __enter__(self) -> "PiperEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The running processes, the one asked last at the end."""
        return tuple(process.process.pid for process in self._running)

    def _scale(self, chosen: Chosen, wpm: int) -> float:
        """The length scale of a pace; a language without a sentence to measure is spoken as the voice learnt it."""
        text = sentence(chosen.voice.lang)
        if text is None:
            return USUAL
        key = (chosen.voice.id, chosen.speaker, piper_notes.digest(chosen.voice))
        if key not in self._paces:
            kept = piper_notes.kept_pace(chosen.voice, chosen.speaker)
            if kept is None:
                kept = pace(*(_sounding(self._said(chosen, text, scale)) for scale in (USUAL, QUICK)))
                piper_notes.keep_pace(chosen.voice, chosen.speaker, kept)
            self._paces[key] = kept
        return self._paces[key].scale(text, wpm)

    def _said(self, chosen: Chosen, text: str, scale: float) -> RawSpeech:
        request: dict[str, object] = {"text": text, "speaker": chosen.speaker, "scale": scale, "longest": self._longest}
        head, pcm = twice(lambda: self._ask(chosen.voice, request), text)
        if error := head.get("error"):
            raise refused(text, self._longest, error, head.get("detail"))
        rate, words = head["rate"], head["words"]
        assert isinstance(rate, int)
        assert isinstance(words, list)
        return RawSpeech(pcm, rate, tuple((at, count, frame) for at, count, frame in words))

    def _ask(self, voice: InstalledVoice, request: dict[str, object]) -> tuple[dict[str, object], bytes]:
        process = self._ready(voice)
        try:
            return process.ask(request, self._timeout)
        except BaseException:
            self._end(process)
            raise

    def _ready(self, voice: InstalledVoice) -> PiperProcess:
        """The voice's process, started if need be; the one asked longest ago makes room for it."""
        digest = piper_notes.digest(voice)
        for process in self._running:
            if process.voice.id == voice.id:
                self._running.remove(process)
                if process.digest == digest and process.process.poll() is None:
                    self._running.append(process)
                    return process
                process.end()
                break
        _ = self.identity  # what is not installed is told without starting anything
        while len(self._running) >= _PROCESSES:
            self._running.pop(0).end()
        process = PiperProcess(voice, digest)
        try:
            process.greet(self._loading)
        except BaseException:
            process.end()
            raise
        self._running.append(process)
        return process

    def _end(self, process: PiperProcess) -> None:
        process.end()
        if process in self._running:
            self._running.remove(process)


def _spelled(text: str) -> str:
    """Text on one line, as long as it is clean; two brackets would be taken for the beginning of sounds."""
    return clean(text).replace("[[", "[ ")


def _sounding(speech: RawSpeech) -> int:
    """Milliseconds from the first to the last thing that is heard."""
    load_whole("numpy", "soxr")
    from voicecoach.speech.shape import places

    place = places([speech])[0]
    return (place.last - place.first) * SECOND // speech.rate
