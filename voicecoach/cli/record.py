"""`voicecoach record`: lines in a person's own voice."""

import argparse

from voicecoach import locations
from voicecoach.cli import DONE, terminal
from voicecoach.cli.record_reading import Reading, read, wrong
from voicecoach.cli.saved import saved_settings
from voicecoach.interrupts import load_whole
from voicecoach.recordings.sheet import Numbered, sheet
from voicecoach.report import plain
from voicecoach.speech.takes import OWN, Takes, is_name
from voicecoach.speech.whole_file import write_whole


def record(chosen: argparse.Namespace) -> int:
    """Lists the lines of a session, and does with them what the options say."""
    _check(chosen)
    takes = _takes(chosen)
    if chosen.list or (chosen.remove is not None and chosen.routine is None):
        from voicecoach.cli import record_shelf

        return record_shelf.show(chosen) if chosen.list else record_shelf.remove(chosen, takes)
    if chosen.routine is None:
        raise wrong("which routine is to be read?", "write for example  voicecoach record feet-morning")
    if chosen.mic:
        from voicecoach.cli.record_mic import microphone_first

        with microphone_first(chosen) as microphone:
            return microphone.record(read(chosen, takes))
    reading = read(chosen, takes)
    if chosen.folder is not None:
        load_whole("numpy")
        from voicecoach.cli.record_import import take_in

        return take_in(chosen, reading)
    if chosen.remove is not None:
        from voicecoach.cli.record_shelf import remove_lines

        return remove_lines(chosen.remove, reading)
    if chosen.sheet is not None:
        return _write_sheet(chosen, reading)
    from voicecoach.cli.record_table import show

    show(reading, as_json=chosen.json)
    return DONE


def _check(chosen: argparse.Namespace) -> None:
    """Raises ScriptError for options that would do nothing."""
    if not chosen.mic and (chosen.lines is not None or chosen.device):
        raise wrong(f"{'--lines' if chosen.lines else '--device'} is for --mic", "add  --mic")
    if chosen.json and (chosen.mic or chosen.sheet is not None or chosen.remove is not None):
        raise wrong("--json is for the lines, for --list and for --import", "leave  --json  out")
    if chosen.list and chosen.routine is not None:
        what = f"--list lists takes, whatever routine says them; what is {chosen.routine} for?"
        raise wrong(what, f"write  voicecoach record --list , or  voicecoach record {chosen.routine}  for its lines")


def _takes(chosen: argparse.Namespace) -> Takes:
    """Those of `--takes` or of the settings, which need not be there yet; raises ScriptError for no possible name."""
    name: str = chosen.takes or saved_settings(chosen).settings.takes or OWN
    if not is_name(name):
        what = f"--takes {name}: takes cannot be called so"
        raise wrong(what, "use letters, digits, spaces, - and _, at most 40, and a letter or digit first")
    return Takes(locations.takes_dir(), name)


def _write_sheet(chosen: argparse.Namespace, reading: Reading) -> int:
    from pathlib import Path

    path = Path(chosen.sheet)
    if path.resolve() in {file.resolve() for file in reading.script.files()}:
        raise wrong(f"--sheet {path}: the routine itself is read from this file", "choose another name")
    command = f"voicecoach record {chosen.routine} --takes {_quoted(reading.takes.name)} --import FOLDER"
    made = sheet(reading.title, command, [Numbered(row.number, row.line) for row in reading.rows])
    write_whole(path, made.encode("utf-8", "replace"), "choose another place for --sheet")
    terminal.out(str(path))
    terminal.say(f"{len(reading.rows)} lines of {plain(reading.title)}")
    return DONE


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
