"""From an exercise and a dial to a Prescription: every dose, gap, way and clock decided."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from voicecoach.compiler import dose
from voicecoach.compiler.locale import Locale
from voicecoach.compiler.options import Chosen
from voicecoach.compiler.plan import Count, Prescription, Remark
from voicecoach.compiler.timing import AFTER_START
from voicecoach.routine import Axis, BreatheStep, CueRule, CueTime, Dose, Exercise, Phase, Routine, Stage, WorkStep
from voicecoach.script.fields import missing_level
from voicecoach.script.keys import default_breathing, default_count, default_countdown, default_gap, default_pace
from voicecoach.source import COMMAND_LINE, Problems, Span
from voicecoach.units import Milliseconds, amount

GapKey: TypeAlias = Literal["ready", "relax", "switch", "rest", "between"]

COUNTDOWN_FROM: Milliseconds = 10_000
"""Held and timed bouts of at least this length count down by default (language.md C.5)."""

_COUNTDOWN = CueTime("countdown")
_BREATH_WORDS = {"in": "in", "hold": "hold", "out": "out", "rest": "hold"}
"""Phases of a breath, and the word of the locale that is said at each."""
_BREATH_TONES = {"in": "in", "hold": "hold", "out": "out", "rest": "hold"}


class Prescriber:
    """Decides the doses of one routine at one dial; `problems` receives what cannot be decided."""

    def __init__(
        self, routine: Routine, chosen: Chosen, locale: Locale, ids: dict[int, str], problems: Problems
    ) -> None:
        self.routine = routine
        self.chosen = chosen
        self.locale = locale
        self.problems = problems
        self.ids = ids
        self._remarks: list[Remark] = []

    def work(self, step: WorkStep, section_cues: tuple[CueRule, ...]) -> Prescription | None:
        """The prescription of a hold, reps or time step, or None if a level has no dose."""
        exercise = self.staged(step.exercise, self.ids[id(step)])
        if exercise is None:
            return None
        reps = self.count(exercise.reps, "reps", 1)
        sets = self.count(exercise.sets, "sets", 1)
        if reps is None or sets is None:
            return None
        if step.kind == "reps":
            phases = exercise.tempo or (Phase("", self._pace(exercise)),)
            cycle = sum(phase.length for phase in phases)
            length: Milliseconds | None = reps * cycle
            longest = _highest(exercise.reps, reps) * cycle
        else:
            prescribed = exercise.hold if step.kind == "hold" else exercise.time
            length = self.length(prescribed, step.kind)
            phases, cycle = (), 0
            longest = _highest(prescribed, length or 0)
        if length is None:
            return None
        made = self._prescription(
            exercise, step.kind, self.ids[id(step)], step.head.span, length, reps, sets, section_cues
        )
        counts = (
            _rep_counts(_said(phases, self.chosen.lang), reps, exercise.count or self._default_count(), step.head.span)
            if step.kind == "reps"
            else ()
        )
        return made._replace(
            cycle=cycle,
            phases=phases,
            bouts_a_set=reps if step.kind == "hold" else 1,
            counts=counts,
            counted=bool(counts),
            longest=longest,
            most_reps=_highest(exercise.reps, reps),
        )

    def breathe(self, step: BreatheStep, section_cues: tuple[CueRule, ...]) -> Prescription | None:
        """The prescription of a breathing step: whole cycles only, at least one."""
        cycle = sum(phase.length for phase in step.phases)
        if step.cycles is not None:
            cycles = self.count(step.cycles, "cycles", 1)
        else:
            total = default_breathing().low if step.length is None else self.length(step.length, "for")
            cycles = None if total is None else total // cycle
            if cycles == 0 and total is not None:
                self.problems.error(
                    "E059",
                    step.length.span if step.length else step.head.span,
                    f"'for: {step.length.text if step.length else ''}' is shorter than one breath of {amount(cycle)}",
                    why="only whole breaths are done, and none would be left",
                    fix="lengthen it, or write  cycles: 1",
                )
                return None
        if cycles is None:
            return None
        made = self._prescription(
            step.exercise, "breathe", self.ids[id(step)], step.head.span, cycles * cycle, cycles, 1, section_cues
        )
        spoken = cycles if step.words is None else step.words
        counts = tuple(_breath_counts(step.phases, cycles, spoken, self.locale.words, step.head.span))
        return made._replace(cycle=cycle, phases=step.phases, counts=counts)

    def remarks(self) -> Iterator[Remark]:
        """What was decided since the last call and is worth saying."""
        remarks, self._remarks = self._remarks, []
        yield from remarks

    def staged(self, exercise: Exercise, name: str) -> Exercise | None:
        """The exercise with its chosen stage laid over it; a stage that needs a yes is only entered with one."""
        asked = self.chosen.options.stages.get(name)
        if not exercise.stages and not asked:
            return exercise
        names = [stage.id for stage in exercise.stages or ()]
        wanted = asked or exercise.stage or names[0]
        if not exercise.stages or wanted not in names:
            self.problems.error(
                "E031",
                COMMAND_LINE if asked else exercise.place("stage"),
                (f"--stage {name}={asked}: " if asked else "") + f"'{name}' has no stage '{wanted}'",
                fix=f"stages: {', '.join(names) or 'none'}",
            )
            return None
        chosen: Stage | None = exercise.stages[names.index(wanted)]
        if asked is None and chosen is not None and chosen.exercise.confirm:
            chosen = next((stage for stage in exercise.stages if not stage.exercise.confirm), None)
            self._remarks.append(
                Remark(
                    "W320",
                    "warning",
                    f"the stage '{wanted}' of '{name}' is only entered after a yes; "
                    + ("the exercise is left out" if chosen is None else f"'{chosen.id}' is used"),
                    exercise.place("stage"),
                    f"to say yes here, add  --stage {name}={wanted}",
                )
            )
        return None if chosen is None else _laid_over(exercise, chosen.exercise)

    def count(self, written: Dose | None, key: str, default: int) -> int | None:
        """A count at the dial, or None after E032."""
        if written is None:
            return default
        return self._found(dose.count(written, self.chosen.dial), written, key)

    def length(self, written: Dose | None, key: str) -> Milliseconds | None:
        """A length of work at the dial, or None after E032."""
        if written is None:
            return None
        return self._found(dose.work(written, self.chosen.dial), written, key)

    def gap(self, written: Dose | None, key: GapKey) -> Milliseconds:
        """A gap at the dial: as written, else the routine's default, else the language's."""
        default: Dose | None = getattr(self.routine.defaults, key)
        for candidate in (written, default):
            if candidate is not None:
                found = dose.gap(candidate, self.chosen.dial)
                if found is not None:
                    return found
                no_level(self.problems, candidate, key, self.chosen.dial)
        return default_gap(key).high

    def _found(self, found: int | None, written: Dose, key: str) -> int | None:
        if found is None:
            no_level(self.problems, written, key, self.chosen.dial)
        return found

    def _pace(self, exercise: Exercise) -> Milliseconds:
        for candidate in (exercise.pace, self.routine.defaults.pace):
            if (found := self.length(candidate, "pace")) is not None:
                return found
        return default_pace().low

    def _default_count(self) -> str:
        return self.routine.defaults.count or default_count()

    def _prescription(  # noqa: PLR0917  one call site a kind
        self,
        exercise: Exercise,
        kind: str,
        name: str,
        span: Span,
        length: Milliseconds,
        reps: int,
        sets: int,
        section_cues: tuple[CueRule, ...],
    ) -> Prescription:
        axes = exercise.each or ((Axis("side", ("left", "right"), span, sides=True),) if exercise.side else ())
        return Prescription(
            id=name,
            kind=kind,  # type: ignore[arg-type]
            span=span,
            name=exercise.name,
            short=exercise.short,
            shown=self.locale.words["breathe" if kind == "breathe" else "exercise"],
            length=length,
            reps=reps,
            sets=sets,
            bouts_a_set=1,
            cycle=0,
            phases=(),
            ways=self._ways(axes, exercise),
            sided=frozenset(axis.name for axis in axes if axis.sides),
            own_ways=frozenset(axis.name for axis in axes if not axis.sides and axis.name != "direction"),
            alternate=bool(exercise.alternate),
            ready=self.gap(exercise.ready, "ready"),
            relax=self.gap(exercise.relax, "relax"),
            switch=self.gap(exercise.switch, "switch"),
            rest=self.gap(exercise.rest, "rest"),
            how=exercise.how,
            brief=exercise.brief,
            caution=exercise.caution,
            finish=exercise.finish,
            until_done=exercise.until == "done",
            cues=self._cues(kind, length, exercise.cues, section_cues, span),
            counts=(),
            counted=False,
            longest=length,
            most_reps=reps,
            axes=axes,
        )

    def _ways(self, axes: tuple[Axis, ...], exercise: Exercise) -> tuple[tuple[tuple[str, str], ...], ...]:
        first = self.chosen.options.side or exercise.first
        choices: list[tuple[tuple[str, str], ...]] = []
        for axis in axes:
            ways = axis.ways
            if axis.sides and exercise.side in ways:
                ways = (exercise.side,)
            elif axis.sides and first in ways:
                ways = (first, *(way for way in ways if way != first))
            choices.append(tuple((axis.name, way) for way in ways))
        return tuple(itertools.product(*choices))

    def _cues(
        self, kind: str, length: Milliseconds, own: tuple[CueRule, ...], section: tuple[CueRule, ...], span: Span
    ) -> tuple[CueRule, ...]:
        """The exercise's cues, then those of its section for times it says nothing about, then the countdown."""
        mine = {rule.when for rule in own}
        cues = own + tuple(rule for rule in section if rule.when not in mine)
        seconds = self.routine.defaults.countdown
        if seconds is None:
            seconds = default_countdown()
        silent = not any(rule.when == _COUNTDOWN for rule in cues)
        if silent and seconds and kind in {"hold", "time"} and length >= COUNTDOWN_FROM:
            cues = (*cues, CueRule(_COUNTDOWN, "countdown", span, count=seconds))
        return tuple(rule for rule in cues if not rule.removed)


