"""What happened, written down while it happens: a session that is killed has lost at most its last second."""

import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple

from voicecoach import locations
from voicecoach.history.database import BusyError, Database
from voicecoach.history.entry import Answer, Entry, Outcome
from voicecoach.history.running import is_running, this_process
from voicecoach.units import Milliseconds

SILENT: Final = timedelta(seconds=60)
"""A session that was not updated for this long is taken as crashed, whatever its process does."""

OFFERED: Final = timedelta(hours=12)
"""How long a session that was cut off can be taken up again."""

_HASTE: Final = 0.2
"""Seconds an update may wait for another process: the next one comes in a second anyway."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIELDS: Final = ("level", "dial", "length_ms", "bouts", "options")
_WHOLE: Final = ", ".join(f"{name} = coalesce(?, {name})" for name in _FIELDS)
_OWN: Final = "id = ? AND process = ? AND born = ?"


class Whole(NamedTuple):
    """The whole session that a place belongs to: its level and dial, its length and bouts, and what starts it again."""

    level: str
    dial: int
    length: Milliseconds
    bouts: int
    options: Mapping[str, object]


def local_now() -> datetime:
    """This moment, with the local offset."""
    return datetime.now().astimezone()


class History:
    """The sessions of one person; safe for several threads and processes.

    Every method raises OutputError if the file cannot be used: a session goes on without it.
    `problem` says if a broken file had to be moved aside.
    """

    def __init__(self, path: Path | None = None, clock: Callable[[], datetime] = local_now) -> None:
        self._clock = clock
        self._database = Database(path or locations.history_file(), lambda: clock().date())

    def __enter__(self) -> "History":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the record is kept."""
        return self._database.path

    @property
    def problem(self) -> str | None:
        """What had to be repaired, for the person."""
        return self._database.problem

    def close(self) -> None:
        """Frees the file."""
        self._database.close()

    # ---- a session as it happens -----------------------------------------------------------

    def begin(
        self,
        *,
        routine: str,
        name: str,
        title: str,
        whole: Whole,
        digest: str = "",
        at: Milliseconds = 0,
        resumes: int | None = None,
    ) -> int:
        """Records the start of a session and gives its id; `resumes` is the session that it takes up again."""
        now = self._clock()
        values = {
            "routine": routine,
            "name": name,
            "title": title,
            "level": whole.level,
            "dial": whole.dial,
            "started_ms": _ms(now),
            "offset_s": _offset(now),
            "updated_ms": _ms(now),
            "at_ms": at,
            "length_ms": whole.length,
            "bouts": whole.bouts,
            "done": 0,
            "skipped": 0,
            "outcome": "running",
            "answer": "",
            "options": _written(whole.options),
            "digest": digest,
            "process": os.getpid(),
            "born": this_process(),
            "settled": 0,
        }
        statement = f"INSERT INTO sessions ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"

        def work(connection: sqlite3.Connection) -> int:
            made = connection.execute(statement, tuple(values.values())).lastrowid
            if resumes is not None:
                connection.execute("UPDATE sessions SET settled = 1 WHERE id = ?", (resumes,))
            assert made is not None
            return made

        return self._database.run(work)

    def update(self, entry: int, at: Milliseconds, done: int, skipped: int, *, whole: Whole | None = None) -> bool:
        """How far a session of this process is; to be called once a second, also while it is paused.

        `whole` is what `at` is a place of; None if that is the same as before. It does not wait long:
        where another process holds the file, this update is left to the next, and the answer is False.
        """
        own = self._own(entry)
        row = (_ms(self._clock()), at, done, skipped)
        place = "updated_ms = ?, at_ms = ?, done = ?, skipped = ?"
        known = f"UPDATE sessions SET {place} WHERE {_OWN} AND outcome = 'running'"
        other = (
            f"UPDATE sessions SET outcome = 'running', {place}, {_WHOLE} "
            f"WHERE {_OWN} AND outcome IN ('running', 'crashed')"
        )

        def work(connection: sqlite3.Connection) -> None:
            if whole is not None or not connection.execute(known, (*row, *own)).rowcount:
                connection.execute(other, (*row, *_columns(whole), *own))

        try:
            self._database.run(work, _HASTE)
        except BusyError:
            return False
        return True

    def end(
        self,
        entry: int,
        outcome: Outcome,
        at: Milliseconds,
        done: int,
        skipped: int,
        *,
        whole: Whole | None = None,
    ) -> None:
        """Records how a session of this process ended; `whole` as for `update`."""
        now = _ms(self._clock())
        row = (outcome, now, now, at, done, skipped, *_columns(whole), *self._own(entry))
        statement = (
            "UPDATE sessions SET outcome = ?, updated_ms = ?, ended_ms = ?, at_ms = ?, done = ?, skipped = ?, "
            f"{_WHOLE} WHERE {_OWN}"
        )
        self._database.run(lambda connection: connection.execute(statement, row))

    def answer(self, entry: int, answer: Answer) -> None:
        """Records how a session of this process felt."""
        row = (answer, *self._own(entry))
        self._database.run(lambda connection: connection.execute(f"UPDATE sessions SET answer = ? WHERE {_OWN}", row))

    def dismiss(self, entry: int) -> None:
        """A session that was cut off is not offered again."""
        self._database.run(
            lambda connection: connection.execute("UPDATE sessions SET settled = 1 WHERE id = ?", (entry,))
        )

    # ---- what happened ---------------------------------------------------------------------

    def entries(self, limit: int | None = None, routine: str | None = None) -> tuple[Entry, ...]:
        """Sessions, the newest first; `routine` is an id, or the name one was started by."""
        return self._entries(
            "WHERE :routine IS NULL OR routine = :routine OR name = :routine "
            "ORDER BY started_ms DESC, id DESC LIMIT :limit",
            {"routine": routine, "limit": -1 if limit is None else limit},
        )

    def last_done(self) -> dict[str, datetime]:
        """When each routine was last finished, by its id."""
        finished = self._entries("WHERE outcome = 'finished' ORDER BY ended_ms", {})
        return {entry.routine: entry.ended or entry.updated for entry in finished}

    def times(self, routine: str) -> int:
        """How often a routine was begun: its session number, which turns listed texts."""
        if not self.path.exists():
            return 0
        counting = "SELECT count(*) FROM sessions WHERE routine = ?"
        return self._database.run(lambda connection: int(connection.execute(counting, (routine,)).fetchone()[0]))

    def unfinished(self, routine: str | None = None) -> Entry | None:
        """The newest session of the last hours, perhaps of one routine, that was cut off and can be taken up again.

        It crashed or was stopped before its end, was neither taken up nor dismissed since, and its
        routine was not begun anew.
        """
        found = self._entries(
            "AS one WHERE outcome IN ('crashed', 'stopped') AND NOT settled AND 0 < at_ms AND at_ms < length_ms "
            "AND updated_ms >= :since AND (:routine IS NULL OR routine = :routine OR name = :routine) AND NOT EXISTS "
            "(SELECT 1 FROM sessions WHERE routine = one.routine AND name = one.name AND id > one.id) "
            "ORDER BY started_ms DESC, id DESC LIMIT 1",
            {"since": _ms(self._clock() - OFFERED), "routine": routine},
        )
        return found[0] if found else None

    def _entries(self, condition: str, values: Mapping[str, object]) -> tuple[Entry, ...]:
        if not self.path.exists():
            return ()

        def work(connection: sqlite3.Connection) -> list[sqlite3.Row]:
            self._notice_crashes(connection)
            return connection.execute(f"SELECT * FROM sessions {condition}", values).fetchall()

        return tuple(_entry(row) for row in self._database.run(work))

    def _notice_crashes(self, connection: sqlite3.Connection) -> None:
        """Sessions that nobody updates any more have crashed."""
        now = _ms(self._clock())
        running = connection.execute("SELECT id, process, born, updated_ms FROM sessions WHERE outcome = 'running'")
        for entry, process, born, updated in running.fetchall():
            own = process == os.getpid() and born == this_process()
            fresh = abs(now - updated) <= SILENT // timedelta(milliseconds=1)
            if not own and not (fresh and is_running(process, born)):
                connection.execute("UPDATE sessions SET outcome = 'crashed' WHERE id = ?", (entry,))

    def _own(self, entry: int) -> tuple[int, int, str]:
        """The session, if it is one of this process: numbers may begin anew when a broken file is moved aside."""
        return entry, os.getpid(), this_process()


