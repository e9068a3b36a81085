"""One file from the network: complete, as its digest says, and taken up again where it broke off."""

import hashlib
import os
import re
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import NamedTuple

from voicecoach.catalogue.asking import AGAIN, opened, place, reason
from voicecoach.errors import DownloadError, OutputError

Progress = Callable[[int, int], None]
"""Called with how many bytes are there, and of how many."""

ATTEMPTS = 4
"""Broken connections in a row without a single new byte, before it is given up."""
_BLOCK = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class Wanted(NamedTuple):
    """One file: where it is, how many bytes it has, and their MD5 in hexadecimal."""

    url: str
    size: int
    md5: str


class _BrokenError(Exception):
    """The connection ended before the file did."""


def download(
    wanted: Wanted, target: Path, progress: Progress | None = None, *, wait: Callable[[float], None] = time.sleep
) -> None:
    """Writes `target`, which may hold the beginning already and keeps what has come when this fails.

    Raises DownloadError for the network, OutputError for the disk.
    """
    attempts, furthest, fresh = 0, _size(target), not target.exists()
    while True:
        try:
            if _size(target) != wanted.size:
                _continue(wanted, target, progress)
        except _BrokenError as error:
            attempts = 1 if _size(target) > furthest else attempts + 1
            furthest = max(furthest, _size(target))
            if attempts >= ATTEMPTS:
                what = f"{place(wanted.url)} broke off at {_size(target):,} of {wanted.size:,} bytes: {error}"
                raise DownloadError(what, AGAIN) from error
            wait(float(attempts))
            continue
        found = _md5(target)
        if found == wanted.md5:
            return
        _write(target, "wb", lambda _: None)
        if fresh:
            what = f"{wanted.url} is not the file that the list of voices describes (MD5 {found}, not {wanted.md5})"
            raise DownloadError(what, "type it again later; if it stays so, take another voice")
        fresh = True  # what had come before may have been damaged


def _continue(wanted: Wanted, target: Path, progress: Progress | None) -> None:
    """Fetches what is missing; raises _BrokenError if it does not come whole."""
    there = _size(target)
    if there > wanted.size:
        there = 0
    with opened(wanted.url, there) as response:
        begin = _begin(response)
        if begin not in {0, there}:
            raise DownloadError(f"{place(wanted.url)} sent another part than was asked for", "type it again later")

        def fill(descriptor: int) -> None:
            done = begin
            while block := _block(response):
                done += len(block)
                if done > wanted.size:
                    raise DownloadError(
                        f"{wanted.url} is larger than the {wanted.size:,} bytes of the list of voices",
                        "type it again later; if it stays so, take another voice",
                    )
                view = memoryview(block)
                while view:
                    view = view[os.write(descriptor, view) :]
                if progress:
                    progress(done, wanted.size)

        _write(target, "r+b" if begin else "wb", fill, begin)
    if _size(target) < wanted.size:
        raise _BrokenError("the connection was closed")


def _write(target: Path, mode: str, fill: Callable[[int], None], begin: int = 0) -> None:
    """Opens, cuts to `begin` bytes and fills; what goes wrong with the disk is told as such."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open(mode, buffering=0) as file:
            file.truncate(begin)
            file.seek(begin)
            fill(file.fileno())
    except OSError as error:
        what = f"{target.parent} cannot take the voice: {(error.strerror or str(error)).lower()}"
        raise OutputError(what, f"make room or allow writing there; then {AGAIN}") from error


def _block(response: HTTPResponse) -> bytes:
    try:
        return response.read1(_BLOCK)
    except (OSError, HTTPException) as error:
        raise _BrokenError(reason(error)) from error


def _begin(response: HTTPResponse) -> int:
    """Where the answer begins; a server that knows no parts sends the whole file."""
    match = _RANGE.fullmatch(response.headers.get("Content-Range", "")) if response.status == 206 else None
    return int(match[1]) if match else 0


def _size(target: Path) -> int:
    try:
        return target.stat().st_size
    except OSError:
        return 0


def _md5(target: Path) -> str:
    found = hashlib.md5(usedforsecurity=False)
    try:
        with target.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
    except OSError as error:
        what = f"{target} cannot be read again: {error.strerror or error}"
        raise OutputError(what, f"remove it; then {AGAIN}") from error
    return found.hexdigest()