def no_level(problems: Problems, written: Dose, key: str, dial: int) -> None:
    """E032: a per-level map that says nothing at or below this dial."""
    fault = missing_level(key, dose.level_below(dial), written)
    assert fault is not None
    problems.error(fault.code, written.span, fault.what, why=fault.why, fix=fault.fix)


def _laid_over(exercise: Exercise, stage: Exercise) -> Exercise:
    given = {
        key: value
        for key in ("name", "short", "hold", "reps", "time", "until", "tempo", "pace", "count", "sets", "each",
                    "alternate", "first", "side", "ready", "relax", "switch", "rest", "how", "brief", "why", "caution",
                    "finish", "needs", "position", "footwear", "confirm")
        if (value := getattr(stage, key)) is not None
    }  # fmt: skip
    theirs = {rule.when for rule in stage.cues}
    cues = tuple(rule for rule in exercise.cues if rule.when not in theirs) + stage.cues
    return exercise._replace(**given, cues=cues, spans={**exercise.spans, **stage.spans})


def _highest(written: Dose | None, fallback: int) -> int:
    return fallback if written is None else max(part.high for _, part in written.levels)


def _said(phases: tuple[Phase, ...], lang: str) -> tuple[Phase, ...]:
    """The phases with their names in the language that is spoken, where a translation has them."""
    return tuple(phase._replace(name=phase.word(lang)) for phase in phases)


