"""`voicecoach check`: every mistake of every file at once."""

import argparse
from collections.abc import Mapping

from voicecoach.cli import DONE, STRICT, WRONG, terminal
from voicecoach.cli.arguments import longest, pairs
from voicecoach.cli.sessions import as_problems
from voicecoach.compiler.options import Options
from voicecoach.errors import ScriptError
from voicecoach.report import as_json, github
from voicecoach.routine import LEVELS, Routine
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
        import json

        terminal.out(json.dumps([as_json(*pair) for pair in listed], ensure_ascii=False, indent=2))
    else:
        for problem, theirs in listed:
            terminal.out(github(problem, theirs))
    if any(problem.severity == "error" for problem in found):
        return WRONG
    return STRICT if chosen.strict and any(problem.severity == "warning" for problem in found) else DONE


def _problems(name: str, options: Options, allow_outside: bool) -> tuple[tuple[Problem, ...], Mapping[str, Source]]:
    """What is wrong with one file, read, and compiled with estimated speech at its own level and both ends."""
    try:
        script = read_script(name, settings=options.settings, allow_outside=allow_outside)
    except ScriptError as error:
        return error.problems, {}
    if script.routine is None or any(problem.severity == "error" for problem in script.problems):
        return script.problems, script.sources
    found: list[Problem] = list(script.problems)
    for dial in _dials(script.routine):
        try:
            compiled = estimated(script, options._replace(dial=dial))
        except ScriptError as error:
            return in_file_order([*found, *error.problems]), script.sources
        found += [problem for problem in compiled.problems if problem.severity != "note"]
        if compiled.timeline is not None:
            found += as_problems(compiled.timeline, audio_file=False)
    once = {(problem.code, problem.span): problem for problem in reversed(found)}
    return in_file_order(list(once.values())), script.sources


def _dials(routine: Routine) -> tuple[int, ...]:
    """The routine's own level first, whose messages win, then both ends: what lies between is no tighter."""
    own = LEVELS[routine.level]
    return (own, *(dial for dial in (LEVELS["gentle"], LEVELS["strong"]) if dial != own))


def _summary(files: list[str], found: list[Problem]) -> str:
    counted = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for word in ("error", "warning")
        if (number := sum(problem.severity == word for problem in found))
    ]
    checked = f"{len(files)} file{'' if len(files) == 1 else 's'} checked"
    return f"{checked}: {', '.join(counted) or 'no problems'}"
