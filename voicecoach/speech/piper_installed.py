"""The Piper voices that are installed: one folder each, found without loading any of them.

A folder holds `NAME.onnx` and `NAME.onnx.json`; the folder's name is what a person types.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from voicecoach.errors import SpeechError
from voicecoach.speech.piper_config import PiperConfig, read_config

MODEL, DESCRIPTION, CARD = ".onnx", ".onnx.json", "MODEL_CARD"
_BEST_FIRST = ("high", "medium", "low", "x_low", "")


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
    voices.sort(key=lambda voice: (voice.lang, rank(voice), voice.id))
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


def rank(voice: InstalledVoice) -> int:
    """Lower is better."""
    quality = voice.config.quality
    return _BEST_FIRST.index(quality) if quality in _BEST_FIRST else len(_BEST_FIRST)
