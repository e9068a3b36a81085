"""`voicecoach voices default` and `remove`: which voice speaks a language, and one voice less."""

import argparse

from voicecoach import locations
from voicecoach.cli import DONE, WRONG, terminal
from voicecoach.cli.saved_voice import line_of
from voicecoach.cli.voices_find import known
from voicecoach.errors import ScriptError, SpeechError
from voicecoach.report import plain
from voicecoach.settings.reading import Loaded, load
from voicecoach.settings.writing import change
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.speech import piper_shelf
from voicecoach.speech.piper_installed import look
from voicecoach.speech.piper_voices import SPEAKER
from voicecoach.speech.voice_names import near_voices


def default(chosen: argparse.Namespace) -> int:
    """Shows the chosen voices, or keeps or forgets one in config.toml."""
    loaded = load()
    if chosen.forget is not None:
        return _forgotten(loaded, chosen.forget)
    if chosen.voice is None:
        terminal.problems(loaded.problems, loaded.sources)
        for lang, voice in sorted(loaded.settings.voices.items()):
            terminal.out(f"{plain(lang):<8}  {plain(voice)}")
        if not loaded.settings.voices:
            terminal.say("none is chosen: the best installed voice of a language speaks")
        return WRONG if loaded.failed else DONE
    one = known(chosen.voice)
    lang = one.lang.partition("-")[0]
    change(loaded, {"voices": {lang: one.id}})
    terminal.say(f"{one.id} speaks '{lang}' from now on, by {plain(str(loaded.path))}")
    _tell_what_wins(loaded, lang)
    return DONE


def _tell_what_wins(loaded: Loaded, lang: str) -> None:
    """`voice` is taken before `voices`, which would else look as if nothing had been chosen."""
    if not loaded.settings.voice:
        return
    try:
        other = known(loaded.settings.voice)
    except SpeechError:
        return
    if other.lang.partition("-")[0] == lang:
        terminal.say(f"note: the setting voice = {plain(other.id)} still wins; voicecoach config --unset voice")


def _forgotten(loaded: Loaded, lang: str) -> int:
    line = line_of(loaded.settings, lang.replace("_", "-"))
    if line is None:
        what = f"no voice is chosen for language {lang!r}"
        raise _mistake(what, "voicecoach voices default  shows those that are")
    change(loaded, {"voices": {line: None}})
    terminal.say(f"the best installed voice speaks '{plain(line)}' again")
    return DONE


def remove(chosen: argparse.Namespace) -> int:
    """Removes a voice that was added, or what has come of one; raises SpeechError or OutputError."""
    shelf = locations.voices_dir()
    found = look(shelf)
    names = list(found.names)
    name = _meant(chosen.voice, names)
    if name is None:
        part = _meant(chosen.voice, list(look(piper_shelf.coming(shelf)).names))
        if part is None:
            raise _not_added(chosen.voice, names)
        piper_shelf.remove(piper_shelf.coming(shelf), part)
        terminal.say(f"what had come of {plain(part)} is removed")
        return DONE
    piper_shelf.remove(shelf, name)
    terminal.say(f"{plain(name)} is removed")
    _forget_everywhere(name)
    return DONE


def _meant(typed: str, names: list[str]) -> str | None:
    return next((name for name in names if name.casefold() == typed.casefold()), None)


def _forget_everywhere(name: str) -> None:
    """A removed voice is nobody's default any more."""
    loaded = load()
    gone = [lang for lang, voice in loaded.settings.voices.items() if voice.partition(SPEAKER)[0] == name]
    if gone:
        change(loaded, {"voices": dict.fromkeys(gone)})
        terminal.say(f"the best installed voice speaks {', '.join(map(plain, gone))} again")


def _not_added(typed: str, names: list[str]) -> SpeechError:
    try:
        known(typed)
    except SpeechError:
        near = near_voices(typed, names)
        fix = f"did you mean {' or '.join(near)}?" if near else "voicecoach voices list  shows them"
        return SpeechError(f"no voice {typed!r} was added", fix)
    return SpeechError(f"the voice {typed!r} is built in", "it takes no room of its own and cannot be removed")


def _mistake(what: str, fix: str) -> ScriptError:
    return ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=fix)])
