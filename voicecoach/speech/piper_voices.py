"""The Piper voice that a person means, among those of a folder."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from voicecoach.speech.engine import UnknownVoiceError, Voice
from voicecoach.speech.piper_config import PiperConfig
from voicecoach.speech.piper_installed import Installed, InstalledVoice, look, rank
from voicecoach.speech.voice_names import near_voices, plain

SPEAKER = "#"
"""Stands between a voice and one of its speakers: `en_GB-vctk-medium#p239`."""
_NEAR = 0.5


class Chosen(NamedTuple):
    """A voice, and the number of its speaker; None where it has only one. `name` is how both are written."""

    voice: InstalledVoice
    speaker: int | None
    name: str


class PiperVoices:
    """The voices of one folder as they are at the first look."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> Sequence[Voice]:
        """One entry a voice, also for one with many speakers."""
        return [Voice(voice.id, voice.lang, voice.title) for voice in self._found.voices]

    def find(self, id_: str) -> Chosen:
        """The voice a person typed, in any case of letters; raises UnknownVoiceError with near matches."""
        name, mark, speaker = id_.partition(SPEAKER)
        voice = self._by_name.get(plain(name))
        if voice is None:
            raise self._unknown(name)
        config = voice.config
        if not mark:
            return Chosen(voice, config.default_speaker if config.count > 1 else None, voice.id)
        number = _speaker(config, speaker)
        if number is None:
            raise _unknown_speaker(voice, speaker)
        return Chosen(voice, number if config.count > 1 else None, f"{voice.id}{SPEAKER}{speaker}")

    def mentions(self, id_: str) -> bool:
        """Whether a voice of that name is there, even if it is broken or has no such speaker."""
        name = plain(id_.partition(SPEAKER)[0])
        return name in self._by_name or name in map(plain, self._found.broken)

    def default(self, lang: str) -> str | None:
        """The best voice of a BCP 47 language, the same region first; None if none speaks it."""
        wanted = lang.casefold()
        exact = [voice for voice in self._found.voices if voice.lang.casefold() == wanted]
        base = [voice for voice in self._found.voices if _base(voice.lang) == _base(lang)]
        best = sorted(base, key=rank)
        return next((voice.id for voice in (*exact, *best)), None)

    @cached_property
    def _found(self) -> Installed:
        return look(self.folder)

    @cached_property
    def _by_name(self) -> dict[str, InstalledVoice]:
        return {plain(voice.id): voice for voice in self._found.voices}

    def _unknown(self, name: str) -> UnknownVoiceError:
        for known, error in self._found.broken.items():
            if plain(known) == plain(name):
                return UnknownVoiceError(error.what, [known], error.fix)
        near = near_voices(name, [voice.id for voice in self._found.voices])
        fix = "voicecoach voices list  shows the installed ones, voicecoach voices add NAME  gets another"
        return UnknownVoiceError(f"no Piper voice {name!r} is installed", near, "" if near else fix)


def _base(lang: str) -> str:
    return lang.partition("-")[0].casefold()


def _speaker(config: PiperConfig, typed: str) -> int | None:
    """The number behind a speaker's name or number."""
    names = {name.casefold(): number for name, number in config.speakers.items()}
    if typed.casefold() in names:
        return names[typed.casefold()]
    if typed.isascii() and typed.isdecimal() and len(typed) < 7 and int(typed) < config.count:
        return int(typed)
    return None


def _unknown_speaker(voice: InstalledVoice, typed: str) -> UnknownVoiceError:
    config = voice.config
    what = f"the voice {voice.id} has no speaker {typed!r}"
    if config.count == 1:
        return UnknownVoiceError(what, [voice.id], f"it has only one: write {voice.id}")
    near = get_close_matches(typed, config.speakers, n=3, cutoff=_NEAR) or list(config.speakers)[:3]
    tried = [f"{voice.id}{SPEAKER}{name}" for name in near or ["0"]]
    return UnknownVoiceError(what, tried, f"try {' or '.join(tried)}; numbers go from 0 to {config.count - 1}")
