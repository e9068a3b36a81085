"""A file that appears complete or not at all.

The file is written under a hidden name beside its destination and renamed when it is complete
and on the disk. What stood at the destination before stays until then.
"""

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voicecoach.errors import OutputError

PART = ".part"
"""How hidden names of files that are being written end."""
_MADE = "-made"
_NAME_BYTES = 200
"""A file name is at most 255 bytes on most systems; the rest is for the process number."""

_ELSEWHERE = "choose another place with -o"
_FIXES = {
    errno.ENOSPC: f"free some space on that disk, or {_ELSEWHERE}",
    errno.EDQUOT: f"free some space on that disk, or {_ELSEWHERE}",
    errno.EFBIG: "choose a smaller format, such as .m4a",
    errno.ENOENT: f"make the folder first, or {_ELSEWHERE}",
    errno.ENOTDIR: _ELSEWHERE,
    errno.EACCES: f"allow writing to that folder, or {_ELSEWHERE}",
    errno.EPERM: f"allow writing to that folder, or {_ELSEWHERE}",
    errno.EROFS: _ELSEWHERE,
    errno.ENAMETOOLONG: "choose a shorter name with -o",
}


@contextmanager
def complete_file(destination: Path) -> Iterator[Path]:
    """A path to write to; it takes the place of `destination` when the block ends well.

    When the block raises anything, KeyboardInterrupt too, nothing is left behind. Files left by
    a process that was killed are removed first. One process writes one destination at a time.
    Raises OutputError for every OSError in the block.
    """
    try:
        target = _target(destination)
        _remove_stale(target)
        part = target.with_name(f"{_stem(target)}{os.getpid()}{PART}")
        try:
            part.unlink(missing_ok=True)
            yield part
            settle(part, target)
            os.replace(part, target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise output_error(destination, error) from error


def output_error(destination: Path, error: OSError) -> OutputError:
    """What the system says about writing `destination`, with what helps."""
    reason = os.strerror(error.errno).lower() if error.errno else str(error)
    return OutputError(f"cannot write {destination}: {reason}", _FIXES.get(error.errno or 0, _ELSEWHERE))


def beside(part: Path) -> Path:
    """A second hidden file, for what a format makes on the way to `part`; the writer removes it.

    If the process is killed, the next one that writes the same destination does.
    """
    return part.with_name(f"{part.name.removesuffix(PART)}{_MADE}{PART}")


def _target(destination: Path) -> Path:
    """The file itself, behind any links; raises OutputError where no file can be put."""
    target = Path(os.path.realpath(destination))
    with suppress(FileNotFoundError):
        mode = target.stat().st_mode
        if stat.S_ISDIR(mode):
            raise OutputError(f"cannot write {destination}: it is a folder", "give a file name with -o")
        if not stat.S_ISREG(mode):
            raise OutputError(f"cannot write {destination}: it is not a file", "give a file name with -o")
    return target


def _stem(target: Path) -> str:
    name = os.fsencode(target.name)[:_NAME_BYTES].decode("utf-8", "ignore")
    return f".{name}."


def _remove_stale(target: Path) -> None:
    """Remove the hidden files of `target` whose process is gone."""
    stem = _stem(target)
    try:
        present = list(target.parent.iterdir())
    except PermissionError:  # a folder can be written and not listed
        return
    for path in present:
        if path.name.startswith(stem) and path.name.endswith(PART):
            process = path.name[len(stem) : -len(PART)].removesuffix(_MADE)
            if process.isdecimal() and not is_running(int(process)):
                with suppress(OSError):
                    path.unlink()


def is_running(process: int) -> bool:
    """True if the process may be there. On Windows always False: a file in use cannot be removed there."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def settle(part: Path, target: Path) -> None:
    """Bring `part` to the disk, with the permissions of the file it replaces."""
    with suppress(FileNotFoundError):
        shutil.copymode(target, part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
