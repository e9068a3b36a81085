"""Sound kept on disk between sessions.

An entry is one file named by the key of everything that made it:

    magic (8) · key (32) · SHA-256 of the rest (32) · head length (4, big-endian) · head, JSON · samples

It appears complete or not at all, and is checked whole when it is read: one that does not fit its
name and digest is removed and made again. Several processes may use one folder at once.
"""

import json
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

BOUND = 256_000_000
"""Bytes of all entries together: some 25 sessions of an hour."""
_MAGIC = b"vc-clip1"
_FIXED = 8 + 32 + 32 + 4
_SUFFIX = ".clip"
_UNFINISHED = ".part"
_ABANDONED = 3_600.0
"""Seconds after which an unfinished file has lost its process."""
_KEPT_OF_BOUND = 0.9
"""Dropping goes this far down, so that it is not done for every entry."""


class Entry(NamedTuple):
    """Samples, and what must be known of them."""

    head: dict[str, object]
    pcm: bytes


def key(*parts: str | int) -> str:
    """The name of an entry: SHA-256 of everything that can change it, in hexadecimal."""
    return sha256(json.dumps(["voicecoach-clip/1", *parts]).encode()).hexdigest()


class ClipCache:
    """Entries in one folder, at most `bound` bytes of them, those not used for longest dropped first.

    Nothing here raises: where the folder cannot be written there is simply no cache, and `problem`
    says why.
    """

    def __init__(self, folder: Path, bound: int = BOUND, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.bound = bound
        self.problem: str | None = None
        self._clock = clock
        self._lock = threading.Lock()
        self._used: int | None = None

    def get(self, name: str) -> Entry | None:
        """The entry of a key, now the last used; None if there is none or it was damaged."""
        path = self._path(name)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            _remove(path)
            return None
        entry = _unpacked(name, content)
        if entry is None:
            _remove(path)
            return None
        with suppress(OSError):  # it would only look older than it is
            os.utime(path)
        return entry

    def put(self, name: str, entry: Entry) -> None:
        """Keeps an entry, if that is possible."""
        content = _packed(name, entry)
        if self.problem or len(content) > self.bound:
            return
        try:
            with self._lock:
                self._make_room(len(content))
                self._write(self._path(name), content)
        except OSError as error:
            self.problem = f"speech is not kept in {self.folder}: {error.strerror or error}"

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"

    def _write(self, path: Path, content: bytes) -> None:
        import tempfile

        handle, unfinished = tempfile.mkstemp(_UNFINISHED, dir=self.folder)
        try:
            with open(handle, "wb") as file:
                file.write(content)
            if path.is_dir():
                _remove(path)
            os.replace(unfinished, path)
        except PermissionError:
            _remove(Path(unfinished))
            if not path.is_file():
                raise
            return  # another process has the same entry open, which some systems do not let us replace
        except BaseException:
            _remove(Path(unfinished))
            raise
        self._used = (self._used or 0) + len(content)

    def _make_room(self, size: int) -> None:
        """Knows the folder's size from the first entry on, and looks again when it seems full."""
        if self._used is not None and self._used + size <= self.bound:
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = self._entries()
        self._used = sum(length for _, length, _ in entries)
        if self._used + size <= self.bound:
            return
        wanted = min(int(self.bound * _KEPT_OF_BOUND), self.bound - size)
        for _, length, path in sorted(entries):
            if self._used <= wanted:
                break
            _remove(path)
            self._used -= length

    def _entries(self) -> list[tuple[float, int, Path]]:
        """Last use, size and path of each entry; sweeps up after processes that were killed."""
        entries = []
        with os.scandir(self.folder) as found:
            for file in found:
                try:
                    status = file.stat(follow_symlinks=False)
                except OSError:
                    continue  # dropped by another process
                if file.name.endswith(_UNFINISHED) and self._clock() - status.st_mtime > _ABANDONED:
                    _remove(Path(file.path))
                elif file.name.endswith(_SUFFIX):
                    entries.append((status.st_mtime, status.st_size, Path(file.path)))
        return entries


def _packed(name: str, entry: Entry) -> bytes:
    head = json.dumps(entry.head).encode()
    body = len(head).to_bytes(4, "big") + head + entry.pcm
    return _MAGIC + bytes.fromhex(name) + sha256(body).digest() + body


def _unpacked(name: str, content: bytes) -> Entry | None:
    view = memoryview(content)
    if len(view) < _FIXED or view[:8] != _MAGIC or view[8:40] != bytes.fromhex(name):
        return None
    if sha256(view[40 + 32 :]).digest() != view[40:72]:
        return None
    end = _FIXED + int.from_bytes(view[72:_FIXED], "big")
    return Entry(json.loads(bytes(view[_FIXED:end])), bytes(view[end:]))


def _remove(path: Path) -> None:
    with suppress(OSError):  # gone already, or it stays and is passed over again
        if path.is_dir() and not path.is_symlink():
            import shutil

            shutil.rmtree(path)
        else:
            path.unlink()
