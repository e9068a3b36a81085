"""All files of a voice, in a folder of their own until they are whole."""

import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from voicecoach.catalogue.asking import NotThereError, read
from voicecoach.catalogue.download import Progress, Wanted, download
from voicecoach.catalogue.listing import CARD, Listed
from voicecoach.errors import OutputError

_LARGEST_CARD = 200_000
_ROOM = 10_000_000
"""Bytes left free on the disk."""


def card(listed: Listed) -> str:
    """What the voice's card says of its makers and licence; empty if it has none that can be read."""
    wanted = listed.file(CARD)
    if wanted is None:
        return ""
    try:
        return read(wanted.url, _LARGEST_CARD).decode("utf-8", "replace")
    except NotThereError:
        return ""


def deliver(listed: Listed, folder: Path, progress: Progress | None, check: Callable[[Path], object]) -> None:
    """Fetches a voice into `folder`, the smallest file first; what is there from an earlier call is gone on with.

    `check` is given each file that is whole, and may raise to save the rest. Raises DownloadError
    and OutputError.
    """
    _make_room(listed, folder)
    done = 0
    for wanted in sorted(listed.files, key=lambda one: one.size):
        path = folder / file_name(wanted)
        download(wanted, path, _shifted(progress, done, listed.size))
        check(path)
        done += wanted.size


def file_name(wanted: Wanted) -> str:
    """The name of a file, without the folders it has on the network."""
    return PurePosixPath(unquote(urlsplit(wanted.url).path)).name


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    return None if progress is None else lambda done, _: progress(before + done, total)


def _make_room(listed: Listed, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        free = shutil.disk_usage(folder).free
    except OSError as error:
        what = f"{folder.parent} cannot take the voice: {(error.strerror or str(error)).lower()}"
        raise OutputError(what, "allow writing there, or name another folder in VOICECOACH_DATA_DIR") from error
    needed = listed.size - there + _ROOM
    if free < needed:
        what = f"{folder.parent} has {free / 1e6:,.0f} MB of room, and the voice needs {needed / 1e6:,.0f} MB"
        raise OutputError(what, "make room, or name another folder in VOICECOACH_DATA_DIR")
