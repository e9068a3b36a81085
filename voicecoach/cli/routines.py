"""`voicecoach list`, `show` and `new`: which routines there are, what is in one, and a start for one's own."""

import argparse
import os
import shlex
from pathlib import Path

from voicecoach import locations
from voicecoach.cli import DONE, terminal
from voicecoach.cli.arguments import longest, pairs
from voicecoach.cli.sessions import report
from voicecoach.cli.starter import starter
from voicecoach.compiler.options import Options
from voicecoach.errors import OutputError, ScriptError
from voicecoach.overview import Overview, overview
from voicecoach.report import plain
from voicecoach.session import read_script
from voicecoach.shelf import routines

COMPLEMENT = "These exercises complement a diagnosis and treatment by a health professional; they do not replace it."


def list(_: argparse.Namespace) -> int:  # noqa: A001  the command's own name
    """Lists the routines that can be named by their id: `id  title  where`."""
    rows = []
    for shelved in routines():
        script = read_script(str(shelved.path))
        title = script.routine.title.turn(0) if script.routine else "(has mistakes: voicecoach check tells)"
        rows.append((shelved.id, plain(title), {"here": str(shelved.path), "own": "your own"}.get(shelved.kind, "-")))
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    for name, title, where in rows:
        terminal.out(f"{name:<{widths[0]}}  {title:<{widths[1]}}  {where}".rstrip(" -"))
    terminal.say(f"your own routines are found here and in {locations.own_routines()}")
    return DONE


def show(chosen: argparse.Namespace) -> int:
    """Shows what a person should know before they start."""
    settings = pairs(chosen.set, "--set", "NAME=VALUE")
    lang: str | None = chosen.lang
    script = read_script(chosen.routine, settings=settings, allow_outside=chosen.allow_outside, lang=lang or "")
    report(script)
    try:
        found = overview(script, Options(settings=settings, lang=lang, max_length=longest(chosen)))
    except ScriptError as error:
        terminal.problems(error.problems, script.sources)
        raise terminal.ReportedError from error
    for line in _lines(found):
        terminal.out(plain(line))
    return DONE


def new(chosen: argparse.Namespace) -> int:
    """Writes a starter script; raises OutputError if the file exists or cannot be written."""
    path = Path(chosen.file)
    if not path.name.endswith(locations.SUFFIXES):
        path = path.with_name(path.name + locations.SUFFIXES[0])
    title = locations.without_suffix(path.name).replace("-", " ").replace("_", " ").strip().capitalize() or "My routine"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(starter(title))
    except FileExistsError as error:
        raise OutputError(f"{path} exists already and is left as it is", "choose another name") from error
    except OSError as error:
        fix = "choose another place" if path.parent.is_dir() else f"make the folder {path.parent} first"
        raise OutputError(f"{path} cannot be written: {error.strerror or error}", fix) from error
    terminal.out(os.fspath(path))
    shown = shlex.quote(os.fspath(path))
    terminal.say(f"next:  voicecoach check {shown}   then   voicecoach render {shown}")
    return DONE


def _lines(found: Overview) -> "tuple[str, ...]":
    lines = [found.title, *([found.summary] if found.summary else []), ""]
    lines.append(f"Equipment:  {', '.join(found.needs) or 'none'}")
    lines.append(f"Footwear:   {', '.join(found.footwear) or 'as you like'}")
    lines.append("Length:     " + ", ".join(f"{level} {length}" for level, length in found.lengths) + " (estimated)")
    lines += ["", "Exercises:"]
    for exercise in found.exercises:
        lines.append(f"  {exercise.name}" + (f"  ({exercise.details})" if exercise.details else ""))
        same = len({dose for _, dose in exercise.doses}) == 1 and len(exercise.doses) == len(found.lengths)
        lines += [
            f"      {level}: {dose}"
            for level, dose in ((("all levels", exercise.doses[0][1]),) if same else exercise.doses)
        ]
    for title, texts in (("Cautions", found.cautions), ("Stop if you feel", found.stop_if), ("Advice", found.advice)):
        if texts:
            lines += ["", f"{title}:", *(f"  - {text}" for text in texts)]
    return (*lines, "", COMPLEMENT)
