"""`voicecoach record ROUTINE --import FOLDER`: sound files become takes."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from voicecoach.cli import DONE, WRONG, terminal
from voicecoach.cli.record_reading import Reading, Row, check
from voicecoach.recordings import importing
from voicecoach.recordings.importing import Imported
from voicecoach.recordings.matching import Match, matched
from voicecoach.recordings.sheet import sheets_in
from voicecoach.report import plain


def take_in(chosen: argparse.Namespace, reading: Reading) -> int:
    """Takes in every file that says a line, and tells what is matched, missing or left over."""
    folder = Path(chosen.folder)
    files = importing.files_in(folder)
    numbers = {**reading.listed, **sheets_in(folder)}
    matches = matched(files, numbers, [row.line.wording for row in reading.rows])
    done: list[Imported] = []
    with terminal.progress() as bar:
        bar("taking in", 0, len(matches))
        for one in importing.take_in(matches, reading.takes):
            done.append(one)
            bar("taking in", len(done), len(matches))
    rows = {row.line.id: row for row in reading.rows}
    missing = [row for row in reading.rows if reading.takes.find(row.line.text, row.line.lang) is None]
    if chosen.json:
        terminal.out(json.dumps(_document(reading, rows, done, missing), ensure_ascii=False, indent=2))
    else:
        _print(reading, rows, done, missing)
    refused = any(one.take is None and one.match.line is not None for one in done)
    if not any(one.take for one in done):
        terminal.say(f"nothing was taken in from {plain(str(folder))}")
        terminal.say("  fix: name the files by the numbers of  voicecoach record ROUTINE : 07.wav, 7 - words.m4a")
        return WRONG
    return check(chosen, reading) or (WRONG if refused else DONE)


def _print(reading: Reading, rows: dict[str, Row], done: Sequence[Imported], missing: Sequence[Row]) -> None:
    for one in done:
        name = one.match.path.name
        if one.take is None:
            terminal.say(plain(f"{'not usable' if one.match.line else 'left over'}: {name}: {one.why}"))
            continue
        row = rows.get(one.take.id)
        place = f"line {row.number}" if row else "a line that is not in this session"
        terminal.out(plain(f"{name}: {place}, {one.take.length / 1000:.2f} s: {one.take.text}"))
        for remark in _remarks(one, row):
            terminal.say(plain(f"note: {name}: {remark}"))
    count = sum(one.take is not None for one in done)
    terminal.say(plain(f"{count} of {len(done)} files are takes of “{reading.takes.name}” now"))
    if missing:
        which = ", ".join(str(row.number) for row in missing)
        terminal.say(f"missing: {len(missing)} of {len(rows)} lines, which the engine says: {which}")


def _remarks(one: Imported, row: Row | None) -> list[str]:
    assert one.take is not None
    found = ["it is clipped: record it with less gain, or from farther away"] if one.clipped else []
    if row is not None and row.line.room is not None and one.take.length > row.line.room:
        found.append(f"it is longer than the {max(0, row.line.room) // 100 / 10:.1f} s that this line may take")
    return found


def _document(
    reading: Reading, rows: dict[str, Row], done: Sequence[Imported], missing: Sequence[Row]
) -> dict[str, object]:
    return {
        "takes": reading.takes.name,
        "files": [_file(one, rows) for one in done],
        "missing": [row.number for row in missing],
    }


def _file(one: Imported, rows: dict[str, Row]) -> dict[str, object]:
    match: Match = one.match
    row = rows.get(one.take.id) if one.take else None
    return {
        "file": str(match.path),
        "text": match.line[1] if match.line else None,
        "number": row.number if row else None,
        "length_ms": one.take.length if one.take else None,
        "room_ms": row.line.room if row else None,
        "clipped": one.clipped,
        "why": one.why or None,
    }
