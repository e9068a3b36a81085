"""`voicecoach voices add`: a voice from the catalogue or from a file, tried before it counts as installed."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from voicecoach import locations
from voicecoach.catalogue.delivery import card, deliver
from voicecoach.catalogue.listing import HOME, Listed, fetch_list, of_language
from voicecoach.cli import DONE, terminal
from voicecoach.cli.voices_catalogue import described
from voicecoach.errors import ScriptError, SpeechError
from voicecoach.report import plain
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.speech import piper, piper_shelf
from voicecoach.speech.piper_card import licence
from voicecoach.speech.piper_config import read_config
from voicecoach.speech.piper_installed import DESCRIPTION, MODEL, InstalledVoice, look
from voicecoach.speech.piper_process import INSTALL
from voicecoach.speech.piper_voices import SPEAKER
from voicecoach.speech.voice_names import near_voices

_MOST_NEAR = 5
_WHERE_MADE = "take both files of the voice from where it was made"
_ANOTHER = "type it again later; if it stays so, take another voice"


def add(chosen: argparse.Namespace) -> int:
    """Adds one voice; raises DownloadError, SpeechError or OutputError, and then what was there stays as it was."""
    if not piper.is_here():
        raise SpeechError("natural voices need Piper, which is not installed", INSTALL)
    typed: str = chosen.voice
    if typed.endswith((MODEL, DESCRIPTION)):
        return _from_file(Path(typed.removesuffix(".json")))
    if os.path.dirname(typed):
        raise _mistake(
            f"{typed} is no voice: it does not end in {MODEL}",
            f"name the voice's {MODEL} file, or one of the catalogue",
        )
    return _from_catalogue(typed.strip(), chosen.home or HOME)


def _from_file(model: Path) -> int:
    if not model.is_file():
        raise _mistake(f"there is no file {model}", "voicecoach voices add NAME  gets one of the catalogue")
    name = model.name.removesuffix(MODEL)
    if not name or name.startswith(".") or SPEAKER in name or name != plain(name):
        raise _mistake(
            f"{model.name}: a voice cannot have this name", "give both files a plain name, such as en_GB-me-low"
        )
    read_config(Path(f"{model}.json"))
    folder = piper_shelf.coming(locations.voices_dir()) / name
    terminal.say(f"copying {plain(name)}")
    piper_shelf.copy(model, folder)
    return _settled(folder, _WHERE_MADE)


def _from_catalogue(typed: str, home: str) -> int:
    shelf = locations.voices_dir()
    here = {voice.id.casefold(): voice for voice in look(shelf).voices}
    if voice := here.get(typed.replace("-", "_", 1).casefold()) or here.get(typed.casefold()):
        terminal.say(f"{voice.id} is installed already")
        terminal.say(f"to get it anew:  voicecoach voices remove {voice.id}")
        return DONE
    terminal.say(f"asking {plain(home)}")
    listed = _choose(fetch_list(home), typed)
    terminal.say(f"{listed.name}: {described(listed)}, licence: {plain(licence(card(listed)))}")
    folder = piper_shelf.coming(shelf) / listed.name
    with terminal.progress() as bar:
        deliver(listed, folder, lambda done, total: bar(f"fetching {listed.name}", done, total), _check)
    return _settled(folder, _ANOTHER)


def _check(path: Path) -> None:
    """The small description comes first, and a voice that cannot be used here stops before the large model."""
    if path.name.endswith(DESCRIPTION):
        read_config(path)


def _settled(folder: Path, instead: str) -> int:
    """Lets the voice speak, and moves it among the others; one that cannot speak is not kept."""
    try:
        voice = piper_shelf.proved(folder)
    except SpeechError as error:
        piper_shelf.discard(folder)
        what = error.what.replace(f"{folder}{os.sep}", "")
        # Engines advise to remove an installed voice, and this one is not.
        fix = error.fix if error.fix and "voices remove" not in error.fix else instead
        raise SpeechError(f"{plain(folder.name)} was not added: {what}", fix) from error
    piper_shelf.put(folder, locations.voices_dir())
    terminal.out(voice.id)
    terminal.say(f"added: {voice.title} ({voice.lang}), in {plain(str(locations.voices_dir() / voice.id))}")
    for line in _next(voice):
        terminal.say(line)
    return DONE


def _next(voice: InstalledVoice) -> list[str]:
    lines = [
        f"hear it:       voicecoach voices try {voice.id}",
        f"remember it:   voicecoach voices default {voice.id}",
    ]
    if voice.config.count > 1:
        speaker = next(iter(voice.config.speakers), "0")
        lines.append(f"speakers:      {voice.config.count}, chosen as {voice.id}{SPEAKER}{speaker}")
    return lines


def _choose(listed: tuple[Listed, ...], typed: str) -> Listed:
    """The voice of that name, in any case of letters; raises ScriptError with near ones."""
    plainly: Callable[[str], str] = lambda name: name.casefold().replace("_", "-")  # noqa: E731
    names = {plainly(one.name): one for one in listed}
    if found := names.get(plainly(typed)):
        return found
    near = near_voices(typed, [one.name for one in of_language(listed, typed) or listed], _MOST_NEAR)
    fix = f"did you mean {' or '.join(near)}?" if near else "voicecoach voices list --catalogue  shows them all"
    raise _mistake(f"the catalogue has no voice {typed!r}", fix)


def _mistake(what: str, fix: str) -> ScriptError:
    return ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=fix)])
