"""The file behind the record: opened when it is needed, brought up to date, and moved aside if it is broken."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from voicecoach.errors import OutputError

_MIGRATIONS: Final = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        routine TEXT NOT NULL,
        name TEXT NOT NULL,
        title TEXT NOT NULL,
        level TEXT NOT NULL,
        dial INTEGER NOT NULL,
        started_ms INTEGER NOT NULL,
        offset_s INTEGER NOT NULL,
        updated_ms INTEGER NOT NULL,
        ended_ms INTEGER,
        at_ms INTEGER NOT NULL,
        length_ms INTEGER NOT NULL,
        bouts INTEGER NOT NULL,
        done INTEGER NOT NULL,
        skipped INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        answer TEXT NOT NULL,
        options TEXT NOT NULL,
        digest TEXT NOT NULL,
        process INTEGER NOT NULL,
        born TEXT NOT NULL,
        settled INTEGER NOT NULL
    );
    CREATE INDEX sessions_started ON sessions (started_ms);
    CREATE INDEX sessions_outcome ON sessions (outcome);
    """,
)
"""Each makes the schema of its number from the one before; the first, of an empty file."""

VERSION: Final = len(_MIGRATIONS)
"""The schema this program knows, as it stands in `PRAGMA user_version`."""

_BROKEN: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_ELSEWHERE: Final = "allow writing there, or name another folder in VOICECOACH_DATA_DIR"

Result = TypeVar("Result")


class BusyError(OutputError):
    """Another process has held the file for longer than the patience."""


class Database:
    """One file for several threads, beside other processes; `problem` says what had to be repaired."""

    def __init__(self, path: Path, today: Callable[[], date]) -> None:
        self.path = path
        self.problem: str | None = None
        self._today = today
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def run(self, work: Callable[[sqlite3.Connection], Result], patience: float = 2.0) -> Result:
        """Does the work in one transaction, waiting at most `patience` seconds for another process.

        A broken file is moved aside and the work done in a new one. Raises OutputError for
        everything else that goes wrong, BusyError among it.
        """
        with self._lock:
            try:
                try:
                    return self._in_transaction(work, patience)
                except sqlite3.DatabaseError as error:
                    if _code(error) not in _BROKEN:
                        raise
                    self._move_aside()
                    return self._in_transaction(work, patience)
            except (sqlite3.Error, OSError) as error:
                raise self._failure(error) from error

    def close(self) -> None:
        """Frees the file; the next work opens it again."""
        with self._lock:
            self._close()

    def _in_transaction(self, work: Callable[[sqlite3.Connection], Result], patience: float) -> Result:
        connection = self._connection or self._open()
        connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # some failures have ended the transaction themselves
                connection.execute("ROLLBACK")
            raise
        return result

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self.path, timeout=2.0, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        connection.row_factory = sqlite3.Row
        self._connection = connection
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        known = _version(connection)
        if known > VERSION:
            raise OutputError(
                f"the history in {self.path} is of a newer voicecoach (schema {known}; this one knows {VERSION})",
                "update voicecoach; until then sessions play and are not recorded",
            )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY:  # another process is just doing the same
                raise
        connection.execute("PRAGMA synchronous = NORMAL")
        if known == VERSION:
            return
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            for number in range(_version(connection), VERSION):
                for statement in _MIGRATIONS[number].split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")

    def _move_aside(self) -> None:
        """Puts a broken file out of the way, unless another process has done so already."""
        self._close()
        if not self._is_broken():
            return
        stem = f"{self.path.stem}.broken-{self._today():%Y-%m-%d}"
        names = (f"{stem}{'' if number == 1 else f'-{number}'}{self.path.suffix}" for number in range(1, 1000))
        aside = next(path for path in map(self.path.with_name, names) if not path.exists())
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.replace(f"{self.path}{ending}", f"{aside}{ending}")
        self.problem = f"the history was broken; a new one is begun, and the old one is kept as {aside}"

    def _is_broken(self) -> bool:
        connection = sqlite3.connect(self.path, timeout=2.0)
        try:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
        except sqlite3.DatabaseError as error:
            return _code(error) in _BROKEN
        finally:
            connection.close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _failure(self, error: Exception) -> OutputError:
        code = _code(error) if isinstance(error, sqlite3.Error) else 0
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        fix = _ELSEWHERE
        if code in _BUSY:
            return BusyError(f"the history in {self.path} is held by another program", "try again in a moment")
        if code == sqlite3.SQLITE_FULL:
            reason, fix = "the disk is full", "make room on the disk"
        return OutputError(f"the history in {self.path} cannot be used: {reason}", fix)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _code(error: sqlite3.Error) -> int:
    """The primary result code of SQLite; 0 for a mistake of Python's own layer."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
