"""A timeline as the passages that a player with a screen shows one after another."""

from bisect import bisect_right
from collections.abc import Iterator

from voicecoach.export.labels import Passage
from voicecoach.player.course import Course
from voicecoach.player.now import Mode, Now
from voicecoach.player.scene import scene
from voicecoach.timeline import Timeline
from voicecoach.units import Milliseconds


def passages(timeline: Timeline) -> tuple[Passage, ...]:
    """What a file shows when: what the live session shows, but a wait ends by itself. They tile the session."""
    course = Course(timeline)
    lean = timeline._replace(chapters=())  # a scene divides every chapter by the length, which nobody asks for here
    ends = sorted({*_turns(timeline), timeline.duration})
    found: list[Passage] = []
    for start in sorted({0, *ends, *_announcements(course)}):
        if start >= timeline.duration:
            break
        mode: Mode = "waiting" if _is_still(timeline, start) else "playing"
        shown = scene(Now(mode, start, lean), course)
        until = ends[bisect_right(ends, start)]
        passage = Passage(start, until, shown.phase, shown.what, shown.ways, shown.counts, shown.next)
        if not found or found[-1][1:] != passage[1:]:
            found.append(passage)
    return tuple(found)


def _turns(timeline: Timeline) -> Iterator[Milliseconds]:
    """Where a countdown ends."""
    for bout in timeline.bouts:
        yield bout.start
        yield bout.end
    for segment in timeline.segments:
        if segment.holds is not None:
            yield segment.holds
            yield segment.end


def _announcements(course: Course) -> Iterator[Milliseconds]:
    """Where the phase changes inside a gap: the next exercise is announced, or its ticks begin."""
    for unit in range(len(course.bouts)):
        yield course.chapter_of(unit)
        ready = course.ready(unit)
        if ready is not None:
            yield ready


def _is_still(timeline: Timeline, at: Milliseconds) -> bool:
    """True in the silence of a wait."""
    return any(found.holds is not None and found.holds <= at < found.end for found in timeline.segments)