def _entry(row: sqlite3.Row) -> Entry:
    zone = timezone(timedelta(seconds=row["offset_s"]))
    return Entry(
        id=row["id"],
        routine=row["routine"],
        name=row["name"],
        title=row["title"],
        level=row["level"],
        dial=row["dial"],
        started=_time(row["started_ms"], zone),
        updated=_time(row["updated_ms"], zone),
        ended=None if row["ended_ms"] is None else _time(row["ended_ms"], zone),
        at=row["at_ms"],
        length=row["length_ms"],
        bouts=row["bouts"],
        done=row["done"],
        skipped=row["skipped"],
        outcome=row["outcome"],
        answer=row["answer"],
        options=json.loads(row["options"]),
        digest=row["digest"],
    )


def _columns(whole: Whole | None) -> tuple[object, ...]:
    """What `_WHOLE` asks for; None leaves a field as it is."""
    return (None,) * len(_FIELDS) if whole is None else (*whole[:-1], _written(whole.options))


def _written(options: Mapping[str, object]) -> str:
    return json.dumps(dict(options), ensure_ascii=False, sort_keys=True)


def _ms(moment: datetime) -> int:
    """Milliseconds since 1970, UTC."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _time(ms: int, zone: timezone) -> datetime:
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(zone)


def _offset(moment: datetime) -> int:
    offset = moment.utcoffset()
    assert offset is not None, "the clock gives aware times"
    return round(offset.total_seconds())
