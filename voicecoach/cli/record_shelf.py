"""The takes there are: listed, and removed."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from voicecoach import locations
from voicecoach.cli import DONE, terminal
from voicecoach.cli.record_arguments import numbers
from voicecoach.cli.record_reading import Reading, wrong
from voicecoach.report import plain
from voicecoach.script.suggest import listed
from voicecoach.speech.takes import Take, Takes, existing, names

_ALL = "all"


def show(chosen: argparse.Namespace) -> int:
    """Every name with its takes in a line; of a name that is given, every take."""
    root = locations.takes_dir()
    if chosen.takes is not None:
        _show_one(existing(root, chosen.takes), as_json=chosen.json)
        return DONE
    found = [Takes(root, name) for name in names(root)]
    if chosen.json:
        terminal.out(json.dumps([_summary(takes, takes.all()) for takes in found], ensure_ascii=False, indent=2))
        return DONE
    for takes in found:
        lines = takes.all()
        langs = ", ".join(sorted({take.lang for take in lines})) or "-"
        seconds = sum(take.length for take in lines) / 1000
        terminal.out(plain(f"{takes.name}: {len(lines)} lines, {langs}, {seconds:.1f} s"))
        terminal.notes(takes.troubles)
    if not found:
        terminal.say("there are no takes yet; record some:  voicecoach record ROUTINE --mic   or  --import FOLDER")
    else:
        terminal.say("see them:  voicecoach record --list --takes NAME   remove some:  --takes NAME --remove ID,ID")
    return DONE


def _show_one(takes: Takes, *, as_json: bool) -> None:
    lines = takes.all()
    if as_json:
        terminal.out(json.dumps([_take(take) for take in lines], ensure_ascii=False, indent=2))
    else:
        for take in lines:
            terminal.out(plain(f"{take.id}  {take.lang}  {take.length / 1000:6.2f} s  {take.text}"))
    terminal.notes(takes.troubles)


def remove(chosen: argparse.Namespace, takes: Takes) -> int:
    """Removes takes by their ids, or all of a name; nothing is removed if one of them is not there."""
    if chosen.takes is None:
        what = f"--remove {chosen.remove}: whose takes?"
        raise wrong(what, f"write  voicecoach record --takes {takes.name} --remove {chosen.remove}")
    lines = existing(locations.takes_dir(), takes.name).all()
    known: dict[str, Take | Path] = {take.id: take for take in lines} | {path.stem: path for path in takes.damaged()}
    if chosen.remove.strip() == _ALL:
        return _remove(takes, list(known.values()))
    wanted = [word.strip() for word in chosen.remove.split(",") if word.strip()]
    for word in wanted or [chosen.remove]:
        if word not in known:
            what = f"--remove {word}: “{takes.name}” has no take of this id"
            raise wrong(what, f"voicecoach record --list --takes {takes.name}  lists the ids")
    return _remove(takes, [known[word] for word in dict.fromkeys(wanted)])


def remove_lines(which: str, reading: Reading) -> int:
    """Removes the takes of lines of a routine by their numbers."""
    try:
        wanted = numbers(which)
    except argparse.ArgumentTypeError as error:
        raise wrong(f"--remove {which}: {error}", "write for example  --remove 3,7-9") from error
    found = {row.number: row.take for row in reading.rows if row.take is not None}
    if lacking := sorted(wanted - found.keys()):
        what = f"--remove {which}: there is no take of {listed(f'line {number}' for number in lacking)}"
        raise wrong(what, f"lines with a take: {listed(map(str, sorted(found))) or 'none'}")
    return _remove(reading.takes, [take for number, take in sorted(found.items()) if number in wanted])


def _remove(takes: Takes, lines: Sequence[Take | Path]) -> int:
    """Takes, and files of those that cannot be used."""
    for line in lines:
        if isinstance(line, Path):
            takes.discard(line)
            terminal.say(plain(f"removed: {line.name}, which was damaged"))
        else:
            takes.remove(line)
            terminal.say(plain(f"removed: {line.text}"))
    return DONE


def _summary(takes: Takes, lines: Sequence[Take]) -> dict[str, object]:
    return {
        "takes": takes.name,
        "lines": len(lines),
        "languages": sorted({take.lang for take in lines}),
        "length_ms": sum(take.length for take in lines),
        "folder": str(takes.folder),
    }


def _take(take: Take) -> dict[str, object]:
    return {
        "id": take.id,
        "lang": take.lang,
        "text": take.text,
        "length_ms": take.length,
        "digest": take.digest,
        "file": str(take.path),
    }
