"""Putting voices into the folder of installed ones and taking them out, each whole or not at all."""

import shutil
from contextlib import suppress
from pathlib import Path

from voicecoach.errors import OutputError, SpeechError
from voicecoach.interrupts import load_whole
from voicecoach.speech.piper_installed import CARD, InstalledVoice, voice_in
from voicecoach.speech.piper_pace import sentence
from voicecoach.utterance import Utterance

_COMING, _GOING = ".adding", ".removing"
_USUAL = 160


def coming(folder: Path) -> Path:
    """Where voices are that are not whole yet, a folder each."""
    return folder / _COMING


def copy(model: Path, folder: Path) -> None:
    """Copies the files of a voice from anywhere; raises OutputError, or SpeechError for a file that is not there."""
    discard(folder)
    try:
        folder.mkdir(parents=True)
        for path in (model, Path(f"{model}.json")):
            shutil.copyfile(path, folder / path.name)
        with suppress(OSError):
            shutil.copyfile(model.with_name(CARD), folder / CARD)
    except OSError as error:
        discard(folder)
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"{model.name} cannot be copied to {folder.parent.parent}: {reason}",
            "make room there, and allow reading the voice and writing there",
        ) from error


def proved(folder: Path) -> InstalledVoice:
    """The voice in a folder, after it said a sentence; its pace is known from then on. Raises SpeechError."""
    load_whole("numpy", "soxr")
    from voicecoach.speech.piper import PiperEngine

    voice = voice_in(folder)
    with PiperEngine(folder.parent) as engine:
        engine.speak(Utterance(sentence(voice.lang) or "1, 2, 3.", voice.id, _USUAL))
    return voice


def put(coming_folder: Path, folder: Path) -> Path:
    """Moves a whole voice among the installed ones, in the place of one of that name; raises OutputError."""
    target = folder / coming_folder.name
    try:
        if target.exists():
            remove(folder, target.name)
        coming_folder.rename(target)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}", "allow writing there") from error
    with suppress(OSError):  # another voice may be on its way
        coming_folder.parent.rmdir()
    return target


def remove(folder: Path, name: str) -> None:
    """Takes a voice out at once, and then removes its files; raises SpeechError, or OutputError."""
    going = folder / f"{_GOING}-{name}"
    discard(going)
    try:
        (folder / name).rename(going)
    except FileNotFoundError as error:
        raise SpeechError(f"no voice {name!r} is installed", "voicecoach voices list  shows them") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{folder / name} cannot be removed: {reason}", "end what uses it, or allow it") from error
    discard(going)


def discard(folder: Path) -> None:
    """Removes a folder that is not among the installed ones; what cannot be removed stays hidden."""
    shutil.rmtree(folder, ignore_errors=True)
