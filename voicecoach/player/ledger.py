"""What has been done of a session: which bouts were heard to their end, and which were passed over."""

from typing import NamedTuple

from voicecoach.player.course import Course
from voicecoach.units import Milliseconds


class Ledger(NamedTuple):
    """The bouts that were done, by index, and how far the present run of sound has been looked at (ms).

    Bouts before `first` lie before the place where the session was begun: they are not passed over.
    """

    done: frozenset[int] = frozenset()
    looked_at: Milliseconds = 0
    first: int = 0

    def heard(self, course: Course, at: Milliseconds) -> "Ledger":
        """The sound went on without a jump up to `at`: bouts that ended on the way are done."""
        ended = range(course.unit(self.looked_at), course.unit(at))
        return self._replace(done=self.done.union(ended) if ended else self.done, looked_at=at)

    def jumped(self, at: Milliseconds) -> "Ledger":
        """The sound goes on at `at`, without what lies between."""
        return self._replace(looked_at=at)

    def cut(self, count: int) -> "Ledger":
        """Only the first `count` bouts are still what they were."""
        return self._replace(done=frozenset(index for index in self.done if index < count))

    def finished(self, index: int) -> "Ledger":
        """The person said that a bout is done."""
        return self._replace(done=self.done | {index})

    def skipped(self, course: Course, at: Milliseconds) -> int:
        """How many bouts lie behind and were not done."""
        return sum(index not in self.done for index in range(self.first, course.unit(at)))
