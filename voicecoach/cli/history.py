"""`voicecoach history`: past sessions as a table, as data, or as a picture of half a year."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

from voicecoach.cli import DONE, terminal
from voicecoach.errors import ScriptError
from voicecoach.history import Entry, History
from voicecoach.history.record import local_now
from voicecoach.report import plain
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.units import SECOND, clock

_ANSWERS = {"": "", "easy": "easy", "right": "just right", "hard": "hard", "pain": "pain"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so would be computed by a spreadsheet."""


def history(chosen: argparse.Namespace) -> int:
    """Prints past sessions, the newest first."""
    if chosen.calendar and chosen.limit is not None:
        what = "--limit is for the table; --calendar shows as many weeks as fit"
        raise ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix="leave --limit out")])
    with History() as record:
        found = record.entries(chosen.limit, chosen.routine)
        if record.problem:
            terminal.say(f"note: {plain(record.problem)}")
        if not found:
            _say_why_empty(record, chosen.routine)
    if chosen.json:
        import json

        terminal.out(json.dumps([_document(entry) for entry in found], ensure_ascii=False, indent=2))
    elif chosen.csv:
        _write_csv(found)
    elif chosen.calendar:
        _calendar(found, local_now())
    elif found:
        for line in table(found):
            terminal.out(line)
    return DONE


def table(entries: Sequence[Entry]) -> Iterator[str]:
    """The sessions as lines, in the local time of each."""
    rows = [("date", "routine", "level", "done / of", "bouts", "skipped", "ended", "felt")]
    rows += [
        (
            f"{entry.started:%Y-%m-%d %H:%M}",
            plain(entry.routine),
            entry.level or f"dial {entry.dial}",
            f"{_short(entry.at)} / {_short(entry.length)}",
            f"{entry.done} of {entry.bouts}",
            str(entry.skipped or "-"),
            entry.outcome,
            _ANSWERS.get(entry.answer, plain(entry.answer)),
        )
        for entry in entries
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _short(time: int) -> str:
    return clock(time // SECOND * SECOND)


def _say_why_empty(record: History, routine: str | None) -> None:
    others = sorted({entry.routine for entry in record.entries()}) if routine else []
    if others:
        terminal.say(
            f"no session of '{plain(routine or '')}' is recorded; there are some of: {plain(', '.join(others))}"
        )
    else:
        terminal.say("no session is recorded yet; one is with every  voicecoach play ROUTINE")


# ---- as data -----------------------------------------------------------------------------------


def _document(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "routine": entry.routine,
        "name": entry.name,
        "title": entry.title,
        "level": entry.level or None,
        "dial": entry.dial,
        "started": _iso(entry.started),
        "updated": _iso(entry.updated),
        "ended": _iso(entry.ended),
        "at_ms": entry.at,
        "length_ms": entry.length,
        "bouts": entry.bouts,
        "done": entry.done,
        "skipped": entry.skipped,
        "outcome": entry.outcome,
        "answer": entry.answer or None,
        "options": dict(entry.options),
        "digest": entry.digest,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _write_csv(entries: Sequence[Entry]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entry in entries:
        document = _document(entry)
        writer.writerow([_cell(document[name]) for name in _COLUMNS])


_COLUMNS = (
    "id", "started", "ended", "updated", "routine", "title", "level", "dial", "at_ms", "length_ms", "bouts", "done",
    "skipped", "outcome", "answer", "name", "digest",
)  # fmt: skip


def _cell(value: object) -> object:
    """Text of people stays text: a quote before what a spreadsheet would compute."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


# ---- as a picture ------------------------------------------------------------------------------


def _calendar(entries: Sequence[Entry], now: datetime) -> None:
    from voicecoach.history.heatmap import MARKS, PLAIN_MARKS, days_of, heatmap, summary, weeks_in

    days = days_of([(entry.started.date(), entry.spent) for entry in entries if entry.counts])
    weeks = weeks_in(shutil.get_terminal_size().columns)
    marks = MARKS if _can_show(MARKS) else PLAIN_MARKS
    coloured = _coloured()
    for line in heatmap(days, now.date(), weeks, marks):
        terminal.out("".join(_painted(cell.text, cell.mark) if coloured else cell.text for cell in line))
    terminal.out("")
    terminal.out(summary(days, now.date(), weeks))


_PAINTS = ("2", "32", "32", "32", "1;32")
"""Terminal colours of the marks: faint, green, and bold green; their shapes say the same."""


def _painted(text: str, mark: int | None) -> str:
    return text if mark is None else f"\x1b[{_PAINTS[mark]}m{text}\x1b[0m"


def _coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _can_show(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
