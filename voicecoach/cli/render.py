"""`voicecoach render`: audio files."""

import argparse
import math
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from voicecoach import api
from voicecoach.cli import DONE, sessions, terminal
from voicecoach.cli.arguments import lead_in
from voicecoach.cli.cover import asked_cover
from voicecoach.compiler.identify import slug
from voicecoach.errors import OutputError, ScriptError
from voicecoach.export.audio import RenderReport, WrittenFile, format_of
from voicecoach.export.sidecars import CaptionKind, sidecar
from voicecoach.export.split import splittable
from voicecoach.report import plain
from voicecoach.session import Progress, Script, Session
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.units import Milliseconds, clock

if TYPE_CHECKING:
    from voicecoach.export.labels import Picture
    from voicecoach.export.split import SplitReport

DEFAULT_SUFFIX = ".m4a"

_CHANNELS = {1: "mono", 2: "stereo"}
_TWO_EARS = 3.0
"""The same sound in two channels measures this many LU more than in one."""


def render(chosen: argparse.Namespace) -> int:
    """Renders every routine; nothing is written before all scripts are known to be right."""
    lead = lead_in(chosen)
    scripts = [sessions.read(chosen, name) for name in chosen.routines]
    destinations = _destinations(scripts, chosen.output, chosen.captions, chosen.music)
    if chosen.split:
        for destination in destinations:
            splittable(destination)
    asked = _Asked(
        cover=asked_cover(chosen, destinations), captions=chosen.captions, loudness=chosen.loudness, lead_in=lead
    )
    with sessions.speaker(chosen) as speaking, terminal.progress() as bar:
        spoken = [
            sessions.ready(script, chosen, speaking, partial(bar, f"{script.entry}: speaking")) for script in scripts
        ]
        if chosen.output and _is_folder(chosen.output):
            _make(Path(chosen.output))
        written = [
            _write(session, destination, asked, partial(bar, f"{destination.name}: writing"), split=chosen.split)
            for session, destination in zip(spoken, destinations, strict=True)
        ]
    for told, paths in written:
        for line in told:
            terminal.say(plain(line))
        for path in paths:
            terminal.out(str(path))
    return DONE


class _Asked(TypedDict):
    """What the options ask of every file."""

    cover: "Picture | bool"
    captions: Sequence[CaptionKind]
    loudness: float
    lead_in: Milliseconds


def _write(
    session: Session, destination: Path, asked: _Asked, progress: Progress, *, split: bool
) -> tuple[list[str], list[Path]]:
    """Writes one session; what to say about it, and the paths of its files."""
    progress(0, 1)
    if not split:
        report = api.render(session, destination, progress=progress, **asked)
        return summary(report.path.name, [report], report), [report.path, *report.captions]
    folder = destination.with_suffix("")
    parts = api.render_split(session, folder, destination.suffix, progress=progress, **asked)
    paths = [path for file in parts.files for path in (file.path, *file.captions)]
    return summary(f"{folder}{os.sep}", parts.files, parts), [*paths, parts.playlist]


def summary(name: str, files: "Sequence[WrittenFile]", sound: "RenderReport | SplitReport") -> list[str]:
    """What was written, and how it sounds, in two lines."""
    length, size = sum(file.length for file in files), sum(file.size for file in files)
    count = f"{len(files)} files, " if len(files) > 1 else ""
    heard = ["silent"]
    if sound.integrated > -math.inf:
        ears = f"; as loud as {sound.integrated - _TWO_EARS:.1f} in mono" if sound.channels > 1 else ""
        heard = [f"{sound.integrated:.1f} LUFS ({_CHANNELS[sound.channels]}{ears})"]
    if sound.true_peak > -math.inf:
        heard.append(f"true peak {sound.true_peak:.1f} dBTP")
    if sound.speech is not None:
        heard.append(f"speech {sound.speech * 100:.0f} % of the time")
    return [f"{name}: {count}{clock(length)}, {size / 1e6:.1f} MB", f"{name}: {', '.join(heard)}"]


def _destinations(
    scripts: list[Script], output: str | None, captions: Sequence[CaptionKind], music: str | None
) -> list[Path]:
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
        for path in (destination, *(sidecar(destination, kind) for kind in captions)):
            if path.resolve() in inputs:
                raise OutputError(f"{path} is read by the routine itself", "choose another name with -o")
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
