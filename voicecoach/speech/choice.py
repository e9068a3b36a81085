"""The speech engine behind a name, ready to be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from voicecoach.speech.engine import SpeechEngine
    from voicecoach.speech.speaker import Speaker
    from voicecoach.speech.takes import Takes

EngineName: TypeAlias = Literal["auto", "espeak", "piper", "silent"]
ENGINES: tuple[EngineName, ...] = ("auto", "espeak", "piper", "silent")
"""Every engine that can be asked for; `auto` is the best one that is here."""


@contextmanager
def speaking(engine: EngineName, cache: Path, takes: "Takes | None" = None) -> "Iterator[Speaker]":
    """A Speaker with the engine of that name and its clips kept in the folder `cache`; it prefers `takes`.

    The engine's process ends with the block; clips made in it can be heard on.
    """
    from voicecoach.speech.cache import ClipCache
    from voicecoach.speech.speaker import Speaker

    chosen = _engine(engine)
    try:
        yield Speaker(chosen, None if chosen.estimated else ClipCache(cache), takes=takes)
    finally:
        chosen.close()


def _engine(name: EngineName) -> "SpeechEngine":
    if name == "silent":
        from voicecoach.speech.silent import SilentEngine

        return SilentEngine()
    if name == "piper":
        from voicecoach import locations
        from voicecoach.speech.piper import PiperEngine

        return PiperEngine(locations.voices_dir())
    from voicecoach.speech.espeak import EspeakEngine

    return EspeakEngine()
