"""`voicecoach check`: every mistake of every file at once."""

import argparse
import re
from collections.abc import Mapping
from pathlib import Path

from voicecoach import locations
from voicecoach.cli import DONE, STRICT, WRONG, terminal
from voicecoach.cli.arguments import longest, pairs
from voicecoach.cli.sessions import as_problems
from voicecoach.compiler.options import Options
from voicecoach.errors import ScriptError
from voicecoach.report import as_json, github
from voicecoach.routine import LEVELS, Routine
from voicecoach.session import estimated, read_script
from voicecoach.shelf import find
from voicecoach.source import Problem, Source, Span, in_file_order

_TRANSLATION = re.compile(
    r"(?P<script>.+)\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)" + re.escape(locations.TRANSLATION)
)


def check(chosen: argparse.Namespace) -> int:
    """Checks every file and prints what was found; 2 with errors, 1 with warnings under `--strict`."""
    found: list[Problem] = []
    listed: list[tuple[Problem, Mapping[str, Source]]] = []
    options = Options(
        settings=pairs(chosen.set, "--set", "NAME=VALUE"),
        lang=chosen.lang,
        max_length=longest(chosen),
    )
    for name in chosen.files:
        is_translation = name.endswith(locations.TRANSLATION)
        look = _problems_of_translation if is_translation else _problems
        problems, sources = look(name, options, chosen.allow_outside)
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
    """What is wrong with one file, read, and compiled with estimated speech at its own level and both ends.

    Unless a language is asked for, its translations are read too, but only its own language is compiled. Those of a
    bundled routine named by its id are only read when they are asked for: they are shipped as they were checked.
    """
    try:
        script = read_script(
            name,
            settings=options.settings,
            allow_outside=allow_outside,
            lang=options.lang or "",
            every_language=not options.lang and not _is_bundled(name),
        )
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


def _is_bundled(name: str) -> bool:
    """Whether this is the id of a bundled routine, and not its path; raises ScriptError if it is neither."""
    return len(Path(name).parts) == 1 and find(name).parent == locations.bundled_scripts()


def _problems_of_translation(
    name: str, options: Options, allow_outside: bool
) -> tuple[tuple[Problem, ...], Mapping[str, Source]]:
    """What is wrong with the session in the language of one file of translations, and not with the script itself."""
    path = Path(name)
    found = _TRANSLATION.fullmatch(path.name)
    scripts = [path.with_name(found["script"] + suffix) for suffix in locations.SUFFIXES] if found else []
    script = next((one for one in scripts if one.is_file()), None)
    if found is None or script is None or not path.is_file():
        if not path.is_file():
            what, fix = "there is no such file", ""
        elif found is None:
            what, fix = "the name of this translation has no language", "name it like  feet.de.coach-text.yaml"
        else:
            what = f"the script it translates is not beside it: {scripts[0].name}"
            fix = "a translation lies in the folder of its script and begins with its name"
        return (Problem("error", "E050", Span(name, 0, 0), what, fix=fix),), {}
    own, _ = _problems(str(script), options._replace(lang=_language_of(script)), allow_outside)
    problems, sources = _problems(str(script), options._replace(lang=found["tag"]), allow_outside)
    return tuple(problem for problem in problems if problem not in own), sources


def _language_of(script: Path) -> str | None:
    said = read_script(str(script)).said
    return None if said is None else said.lang


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
