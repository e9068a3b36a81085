"""One session of the record."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from voicecoach.routine import LEVELS, Level
from voicecoach.units import Milliseconds

Outcome: TypeAlias = Literal["running", "finished", "stopped", "crashed"]
"""`stopped` by the person; `crashed`: its process ended without saying so."""

Answer: TypeAlias = Literal["", "easy", "right", "hard", "pain"]
"""How it felt; empty if nobody said."""


class Entry(NamedTuple):
    """A session as it is recorded.

    `routine` is its id, `name` what starts it: an id or a path. `level` is empty where the dial
    (0 to 100) is at none. Times are aware, in the local time of the start. `at` is how far it
    came, of `length`. `bouts` are all there were, of which some were `done` and some `skipped`.
    `options` is what is needed to start the same session again, `digest` its timeline's. Where the
    level was changed, `level` and `dial` are those of the last exercise, and `length` and `at` are
    of a session that has them throughout.
    """

    id: int
    routine: str
    name: str
    title: str
    level: str
    dial: int
    started: datetime
    updated: datetime
    ended: datetime | None
    at: Milliseconds
    length: Milliseconds
    bouts: int
    done: int
    skipped: int
    outcome: Outcome
    answer: Answer
    options: Mapping[str, object]
    digest: str

    @property
    def then(self) -> Level | None:
        """The level that was chosen for after the last exercise; None if it was the same."""
        return next((level for level in LEVELS if level == self.options.get("then")), None)

    @property
    def words(self) -> Mapping[str, object]:
        """What the command line said beside the options of the session."""
        words = self.options.get("words")
        return words if isinstance(words, dict) else {}

    @property
    def file(self) -> str:
        """The absolute path of the script; empty for one that comes with voicecoach, or if it was not kept."""
        return file if isinstance(file := self.words.get("file"), str) else ""

    @property
    def spent(self) -> Milliseconds:
        """How long was really exercised at most: what was skipped, or played in an earlier session, is not."""
        return max(0, min(self.at, (self.updated - self.started) // timedelta(milliseconds=1)))

    @property
    def counts(self) -> bool:
        """True for a session in which something was done."""
        return self.outcome == "finished" or self.done > 0
