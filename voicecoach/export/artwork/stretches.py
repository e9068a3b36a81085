"""A session in parts: when there is work, rest, a wait, or only words."""

from typing import Literal, NamedTuple, TypeAlias

from voicecoach.timeline import Timeline
from voicecoach.units import Milliseconds

Kind: TypeAlias = Literal["work", "rest", "talk", "wait"]


class Stretch(NamedTuple):
    """A part of the session in which one thing is done, half-open `[start, end)`.

    `breaths` is how many breaths are drawn in it, 0 where they are not counted.
    """

    start: Milliseconds
    end: Milliseconds
    kind: Kind
    breaths: int = 0


def stretches(timeline: Timeline) -> tuple[Stretch, ...]:
    """The session in parts that tile it: work, rests between work, waits, and what is only said around them."""
    found: list[Stretch] = []
    at = 0
    for number, bout in enumerate(timeline.bouts):
        found += _gap(timeline, at, bout.start, "rest" if number else "talk")
        breaths = bout.reps if bout.kind == "breathe" else 0
        found.append(Stretch(max(bout.start, at), bout.end, "work", breaths))
        at = bout.end
    found += _gap(timeline, at, timeline.duration, "talk")
    return tuple(stretch for stretch in found if stretch.start < stretch.end)


def _gap(timeline: Timeline, start: Milliseconds, end: Milliseconds, kind: Kind) -> list[Stretch]:
    """A gap, with the silences of its waits as stretches of their own."""
    found, at = [], start
    for segment in timeline.segments:
        if segment.gate == "wait" and segment.holds is not None and start <= segment.holds < segment.end <= end:
            found += [Stretch(at, segment.holds, kind), Stretch(segment.holds, segment.end, "wait")]
            at = segment.end
    return [*found, Stretch(at, end, kind)]
