"""One file from the network: complete, as its digest says, and taken up again where it broke off."""

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from voicecoach.errors import DownloadError, OutputError

Progress = Callable[[int, int], None]
"""Called with how many bytes are there, and of how many."""

SILENCE = 30.0
"""Seconds without a byte after which a connection is taken for broken."""
ATTEMPTS = 4
"""Broken connections in a row without a single new byte, before it is given up."""
_BLOCK = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_OFFLINE = (
    "connect to the internet and type it again; or fetch NAME.onnx and NAME.onnx.json elsewhere, then "
    "voicecoach voices add NAME.onnx"
)
_AGAIN = "type the same command again: it goes on where it stopped"


class Wanted(NamedTuple):
    """One file: where it is, how many bytes it has, and their MD5 in hexadecimal."""

    url: str
    size: int
    md5: str


class NotThereError(DownloadError):
    """The server answers, and has no such file."""


class _BrokenError(Exception):
    """The connection ended before the file did."""


def read(url: str, most: int) -> bytes:
    """A small file, at most `most` bytes; raises DownloadError."""
    with _opened(url, 0) as response:
        try:
            content = response.read(most + 1)
        except (OSError, HTTPException) as error:
            raise DownloadError(f"{_place(url)} broke off: {_reason(error)}", _AGAIN) from error
    if len(content) > most:
        raise DownloadError(f"{url} is larger than {most:,} bytes", "this is not the list of voices; check the address")
    return content


def download(
    wanted: Wanted, target: Path, progress: Progress | None = None, *, wait: Callable[[float], None] = time.sleep
) -> None:
    """Writes `target`, which may hold the beginning already and keeps what has come when this fails.

    Raises DownloadError for the network, OutputError for the disk.
    """
    attempts, fresh = 0, not target.exists()
    while True:
        before = _size(target)
        try:
            if before != wanted.size:
                _continue(wanted, target, progress)
        except _BrokenError as error:
            attempts = 1 if _size(target) > before else attempts + 1
            if attempts >= ATTEMPTS:
                what = f"{_place(wanted.url)} broke off at {_size(target):,} of {wanted.size:,} bytes: {error}"
                raise DownloadError(what, _AGAIN) from error
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
    with _opened(wanted.url, there) as response:
        begin = _begin(response)
        if begin not in {0, there}:
            raise DownloadError(f"{_place(wanted.url)} sent another part than was asked for", "type it again later")

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
        raise OutputError(what, f"make room or allow writing there; then {_AGAIN}") from error


def _block(response: HTTPResponse) -> bytes:
    try:
        return response.read1(_BLOCK)
    except (OSError, HTTPException) as error:
        raise _BrokenError(_reason(error)) from error


def _begin(response: HTTPResponse) -> int:
    """Where the answer begins; a server that knows no parts sends the whole file."""
    match = _RANGE.fullmatch(response.headers.get("Content-Range", "")) if response.status == 206 else None
    return int(match[1]) if match else 0


@contextmanager
def _opened(url: str, begin: int) -> Iterator[HTTPResponse]:
    """The answer of a server from a byte on; raises DownloadError, or _BrokenError where trying again may help."""
    if not _is_web(url):
        raise DownloadError(f"{url} is no address on the web", "write one that begins with https://")
    headers = {"User-Agent": "voicecoach", "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    try:
        response: HTTPResponse = urlopen(Request(url, headers=headers), timeout=SILENCE)
    except HTTPError as error:
        with error:
            raise _refused(url, error, begin) from error
    except (URLError, OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise DownloadError(f"there is no way to {_place(url)}: {_reason(reason)}", _OFFLINE) from error
    with response:
        yield response


def _refused(url: str, error: HTTPError, begin: int) -> Exception:
    if error.code in {404, 410}:
        return NotThereError(f"{url} is not there ({error.code})", "check the address, or take another voice")
    if error.code == 416 and begin:
        return DownloadError(f"{url} is shorter than the list of voices says", "type it again later")
    if error.code in {408, 429} or error.code >= 500:
        return DownloadError(
            f"{_place(url)} is not ready to answer ({error.code} {error.reason})", "type it again later"
        )
    return DownloadError(f"{_place(url)} refuses {url}: {error.code} {error.reason}", "check the address")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _place(url: str) -> str:
    return urlsplit(url).netloc or url


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return f"nothing came for {SILENCE:g} s"
    text = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]


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
        raise OutputError(what, f"remove it; then {_AGAIN}") from error
    return found.hexdigest()
