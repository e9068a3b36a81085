"""`voicecoach explain`: the resolved doses, what was left out, and every decision of the schedule."""

import argparse
import json

from voicecoach.cli import DONE, sessions, terminal
from voicecoach.cli.arguments import duration
from voicecoach.compiler.explain import Explanation, explanation
from voicecoach.errors import ScriptError
from voicecoach.report import plain
from voicecoach.session import Session
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.timeline import Note
from voicecoach.units import SECOND, clock

_AROUND = 10 * SECOND
"""`--at` shows what happens this long before and after the moment."""


def explain(chosen: argparse.Namespace) -> int:
    """Prints doses, left-out steps and decisions; with `--at`, what happens around one moment."""
    at = None
    if chosen.at is not None:
        at = duration(chosen.at)
        if at is None:
            what = f"--at {chosen.at}: this is not a time"
            raise ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix="write for example  --at 2:21")])
    script = sessions.read(chosen, chosen.routine)
    with sessions.speaker(chosen) as speaking:
        session = sessions.ready(script, chosen, speaking)
        notes = [note for note in session.timeline.notes if at is None or abs(note.at - at) <= _AROUND]
        found = explanation(session.compiled)
        if chosen.json:
            terminal.out(json.dumps(_document(found, notes), ensure_ascii=False, indent=2))
            return DONE
        if at is None:
            for line in found.lines():
                terminal.out(plain(line))
        else:
            _moment(session, at)
        for note in notes:
            terminal.out(plain(_line(session, note)))
    return DONE


def _moment(session: Session, at: int) -> None:
    for cue in session.timeline.cues:
        if cue.start <= at + _AROUND and cue.end >= at - _AROUND:
            what = cue.text or f"{cue.tone} tone"
            terminal.out(plain(f"{clock(cue.start):>8}  {cue.kind:<6}  {what}  [{cue.priority}]"))


def _line(session: Session, note: Note) -> str:
    source = session.script.sources.get(note.source.file)
    place = source.path if source else note.source.file
    return f"{place}:{note.source.line}:{note.source.col}: {note.severity} {note.code}: {note.message}"


def _document(found: Explanation, notes: list[Note]) -> dict[str, object]:
    return {
        **found.document(),
        "notes": [
            {
                "code": note.code,
                "severity": note.severity,
                "message": note.message,
                "at_ms": note.at,
                "source": {"file": note.source.file, "line": note.source.line, "col": note.source.col},
            }
            for note in notes
        ],
    }
