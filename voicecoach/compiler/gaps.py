"""The ladder: what gives way when a gap is too small for its words (scheduling.md E.6)."""

from typing import NamedTuple

from voicecoach.compiler.plan import MUST, NICE, SHOULD, Gap, Line
from voicecoach.compiler.speech import SpeechTable
from voicecoach.compiler.timing import (
    BREATH,
    RATE_MAX,
    READY_TICKS,
    SHORT_RELAX,
    SHORT_STRICT,
    TICK_EVERY,
    growth,
)
from voicecoach.source import Problem, Severity
from voicecoach.timeline import Note
from voicecoach.units import Milliseconds, amount, clock, tenths


class Spoken:
    """One line of a gap as it will be heard; times in milliseconds from the gap's start."""

    def __init__(
        self, line: Line, text: str, percent: int = 100, start: Milliseconds = 0, length: Milliseconds = 0
    ) -> None:
        self.line = line
        self.text = text
        self.percent = percent
        self.start = start
        self.length = length


class Fitted(NamedTuple):
    """A gap with its final length, its spoken lines and where its ready ticks are.

    `room` is how long its lines and the breaths after them may go on before one is given up; None for ever.
    """

    length: Milliseconds
    spoken: list[Spoken]
    ticks: tuple[Milliseconds, ...]
    notes: list[Note]
    problems: list[Problem]
    room: Milliseconds | None = None


def fit_gap(gap: Gap, start: Milliseconds, pause: Milliseconds, first_of_segment: bool, table: SpeechTable) -> Fitted:
    """Places a gap's lines, climbing the ladder if they do not fit.

    `start` is for messages only; nothing is said in the first `pause`, so that an end tone is heard out.
    """
    ladder = _Ladder(gap, start, pause, table)
    ready = gap.ready if _has_ready(gap, first_of_segment) else 0
    length = ladder.climb(ready)
    at = pause
    for spoken in ladder.spoken:
        spoken.start = at
        spoken.length = ladder.length(spoken)
        at += spoken.length + BREATH
    ticks = tuple(
        length - back * TICK_EVERY for back in range(READY_TICKS, 0, -1) if back * TICK_EVERY <= min(ready, length)
    )
    return Fitted(length, ladder.spoken, ticks, ladder.notes, ladder.problems, ladder.most(ready))


def _has_ready(gap: Gap, first_of_segment: bool) -> bool:
    """Ready ticks are left out of short relax and short strict gaps, but never after a gate (G4, S3)."""
    if gap.written is None:
        return True
    if first_of_segment:
        return not gap.strict or gap.ready <= gap.written
    if gap.strict and gap.written < SHORT_STRICT:
        return False
    return not (gap.kind == "relax" and gap.written < SHORT_RELAX)


