"""The lines of one session with their numbers and takes, and what the schedule says to new takes."""

import argparse
import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from voicecoach.cli import DONE, WRONG, sessions, terminal
from voicecoach.errors import ScriptError
from voicecoach.recordings.lines import ReadLine, lines_of
from voicecoach.recordings.numbers import Numbers
from voicecoach.session import Script, Session, prepare
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.speech.takes import Take, Takes
from voicecoach.timeline import Note

_TIMES = re.compile(r"[0-9]+(?:[.:][0-9]+)*")


class Row(NamedTuple):
    """One line with its number, and its take if there is one."""

    number: int
    line: ReadLine
    take: Take | None

    @property
    def too_long(self) -> bool:
        """Whether the take is longer than the line may be."""
        return self.take is not None and self.line.room is not None and self.take.length > self.line.room


class Reading(NamedTuple):
    """What is to be read of one session, as the engine would say it; `listed` are the numbers that were told before."""

    script: Script
    session: Session
    rows: tuple[Row, ...]
    takes: Takes
    listed: Mapping[int, tuple[str, str]]

    @property
    def title(self) -> str:
        """The title of the session."""
        return self.session.timeline.title


def read(chosen: argparse.Namespace, takes: Takes) -> Reading:
    """Compiles the session with the engine alone, so that what a line may take does not depend on the takes."""
    script = sessions.read(chosen, chosen.routine)
    with sessions.speaker(chosen) as speaking, terminal.progress() as bar:
        session = sessions.ready(script, chosen, speaking, partial(bar, f"{script.entry}: speaking"))
        lines = lines_of(session)
    numbers = Numbers(takes.folder.parent, session.timeline.routine_id)
    listed = numbers.known()
    given = numbers.give(line.wording for line in lines)
    if numbers.problem:
        terminal.notes([f"the numbers of the lines are not kept, and may be others next time: {numbers.problem}"])
    rows = tuple(Row(given[line.id], line, takes.find(line.text, line.lang)) for line in lines)
    terminal.notes(takes.troubles)
    return Reading(script, session, rows, takes, listed)


def check(chosen: argparse.Namespace, reading: Reading) -> int:
    """Compiles the session with the takes, and prints each decision of the schedule that they bring about once."""
    try:
        with sessions.speaker(chosen, reading.takes) as speaking:
            options = sessions.completed(reading.script, chosen, speaking)
            session = prepare(reading.script, options, speaking)
            lines = {line.id: line for line in lines_of(session)}
    except ScriptError as error:
        terminal.problems(error.problems, reading.session.script.sources)
        terminal.say(
            "the takes are kept, but the session does not fit: record these lines shorter, or remove the takes"
        )
        return WRONG
    told = [
        Problem(note.severity, note.code, note.source, note.message, fix=note.fix)
        for note in _brought_about(reading.session.timeline.notes, session.timeline.notes)
    ]
    terminal.problems(told, reading.session.script.sources)
    _tell_changes(reading, lines)
    return DONE


def _brought_about(before: Iterable[Note], after: Iterable[Note]) -> Iterable[Note]:
    """The first note of every decision that was not made before."""
    known = {_decision(note) for note in before}
    new: dict[tuple[object, ...], Note] = {}
    for note in after:
        if _decision(note) not in known:
            new.setdefault(_decision(note), note)
    return new.values()


def _decision(note: Note) -> tuple[object, ...]:
    """What was decided, whenever it is: with other lengths of speech everything is a little earlier or later."""
    return note.code, note.source, _TIMES.sub("#", note.message)


def _tell_changes(reading: Reading, lines: Mapping[str, ReadLine]) -> None:
    """Lines that a take is too long for, and those that are said in their place."""
    rows = {row.line.id: row for row in reading.rows}
    gone = [row for name, row in rows.items() if name not in lines]
    terminal.notes([f"line {row.number} is not heard with these takes: {row.line.text}" for row in gone])
    added = [line for name, line in lines.items() if name not in rows]
    numbers = Numbers(reading.takes.folder.parent, reading.session.timeline.routine_id)
    given = numbers.give(line.wording for line in added)
    terminal.notes([f"said instead, as line {given[line.id]}: {line.text}" for line in added])


def wrong(what: str, fix: str) -> ScriptError:
    """A command line that makes no sense."""
    return ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=fix)])
