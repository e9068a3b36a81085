"""`voicecoach doctor`: what works on this machine, what does not, and what to do about it."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Literal, NamedTuple, Never, TypeAlias

from voicecoach import __version__, locations
from voicecoach.cli import DONE, MISSING, terminal
from voicecoach.errors import DeviceError, SpeechError, VoicecoachError
from voicecoach.interrupts import load_whole
from voicecoach.report import plain

if TYPE_CHECKING:
    from voicecoach.speech.choice import Row

State: TypeAlias = Literal["works", "note", "missing"]

_OPEN_WITHIN = 10.0
_SPOKEN = "Three, two, one."
_WIRELESS = ("bluez", "bluetooth", "airpods", "buds", "wireless")
_LEAD_IN = "add  --lead-in 1s  to render, or choose quiet music:  --music FILE"


class Finding(NamedTuple):
    """One thing that was looked at; `fix` says what to do where it does not work or may surprise."""

    about: str
    state: State
    what: str
    fix: str = ""


def doctor(chosen: argparse.Namespace) -> int:
    """Looks at everything a session needs, by using it; ends with 3 if something is missing."""
    found: list[Finding] = []
    with terminal.progress() as bar:
        for number, (about, look) in enumerate(_LOOKS):
            bar(f"looking at: {about}", number, len(_LOOKS))
            found += look()
    if chosen.json:
        terminal.out(json.dumps([one._asdict() for one in found], indent=2, ensure_ascii=False))
    else:
        for one in found:
            terminal.out(f"{one.state:<8} {one.about}: {plain(one.what)}")
            if one.fix:
                terminal.out(f"{'':<8} fix: {plain(one.fix)}")
    missing = [one.about for one in found if one.state == "missing"]
    terminal.say(f"missing: {', '.join(missing)}" if missing else "everything a session needs is here")
    return MISSING if missing else DONE


def _program() -> Iterator[Finding]:
    where = f"{platform.system()} {platform.machine()}"
    yield Finding("program", "works", f"voicecoach {__version__}, Python {platform.python_version()}, {where}")


def _speech() -> Iterator[Finding]:
    """A few words are really spoken by every engine; one that cannot is missing only if none can."""
    from voicecoach.speech.choice import TABLE

    found = [_spoken_by(row) for row in TABLE]
    works = any(one.state == "works" for one in found)
    yield from (one if one.state == "works" or not works else one._replace(state="note") for one in found)
    if works:
        yield from _automatic()
    yield from _broken()


def _spoken_by(row: "Row") -> Finding:
    from voicecoach.utterance import Utterance

    if not row.is_here():
        return Finding("speech", "missing", f"{row.name} is not installed", row.install)
    engine = row.make()
    try:
        voices = engine.voices()
        if not voices:
            return Finding("speech", "missing", f"{row.name} has no voice yet", row.voices)
        voice = engine.default_voice("en") or voices[0].id
        speech = engine.speak(Utterance(_SPOKEN, voice, 150))
    except SpeechError as error:
        return Finding("speech", "missing", f"{row.name}: {error.what}", error.fix)
    finally:
        engine.close()
    languages = len({one.lang.partition("-")[0] for one in voices})
    length = len(speech.pcm) / 2 / speech.rate
    what = f"{row.name} said “{_SPOKEN}” in {length:.1f} s; its voices speak {languages} language"
    return Finding("speech", "works", what + ("" if languages == 1 else "s"))


def _automatic() -> Iterator[Finding]:
    """Which engine speaks each language where none is asked for, and why."""
    from voicecoach.cli.saved_voice import saved_voice
    from voicecoach.compiler.locales import LANGUAGES
    from voicecoach.settings.reading import load
    from voicecoach.speech.auto import AutoEngine
    from voicecoach.speech.choice import TABLE, more_voices

    auto, settings = AutoEngine(TABLE), load()
    try:
        voices = {lang: auto.default_voice(lang) for lang in LANGUAGES}
        owners = {lang: auto.owner(voice).name for lang, voice in voices.items() if voice}
        saved = {lang: saved_voice(settings, lang, auto) for lang in LANGUAGES}
    finally:
        auto.close()
    for row in TABLE:
        if spoken := [f"{lang} ({voices[lang]})" for lang, name in owners.items() if name == row.name]:
            yield Finding("speech", "works", f"auto takes {row.name} for {', '.join(spoken)}: {row.reason}")
    if unspoken := [lang for lang in LANGUAGES if lang not in owners]:
        yield Finding("speech", "note", f"no voice speaks {', '.join(unspoken)}", more_voices("auto"))
    if named := [f"{voice} for {lang}" for lang, (voice, _) in saved.items() if voice]:
        yield Finding("speech", "works", f"your settings name {', '.join(named)}: taken before what auto would take")
    for problem in dict.fromkeys(problem for _, problems in saved.values() for problem in problems):
        yield Finding("speech", "note", f"your settings name a voice that cannot speak: {problem.what}", problem.fix)


def _broken() -> Iterator[Finding]:
    """Voices that were added and cannot speak any more."""
    from voicecoach.speech.piper_installed import look

    for name, error in look(locations.voices_dir()).broken.items():
        yield Finding("speech", "note", f"the voice {name} cannot speak: {error.what}", error.fix)


def _sound() -> Iterator[Finding]:
    """The default device is opened and plays nothing; the others are listed."""
    from voicecoach.output.backends import WITHOUT_SOUND, default
    from voicecoach.output.listing import listing
    from voicecoach.output.process import AudioProcess

    try:
        output = AudioProcess(default().name)
        try:
            name = output.wait_open(_OPEN_WITHIN)
        finally:
            output.close()
    except DeviceError as error:
        yield Finding("sound", "missing", error.what, error.fix or WITHOUT_SOUND)
        return
    heard = [one for one in listing() if one.backend != "null" and one.devices]
    libraries = ", ".join(one.backend for one in heard)
    yield Finding("sound", "works", f"{name} opens (hear it: voicecoach devices --test ''); libraries: {libraries}")
    devices = dict.fromkeys([name, *(device for one in heard for device in one.devices)])
    if wireless := [device for device in devices if any(word in device.lower() for word in _WIRELESS)]:
        what = f"{wireless[0]} may sleep in silence and swallow the first syllable"
        yield Finding("sound", "note", what, _LEAD_IN)


def _files() -> Iterator[Finding]:
    """Half a second is really written in every format."""
    load_whole("numpy", "av", "soundfile")
    from voicecoach.export.audio import formats, render
    from voicecoach.export.labels import Labels
    from voicecoach.export.tags import Tags
    from voicecoach.sound.mixer import Mixer
    from voicecoach.timeline import Timeline
    from voicecoach.units import MIX_RATE

    def no_clip(_cue: object) -> Never:
        raise AssertionError("nothing sounds")

    nothing = Timeline("id", "Silence", "en", "", {}, MIX_RATE, 500, False, (), (), (), (), ())
    written: list[str] = []
    with TemporaryDirectory(prefix="voicecoach-") as folder:
        for form in formats():
            try:
                render(Mixer(nothing, no_clip), Labels(Tags("Silence")), Path(folder, f"a{form.suffix}"))
                written.append(form.suffix)
            except (VoicecoachError, OSError, ValueError, ImportError) as error:
                yield Finding(
                    "files", "missing", f"{form.suffix} cannot be written: {error}", "install voicecoach anew"
                )
    yield Finding("files", "works", f"can be written: {' '.join(written)}")
    what = "some Bluetooth headphones and loudspeakers swallow the first syllable of a file"
    yield Finding("files", "note", what, f"if yours do, {_LEAD_IN}")


def _folders() -> Iterator[Finding]:
    variables = {
        "settings": ("VOICECOACH_CONFIG_DIR", locations.config_dir()),
        "history and own routines": ("VOICECOACH_DATA_DIR", locations.data_dir()),
        "spoken clips": ("VOICECOACH_CACHE_DIR", locations.cache_dir()),
    }
    for what, (variable, folder) in variables.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=folder):
                yield Finding("folders", "works", f"{what}: {folder}")
        except OSError as error:
            reason = f"{what}: {folder} cannot be written: {error.strerror or error}"
            yield Finding("folders", "missing", reason, f"allow writing there, or set {variable} to another folder")


def _settings() -> Iterator[Finding]:
    from voicecoach.settings.reading import load

    loaded = load()
    if loaded.failed:
        what = f"{loaded.path} has mistakes"
        yield Finding("settings", "missing", what, "voicecoach config  shows them")
    elif loaded.path.exists():
        yield Finding("settings", "works", f"{loaded.path} is right")


def _terminal() -> Iterator[Finding]:
    if not sys.stdout.isatty():
        yield Finding("terminal", "note", "this is no terminal, so sessions are shown as plain lines")
        return
    width, height = os.get_terminal_size()
    what = f"{width} × {height}, {'in colour' if terminal.coloured() else 'without colour'}"
    if width < 60 or height < 16:
        yield Finding("terminal", "note", what, "make it 60 × 16 or larger for the full screen, or use  --plain")
    else:
        yield Finding("terminal", "works", what)


def _media_keys() -> Iterator[Finding]:
    if sys.platform == "linux":
        if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            yield Finding("media keys", "works", "there is a session bus for headset buttons and playerctl")
        else:
            yield Finding("media keys", "note", "no session bus: headset buttons and playerctl do nothing")


_LOOKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("program", _program),
    ("speech", _speech),
    ("sound", _sound),
    ("files", _files),
    ("folders", _folders),
    ("settings", _settings),
    ("terminal", _terminal),
    ("media keys", _media_keys),
)
