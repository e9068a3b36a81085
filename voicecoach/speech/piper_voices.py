"""The Piper voices that are installed: one folder each, found without loading any of them.

A folder holds `NAME.onnx` and `NAME.onnx.json`; the folder's name is what a person types.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from voicecoach.errors import SpeechError
from voicecoach.speech.engine import Voice
from voicecoach.speech.piper_config import PiperConfig, read_config

MODEL, DESCRIPTION, CARD = ".onnx", ".onnx.json", "MODEL_CARD"
SPEAKER = "#"
"""Stands between a voice and one of its speakers: `en_GB-vctk-medium#p239`."""
_BEST_FIRST = ("high", "medium", "low", "x_low", "")
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """A voice whose two files are there; `model` may still be damaged inside."""

    id: str
    model: Path
    config: PiperConfig

    @property
    def folder(self) -> Path:
        """Where everything of the voice is."""
        return self.model.parent

    @property
    def lang(self) -> str:
        """Its BCP 47 tag."""
        return self.config.lang

    @property
    def title(self) -> str:
        """The voice in words: `Thorsten, medium quality`."""
        name = self.id.split("-")[1] if self.id.count("-") == 2 else self.id
        speakers = f"{self.config.count} speakers" if self.config.count > 1 else ""
        quality = f"{self.config.quality.replace('_', ' ')} quality" if self.config.quality else ""
        return ", ".join(word for word in (name.replace("_", " ").capitalize(), quality, speakers) if word)


class Chosen(NamedTuple):
    """A voice, and the number of its speaker; None where it has only one. `name` is how both are written."""

    voice: InstalledVoice
    speaker: int | None
    name: str


class Installed(NamedTuple):
    """What a folder of voices holds: those that can be tried, and what is wrong with the others, by name."""

    voices: tuple[InstalledVoice, ...]
    broken: Mapping[str, SpeechError]

    @property
    def names(self) -> tuple[str, ...]:
        """Those of whole voices, then of broken ones."""
        return (*(voice.id for voice in self.voices), *self.broken)


def look(folder: Path) -> Installed:
    """Everything in a folder of voices, best first within a language; nothing if there is no such folder."""
    voices, broken = [], {}
    for inner in _folders(folder):
        try:
            voices.append(voice_in(inner))
        except SpeechError as error:
            broken[inner.name] = error
    voices.sort(key=lambda voice: (voice.lang, _rank(voice), voice.id))
    return Installed(tuple(voices), broken)


def installed(folder: Path) -> tuple[InstalledVoice, ...]:
    """The voices that can be tried, each with its `id` and `lang`; reads small files only, and imports no engine."""
    return look(folder).voices


def voice_in(folder: Path) -> InstalledVoice:
    """The one voice in a folder; raises SpeechError with what is missing or wrong."""
    try:
        models = sorted(path for path in folder.iterdir() if path.name.endswith(MODEL) and path.is_file())
        descriptions = [path for path in folder.iterdir() if path.name.endswith(DESCRIPTION)]
    except OSError as error:
        raise SpeechError(f"{folder} cannot be read: {error.strerror or error}", "allow reading it") from error
    again = f"voicecoach voices remove {folder.name}, then add it again"
    if not models:
        lost = f"{descriptions[0].name.removesuffix('.json')} is missing" if descriptions else "no .onnx file is there"
        raise SpeechError(f"the voice in {folder} is not whole: {lost}", again)
    if len(models) > 1:
        raise SpeechError(f"{folder} holds {len(models)} voices", "give each a folder of its own")
    try:
        if not models[0].stat().st_size:
            raise SpeechError(f"{models[0]} is empty", again)
        config = read_config(Path(f"{models[0]}.json"))
    except OSError as error:
        raise SpeechError(f"{models[0]} cannot be read: {error.strerror or error}", "allow reading it") from error
    return InstalledVoice(folder.name, models[0], config)


def _folders(folder: Path) -> list[Path]:
    """Those with a dot in front are voices on their way."""
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _rank(voice: InstalledVoice) -> int:
    quality = voice.config.quality
    return _BEST_FIRST.index(quality) if quality in _BEST_FIRST else len(_BEST_FIRST)


class PiperVoices:
    """The voices of one folder as they are at the first look."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> Sequence[Voice]:
        """One entry a voice, also for one with many speakers."""
        return [Voice(voice.id, voice.lang, voice.title) for voice in self._found.voices]

    def find(self, id_: str) -> Chosen:
        """The voice a person typed, in any case of letters; raises SpeechError with near matches."""
        name, mark, speaker = id_.partition(SPEAKER)
        voice = self._by_name.get(_plain(name))
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
        name = _plain(id_.partition(SPEAKER)[0])
        return name in self._by_name or name in map(_plain, self._found.broken)

    def default(self, lang: str) -> str | None:
        """The best voice of a BCP 47 language, the same region first; None if none speaks it."""
        wanted = lang.casefold()
        exact = [voice for voice in self._found.voices if voice.lang.casefold() == wanted]
        base = [voice for voice in self._found.voices if _base(voice.lang) == _base(lang)]
        best = sorted(base, key=_rank)
        return next((voice.id for voice in (*exact, *best)), None)

    @cached_property
    def _found(self) -> Installed:
        return look(self.folder)

    @cached_property
    def _by_name(self) -> dict[str, InstalledVoice]:
        return {_plain(voice.id): voice for voice in self._found.voices}

    def _unknown(self, name: str) -> SpeechError:
        for known, error in self._found.broken.items():
            if _plain(known) == _plain(name):
                return error
        near = near_voices(name, [voice.id for voice in self._found.voices])
        if near:
            return SpeechError(f"no Piper voice {name!r} is installed", f"did you mean {' or '.join(near)}?")
        fix = "voicecoach voices list  shows the installed ones, voicecoach voices add NAME  gets another"
        return SpeechError(f"no Piper voice {name!r} is installed", fix)


def near_voices(typed: str, names: Sequence[str], most: int = 3) -> list[str]:
    """Names like a typed one: those that contain all its parts, or a name like one of its parts; else those alike."""
    parts = [part for part in _plain(typed).split("-") if part]
    plain = {_plain(name): name for name in names}
    containing = [name for key, name in plain.items() if parts and all(part in key for part in parts)]
    named = {key.split("-")[-2]: name for key, name in plain.items() if key.count("-") >= 2}
    alike = [
        named[key] for part in parts if len(part) > 2 for key in get_close_matches(part, named, n=most, cutoff=0.8)
    ]
    spelt = [plain[key] for key in get_close_matches(_plain(typed), plain, n=most, cutoff=_NEAR)]
    return (list(dict.fromkeys([*containing, *alike])) or spelt)[:most]


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")


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


def _unknown_speaker(voice: InstalledVoice, typed: str) -> SpeechError:
    config = voice.config
    what = f"the voice {voice.id} has no speaker {typed!r}"
    if config.count == 1:
        return SpeechError(what, f"it has only one: write {voice.id}")
    near = get_close_matches(typed, config.speakers, n=3, cutoff=_NEAR) or list(config.speakers)[:3]
    tried = " or ".join(f"{voice.id}{SPEAKER}{name}" for name in near or ["0"])
    return SpeechError(what, f"try {tried}; numbers go from 0 to {config.count - 1}")
