"""Files that appear in a folder all together or not at all.

They are written in a hidden folder inside it and moved to their places when all are complete and
on the disk. What stood in those places comes back if one of them cannot be moved, and other files
are never touched.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voicecoach.errors import OutputError
from voicecoach.export.destination import PART, is_running, output_error, settle

_PREFIX = ".voicecoach."
_BEFORE = "before"
"""Where files wait that are being replaced."""


@contextmanager
def complete_files(folder: Path) -> Iterator[Path]:
    """A folder to write to; its files take their places in `folder`, which is made, when the block ends well.

    When the block raises anything, KeyboardInterrupt too, nothing is left behind. Raises OutputError
    for every OSError in the block, and for a file in the place of the folder.
    """
    try:
        target = Path(os.path.realpath(folder))
        if target.exists() and not target.is_dir():
            raise OutputError(f"cannot write to {folder}: it is a file", "choose another name with -o")
        made = not target.exists()
        target.mkdir(exist_ok=True)
        try:
            _clear_stale(target)
            stage = target / f"{_PREFIX}{os.getpid()}{PART}"
            stage.mkdir()
            try:
                yield stage
                _move_all(stage, target)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
        except BaseException:
            if made:
                with suppress(OSError):
                    target.rmdir()
            raise
    except OSError as error:
        raise output_error(folder, error) from error


def _move_all(stage: Path, target: Path) -> None:
    """Move every file of `stage` to its place, or none."""
    names = sorted(path.name for path in stage.iterdir())
    for name in names:
        if (target / name).is_dir():
            raise OutputError(f"cannot write {target / name}: it is a folder", "choose another folder with -o")
        settle(stage / name, target / name)
    before = stage / _BEFORE
    before.mkdir()
    moved: list[str] = []
    try:
        for name in names:
            moved.append(name)
            if os.path.lexists(target / name):
                os.replace(target / name, before / name)
            os.replace(stage / name, target / name)
    except BaseException:
        for name in moved:
            _take_back(name, stage, target)
        raise


def _take_back(name: str, stage: Path, target: Path) -> None:
    with suppress(OSError):
        if os.path.lexists(stage / _BEFORE / name):
            os.replace(stage / _BEFORE / name, target / name)
        elif not (stage / name).exists():
            (target / name).unlink()


def _clear_stale(target: Path) -> None:
    """Remove the hidden folders of processes that are gone; what waited there comes back where nothing stands now."""
    for stage in target.glob(f"{_PREFIX}*{PART}"):
        process = stage.name[len(_PREFIX) : -len(PART)]
        if not process.isdecimal() or is_running(int(process)):
            continue
        for path in (stage / _BEFORE).glob("*"):
            if not os.path.lexists(target / path.name):
                os.replace(path, target / path.name)
        shutil.rmtree(stage, ignore_errors=True)
