"""Rounds × sets × ways × repetitions → marks, gaps and bouts, in the order they come (scheduling.md E.5)."""

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from voicecoach.compiler import dose
from voicecoach.compiler.between import changed_axes, gap_inside, instructions, order_of_bouts
from voicecoach.compiler.dose import Circumstances, holds
from voicecoach.compiler.locale import Locale
from voicecoach.compiler.options import Chosen
from voicecoach.compiler.plan import (
    MUST,
    NICE,
    SHOULD,
    Gap,
    GapKind,
    Mark,
    Moment,
    Piece,
    Prescription,
    Remark,
    Say,
    Work,
)
from voicecoach.compiler.prescribe import Prescriber, no_level
from voicecoach.compiler.wanted import countdown, cues_of_bout, cues_of_rest, remarks_on_cues, remarks_on_rest
from voicecoach.routine import (
    BreatheStep,
    Condition,
    CueRule,
    Exercise,
    RestStep,
    Routine,
    SayStep,
    Section,
    Step,
    Text,
    ToneStep,
    WaitStep,
    WorkStep,
)
from voicecoach.script.keys import default_wait
from voicecoach.source import Problems, Span
from voicecoach.units import Milliseconds


class _Circuit:
    """Where we are in a circuit, and in which other one it lies; outside any, `section` is None."""

    def __init__(
        self,
        section: Section | None = None,
        around: "_Circuit | None" = None,
        title: str | None = None,
        rounds: int | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.section = section
        self.around = around
        self.strict = strict
        self.title = title
        self.rounds = rounds
        self.round_no: int | None = None
        self.started = False
        self.new_round = False

    def entered(self) -> "_Circuit":
        """The circuit whose gap lies before the next station: the innermost that has begun; all have from now on."""
        circuit = self
        while circuit.section is not None and not circuit.started:
            circuit.started = True
            circuit = circuit.around or _Circuit()
        return circuit


class _Context(NamedTuple):
    """What a step inherits from the sections around it."""

    circuit: _Circuit
    strict: bool = False
    cues: tuple[CueRule, ...] = ()
    last_round: bool = True


class Expander:
    """Expands one routine; `left_out` collects (step, why) for `explain`."""

    def __init__(
        self, routine: Routine, chosen: Chosen, locale: Locale, ids: dict[int, str], problems: Problems
    ) -> None:
        self.routine = routine
        self.chosen = chosen
        self.problems = problems
        self.prescriber = Prescriber(routine, chosen, locale, ids, problems)
        self.values = param_values(routine, chosen.dial)
        self.left_out: list[tuple[Step, str]] = []
        self.prescriptions: dict[int, Prescription | None] = {}
        self._remarked: set[int] = set()
        self._work_no = -1
        self._at_gate = False
        self._swallowing: set[tuple[Span, str]] = set()

    def expand(self) -> Iterator[Piece]:
        """Every mark, gap and bout of the session."""
        yield from self._safety()
        yield from self._steps(self.routine.steps, _Context(_Circuit()))

    # ---- what surrounds the work -------------------------------------------------------

    def _safety(self) -> Iterator[Piece]:
        routine = self.routine
        says = [Say("text", MUST, text.span, text) for text in routine.cautions]
        if routine.stop_if:
            says.append(Say("stop_if", MUST, routine.spans.get("stop_if", routine.stop_if[0].span)))
        if says:
            yield Gap("safety", says[0].span, Moment(), says=tuple(says))

    def _steps(self, steps: Sequence[Step], context: _Context) -> Iterator[Piece]:
        for step in steps:
            here = Moment(round_no=context.circuit.round_no, rounds=context.circuit.rounds)
            if not self._wanted(step.head.when, context.last_round):
                self._leave_out(step, f"when: {step.head.when.text if step.head.when else ''}")
                continue
            match step:
                case Section():
                    yield from self._section(step, context)
                case WorkStep() | BreatheStep():
                    yield from self._work(step, context)
                case RestStep():
                    yield from self._rest(step, context)
                case SayStep():
                    priority = MUST if step.must else SHOULD
                    say = Say("text", priority, step.text.span, step.text, voice=step.voice or "")
                    yield Gap("say", step.head.span, here, says=(say,))
                case WaitStep():
                    silence = default_wait() if step.audio is None else step.audio
                    if step.audio is None and id(step) not in self._remarked:
                        self._remarked.add(id(step))
                        yield Remark(
                            "W310",
                            "warning",
                            f'this audio file will have {silence // 1000} s of silence for "{step.text.turn(0)}"',
                            step.head.span,
                            "say how long the pause may be: audio: 20s, and word it for listening",
                        )
                    say = Say("text", MUST, step.text.span, step.text)
                    yield Gap(
                        "wait", step.head.span, here, says=(say,), silence=silence, longest=step.longest, gate="wait"
                    )
                case ToneStep():
                    yield Gap("tone", step.head.span, Moment(), tone=step.tone)

    def _rest(self, step: RestStep, context: _Context) -> Iterator[Piece]:
        written = dose.gap(step.length, self.chosen.dial)
        if written is None:
            no_level(self.problems, step.length, "rest", self.chosen.dial)
        if not written:
            return
        if id(step) not in self._remarked:
            self._remarked.add(id(step))
            longest = max(part.high for _, part in step.length.levels)
            yield from remarks_on_rest(step.cues, written, longest, self.problems)
            if step.until == "done":
                yield _takes_all("this rest", written, step.head.span)
        said = Say("text", SHOULD, step.say.span, step.say) if step.say else Say("rest", NICE, step.head.span)
        yield Gap(
            "rest",
            step.head.span,
            Moment(round_no=context.circuit.round_no, rounds=context.circuit.rounds),
            written=written,
            strict=context.strict,
            says=(said,),
            cues=cues_of_rest(step.cues, written),
            counts=countdown(step.cues, written),
            gate="until-done" if step.until == "done" else None,
        )

    def _section(self, section: Section, context: _Context) -> Iterator[Piece]:
        strict = context.strict or section.strict
        inner_cues = section.cues + tuple(
            rule for rule in context.cues if rule.when not in {own.when for own in section.cues}
        )
        if not section.circuit:
            yield from self._steps(section.steps, context._replace(strict=strict, cues=inner_cues))
            return
        rounds = self.prescriber.count(section.rounds, "rounds", 1) or 1
        title = section.title.turn(0, self.chosen.lang) if section.title else None
        circuit = _Circuit(section, context.circuit, title, rounds, strict=strict)
        for number in range(1, rounds + 1):
            circuit.round_no = number
            circuit.new_round = number > 1
            last = number == rounds
            yield from self._steps(section.steps, _Context(circuit, strict, inner_cues, last))

    # ---- the work ------------------------------------------------------------------------

    def _work(self, step: WorkStep | BreatheStep, context: _Context) -> Iterator[Piece]:
        if id(step) not in self.prescriptions:
            found = yield from self._available(step)
            self.prescriptions[id(step)] = None if found is None else self._prescribe(found, context.cues)
            yield from self.prescriber.remarks()
            if found is not None and found.exercise.confirm:
                what = f"'{self.prescriber.ids[id(found)]}' asks for a yes first, which an audio file cannot do"
                yield Remark("W321", "warning", what, step.head.span)
            if prescription := self.prescriptions[id(step)]:
                shared = frozenset(rule.span for rule in context.cues)
                yield from remarks_on_cues(prescription, shared, self.problems)
        prescription = self.prescriptions[id(step)]
        if prescription is None:
            return
        self._work_no += 1
        circuit = context.circuit
        here = Moment(
            prescription,
            self._work_no,
            set_no=1,
            section=circuit.title if circuit.section else None,
            round_no=circuit.round_no,
            rounds=circuit.rounds,
        )
        before: tuple[tuple[str, str], ...] | None = None
        for number, (ways, set_no, rep_no) in enumerate(order_of_bouts(prescription)):
            now = here._replace(
                ways=ways, set_no=set_no, rep_no=rep_no, changed=changed_axes(before, ways) if before else ()
            )
            if number == 0:
                if prescription.until_done:
                    yield _takes_all(f"'{prescription.id}'", prescription.length, prescription.span)
                yield from self._entrance(prescription, now, context)
            else:
                if now.changed:
                    yield Mark(now)
                yield from self._kept(gap_inside(prescription, now, self.chosen.guidance, strict=context.strict))
            yield self._bout(prescription, now)
            before = ways
            here = now._replace(changed=())
        if prescription.finish:
            say = Say("text", SHOULD, prescription.finish.span, prescription.finish)
            yield Gap("say", prescription.span, here, says=(say,))

    def _bout(self, prescription: Prescription, now: Moment) -> Work:
        cues = cues_of_bout(prescription, now)
        self._at_gate = prescription.until_done
        return Work(now, prescription, "", cues, "until-done" if prescription.until_done else None)

    def _entrance(self, prescription: Prescription, now: Moment, context: _Context) -> Iterator[Piece]:
        """The setup before an exercise, or the gap before a station of a circuit (G1, G2)."""
        yield Mark(now)
        told = instructions(prescription, self.chosen.guidance, again=(context.circuit.round_no or 1) > 1)
        circuit = context.circuit.entered()
        section = circuit.section
        if section is None:
            says = (Say("name", MUST, prescription.span), *told)
            yield Gap("setup", prescription.span, now, ready=prescription.ready, says=says)
            return
        kind: GapKind = "between"
        says = (Say("next", MUST, prescription.span), *told)
        if circuit.new_round:
            circuit.new_round = False
            says = (Say("round", NICE, section.head.span), *says)
            kind = "between" if section.rest is None else "rest"
        written = section.rest if kind == "rest" else section.between
        length = self.prescriber.gap(written, "between")
        here = now._replace(round_no=circuit.round_no, rounds=circuit.rounds)
        yield from self._kept(Gap(kind, prescription.span, here, length, prescription.ready, circuit.strict, says))

    def _kept(self, gap: Gap) -> Iterator[Piece]:
        """The gap, if it has a length; one of 0 s only for an author's must-say words, or for what must be said
        and ticks after a gate."""
        if gap.written or any(say.what == "text" and say.priority == MUST for say in gap.says):
            yield gap
            return
        if self._at_gate and gap.ready and not gap.strict:
            yield gap._replace(says=tuple(say for say in gap.says if say.priority == MUST))
            return
        yield from self._swallowed(gap)

    def _swallowed(self, gap: Gap) -> Iterator[Remark]:
        """What a gap of 0 s leaves unsaid although it must be said, once for each exercise."""
        unsaid = [say.what for say in gap.says if say.priority == MUST and self.routine.announce.get(say.what, True)]
        named = gap.moment.work is not None and gap.moment.work.name is not None
        if (gap.span, gap.kind) in self._swallowing or not (named or "switch" in unsaid) or not unsaid:
            return
        self._swallowing.add((gap.span, gap.kind))
        what = "the change of side" if "switch" in unsaid else "the next exercise"
        yield Remark(
            "W318",
            "warning",
            f"{what} is not announced: the {gap.kind} of 0 s has no room for words",
            gap.span,
            f"give the {gap.kind} a length, or say that it is meant:  announce: {{{unsaid[0]}: false}}",
        )

    # ---- what is there and what is not ------------------------------------------------------

    def may_be_wanted(self, step: Step) -> bool:
        """Whether the step's condition holds in any round."""
        return self._wanted(step.head.when, False) or self._wanted(step.head.when, True)

    def _wanted(self, when: Condition | None, last_round: bool) -> bool:
        if when is None:
            return True
        options = self.chosen.options
        return holds(
            when,
            Circumstances(
                self.chosen.dial, options.without, self.chosen.lang, self.routine.slot, self.values, last_round
            ),
        )

    def _available(self, step: WorkStep | BreatheStep) -> Generator[Remark, None, WorkStep | BreatheStep | None]:
        """The step itself, or the one that stands in for it where equipment is missing."""
        exercise = step.exercise
        without = self.chosen.options.without
        missing = sorted(without.intersection(exercise.needs or ()))
        if not missing:
            return step
        name = self.prescriber.ids[id(step)]
        current: Exercise = exercise
        for _ in range(4):
            other = self.routine.exercises.get(current.instead or "")
            if other is None:
                break
            if not without.intersection(other.needs or ()):
                other = other._replace(caution=other.caution or _written_on(step))
                kind = "hold" if other.hold else "time" if other.time else "reps"
                replaced = WorkStep(step.head, other, kind, library=other)  # type: ignore[arg-type]
                self.prescriber.ids[id(replaced)] = other.id or name
                what = f"'{name}' needs {' and '.join(missing)}; '{other.id or name}' is done instead"
                yield Remark("I317", "note", what, step.head.span)
                return replaced
            current = other
        yield Remark(
            "W317",
            "warning",
            f"'{name}' needs {' and '.join(missing)}; it is left out",
            step.head.span,
            "give it another exercise:  instead: ...",
        )
        self._leave_out(step, f"needs {' and '.join(missing)}")
        return None

    def _prescribe(self, step: WorkStep | BreatheStep, cues: tuple[CueRule, ...]) -> Prescription | None:
        if isinstance(step, BreatheStep):
            return self.prescriber.breathe(step, cues)
        return self.prescriber.work(step, cues)

    def _leave_out(self, step: Step, why: str) -> None:
        if all(left is not step for left, _ in self.left_out):
            self.left_out.append((step, why))


def _written_on(step: WorkStep | BreatheStep) -> Text | None:
    """The caution of a step itself, which holds for whatever is done in its place."""
    library = step.library if isinstance(step, WorkStep) else None
    own = step.exercise.caution
    return own if library is None or own != library.caution else None


def _takes_all(what: str, length: Milliseconds, span: Span) -> Remark:
    minutes, seconds = divmod(length // 1000, 60)
    full = f"{minutes}m{seconds}s" if minutes and seconds else f"{minutes}m" if minutes else f"{seconds}s"
    return Remark(
        "W311",
        "warning",
        f"{what} ends when you press SPACE; the audio file always takes the full {full}",
        span,
    )


def param_values(routine: Routine, dial: int) -> dict[str, str | int]:
    """Every parameter as conditions see it: a count at the dial as a number, else as written."""
    values: dict[str, str | int] = {}
    for name, param in routine.params.items():
        values[name] = param.text
        if param.unit == "count" and param.dose is not None:
            found = dose.count(param.dose, dial)
            values[name] = param.text if found is None else found
    return values
