"""Marks, gaps and bouts with their words → one Timeline: every cue at its millisecond (scheduling.md E)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from voicecoach.compiler.cues import Placed, Stretch, of_bout, place
from voicecoach.compiler.gaps import Fitted, fit_gap
from voicecoach.compiler.plan import Gap, Line, Mark, Moment, Piece, Remark, Wanted, Work
from voicecoach.compiler.rooms import of_counts, of_cues, share
from voicecoach.compiler.sounds import Sounds, is_silent, tone_name
from voicecoach.compiler.speech import SpeechTable
from voicecoach.compiler.timing import AFTER_END, BREATH, LEAD
from voicecoach.compiler.wanted import countdown
from voicecoach.source import Problem, Span
from voicecoach.timeline import Bout, Chapter, Cue, Note, Priority, Segment, Sound
from voicecoach.units import Milliseconds
from voicecoach.utterance import Utterance

_PRIORITIES: tuple[Priority, ...] = ("must", "should", "nice")
_KIND_ORDER = {"count": 0, "speech": 1, "tone": 2}


class LaidOut:
    """A session with times; `at` says when each spoken line begins, by its serial number.

    `sure` is the time of the first piece with speech nobody has measured, None if there is none:
    up to there nothing changes once it is measured. `rooms` says how long each utterance may take.
    """

    def __init__(self, duration: Milliseconds = 0) -> None:
        self.duration = duration
        self.segments: list[Segment] = []
        self.chapters: list[Chapter] = []
        self.bouts: list[Bout] = []
        self.cues: list[Cue] = []
        self.notes: list[Note] = []
        self.problems: list[Problem] = []
        self.at: dict[int, Milliseconds] = {}
        self.sure: Milliseconds | None = None
        self.rooms: dict[Utterance, Milliseconds | None] = {}


class Layout:
    """Lays out one session from its first piece to its last.

    `chapter_title` names the chapter that begins at a moment, `title` is the routine's own.
    """

    def __init__(
        self,
        table: SpeechTable,
        sounds: Sounds,
        title: str,
        chapter_title: Callable[[Moment], str],
        span: Span,
    ) -> None:
        self._table = table
        self._sounds = sounds
        self._title = title
        self._chapter_title = chapter_title
        self._span = span
        self._out = LaidOut()
        self._guesses = table.guesses
        self._now: Milliseconds = 0
        self._quiet_until: Milliseconds = 0
        self._segment_has_work = True
        self._chapter_starts: list[tuple[Milliseconds, str]] = []
        self._said: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._waiting: list[Segment] = []

    def lay_out(self, pieces: Iterable[Piece]) -> LaidOut:
        """The whole session."""
        for piece in pieces:
            begun = self._now
            match piece:
                case Mark():
                    self._chapter_starts.append((self._now, self._chapter_title(piece.moment)))
                case Remark():
                    self._out.notes.append(
                        Note(piece.code, piece.severity, piece.message, self._now, piece.span, piece.fix)
                    )
                case Gap(kind="tone"):
                    self._tone_gap(piece)
                case Gap():
                    self._gap(piece)
                case Work():
                    self._bout(piece)
            if self._out.sure is None and self._table.guesses > self._guesses:
                self._out.sure = begun
        return self._finish()

    # ---- pieces -------------------------------------------------------------------------

    def _gap(self, gap: Gap) -> None:
        pause = self._pause()
        fitted = fit_gap(gap, self._now, pause, not self._segment_has_work, self._table)
        self._out.notes += fitted.notes
        self._out.problems += fitted.problems
        if gap.kind == "switch":
            first_word = fitted.spoken[0].start if fitted.spoken else 0
            self._role("switch", self._now + first_word, gap.span)
        for spoken in fitted.spoken:
            self._speak(spoken.line, spoken.text, spoken.percent, self._now + spoken.start, spoken.length)
        for tick in fitted.ticks:
            self._role("tick", self._now + tick, gap.span)
        room = fitted.room
        if gap.cues or gap.counts:
            room = self._cues_of_rest(gap, fitted, pause)
        for spoken, limit in share(fitted.spoken, pause, room):
            self._limit(self._table.utterance(spoken.text, spoken.line.voice, 100), limit)
        opens, holds = self._now, self._now + fitted.length
        self._now = holds + gap.silence
        if gap.gate == "wait":
            self._open(Segment(0, self._now, "wait", opens, holds, gap.longest))
        elif gap.gate == "until-done":
            self._open(Segment(0, self._now, "until-done", opens))

    def _pause(self) -> Milliseconds:
        """What is left of the quiet after an end tone."""
        return max(0, self._quiet_until - self._now)

    def _cues_of_rest(self, gap: Gap, fitted: Fitted, pause: Milliseconds) -> Milliseconds | None:
        """Cues of a rest come after what the rest itself says; those tied to its end move with it if it grew.

        What is left for the lines of the rest itself: up to the first cue.
        """
        opening = max((spoken.start + spoken.length + BREATH for spoken in fitted.spoken), default=pause)
        stretch = Stretch(self._now, fitted.length, opening, fitted.length - LEAD, f"the {gap.kind}", rest=True)
        grown = fitted.length - (gap.written or 0)
        counts = tuple(count._replace(at=count.at + grown) for count in gap.counts)
        cues = tuple(
            cue._replace(at=cue.at + grown) if cue.at is not None and cue.rule.when.kind == "left" else cue
            for cue in gap.cues
        )
        placed = place(cues, counts, stretch, Counter(), self._table)
        self._place(stretch, cues, placed)
        starts = [cue.start for cue in placed.cues] + [count.at for count in placed.counts if count.spoken]
        return min(starts) if starts else fitted.room

    def _tone_gap(self, gap: Gap) -> None:
        assert gap.tone is not None
        sound, length = self._sounds.single(gap.tone)
        if not is_silent(sound):
            self._now += self._pause()
            self._tone(tone_name(gap.tone), sound, self._now, length, gap.span)
            self._now += length + BREATH

    def _bout(self, work: Work) -> None:
        prescription, moment = work.prescription, work.moment
        start, end = self._now, self._now + prescription.length
        self._out.bouts.append(
            Bout(
                prescription.id,
                work.name,
                prescription.kind,
                moment.ways,
                moment.section,
                moment.round_no,
                moment.rounds,
                moment.set_no,
                prescription.sets,
                moment.rep_no,
                prescription.reps,
                start,
                end,
                prescription.span,
            )
        )
        self._role("start", start, prescription.span, anchor=True)
        self._role("end", end, prescription.span, anchor=True)
        counts = prescription.counts
        if not prescription.counted:
            counts += countdown(prescription.cues, prescription.length)
        stretch = of_bout(start, prescription.length, ", ".join([work.name, *(way for _, way in moment.ways)]))
        self._place(stretch, work.cues, place(work.cues, counts, stretch, self._said[moment.work_no], self._table))
        self._now = end
        self._quiet_until = end + AFTER_END
        self._segment_has_work = True
        if work.gate == "until-done":
            self._open(Segment(0, end, "until-done", start))

    def _place(self, stretch: Stretch, wanted: tuple[Wanted, ...], placed: Placed) -> None:
        self._out.notes += placed.notes
        self._out.problems += placed.problems
        for cue in placed.cues:
            self._speak(cue.line, cue.text, cue.percent, stretch.start + cue.start, cue.end - cue.start)
        for settled in placed.counts:
            count, at = settled.count, stretch.start + settled.at
            if settled.spoken:
                utterance = self._table.utterance(count.word, "", 100)
                self._out.cues.append(
                    Cue("count", at, stretch.start + settled.end, "clock", count.span, count.word, utterance)
                )
            elif count.tone:
                self._role(count.tone, at, count.span)
        for wish in wanted:
            self._cue_tone(wish, stretch)
        for cue, limit in of_cues(placed, stretch):
            self._limit(self._table.utterance(cue.text, cue.line.voice, 100), limit)
        for word, limit in of_counts(placed, stretch):
            self._limit(self._table.utterance(word, "", 100), limit)

    def _cue_tone(self, cue: Wanted, stretch: Stretch) -> None:
        if cue.rule.tone is None:
            return
        sound, length = self._sounds.single(cue.rule.tone)
        at = max(0, stretch.length - length) if cue.at is None else cue.at
        if not is_silent(sound):
            self._tone(tone_name(cue.rule.tone), sound, stretch.start + at, length, cue.rule.span)

    def _limit(self, utterance: Utterance, room: Milliseconds | None) -> None:
        """Keeps the least room of all the places where something is said."""
        known = self._out.rooms.get(utterance)
        self._out.rooms[utterance] = known if room is None else room if known is None else min(room, known)

    # ---- cues ---------------------------------------------------------------------------

    def _speak(self, line: Line, text: str, percent: int, start: Milliseconds, length: Milliseconds) -> None:
        utterance = self._table.utterance(text, line.voice, percent)
        priority = _PRIORITIES[min(line.priority, len(_PRIORITIES) - 1)]
        self._out.at[line.serial] = start
        self._out.cues.append(
            Cue("speech", start, start + length, priority, line.span, text, utterance, rate_percent=percent)
        )

    def _role(self, role: str, at: Milliseconds, span: Span, *, anchor: bool = False) -> None:
        sound, length = self._sounds.role(role)
        if anchor or not is_silent(sound):
            self._tone(role, sound, at, length, span)

    def _tone(self, tone: str, sound: Sound, at: Milliseconds, length: Milliseconds, span: Span) -> None:
        self._out.cues.append(Cue("tone", at, at + length, "clock", span, tone=tone, sound=sound))

    # ---- the whole ----------------------------------------------------------------------

    def _open(self, gate: Segment) -> None:
        self._waiting.append(gate)
        self._segment_has_work = False

    def _finish(self) -> LaidOut:
        out = self._out
        end = max([self._now, *(cue.end for cue in out.cues)])
        sound, length = self._sounds.role("done")
        if not is_silent(sound):
            end += BREATH
            self._tone("done", sound, end, length, self._span)
            end += length
        out.duration = end
        out.segments = _segments(self._waiting, end)
        out.chapters = _chapters(self._title, self._chapter_starts, end)
        out.cues.sort(key=_order)
        out.notes.sort(key=lambda note: note.at)
        return out


def _order(cue: Cue) -> tuple[object, ...]:
    return (cue.start, _KIND_ORDER[cue.kind], cue.end, cue.text or cue.tone, cue.source)


def _segments(gates: list[Segment], end: Milliseconds) -> list[Segment]:
    """Segments tile the session; a gate at its very end would gate nothing."""
    segments: list[Segment] = []
    start = 0
    for gate in gates:
        if start < gate.end < end:
            segments.append(gate._replace(start=start))
            start = gate.end
    return [*segments, Segment(start, end, "end")]


def _chapters(title: str, starts: list[tuple[Milliseconds, str]], end: Milliseconds) -> list[Chapter]:
    """Chapters tile the session: what comes before the first exercise bears the routine's title."""
    marks = [(start, name) for start, name in starts if start < end]
    if not marks or marks[0][0] > 0:
        marks.insert(0, (0, title))
    ends = [start for start, _ in marks[1:]] + [end]
    return [Chapter(name, start, stop) for (start, name), stop in zip(marks, ends, strict=True) if start < stop]
