"""`voicecoach check`: every mistake of every file at once."""

import argparse
import json
from collections.abc import Mapping

from voicecoach.cli import DONE, STRICT, WRONG, terminal
from voicecoach.cli.arguments import longest, pairs
from voicecoach.compiler.options import Options
from voicecoach.errors import ScriptError
from voicecoach.report import as_json, github
from voicecoach.session import estimated, read_script
from voicecoach.source import Problem, Source, in_file_order


def check(chosen: argparse.Namespace) -> int:
    """Checks every file and prints what was found; 2 with errors, 1 with warnings under `--strict`."""
    found: list[Problem] = []
    listed: list[tuple[Problem, Mapping[str, Source]]] = []
    options = Options(
        settings=pairs(chosen.set, "--set", "NAME=VALUE"),
        max_length=longest(chosen),
    )
    for name in chosen.files:
        problems, sources = _problems(name, options, chosen.allow_outside)
        listed += [(problem, sources) for problem in problems]
        found += problems
    if chosen.format == "text":
        for problem, theirs in listed:
            terminal.problems([problem], theirs)
        terminal.say(_summary(chosen.files, found))
    elif chosen.format == "json":
        terminal.out(json.dumps([as_json(*pair) for pair in listed], ensure_ascii=False, indent=2))
    else:
        for problem, theirs in listed:
            terminal.out(github(problem, theirs))
    if any(problem.severity == "error" for problem in found):
        return WRONG
    return STRICT if chosen.strict and any(problem.severity == "warning" for problem in found) else DONE


def _problems(name: str, options: Options, allow_outside: bool) -> tuple[tuple[Problem, ...], Mapping[str, Source]]:
    """What is wrong with one file, read and compiled at its own level with estimated speech."""
    try:
        script = read_script(name, settings=options.settings, allow_outside=allow_outside)
    except ScriptError as error:
        return error.problems, {}
    if script.routine is None or any(problem.severity == "error" for problem in script.problems):
        return script.problems, script.sources
    try:
        compiled = estimated(script, options)
    except ScriptError as error:
        return in_file_order([*script.problems, *error.problems]), script.sources
    scheduled = [problem for problem in compiled.problems if problem.severity != "note"]
    if compiled.timeline is not None:
        scheduled += [
            Problem(note.severity, note.code, note.source, note.message, fix=note.fix)
            for note in compiled.timeline.notes
            if note.severity == "warning" and note.code not in _ONLY_IN_FILES
        ]
    return in_file_order([*script.problems, *scheduled]), script.sources


_ONLY_IN_FILES = frozenset({"W310", "W311"})
"""Warnings about audio files: they matter to `render`, not to the script."""


def _summary(files: list[str], found: list[Problem]) -> str:
    counted = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for word in ("error", "warning")
        if (number := sum(problem.severity == word for problem in found))
    ]
    checked = f"{len(files)} file{'' if len(files) == 1 else 's'} checked"
    return f"{checked}: {', '.join(counted) or 'no problems'}"
