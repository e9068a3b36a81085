"""The lines of a session as a table, or as JSON."""

import json

from voicecoach.cli import terminal
from voicecoach.cli.record_reading import Reading, Row
from voicecoach.recordings.sheet import room
from voicecoach.report import plain


def show(reading: Reading, *, as_json: bool) -> None:
    """Prints them in the order in which they are heard."""
    if as_json:
        terminal.out(json.dumps(document(reading), ensure_ascii=False, indent=2))
        return
    done = sum(row.take is not None for row in reading.rows)
    name = reading.takes.name
    terminal.out(plain(f"{reading.title}: {len(reading.rows)} lines, {done} of them recorded as “{name}”"))
    cells = [("no", "may take", "engine", "take", "heard", "line"), *map(_cells, reading.rows)]
    widths = [max(len(cell[column]) for cell in cells) for column in range(5)]
    for cell in cells:
        row = [text.rjust(width) for text, width in zip(cell, widths, strict=False)]
        terminal.out(plain("  ".join([*row, cell[-1]])))
    option = "" if name == "own" else f' --takes "{name}"' if " " in name else f" --takes {name}"
    if any(row.too_long for row in reading.rows):
        terminal.say("!  is longer than it may be: voicecoach explain  says what the schedule makes of it")
    terminal.say(f"print them:      voicecoach record ROUTINE{option} --sheet lines.txt")
    terminal.say(f"record them:     voicecoach record ROUTINE{option} --mic   or  --import FOLDER")
    terminal.say(f"use the takes:   voicecoach play ROUTINE --takes {option.removeprefix(' --takes ') or name}")


def document(reading: Reading) -> dict[str, object]:
    """The same as data; times in milliseconds, `room_ms` null where a line may take any time."""
    timeline = reading.session.timeline
    return {
        "routine": timeline.routine_id,
        "takes": reading.takes.name,
        "estimated": timeline.estimated,
        "lines": [_row(row) for row in reading.rows],
    }


def _row(row: Row) -> dict[str, object]:
    line, take = row.line, row.take
    return {
        "number": row.number,
        "text": line.text,
        "lang": line.lang,
        "kind": line.kind,
        "room_ms": line.room,
        "engine_ms": line.now,
        "heard": line.heard,
        "first_ms": line.first,
        "take": None if take is None else {"id": take.id, "length_ms": take.length, "file": str(take.path)},
    }


def _cells(row: Row) -> tuple[str, ...]:
    line, take = row.line, row.take
    own = "-" if take is None else f"{take.length / 1000:.2f} s{' !' if row.too_long else ''}"
    now = f"{line.now / 1000:.2f} s"
    return str(row.number), room(line.room), now, own, str(line.heard), line.text