class _Ladder:
    def __init__(self, gap: Gap, start: Milliseconds, pause: Milliseconds, table: SpeechTable) -> None:
        self.gap = gap
        self.start = start
        self.pause = pause
        self.table = table
        self.spoken = [Spoken(line, line.text) for line in gap.lines]
        self.notes: list[Note] = []
        self.problems: list[Problem] = []

    def length(self, spoken: Spoken, percent: int | None = None) -> Milliseconds:
        return self.table.length(spoken.text, spoken.line.voice, spoken.percent if percent is None else percent)

    def need(self, percent: int | None = None) -> Milliseconds:
        if not self.spoken:
            return 0
        return self.pause + sum(self.length(spoken, percent) + BREATH for spoken in self.spoken)

    def most(self, ready: Milliseconds) -> Milliseconds | None:
        """What the gap has for its lines before one is left out or it grows with a warning; None without an end.

        It does not grow for nice lines: they are left out before it does.
        """
        if self.gap.written is None:
            return None
        grows = not self.gap.strict and all(spoken.line.priority < NICE for spoken in self.spoken)
        return self.gap.written - ready + (growth(self.gap.written) if grows else 0)

    def climb(self, ready: Milliseconds) -> Milliseconds:
        """Applies the first step that is possible until everything fits; the gap's final length."""
        written = self.gap.written
        if written is None:
            return (self.need() or self.pause) + ready
        room = written - ready
        self._leave_out(room, NICE, "note", "I201")
        if self.need() <= room:
            return written
        spare = 0 if self.gap.strict else growth(written)
        if not self.gap.strict and self.need() <= room + spare:
            return self._grow(written, ready, "note", "I206")
        self._shorten(room, room + spare)
        if self.need() > room + spare and self.need(RATE_MAX) <= room + spare:
            self._hurry()
        if self.gap.strict:
            return self._force(room, written)
        if self.need() <= room:
            return written
        if self.need() <= room + spare:
            return self._grow(written, ready, "note", "I206")
        return self._grow(written, ready, "warning", "W206")

    def _leave_out(self, room: Milliseconds, priority: int, severity: Severity, code: str) -> None:
        """Steps 1 and 5: removes lines of `priority`, last first, until the rest fits."""
        for spoken in reversed(list(self.spoken)):
            if self.need() <= room:
                return
            if spoken.line.priority == priority or (priority == NICE and spoken.line.priority > NICE):
                self.spoken.remove(spoken)
                self._note(code, severity, f'left out "{spoken.text}": the {self._place()} is full', spoken)

    def _shorten(self, room: Milliseconds, limit: Milliseconds) -> None:
        for spoken in reversed(self.spoken):
            if self.need() <= limit:
                return
            shorter = Spoken(spoken.line, spoken.line.short)
            if not shorter.text or self.length(shorter) > self.length(spoken):
                continue
            need, spoken.text = self.need(), spoken.line.short
            self._note(
                "I202",
                "note",
                f'said "{spoken.line.short}" instead of "{spoken.line.text}" at {clock(self.start)}: '
                f"{tenths(need)} s needed, {tenths(room)} s of room",
                spoken,
            )

    def _hurry(self) -> None:
        """Everything that gets shorter by it is said faster: a line that somebody recorded has one length."""
        hurried = [spoken for spoken in self.spoken if self.length(spoken, RATE_MAX) < self.length(spoken, 100)]
        for spoken in hurried:
            spoken.percent = RATE_MAX
        first = hurried[0]
        self._note("I203", "note", f'said "{first.text}" 15 % faster in the {self._place()}', first)

    def _force(self, room: Milliseconds, written: Milliseconds) -> Milliseconds:
        """Step 5 of a strict gap: should lines go; must lines that still do not fit are an error."""
        self._leave_out(room, SHOULD, "warning", "W204")
        if self.need() > room and self.need(RATE_MAX) <= room:
            self._hurry()
        if self.spoken and self.need() > room:
            must = max((s for s in self.spoken if s.line.priority == MUST), key=self.length)
            self.problems.append(
                Problem(
                    "error",
                    "E205",
                    must.line.span,
                    f'must-say "{must.text}" ({tenths(self.need())} s with its pauses) does not fit in the strict '
                    f"{self.gap.kind} of {amount(written)}",
                    why="in a strict clock a gap never grows, and a must-say line is never left out",
                    fix="lengthen the gap, shorten the words, or take out  clock: strict",
                )
            )
        return written

    def _grow(self, written: Milliseconds, ready: Milliseconds, severity: Severity, code: str) -> Milliseconds:
        needed = self.need() + ready
        if not self.spoken:
            self.notes.append(
                Note(code, severity,
                     f"the {self.gap.kind} at {clock(self.start)} grew from {amount(written)} to {amount(needed)} "
                     "for its ready ticks", self.start, self.gap.span)
            )  # fmt: skip
            return needed
        longest = max(self.spoken, key=self.length)
        grew = "grew" if severity == "note" else "had to grow"
        self._note(
            code,
            severity,
            f"the {self.gap.kind} at {clock(self.start)} {grew} from {amount(written)} to {amount(needed)} "
            f'for "{longest.text}"',
            longest,
        )
        return needed

    def _place(self) -> str:
        assert self.gap.written is not None
        return f"{self.gap.kind} of {amount(self.gap.written)} at {clock(self.start)}"

    def _note(self, code: str, severity: Severity, message: str, spoken: Spoken) -> None:
        self.notes.append(Note(code, severity, message, self.start, spoken.line.span))
