"""From a command line to a ready session; Problems are printed with their source lines."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.cli import terminal
from voicecoach.cli.arguments import session_options
from voicecoach.errors import ScriptError
from voicecoach.session import Progress, Script, Session, checked, prepare, read_script
from voicecoach.source import Problem
from voicecoach.speech.choice import speaking
from voicecoach.timeline import Timeline

if TYPE_CHECKING:
    from voicecoach.speech.speaker import Speaker


@contextmanager
def speaker(chosen: argparse.Namespace) -> "Iterator[Speaker]":
    """The speaker of `--engine`; `--estimate` asks for none that speaks."""
    estimate = getattr(chosen, "estimate", False)
    with speaking("silent" if estimate else chosen.engine, locations.cache_dir() / "clips") as made:
        yield made


def read(chosen: argparse.Namespace, name: str) -> Script:
    """Reads one script and prints its errors and warnings; raises ReportedError if there are errors."""
    settings = session_options(chosen).settings
    script = read_script(name, settings=settings, allow_outside=chosen.allow_outside)
    report(script)
    return script


def report(script: Script) -> None:
    """Prints what is wrong with a script; raises ReportedError if it cannot be used."""
    problems = [found for found in script.problems if found.severity != "note"]
    try:
        checked(script)
    except ScriptError as error:
        problems = list(dict.fromkeys([*problems, *error.problems]))
        terminal.problems(problems, script.sources)
        raise terminal.ReportedError from error
    terminal.problems(problems, script.sources)


def ready(script: Script, chosen: argparse.Namespace, voice: "Speaker", progress: Progress | None = None) -> Session:
    """The session of a script, spoken and measured; what is wrong with it is printed with its source lines."""
    try:
        session = prepare(script, session_options(chosen), voice, progress)
    except ScriptError as error:
        terminal.problems(error.problems, script.sources)
        raise terminal.ReportedError from error
    terminal.problems(session.compiled.problems, script.sources)
    if chosen.command_name != "explain":
        audio = chosen.command_name == "render"
        terminal.problems(as_problems(session.timeline, audio_file=audio), script.sources)
    if voice.problem:
        terminal.say(f"note: clips are not kept between sessions: {voice.problem}")
    return session


def as_problems(timeline: Timeline, *, audio_file: bool) -> list[Problem]:
    """The schedule's warnings; those about audio files only where one is made."""
    return [
        Problem(note.severity, note.code, note.source, note.message, fix=note.fix)
        for note in timeline.notes
        if note.severity == "warning" and (audio_file or note.code not in _ONLY_IN_FILES)
    ]


_ONLY_IN_FILES = frozenset({"W310", "W311", "W321"})
"""Warnings that an audio file cannot wait for a person."""
