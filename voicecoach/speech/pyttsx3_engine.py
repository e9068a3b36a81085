"""The voices of the system, by pyttsx3: SAPI 5 on Windows, NSSpeech on macOS, espeak-ng elsewhere."""

import platform
import sys
import tempfile
import threading
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from voicecoach.errors import SpeechError
from voicecoach.speech.cleaning import audible, clean
from voicecoach.speech.engine import RawSpeech, Voice
from voicecoach.speech.espeak import FASTEST, SLOWEST, sources
from voicecoach.speech.espeak_data import digest
from voicecoach.speech.pyttsx3_process import INSTALL, PROGRAM, Driver, Processes
from voicecoach.speech.pyttsx3_voices import SystemVoices
from voicecoach.speech.readback import BadFileError, read_back
from voicecoach.speech.refusals import SHORTEST, inaudible, refused, shortened
from voicecoach.speech.worker_process import LostError, twice
from voicecoach.utterance import Utterance

ADAPTER = 1
"""Raised when this file or its worker changes a sample."""


class System(NamedTuple):
    """What a driver told of itself."""

    driver: Driver
    voices: SystemVoices
    about: tuple[str, ...]
    """Driver and versions: what can change a sample, and can be told."""
    data: str


def drivers() -> Sequence[Driver]:
    """The system's own; where that is espeak-ng and is not installed, the bundled one."""
    bundled = next((source for source in sources() if source.data), None)
    if sys.platform in {"win32", "darwin"} or bundled is None:
        return (Driver(),)
    assert bundled.data
    return (Driver(), Driver("espeak", bundled.library, str(bundled.data.parent)))


class Pyttsx3Engine:
    """Speaks with the voices of the system, a process for each clip; safe from several threads.

    `timeout` is seconds of waiting for one clip, `longest` seconds of sound in one.
    """

    name = "pyttsx3"
    estimated = False

    def __init__(
        self,
        *,
        candidates: Sequence[Driver] | None = None,
        program: tuple[str, ...] = PROGRAM,
        timeout: float = 20.0,
        longest: float = 120.0,
    ) -> None:
        self._candidates = candidates
        self._processes = Processes(program)
        self._timeout = timeout
        self._longest = longest
        self._lock = threading.Lock()
        self._known: System | None = None

    @cached_property
    def identity(self) -> str:
        """pyttsx3, its driver, the system or the library behind it, and the library's data."""
        system = self._system()
        try:
            data = digest(Path(system.data)).hex()[:32] if system.data else ""
        except OSError as error:
            what = f"the voices in {system.data} cannot be read: {error.strerror or error}"
            raise SpeechError(what, "install espeak-ng anew, or choose another --engine") from error
        behind = data or f"{platform.system()} {platform.version()}"
        return "/".join(["pyttsx3", str(ADAPTER), *system.about, behind])

    @property
    def driver(self) -> str:
        """What speaks: `espeak 1.51`, `sapi5` or `nsss`; starts a process the first time."""
        name, _, library = self._system().about
        return f"{name} {library}".strip()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that speak at this moment."""
        return self._processes.ids

    def voices(self) -> Sequence[Voice]:
        """All voices, in the order of the system."""
        return self._system().voices.all()

    def default_voice(self, lang: str) -> str | None:
        """The voice for a BCP 47 language; None if the system has none."""
        return self._system().voices.default(lang)

    def language(self, voice: str) -> str:
        """The BCP 47 language of a voice; SpeechError if there is no such voice."""
        return self._system().voices.find(voice).voice.lang

    def speak(self, utterance: Utterance) -> RawSpeech:
        """At the voice's own frames a second, without the times of words.

        A rate beyond 80 to 450 words a minute is taken as the nearest of these.
        """
        text = _plain(utterance.text)
        if not audible(text):
            raise inaudible(utterance.text)
        system = self._system()
        request: dict[str, object] = {
            "text": text,
            "voice": system.voices.find(utterance.voice).system_id,
            "rate": max(SLOWEST, min(FASTEST, utterance.rate)),
        }
        speech = twice(lambda: self._clip(system.driver, request), text)
        length = len(speech.pcm) // 2
        if length * 1000 < SHORTEST * speech.rate:
            raise inaudible(text)
        if length > self._longest * speech.rate:
            raise refused(text, self._longest, "long", None)
        return speech

    def close(self) -> None:
        """Ends the processes that still speak; the next clip has one of its own."""
        self._processes.end()

    def __enter__(self) -> "Pyttsx3Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _clip(self, driver: Driver, request: dict[str, object]) -> RawSpeech:
        """One clip; raises LostError if there is none, or it is not whole, and SpeechError for a refusal."""
        with _folder() as folder:
            file = Path(folder, "clip.wav")
            answer = self._processes.ask(driver, request | {"file": str(file)}, self._timeout)
            if error := answer.get("error"):
                raise SpeechError(f"the speech engine failed on {shortened(str(request['text']))}: {error}", INSTALL)
            try:
                content = file.read_bytes()
            except OSError as error:
                raise LostError(f"the speech engine wrote no file ({error.strerror or error})", INSTALL) from error
        try:
            return read_back(content)
        except BadFileError as bad:
            raise LostError(f"the speech engine wrote a file that cannot be used ({bad})", INSTALL) from None

    def _system(self) -> System:
        """The first driver that can list its voices, looked for once."""
        with self._lock:
            if self._known is None:
                self._known = self._found()
            return self._known

    def _found(self) -> System:
        refusals: list[SpeechError] = []
        for driver in drivers() if self._candidates is None else self._candidates:
            try:
                return twice(partial(self._listing, driver))
            except SpeechError as error:
                refusals.append(error)
        raise refusals[0]

    def _listing(self, driver: Driver) -> System:
        answer = self._processes.ask(driver, {}, self._timeout)
        match answer:
            case {
                "driver": str(name),
                "version": str(version),
                "library": str(library),
                "data": str(data),
                "default": str(default),
                "voices": list(voices),
            }:
                return System(driver, SystemVoices(voices, default), (name, version, library), data)
        raise SpeechError(f"pyttsx3 could not start: {answer.get('error')}", INSTALL)


def _folder() -> "tempfile.TemporaryDirectory[str]":
    """For one clip; nothing in it outlives the block."""
    try:
        return tempfile.TemporaryDirectory(prefix="voicecoach-", ignore_cleanup_errors=True)
    except OSError as error:
        what = f"speech cannot be written to {tempfile.tempdir or 'a temporary folder'}: {error.strerror or error}"
        raise SpeechError(what, "make room there, or set TMPDIR to another folder") from error


def _plain(text: str) -> str:
    """On one line, without what NSSpeech takes for commands and SAPI for markup."""
    return clean(text).replace("[[", "[ [").lstrip("< ")
