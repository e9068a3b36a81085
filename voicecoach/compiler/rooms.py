"""How long what is said may take before the schedule has to give something up."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from voicecoach.compiler.cues import Placed, PlacedCue, Stretch
from voicecoach.compiler.gaps import Spoken
from voicecoach.compiler.plan import MUST
from voicecoach.compiler.timing import BREATH, COUNT_GUARD, LEAD, MOVE_MUST, MOVE_NICE, STEP
from voicecoach.units import Milliseconds
from voicecoach.utterance import Utterance

Rooms: TypeAlias = Mapping[Utterance, Milliseconds | None]
"""The least room of each utterance at the usual pace; None where it may take as long as it likes."""


def share(
    spoken: Sequence[Spoken], pause: Milliseconds, room: Milliseconds | None
) -> Iterator[tuple[Spoken, Milliseconds | None]]:
    """What each line of a gap may take: they share it as they do now, so if all keep to it they fit together."""
    if room is None:
        yield from ((one, None) for one in spoken)
        return
    left = max(0, room - pause - len(spoken) * BREATH)
    whole = max(1, sum(one.length for one in spoken))
    for one in spoken:
        yield one, left * one.length // whole


def of_cues(placed: Placed, stretch: Stretch) -> Iterator[tuple[PlacedCue, Milliseconds]]:
    """What each cue may take while the others stay.

    A cue moves out of the way of the end, of must cues and of counts, as far as it may; it does not for cues that
    come after it, because they are the ones that would move.
    """
    counts = [(count.at, count.end) for count in placed.counts if count.spoken]
    cues = [(cue.start, cue.end) for cue in placed.cues]
    starts, ends = _sorted([*counts, *cues])
    firm, _ = _sorted([*counts, *((cue.start, cue.end) for cue in placed.cues if cue.line.priority == MUST)])
    for cue in placed.cues:
        until = _next(starts, cue.end, stretch)
        moves = until == (stretch.closing if cue.line.priority == MUST else _next(firm, cue.end, stretch))
        yield cue, until - (_earliest(cue, ends, stretch) if moves else cue.start)


def _earliest(cue: PlacedCue, ends: Sequence[Milliseconds], stretch: Stretch) -> Milliseconds:
    """The first moment to which a cue may move."""
    before = bisect_right(ends, cue.start)
    after = max(stretch.opening, ends[before - 1] + LEAD) if before else stretch.opening
    if cue.wish is None:
        return after
    reach = MOVE_MUST if cue.line.priority == MUST else MOVE_NICE
    return min(cue.start, cue.wish + max(-reach, -((cue.wish - after) // STEP) * STEP))


def of_counts(placed: Placed, stretch: Stretch) -> Iterator[tuple[str, Milliseconds]]:
    """What each counted word may take: up to the next count, and to what is said before that."""
    cues, _ = _sorted([(cue.start, cue.end) for cue in placed.cues])
    times = [count.at for count in placed.counts]
    for count, following in zip(placed.counts, [*times[1:], stretch.length + COUNT_GUARD], strict=False):
        if count.spoken:
            yield count.count.word, min(following - COUNT_GUARD, _next(cues, count.end, stretch)) - count.at


def _sorted(
    spans: Sequence[tuple[Milliseconds, Milliseconds]],
) -> tuple[list[Milliseconds], list[Milliseconds]]:
    """Where they start, and where they end."""
    return sorted(start for start, _ in spans), sorted(end for _, end in spans)


def _next(starts: Sequence[Milliseconds], end: Milliseconds, stretch: Stretch) -> Milliseconds:
    """By when something that ends at `end` must be over: before what comes next, and in the stretch."""
    index = bisect_left(starts, end)
    return min(stretch.closing, starts[index] - LEAD) if index < len(starts) else stretch.closing
