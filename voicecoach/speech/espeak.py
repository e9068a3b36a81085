"""The bundled speech engine: espeak-ng in one long-lived process beside this one.

In a process of its own because the library crashes on concurrent calls, ends the process on some
errors, prints, and may hang; there it costs this program one retry.
"""

import sys
import threading
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from voicecoach.errors import SpeechError
from voicecoach.speech.cleaning import audible, clean
from voicecoach.speech.engine import RawSpeech, Voice
from voicecoach.speech.espeak_data import digest as data_digest
from voicecoach.speech.espeak_process import INSTALL, EspeakProcess, Source
from voicecoach.speech.espeak_voices import Voices
from voicecoach.speech.refusals import SHORTEST, inaudible, refused
from voicecoach.speech.worker_process import LostError, twice
from voicecoach.utterance import Utterance

ADAPTER = 1
"""Raised when this file or its worker changes a sample."""
SLOWEST, FASTEST = 80, 450
"""Words a minute; the library clamps to these, so beyond them a rate would be a lie."""

_SYSTEM_NAMES = {
    "win32": (r"C:\Program Files\eSpeak NG\libespeak-ng.dll", "libespeak-ng.dll"),
    "darwin": (
        "/opt/homebrew/lib/libespeak-ng.dylib",
        "/usr/local/lib/libespeak-ng.dylib",
        "/opt/local/lib/libespeak-ng.dylib",
        "libespeak-ng.dylib",
    ),
}


def sources() -> Sequence[Source]:
    """Where the library may be, best first: bundled, then the system's with its own data."""
    system = _SYSTEM_NAMES.get(sys.platform, ("libespeak-ng.so.1", "libespeak-ng.so"))
    bundled = _bundled()
    return (*([bundled] if bundled else []), *map(Source, system))


def _bundled() -> Source | None:
    try:
        import espeakng_loader
    except ImportError:
        return None
    try:
        return Source(espeakng_loader.get_library_path(), Path(espeakng_loader.get_data_path()))
    except RuntimeError:
        return None


class EspeakEngine:
    """Speaks with espeak-ng; safe from several threads, one clip at a time.

    `timeout` is seconds of waiting for one clip, `longest` seconds of sound in one.
    """

    name = "espeak"
    estimated = False
    formants = True

    def __init__(
        self, *, candidates: Sequence[Source] | None = None, timeout: float = 20.0, longest: float = 120.0
    ) -> None:
        self._candidates = candidates
        self._timeout = timeout
        self._longest = longest
        self._lock = threading.Lock()
        self._worker: EspeakProcess | None = None
        self._chosen: Source | None = None

    @property
    def identity(self) -> str:
        """The library by its bytes where they are bundled, else by its version; and its data."""
        return self._identity

    @cached_property
    def _identity(self) -> str:
        source = self._source
        digest = sha256()
        path = Path(source.library)
        digest.update(path.read_bytes() if path.is_file() else self.version.encode())
        digest.update(data_digest(self._voices.data))
        return f"espeak-ng/{ADAPTER}/{digest.hexdigest()[:32]}"

    @cached_property
    def version(self) -> str:
        """The library's own version, such as `1.52.0`; starts the process."""
        with self._lock:
            return self._ready().version

    def voices(self) -> Sequence[Voice]:
        """English voices by name, then one a language."""
        return self._voices.all()

    def default_voice(self, lang: str) -> str | None:
        """The voice for a BCP 47 language; None if the data has none."""
        return self._voices.default(lang)

    def language(self, voice: str) -> str:
        """The BCP 47 language of a voice; SpeechError if there is no such voice."""
        return self._voices.find(voice).lang

    def speak(self, utterance: Utterance) -> RawSpeech:
        """22,050 frames a second; a rate beyond 80 to 450 words a minute is taken as the nearest of these."""
        text = clean(utterance.text)
        if not audible(text):
            raise inaudible(utterance.text)
        request: dict[str, object] = {
            "text": text,
            "voice": self._voices.find(utterance.voice).name,
            "rate": max(SLOWEST, min(FASTEST, utterance.rate)),
        }
        with self._lock:
            head, pcm = twice(lambda: self._ask(request), text)
        if error := head.get("error"):
            raise refused(text, self._longest, error, head.get("detail"))
        speech = RawSpeech(pcm, _whole(head["rate"]), _words(head["words"], len(text)))
        if len(pcm) // 2 * 1000 < SHORTEST * speech.rate:
            raise inaudible(text)
        return speech

    def close(self) -> None:
        """Ends the process; the next clip starts it again."""
        with self._lock:
            self._end()

    def __enter__(self) -> "EspeakEngine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The running process, for a check of the machine; None if there is none."""
        return self._worker.process.pid if self._worker else None

    @cached_property
    def _source(self) -> Source:
        """The first library that is there; the bundled one is known without starting it."""
        candidates = sources() if self._candidates is None else self._candidates
        first = self._chosen or (candidates[0] if candidates else None)
        if first and first.data and Path(first.library).is_file() and first.data.is_dir():
            return first
        with self._lock:
            self._ready()
        assert self._chosen
        return self._chosen

    @cached_property
    def _voices(self) -> Voices:
        if data := self._source.data:
            return Voices(data)
        with self._lock:
            return Voices(self._ready().data)

    def _ask(self, request: dict[str, object]) -> "tuple[dict[str, object], bytes]":
        worker = self._ready()
        try:
            head, pcm = worker.ask(request | {"longest": int(self._longest * 44_100)}, self._timeout)
        except BaseException:
            self._end()
            raise
        if head.get("worn"):
            self._end()
        return head, pcm

    def _ready(self) -> EspeakProcess:
        """The running process, started if need be from the first source that works."""
        if self._worker and self._worker.process.poll() is None:
            return self._worker
        self._end()
        chosen = self._chosen
        candidates = [chosen] if chosen else sources() if self._candidates is None else self._candidates
        refusals = []
        for source in candidates:
            worker = EspeakProcess(source)
            try:
                worker.greet(self._timeout)
            except BaseException as error:
                worker.end()
                if not isinstance(error, SpeechError):
                    raise
                refusals.append(error)
                continue
            self._worker, self._chosen = worker, source
            if refusals:
                self._forget()
            return worker
        for refusal in refusals:
            if chosen or isinstance(refusal, LostError):
                raise refusal
        raise SpeechError("there is no speech engine: espeak-ng was not found", INSTALL)

    def _forget(self) -> None:
        """Drops what was taken to be so of a library that then could not be loaded."""
        for name in ("_source", "_voices", "_identity"):
            self.__dict__.pop(name, None)

    def _end(self) -> None:
        if self._worker:
            self._worker.end()
            self._worker = None


def _words(words: object, length: int) -> tuple[tuple[int, int, int], ...]:
    """Events inside the text; the library reports some that are not."""
    assert isinstance(words, list)
    return tuple((at, count, frame) for at, count, frame in words if at >= 0 and at + count <= length)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