def _rep_counts(phases: tuple[Phase, ...], reps: int, mode: str, span: Span) -> tuple[Count, ...]:
    """Repetition n is counted when it is complete; the last one is the end tone (scheduling.md C6a)."""
    if mode == "off":
        return ()
    phases = tuple(phase for phase in phases if phase.length > 0)
    cycle = sum(phase.length for phase in phases)
    counts: list[Count] = []
    for rep in range(reps):
        at = rep * cycle
        for number, phase in enumerate(phases):
            spoken = phase.name.capitalize() if rep == 0 and mode != "ticks" else ""
            if number > 0:
                counts.append(Count(at, spoken, "tick", span))
            elif rep == 0 and spoken:
                counts.append(Count(AFTER_START, spoken, "", span))
            at += phase.length
        if rep + 1 < reps:
            number = rep + 1 if mode == "up" else reps - rep - 1
            counts.append(Count(at, "" if mode == "ticks" else str(number), "tick", span))
    return tuple(counts)


def _breath_counts(
    phases: tuple[Phase, ...], cycles: int, spoken: int, words: Mapping[str, str], span: Span
) -> Iterator[Count]:
    at = 0
    for cycle in range(cycles):
        for number, phase in enumerate(phases):
            if phase.length > 0:
                first = cycle == 0 and number == 0
                word = words[_BREATH_WORDS[phase.name]] if cycle < spoken else ""
                if first:
                    yield Count(AFTER_START, word, "", span)
                else:
                    yield Count(at, word, _BREATH_TONES[phase.name], span)
            at += phase.length
