"""Where things are on a timeline, for a person who skips: units, exercises, sets, and where to land."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from voicecoach.player.edits import ends_bout
from voicecoach.timeline import Bout, Cue, Segment, Timeline
from voicecoach.units import Milliseconds

Key: TypeAlias = tuple[str, str | None, int | None]
"""What makes neighbouring bouts one exercise: its id, its section and its round."""


class Group(NamedTuple):
    """Neighbouring bouts of one exercise: indices `[first, last]`.

    `nth` counts the groups with the same key before it, so that a group can be found again in
    another timeline of the same routine.
    """

    key: Key
    nth: int
    first: int
    last: int


class Course:
    """Questions about one timeline, all times in milliseconds.

    A unit is a bout with the gap before it; unit `i` is that of bout `i`, and the last unit, with
    the index `len(bouts)`, is what follows the last bout.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.bouts: Sequence[Bout] = timeline.bouts
        self.groups = _groups(timeline.bouts)
        self._ends = [bout.end for bout in timeline.bouts]
        self._starts = [cue.start for cue in timeline.cues]
        self._chapters = [chapter.start for chapter in timeline.chapters]
        self._announced = [self.chapter_of(group.first) for group in self.groups]

    def unit(self, at: Milliseconds) -> int:
        """The unit at a time."""
        return bisect_right(self._ends, at)

    def bout_at(self, at: Milliseconds) -> Bout | None:
        """The bout that is being done at a time, None in a gap."""
        unit = self.unit(at)
        return self.bouts[unit] if unit < len(self.bouts) and self.bouts[unit].start <= at else None

    def gap(self, unit: int) -> tuple[Milliseconds, Milliseconds]:
        """From where to where the gap of a unit goes."""
        start = self.bouts[unit - 1].end if unit > 0 else 0
        return start, self.bouts[unit].start if unit < len(self.bouts) else self.timeline.duration

    def group_at(self, at: Milliseconds) -> int:
        """The exercise whose announcement began last; -1 before the first, `len(groups)` after the last bout."""
        if not self.bouts or at >= self.bouts[-1].end:
            return len(self.groups)
        return bisect_right(self._announced, at) - 1

    def announcement(self, group: int) -> Milliseconds:
        """Where an exercise begins to be announced; for the one after the last, where all work is done."""
        if group < len(self.groups):
            return self._announced[group]
        return self.bouts[-1].end if self.bouts else self.timeline.duration

    def landing(self, unit: int) -> Milliseconds:
        """Where a skip to a unit lands: on the first cue of its gap, else on the bout itself.

        The end tone of the bout before belongs to work that was not done, and is not landed on.
        """
        if unit > len(self.bouts):
            return self.timeline.duration
        return self._first_cue(*self.gap(unit))

    def entrance(self, group: int) -> Milliseconds:
        """Where an exercise begins: on the first cue of its announcement.

        After the last one comes what is said after all work, and then the end.
        """
        if group < 0:
            return 0
        if group >= len(self.groups):
            return self.landing(len(self.bouts) + group - len(self.groups))
        return self._first_cue(self._announced[group], self.bouts[self.groups[group].first].start)

    def approach(self, group: int, at: Milliseconds) -> Milliseconds:
        """Where one who goes on to an exercise lands: a wait on the way, perhaps for shoes, is not passed over."""
        entrance = self.entrance(group)
        if group >= len(self.groups):
            return entrance
        wait = self.wait(max(at, self.gap(self.groups[group].first)[0]))
        return entrance if wait is None or wait.opens is None or wait.opens <= at else min(wait.opens, entrance)

    def _first_cue(self, start: Milliseconds, end: Milliseconds) -> Milliseconds:
        return next((cue.start for cue in self.cues(start, end) if not ends_bout(cue, start)), end)

    def agrees(self, other: "Course", until: Milliseconds) -> bool:
        """True if the same is heard on both before a time."""
        mine, theirs = self.cues(0, until), other.cues(0, until)
        return [cue[:4] for cue in mine] == [cue[:4] for cue in theirs]

    def same_place(self, at: Milliseconds, there: "Course") -> Milliseconds:
        """The time on another timeline of the same routine at which the same work is being done."""
        group, unit = self.group_at(at), self.unit(at)
        if group < 0 or not there.bouts:
            return min(at, there.announcement(0))
        into = at - self.gap(unit)[0]
        if group >= len(self.groups):
            return min(there.bouts[-1].end + into, there.timeline.duration)
        mine = self.groups[group]
        place = next((n for n, one in enumerate(there.groups) if (one.key, one.nth) == (mine.key, mine.nth)), None)
        if place is None:
            return there.entrance(min(group, len(there.groups) - 1))
        theirs = there.groups[place]
        if unit > mine.last:  # the exercise is done, and the next one is not announced yet
            return min(there.bouts[theirs.last].end + into, there.announcement(place + 1))
        same = min(theirs.first + unit - mine.first, theirs.last)
        start, end = there.gap(same)
        if bout := self.bout_at(at):
            return min(end + at - bout.start, there.bouts[same].end - 1)
        return min(start + into, end)

    def first_of_set(self, index: int) -> int:
        """The first bout of the set that bout `index` belongs to, on the same side."""
        this = self.bouts[index]
        while index > 0 and _same_set(self.bouts[index - 1], this):
            index -= 1
        return index

    def chapter_of(self, index: int) -> Milliseconds:
        """Where the exercise of bout `index` begins to be announced."""
        start, _ = self.gap(index)
        begun = bisect_right(self._chapters, self.bouts[index].start)
        return max(start, self._chapters[begun - 1]) if begun else start

    def cues(self, start: Milliseconds, end: Milliseconds) -> Sequence[Cue]:
        """Cues that begin in `[start, end)`."""
        return self.timeline.cues[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def sounding(self, at: Milliseconds) -> tuple[Cue, ...]:
        """Cues that began before `at` and are not over."""
        return tuple(cue for cue in self.cues(at - _LONGEST_CUE, at) if cue.end > at)

    def ready(self, unit: int) -> Milliseconds | None:
        """Where the ready ticks before a bout begin, None if there are none."""
        if unit >= len(self.bouts):
            return None
        start, end = self.gap(unit)
        ticks = [cue.start for cue in self.cues(max(start, end - _READY), end) if cue.tone == "tick"]
        return ticks[0] if ticks else None

    def gate(self, at: Milliseconds) -> Segment | None:
        """The gate that is open at a time: the person may go on to the end of its segment."""
        return next(
            (
                found
                for found in self.timeline.segments
                if found.opens is not None and (found.opens <= at < found.end or at == found.holds)
            ),
            None,
        )

    def wait(self, at: Milliseconds) -> Segment | None:
        """The wait that is open at a time, or the next one."""
        return next((found for found in self.timeline.segments if at < found.end and found.holds is not None), None)

    def hold(self, at: Milliseconds) -> Milliseconds:
        """Up to where the session plays on by itself: the stillness of the next wait, or the end."""
        wait = self.wait(at)
        return self.timeline.duration if wait is None or wait.holds is None else wait.holds


_READY: Milliseconds = 3_000
"""Ready ticks stand in this time before a start tone (scheduling.md E.2)."""

_LONGEST_CUE: Milliseconds = 120_000
"""No cue is longer than this: a text may be said for 15 s without a warning, a sound is at most 2 s."""


def _groups(bouts: Sequence[Bout]) -> tuple[Group, ...]:
    found: list[Group] = []
    seen: dict[Key, int] = {}
    turns: set[_Turn] = set()
    for index, bout in enumerate(bouts):
        key = (bout.exercise, bout.section, bout.round_no)
        turn = (bout.ways, bout.set_no, bout.rep_no)
        same_step = index > 0 and bouts[index - 1].source == bout.source and turn not in turns
        if found and found[-1].key == key and same_step:
            found[-1] = found[-1]._replace(last=index)
            turns.add(turn)
            continue
        found.append(Group(key, seen.get(key, 0), index, index))
        seen[key] = seen.get(key, 0) + 1
        turns = {turn}
    return tuple(found)


_Turn: TypeAlias = tuple[tuple[tuple[str, str], ...], int, int]
"""Side, set and repetition: no step has the same twice, so the second is a step of its own."""


def _same_set(one: Bout, other: Bout) -> bool:
    same = one.exercise == other.exercise and one.source == other.source and one.ways == other.ways
    return same and (one.set_no, one.round_no) == (other.set_no, other.round_no) and one.rep_no < other.rep_no
