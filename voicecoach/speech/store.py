"""The clips of one session: a little in memory, the rest in a temporary file without a name.

So the memory of a session does not grow with its length, and its clips stay the same whatever
happens to the cache meanwhile.
"""

from collections.abc import Hashable
from typing import IO

MEMORY = 1_000_000
"""Bytes kept in memory: ten clips of 2 s at 24 kHz."""


class ClipStore:
    """Bytes by key; each key is put once. Not safe from several threads."""

    def __init__(self, memory: int = MEMORY) -> None:
        self._room = memory
        self._kept: dict[Hashable, bytes] = {}
        self._places: dict[Hashable, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None
        self._end = 0

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept or key in self._places

    def put(self, key: Hashable, content: bytes) -> None:
        """Keeps `content`; in memory also when there is no room on the disk."""
        if len(content) > self._room:
            try:
                self._write(key, content)
                return
            except OSError:
                pass
        self._kept[key] = content
        self._room -= len(content)

    def get(self, key: Hashable) -> bytes:
        """What was put; KeyError if nothing was."""
        if key in self._kept:
            return self._kept[key]
        at, length = self._places[key]
        assert self._file
        self._file.seek(at)
        return self._file.read(length)

    def close(self) -> None:
        """Forgets everything."""
        self._kept.clear()
        self._places.clear()
        if self._file:
            self._file.close()
            self._file = None

    def _write(self, key: Hashable, content: bytes) -> None:
        if self._file is None:
            import tempfile

            self._file = tempfile.TemporaryFile(prefix="voicecoach-", buffering=0)  # noqa: SIM115
        self._file.seek(self._end)
        view = memoryview(content)
        while view:
            view = view[self._file.write(view) :]
        self._places[key] = (self._end, len(content))
        self._end += len(content)
