"""`voicecoach render`: audio files."""

import argparse
import math
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import api
from voicecoach.cli import DONE, sessions, terminal
from voicecoach.cli.arguments import lead_in
from voicecoach.compiler.identify import slug
from voicecoach.errors import OutputError, ScriptError
from voicecoach.export.audio import format_of
from voicecoach.report import plain
from voicecoach.session import Script
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.export.audio import RenderReport

DEFAULT_SUFFIX = ".m4a"

_CHANNELS = {1: "mono", 2: "stereo"}
_TWO_EARS = 3.0
"""The same sound in two channels measures this many LU more than in one."""


def render(chosen: argparse.Namespace) -> int:
    """Renders every routine; nothing is written before all scripts are known to be right."""
    lead = lead_in(chosen)
    scripts = [sessions.read(chosen, name) for name in chosen.routines]
    destinations = _destinations(scripts, chosen.output, chosen.music)
    with sessions.speaker(chosen) as speaking, terminal.progress() as bar:
        spoken = [
            sessions.ready(script, chosen, speaking, partial(bar, f"{script.entry}: speaking")) for script in scripts
        ]
        if chosen.output and _is_folder(chosen.output):
            _make(Path(chosen.output))
        reports = [
            api.render(
                session,
                destination,
                progress=partial(bar, f"{destination.name}: writing"),
                loudness=chosen.loudness,
                lead_in=lead,
            )
            for session, destination in zip(spoken, destinations, strict=True)
        ]
    for report in reports:
        for line in summary(report):
            terminal.say(line)
        terminal.out(str(report.path))
    return DONE


def summary(report: "RenderReport") -> list[str]:
    """What was written, and how it sounds, in two lines."""
    sound = ["silent"]
    if report.integrated > -math.inf:
        ears = f"; as loud as {report.integrated - _TWO_EARS:.1f} in mono" if report.channels > 1 else ""
        sound = [f"{report.integrated:.1f} LUFS ({_CHANNELS[report.channels]}{ears})"]
    if report.true_peak > -math.inf:
        sound.append(f"true peak {report.true_peak:.1f} dBTP")
    if report.speech is not None:
        sound.append(f"speech {report.speech * 100:.0f} % of the time")
    name = plain(report.path.name)
    return [f"{name}: {clock(report.length)}, {report.size / 1e6:.1f} MB", f"{name}: {', '.join(sound)}"]


def _destinations(scripts: list[Script], output: str | None, music: str | None) -> list[Path]:
    """Where each routine is written; raises ScriptError for two that would be one file, OutputError for an input."""
    names = [slug(script.routine.id if script.routine else "") or "session" for script in scripts]
    if output is None:
        found = [Path(f"{name}{DEFAULT_SUFFIX}") for name in names]
    elif _is_folder(output):
        found = [Path(output) / f"{name}{DEFAULT_SUFFIX}" for name in names]
    else:
        if len(scripts) > 1:
            what = f"{output} is one file, and there are {len(scripts)} routines"
            raise ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=f"name a folder:  -o {output}/")])
        found = [Path(output)]
    for destination in found:
        format_of(destination)
    if len(set(found)) < len(found):
        what = "two of these routines would be written to the same file"
        raise ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix="render them one by one")])
    inputs = {path.resolve() for script in scripts for path in script.files()}
    inputs |= {Path(music).resolve()} if music else set()
    for destination in found:
        if destination.resolve() in inputs:
            raise OutputError(f"{destination} is read by the routine itself", "choose another name with -o")
    return found


def _is_folder(output: str) -> bool:
    path = Path(output)
    return path.is_dir() or output.endswith((os.sep, "/")) or not path.suffix


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder {folder} cannot be made: {error.strerror or error}"
        raise OutputError(what, "choose another folder with -o") from error
