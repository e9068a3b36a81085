"""Where a session can go on as the same routine at another level."""

from typing import NamedTuple

from voicecoach.player.course import Course
from voicecoach.units import Milliseconds


class Seam(NamedTuple):
    """One timeline up to `until`, then the other from `since` on."""

    until: Milliseconds
    since: Milliseconds


def seam(old: Course, at: Milliseconds, new: Course) -> Seam | None:
    """The seam at the next exercise that is not yet announced at `at`; None if nothing is left that could change.

    If another exercise comes next on the new timeline, everything before it is heard: it may be a
    wait for other shoes.
    """
    present = old.group_at(at)
    following = _following(old, present, new)
    if present >= len(old.groups) or (present + 1 == len(old.groups) and following >= len(new.groups)):
        return None
    ahead = old.announcement(present + 1)
    if present < 0 or _same(old, present + 1, new, following):
        return Seam(ahead, new.announcement(following))
    done = _work_before(old, present + 1)
    return Seam(done if done > at else ahead, _work_before(new, following))


def _following(old: Course, group: int, new: Course) -> int:
    """The exercise of `new` that comes after exercise `group` of `old`.

    Where that exercise is left out, it is the next one of `old` that is not.
    """
    places = {(found.key, found.nth): index for index, found in enumerate(new.groups)}
    found = [places.get((one.key, one.nth)) for one in old.groups]
    behind = [place + 1 for place in found[: group + 1] if place is not None]
    ahead = [place for place in found[group + 1 :] if place is not None]
    if 0 <= group < len(found) and found[group] is None and ahead:
        return ahead[0]
    return behind[-1] if behind else 0


def _same(old: Course, one: int, new: Course, other: int) -> bool:
    if one >= len(old.groups) or other >= len(new.groups):
        return False
    mine, theirs = old.groups[one], new.groups[other]
    return (mine.key, mine.nth) == (theirs.key, theirs.nth)


def _work_before(course: Course, group: int) -> Milliseconds:
    """The end of the work before an exercise; of all work, for the one after the last."""
    unit = course.groups[group].first if group < len(course.groups) else len(course.bouts)
    start, _ = course.gap(unit)
    return start
