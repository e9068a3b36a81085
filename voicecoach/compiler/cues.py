"""Cues and counts inside a bout: what is said, moved, ticked or left out (scheduling.md E.7)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from voicecoach.compiler.plan import MUST, SHOULD, Count, Line, Wanted
from voicecoach.compiler.speech import SpeechTable
from voicecoach.compiler.timing import (
    AFTER_START,
    BREATH,
    COUNT_GUARD,
    LEAD,
    MOVE_MUST,
    MOVE_NICE,
    NAG,
    RATE_MAX,
    STEP,
)
from voicecoach.source import Problem, Severity
from voicecoach.timeline import Note
from voicecoach.units import Milliseconds, amount, clock, tenths

_EXEMPT = frozenset({"every", "every reps", "countdown"})


class Stretch(NamedTuple):
    """Where cues are placed: a bout between its anchors, or a rest; times in milliseconds.

    `opening` is the first moment anything may be said, from the stretch's start; `closing` the
    moment by which it must have ended. `name` is for messages.
    """

    start: Milliseconds
    length: Milliseconds
    opening: Milliseconds
    closing: Milliseconds
    name: str
    rest: bool = False


def of_bout(start: Milliseconds, length: Milliseconds, name: str) -> Stretch:
    """The stretch of a bout: after the start tone, and a breath before the end tone."""
    return Stretch(start, length, AFTER_START, length - LEAD, name)


class PlacedCue(NamedTuple):
    """A spoken cue at its final place, from the start of its stretch; `wish` is None for as late as possible."""

    start: Milliseconds
    end: Milliseconds
    text: str
    percent: int
    line: Line
    wish: Milliseconds | None = None


class PlacedCount(NamedTuple):
    """A count as it is heard: its word, or its tone."""

    at: Milliseconds
    end: Milliseconds
    count: Count  # type: ignore[assignment]  # a field hides the method of tuples
    spoken: bool


class Placed:
    """Everything heard inside one stretch."""

    def __init__(self) -> None:
        self.cues: list[PlacedCue] = []
        self.counts: list[PlacedCount] = []
        self.notes: list[Note] = []
        self.problems: list[Problem] = []


class _Intervals:
    """Disjoint intervals in order, each with the breath that is kept around it."""

    def __init__(self) -> None:
        self._starts: list[Milliseconds] = []
        self._ends: list[Milliseconds] = []

    def add(self, start: Milliseconds, end: Milliseconds) -> None:
        index = bisect_left(self._starts, start)
        self._starts.insert(index, start)
        self._ends.insert(index, end)

    def free(self, start: Milliseconds, end: Milliseconds, margin: Milliseconds) -> bool:
        """True if `[start, end)` keeps `margin` from every interval."""
        index = bisect_left(self._starts, end + margin)
        return index == 0 or self._ends[index - 1] + margin <= start


def place(
    wanted: tuple[Wanted, ...],
    counts: tuple[Count, ...],
    stretch: Stretch,
    said: Counter[str],
    table: SpeechTable,
) -> Placed:
    """Places cues by priority and time, then decides which counts are words and which are tones.

    `said` counts the cues said so far in this exercise by their words, for the nag limit.
    """
    placed = Placed()
    clocked = _clocked(counts, stretch, table)
    spoken_counts = _Intervals()
    for _, at, end in clocked:
        if end > at:
            spoken_counts.add(at, end)
    taken = _Intervals()
    if stretch.opening > AFTER_START:
        taken.add(0, stretch.opening - BREATH)
    for cue, line in _in_turn(wanted, stretch, table):
        free_words = line.priority > SHOULD and cue.rule.when.kind not in _EXEMPT
        if free_words and said[line.text] >= NAG:
            continue
        avoided = [taken] if line.priority == MUST else [taken, spoken_counts]
        found = _find(cue, line, stretch, avoided, table)
        if found is None:
            _give_up(cue, line, stretch, placed, table)
            continue
        said[line.text] += 1
        taken.add(found.start, found.end)
        placed.cues.append(found)
        _note_changes(cue, line, found, stretch, placed)
    _settle_counts(clocked, taken, stretch, placed)
    return placed


def _in_turn(wanted: tuple[Wanted, ...], stretch: Stretch, table: SpeechTable) -> Iterator[tuple[Wanted, Line]]:
    spoken = [(cue, cue.line) for cue in wanted if cue.line is not None and cue.line.text]
    spoken.sort(key=lambda pair: (pair[1].priority != MUST, _wish(pair[0], pair[1], stretch, table)))
    yield from spoken


def _wish(cue: Wanted, line: Line, stretch: Stretch, table: SpeechTable) -> Milliseconds:
    """When a cue wants to start: its time, or as late as it can be said whole."""
    if cue.at is not None:
        return cue.at
    return max(stretch.opening, stretch.closing - table.length(line.text, line.voice))


def _find(
    cue: Wanted, line: Line, stretch: Stretch, taken: Sequence[_Intervals], table: SpeechTable
) -> PlacedCue | None:
    """The first free place near the wish: as written, then the short form, then faster (C2, C3)."""
    forms = [(line.text, 100)]
    if line.short:
        forms.append((line.short, 100))
    forms.append((forms[-1][0], RATE_MAX))
    reach = MOVE_MUST if line.priority == MUST else MOVE_NICE
    for text, percent in forms:
        length = table.length(text, line.voice, percent)
        wish = _wish(cue, line, stretch, table)
        for start in _around(wish, reach):
            end = start + length
            if start < stretch.opening or end > stretch.closing:
                continue
            if all(intervals.free(start, end, LEAD) for intervals in taken):
                return PlacedCue(start, end, text, percent, line, cue.at)
    return None


def _around(wish: Milliseconds, reach: Milliseconds) -> Iterator[Milliseconds]:
    yield wish
    for offset in range(STEP, reach + 1, STEP):
        yield wish + offset
        yield wish - offset


def _give_up(cue: Wanted, line: Line, stretch: Stretch, placed: Placed, table: SpeechTable) -> None:
    length = table.length(line.text, line.voice)
    at = stretch.start + _wish(cue, line, stretch, table)
    if line.priority == MUST:
        placed.problems.append(
            Problem(
                "error",
                "E208",
                line.span,
                f'must-say cue "{line.text}" ({tenths(length)} s) does not fit in {stretch.name} '
                f"({amount(stretch.length)})",
                why="" if stretch.rest else "a hold is never lengthened to make room for speech",
                fix="shorten it, or lengthen the rest"
                if stretch.rest
                else "shorten it, move it to 'how', or lengthen the hold",
            )
        )
        return
    code, severity = _left_out(line)
    placed.notes.append(
        Note(
            code,
            severity,
            f'left out "{line.text}" in {stretch.name} at {clock(at)}: no free {tenths(length)} s within '
            f"{MOVE_NICE // 1000} s of it",
            at,
            line.span,
        )
    )


def _left_out(line: Line) -> tuple[str, Severity]:
    return ("W204", "warning") if line.priority == SHOULD else ("I201", "note")


def _note_changes(cue: Wanted, line: Line, found: PlacedCue, stretch: Stretch, placed: Placed) -> None:
    at = stretch.start + found.start
    if found.text != line.text:
        message = f'said "{found.text}" instead of "{line.text}" in {stretch.name} at {clock(at)}'
        placed.notes.append(Note("I202", "note", message, at, line.span))
    if found.percent != 100:
        message = f'said "{found.text}" 15 % faster in {stretch.name} at {clock(at)}'
        placed.notes.append(Note("I203", "note", message, at, line.span))
    if cue.at is not None and found.start != cue.at:
        moved = found.start - cue.at
        sign = "+" if moved > 0 else "-"
        within = stretch.opening <= cue.at and cue.at + found.end - found.start <= stretch.closing
        why = "something else was being said" if within else "it would have met a tone"
        message = f'"{found.text}" moved {sign}{tenths(abs(moved))} s in {stretch.name}: {why}'
        placed.notes.append(Note("I207", "note", message, at, line.span))


def _clocked(
    counts: tuple[Count, ...], stretch: Stretch, table: SpeechTable
) -> list[tuple[Count, Milliseconds, Milliseconds]]:
    """Every count that is made, in time order, with the end of its word (its start if it is no word)."""
    made = sorted((count for count in counts if AFTER_START <= count.at < stretch.length), key=lambda c: c.at)
    found: list[tuple[Count, Milliseconds, Milliseconds]] = []
    for number, count in enumerate(made):
        following = made[number + 1].at if number + 1 < len(made) else stretch.length + COUNT_GUARD
        end = count.at
        if count.word:
            length = table.length(count.word)
            fits = count.at + length + COUNT_GUARD <= following and count.at + length <= stretch.closing
            end = count.at + length if fits else count.at
        found.append((count, count.at, end))
    return found


def _settle_counts(
    clocked: list[tuple[Count, Milliseconds, Milliseconds]], taken: _Intervals, stretch: Stretch, placed: Placed
) -> None:
    """A count that speech covers becomes its tone, and is never lost (L6, C6)."""
    for count, at, end in clocked:
        covered = end > at and not taken.free(at, end, 0)
        why = "speech was playing" if covered else "the word is too long for its place"
        if count.tone and (covered or (count.word and end == at)):
            message = f'count "{count.word}" in {stretch.name} became a {_sound(count)}: {why}'
            placed.notes.append(Note("I209", "note", message, stretch.start + at, count.span))
        spoken = end > at and not covered
        placed.counts.append(PlacedCount(at, end, count, spoken))


def _sound(count: Count) -> str:
    return "tick" if count.tone == "tick" else "tone"
