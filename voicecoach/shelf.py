"""Which routines there are, and the files of one of them: a path, an own routine or a bundled one."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from voicecoach import locations
from voicecoach.errors import ScriptError
from voicecoach.script.linker import OutsideError
from voicecoach.script.suggest import nearest
from voicecoach.source import Problem, Span

BUNDLED = "voicecoach:"
"""How a script names a bundled file: `voicecoach:feet`."""

READ_LIMIT = 4 * 1024 * 1024 + 1
"""Bytes that are read of any script: one more than a script may have, so that a larger one is noticed."""


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")

ShelfKind: TypeAlias = Literal["here", "own", "bundled"]
_KINDS: tuple[ShelfKind, ...] = ("bundled", "here", "own")


class Shelved(NamedTuple):
    """One routine that can be named by its id, and where it comes from."""

    id: str
    path: Path
    kind: ShelfKind


class Folder(NamedTuple):
    """The folder of one routine; reads its files by the names that scripts use.

    `entry` is the routine itself: a person may name it through a link to anywhere.
    """

    path: Path
    entry: str
    allow_outside: bool = False

    def locate(self, name: str) -> Path:
        """The file behind a name relative to this folder, or behind `voicecoach:NAME`."""
        if name.startswith(BUNDLED):
            return _bundled_file(name.removeprefix(BUNDLED))
        return self.path / name

    def inside(self, name: str) -> Path:
        """The file behind a name; raises OutsideError if a link or `..` leads out of the folder."""
        path = self.locate(name)
        asked_for = name == self.entry or name.startswith(BUNDLED) or self.allow_outside
        if not asked_for and not _inside(path, self.path):
            raise OutsideError(name)
        return path

    def read(self, name: str) -> bytes:
        """The bytes of a file, a little more than a script may have at most.

        Raises OutsideError as `inside` does, and OSError as open does.
        """
        path = self.inside(name)
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OSError(f"{path.name} is not a file")
        with path.open("rb") as file:
            return file.read(READ_LIMIT)

    def sidecars(self, name: str) -> dict[str, str]:
        """The files of translations beside a file, by language tag: `feet.de.coach-text.yaml` is `de`."""
        path = self.locate(name)
        stem = f"{locations.without_suffix(path.name)}."
        folder = BUNDLED if name.startswith(BUNDLED) else name[: len(name) - len(path.name)]
        try:
            beside = sorted(entry.name for entry in os.scandir(path.parent) if entry.name.startswith(stem))
        except OSError:
            return {}
        found: dict[str, str] = {}
        for file in beside:
            tag = file.removeprefix(stem).removesuffix(locations.TRANSLATION)
            if file == f"{stem}{tag}{locations.TRANSLATION}" and _TAG.fullmatch(tag):
                found[tag] = folder + file
        return found

    def display(self, name: str) -> str:
        """The name as a person would type it from where they are."""
        if name.startswith(BUNDLED):
            return name
        shown = os.path.normpath(self.path / name)
        try:
            nearer = os.path.relpath(shown)
        except ValueError:
            return shown
        return shown if nearer.startswith(os.pardir + os.sep + os.pardir) else nearer


def routines() -> Iterator[Shelved]:
    """Every routine that can be named: the bundled ones, those in this folder, then a person's own.

    A bundled id always means the bundled routine; another file of that name goes by its path.
    """
    seen: set[str] = set()
    for folder, kind in zip(_shelves(), _KINDS, strict=True):
        for path in sorted(folder.glob("*.yaml" if kind == "own" else "*.coach.yaml")):
            name = locations.without_suffix(path.name)
            if path.name.endswith(locations.TRANSLATION):
                continue
            if path.is_file() and not _is_library(path):
                yield Shelved(str(path) if name in seen else name, path, kind)
                seen.add(name)


def find(name: str) -> Path:
    """The script behind a path or an id; raises ScriptError (E050) with the nearest id."""
    path = Path(name)
    if path.is_file() or path.suffix or len(path.parts) > 1:
        return path
    for folder in _shelves():
        for suffix in locations.SUFFIXES:
            if (folder / f"{name}{suffix}").is_file():
                return folder / f"{name}{suffix}"
    if path.exists():
        return path
    near = nearest(name, (shelved.id for shelved in routines()))
    raise ScriptError(
        [
            Problem(
                "error",
                "E050",
                Span(name, 0, 0),
                "there is no such file, and no routine of that id",
                fix=f"did you mean '{near}'?" if near else "voicecoach list  shows all routines",
            )
        ]
    )


def _shelves() -> Iterator[Path]:
    """The folders that are looked through, one after another."""
    yield locations.bundled_scripts()
    yield Path()
    yield locations.own_routines()


def _bundled_file(name: str) -> Path:
    if name.startswith("audio/"):
        return locations.bundled_audio() / name.rpartition("/")[2]
    folder = locations.bundled_scripts()
    file = name.rpartition("/")[2]
    for candidate in (f"{file}.coach.yaml", f"{file}-library.coach.yaml", file):
        if (folder / candidate).is_file():
            return folder / candidate
    return folder / f"{file}.coach.yaml"


def _inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _is_library(path: Path) -> bool:
    """True for a file of exercises without steps: it is no routine."""
    try:
        with path.open("rb") as file:
            return any(line.startswith(b"library:") for line in file.read(READ_LIMIT).splitlines())
    except OSError:
        return False
