"""`voicecoach strings`: the file of translations of a script, written or brought up to date."""

import argparse
import os

from voicecoach.cli import DONE, terminal
from voicecoach.worksheets import Worksheet, WorksheetError, update


def strings(chosen: argparse.Namespace) -> int:
    """Prints the file's name; what is still to be done in it goes to stderr."""
    try:
        sheet = update(chosen.file, chosen.lang, allow_outside=chosen.allow_outside)
    except WorksheetError as error:
        terminal.problems([p for p in error.problems if p.severity == "error"], error.sources)
        raise terminal.ReportedError from error
    terminal.problems(sheet.problems, sheet.sources)
    terminal.out(os.fspath(sheet.path))
    terminal.say(_summary(sheet))
    return DONE


def _summary(sheet: Worksheet) -> str:
    if sheet.before is not None:
        what = f"brought up to date; the file as it was is {sheet.before.name}"
    else:
        what = "written" if sheet.written else "nothing to change"
    changed = sum(problem.code == "W068" for problem in sheet.problems)
    counted = [f"{sheet.open_texts} still to translate"] if sheet.open_texts else ["every text is translated"]
    counted += [f"{changed} to look at again"] if changed else []
    return f"{what}: {', '.join(counted)}"
