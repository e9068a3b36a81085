"""Changes to a timeline that is already being heard: time added to a rest, and another level from some place on."""

from typing import TypeVar

from voicecoach.timeline import Bout, Chapter, Cue, Note, Segment, Timeline
from voicecoach.units import Milliseconds

_Placed = TypeVar("_Placed", Bout, Cue, Chapter)


def lengthened(timeline: Timeline, at: Milliseconds, by: Milliseconds) -> Timeline:
    """The timeline with `by` ms of silence put in at `at`, in a gap: what begins there or later comes later.

    An end tone stays with its bout.
    """

    def later(time: Milliseconds) -> Milliseconds:
        return time + by if time > at else time

    def later_cue(cue: Cue) -> Cue:
        return cue if cue.start < at or ends_bout(cue, at) else _shifted(cue, by)

    return timeline._replace(
        duration=timeline.duration + by,
        segments=tuple(_moved_segment(found, at, by) for found in timeline.segments),
        chapters=tuple(found._replace(start=later(found.start), end=later(found.end)) for found in timeline.chapters),
        bouts=tuple(_shifted(found, by) if found.start >= at else found for found in timeline.bouts),
        cues=tuple(sorted((later_cue(cue) for cue in timeline.cues), key=lambda cue: cue.start)),
        notes=tuple(found._replace(at=later(found.at)) for found in timeline.notes),
    )


def spliced(old: Timeline, until: Milliseconds, new: Timeline, since: Milliseconds) -> Timeline:
    """`old` up to `until`, then `new` from `since` on; cues of `old` that began before are heard out.

    Both places lie in a gap where nothing of `new` is sounding. An end tone exactly at the seam is
    that of the old timeline, whose bout it ends.
    """
    by = until - since
    cues = [cue for cue in old.cues if cue.start < until or ends_bout(cue, until)]
    end = max([new.duration + by, *(cue.end for cue in cues)])
    cues += [_shifted(cue, by) for cue in new.cues if cue.start >= since and not ends_bout(cue, since)]
    return new._replace(
        duration=end,
        estimated=old.estimated or new.estimated,
        segments=_joined_segments(old, until, [_moved(found, by) for found in new.segments], end),
        chapters=_joined_chapters(old, until, [_shifted(found, by) for found in new.chapters], end),
        bouts=(
            *(bout for bout in old.bouts if bout.start < until),
            *(_shifted(bout, by) for bout in new.bouts if bout.start >= since),
        ),
        cues=tuple(sorted(cues, key=lambda cue: cue.start)),
        notes=_joined_notes(old, until, new, since),
    )


def _joined_segments(old: Timeline, seam: Milliseconds, new: list[Segment], end: Milliseconds) -> tuple[Segment, ...]:
    before = [found for found in old.segments if found.end <= seam and found.gate != "end"]
    after = [found for found in new if found.end > seam and found.gate != "end"]
    starts = [0, *(found.end for found in (*before, *after))]
    last = new[-1]._replace(end=end)
    return tuple(found._replace(start=start) for found, start in zip((*before, *after, last), starts, strict=True))


def _joined_chapters(old: Timeline, seam: Milliseconds, new: list[Chapter], end: Milliseconds) -> tuple[Chapter, ...]:
    before = [found._replace(end=min(found.end, seam)) for found in old.chapters if found.start < seam]
    after = [found._replace(start=max(found.start, seam)) for found in new[:-1] if found.end > seam]
    if seam < end:
        after.append(new[-1]._replace(start=max(new[-1].start, seam), end=end))
    goes_on = all(found.start != seam for found in new)
    if before and after and goes_on and before[-1].title == after[0].title:
        after[0] = after[0]._replace(start=before.pop().start)
    return (*before, *after)


def _joined_notes(old: Timeline, until: Milliseconds, new: Timeline, since: Milliseconds) -> tuple[Note, ...]:
    after = (note._replace(at=note.at + until - since) for note in new.notes if note.at >= since)
    return (*(note for note in old.notes if note.at < until), *after)


def ends_bout(cue: Cue, at: Milliseconds) -> bool:
    """True for the end tone of a bout that ends at `at`."""
    return cue.tone == "end" and cue.start == at


def _shifted(placed: _Placed, by: Milliseconds) -> _Placed:
    return placed._replace(start=placed.start + by, end=placed.end + by)


def _moved(segment: Segment, by: Milliseconds) -> Segment:
    return segment._replace(
        start=segment.start + by,
        end=segment.end + by,
        opens=None if segment.opens is None else segment.opens + by,
        holds=None if segment.holds is None else segment.holds + by,
    )


def _moved_segment(segment: Segment, at: Milliseconds, by: Milliseconds) -> Segment:
    """A segment with `by` put in at `at`: later as a whole, longer, or untouched."""
    if segment.start > at:
        return _moved(segment, by)
    if segment.end <= at:
        return segment
    opens, holds = segment.opens, segment.holds
    return segment._replace(
        end=segment.end + by,
        opens=opens + by if opens is not None and opens >= at else opens,
        holds=holds + by if holds is not None and holds >= at else holds,
    )
