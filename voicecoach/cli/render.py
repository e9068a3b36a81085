"""`voicecoach render`: audio files."""

import argparse
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import api
from voicecoach.cli import DONE, sessions, terminal
from voicecoach.compiler.identify import slug
from voicecoach.errors import OutputError, ScriptError
from voicecoach.export.audio import RenderReport, format_of
from voicecoach.export.sidecars import CaptionKind, sidecar
from voicecoach.export.split import splittable
from voicecoach.interrupts import load_whole
from voicecoach.report import plain
from voicecoach.session import Progress, Script, Session
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.export.labels import Picture

DEFAULT_SUFFIX = ".m4a"


def render(chosen: argparse.Namespace) -> int:
    """Renders every routine; nothing is written before all scripts are known to be right."""
    scripts = [sessions.read(chosen, name) for name in chosen.routines]
    destinations = _destinations(scripts, chosen.output, chosen.captions)
    if chosen.split:
        for destination in destinations:
            splittable(destination)
    cover = _cover(chosen, destinations)
    with sessions.speaker(chosen) as speaking, terminal.progress() as bar:
        spoken = [
            sessions.ready(script, chosen, speaking, partial(bar, f"{script.entry}: speaking")) for script in scripts
        ]
        if chosen.output and _is_folder(chosen.output):
            _make(Path(chosen.output))
        written = [
            _write(session, destination, chosen, cover, partial(bar, f"{destination.name}: writing"))
            for session, destination in zip(spoken, destinations, strict=True)
        ]
    for told, paths in written:
        terminal.say(plain(told))
        for path in paths:
            terminal.out(str(path))
    return DONE


def _write(
    session: Session, destination: Path, chosen: argparse.Namespace, cover: "Picture | bool", progress: Progress
) -> tuple[str, list[Path]]:
    """Writes one session; what to say about it, and the paths of its files."""
    if not chosen.split:
        report = api.render(session, destination, cover=cover, captions=chosen.captions, progress=progress)
        return f"{report.path.name}: {_summary([report])}", [report.path, *report.captions]
    folder = destination.with_suffix("")
    parts = api.render_split(
        session, folder, destination.suffix, cover=cover, captions=chosen.captions, progress=progress
    )
    count = f"{len(parts.files)} file{'s' * (len(parts.files) > 1)}"
    paths = [path for file in parts.files for path in (file.path, *file.captions)]
    return f"{folder}{os.sep}: {count}, {_summary(parts.files)}", [*paths, parts.playlist]


def _summary(reports: Sequence[RenderReport]) -> str:
    length, size = sum(report.length for report in reports), sum(report.size for report in reports)
    return f"{clock(length)}, {size / 1e6:.1f} MB"


def _cover(chosen: argparse.Namespace, destinations: list[Path]) -> "Picture | bool":
    """The cover, read before anything is spoken; raises CoverError for a file that cannot be one."""
    if chosen.cover is None:
        return not chosen.no_cover
    load_whole("PIL._imaging")
    from voicecoach.export.artwork.choice import holds_cover
    from voicecoach.export.artwork.own import read_cover

    picture = read_cover(Path(chosen.cover))
    for destination in destinations:
        if not holds_cover(destination):
            terminal.notes([f"a {destination.suffix} file holds no cover: {destination.name}"])
    return picture


def _destinations(scripts: list[Script], output: str | None, captions: Sequence[CaptionKind]) -> list[Path]:
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
