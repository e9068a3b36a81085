"""What is heard, as a person reads it: the lines of a timeline.

A spoken text is one line. Counts that follow each other closely are one line together, "3, 2, 1",
whose words are timed; those that come slowly, as repetitions and breaths do, are a line each, so
that the number on the screen is the one that was heard last.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from voicecoach.export.labels import Line, Word
from voicecoach.export.tags import clean
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Milliseconds
from voicecoach.utterance import Said, Utterance

Words: TypeAlias = Callable[[Utterance], Sequence[Said]]
"""The words of an utterance, with their times from its start; none where nobody knows them."""

CLOSE: Milliseconds = 1_500
"""Counts that begin at most this far apart are read as one line."""

MOST_COUNTS = 10
"""More counts than this are spread over several lines."""

_READ: Milliseconds = 800
_READ_EACH: Milliseconds = 60
"""A line stays this long and so much for each character, some 17 a second, even if it is said faster."""


def lines(timeline: Timeline, words: Words | None = None) -> tuple[Line, ...]:
    """What is said in the session, in order, no two lines at once and none past the end.

    A line begins when it is heard. It ends when it was heard and there was time to read it, or
    when the next one begins. The times of counts are known from the timeline, those of other words
    come from `words`.
    """
    found = [line for line in _heard(timeline, words or _nothing) if line.start < timeline.duration and line.text]
    end = Line(timeline.duration, timeline.duration, "")
    return tuple(_readable(line, then.start) for line, then in pairwise((*found, end)))


def _heard(timeline: Timeline, words: Words) -> Iterator[Line]:
    for group in _groups([cue for cue in timeline.cues if cue.kind != "tone"]):
        yield _spoken(group[0], words) if len(group) == 1 else _counted(group)


def _groups(cues: Sequence[Cue]) -> Iterator[Sequence[Cue]]:
    """Neighbouring counts that are close together; every other cue by itself."""
    run: list[Cue] = []
    for cue in cues:
        if run and not (cue.kind == run[-1].kind == "count" and cue.start - run[-1].start <= CLOSE):
            yield from _shares(run)
            run = []
        run.append(cue)
    yield from _shares(run)


def _shares(run: Sequence[Cue]) -> Iterator[Sequence[Cue]]:
    """A run of counts in equal shares of at most MOST_COUNTS."""
    parts = -(-len(run) // MOST_COUNTS)
    for first, after in pairwise(len(run) * part // parts for part in range(parts + 1)) if run else ():
        yield run[first:after]


def _spoken(cue: Cue, words: Words) -> Line:
    said = () if cue.utterance is None else words(cue.utterance)
    timed = (Word(cue.start + word.start, min(cue.start + word.end, cue.end), _row(word.text)) for word in said)
    return Line(cue.start, cue.end, _row(cue.text), tuple(timed))


def _counted(counts: Sequence[Cue]) -> Line:
    last = len(counts) - 1
    words = tuple(
        Word(cue.start, cue.end, _row(cue.text) + ("," if number < last else "")) for number, cue in enumerate(counts)
    )
    return Line(counts[0].start, counts[-1].end, " ".join(word.text for word in words), words)


def _readable(line: Line, then: Milliseconds) -> Line:
    read = line.start + _READ + _READ_EACH * len(line.text)
    end = min(max(line.end, read), then)
    words = tuple(word._replace(end=min(word.end, end)) for word in line.words if word.start < end)
    return line._replace(end=end, words=words)


def _row(text: str) -> str:
    return " ".join(clean(text).split())


def _nothing(_utterance: Utterance) -> Sequence[Said]:
    return ()
