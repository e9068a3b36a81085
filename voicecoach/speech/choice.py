"""Which speech engines there are, in the order in which `auto` takes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.engines import ENGINES, EngineName
from voicecoach.errors import SpeechError

if TYPE_CHECKING:
    from voicecoach.speech.engine import SpeechEngine
    from voicecoach.speech.speaker import Speaker
    from voicecoach.speech.takes import Takes

__all__ = ["ENGINES", "TABLE", "EngineName", "Row", "chosen", "speaking"]


class Row(NamedTuple):
    """One engine: `auto` takes the first that is here and has a voice of the language.

    `reason` says why it stands where it stands, `install` what to type where `is_here` is False, and
    `voices` how it gets voices of more languages. `is_here` and `make` load no library and start
    nothing; an engine does so when it is asked for something that needs it. `has_voices` is False
    where a look at the disk tells that it would have none.
    """

    name: EngineName
    reason: str
    is_here: Callable[[], bool]
    make: "Callable[[], SpeechEngine]"
    install: str
    voices: str
    has_voices: Callable[[], bool] = lambda: True


def _espeak() -> "SpeechEngine":
    from voicecoach.speech.espeak import EspeakEngine

    return EspeakEngine()


def _piper() -> "SpeechEngine":
    from voicecoach import locations
    from voicecoach.speech.piper import PiperEngine

    return PiperEngine(locations.voices_dir())


def _pyttsx3() -> "SpeechEngine":
    from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine

    return Pyttsx3Engine()


def _voices_were_added() -> bool:
    from voicecoach import locations

    try:
        return any(folder.is_dir() for folder in locations.voices_dir().iterdir())
    except OSError:
        return False


def _are_here(*libraries: str) -> bool:
    return all(find_spec(library) is not None for library in libraries)


TABLE: tuple[Row, ...] = (
    Row(
        "piper",
        "natural voices, and only those that you added yourself",
        lambda: _are_here("piper", "onnxruntime"),
        _piper,
        "pip install 'voicecoach[piper]'",
        "voicecoach voices add NAME",
        _voices_were_added,
    ),
    Row(
        "espeak",
        "built in, over 100 languages, each clip in a few milliseconds and always the same, with the time of each word",
        lambda: True,
        _espeak,
        "pip install espeakng-loader",
        "voicecoach voices  lists the languages that espeak speaks",
    ),
    Row(
        "pyttsx3",
        "the voices of your system, for a language that has no other voice, or by choice: a process for each clip,"
        " no times of words",
        lambda: _are_here("pyttsx3"),
        _pyttsx3,
        "pip install pyttsx3",
        "add a voice of this language in the speech settings of your system",
    ),
)
"""The best comes first."""


@contextmanager
def speaking(engine: EngineName, cache: Path, takes: "Takes | None" = None) -> "Iterator[Speaker]":
    """A Speaker with the engine of that name and its clips kept in the folder `cache`; it prefers `takes`.

    The engine's process ends with the block; clips made in it can be heard on. Raises SpeechError
    for an engine that is not installed.
    """
    from voicecoach.speech.cache import ClipCache
    from voicecoach.speech.speaker import Speaker

    made = chosen(engine)
    try:
        yield Speaker(made, None if made.estimated else ClipCache(cache), takes=takes)
    finally:
        made.close()


def chosen(name: EngineName) -> "SpeechEngine":
    """The engine of that name; raises SpeechError, with the way to install it, if it is not here."""
    if name == "silent":
        from voicecoach.speech.silent import SilentEngine

        return SilentEngine()
    if name == "auto":
        from voicecoach.speech.auto import AutoEngine

        return AutoEngine(TABLE)
    row = next(row for row in TABLE if row.name == name)
    if not row.is_here():
        raise SpeechError(f"the speech engine {name} is not installed", f"{row.install}, or choose another --engine")
    return row.make()


def more_voices(name: str) -> str:
    """What to do for a voice of another language, for the engine of that name; `auto` may take any of them."""
    return ", or ".join(row.voices for row in TABLE if name in {row.name, "auto"})
