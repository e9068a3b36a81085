"""How long a session is at least, without expanding it (E025)."""

from collections.abc import Callable

from voicecoach.compiler import dose
from voicecoach.compiler.options import Chosen
from voicecoach.routine import BreatheStep, Dose, RestStep, Routine, Section, Step, WaitStep, WorkStep
from voicecoach.script.keys import default_breathing, default_gap, default_wait
from voicecoach.source import Problems, Span
from voicecoach.units import HOUR, MINUTE, SECOND, Milliseconds

LEAST: Milliseconds = 100
"""Every step takes at least this long, so that a loop over steps without work ends too."""


class _Largest:
    """The part of the session that adds most to its length."""

    def __init__(self, length: Milliseconds = 0, what: str = "", span: Span | None = None) -> None:
        self.length = length
        self.what = what
        self.span = span


def too_long(
    routine: Routine, chosen: Chosen, limit: Milliseconds, wanted: Callable[[Step], bool], problems: Problems
) -> bool:
    """Notes E025 if the work of all `wanted` steps is longer than `limit`; nothing has been expanded yet."""
    largest = _Largest()
    total = sum(_least(step, chosen.dial, wanted, largest) for step in routine.steps)
    if total <= limit:
        return False
    report(routine, total, limit, problems, largest)
    return True


def report(
    routine: Routine, total: Milliseconds, limit: Milliseconds, problems: Problems, largest: _Largest | None = None
) -> None:
    """E025, with what contributes most where that is known."""
    why = f"the limit is {_words(limit)}"
    if largest is not None and largest.span is not None:
        place = f"{largest.span.file}:{largest.span.line}:{largest.span.col}"
        why += f"; '{largest.what}' at {place} contributes {_clock(largest.length)}"
    rounds = largest is not None and largest.what.startswith("rounds")
    problems.error(
        "E025",
        routine.spans.get("steps", routine.span),
        f"this session would last {_clock(total)}",
        why=why,
        fix=("lower rounds" if rounds else "shorten it") + ", or raise the limit with --max-length",
    )


def _least(step: Step, dial: int, wanted: Callable[[Step], bool], largest: _Largest) -> Milliseconds:
    if not wanted(step):
        return 0
    match step:
        case Section():
            rounds = _count(step.rounds, dial)
            once = sum(_least(inner, dial, wanted, largest) for inner in step.steps)
            total = rounds * once + _between(step, rounds, dial)
            if step.rounds is not None and total > largest.length:
                largest.length, largest.what = total, f"rounds: {step.rounds.text or rounds}"
                largest.span = step.rounds.span
            return total
        case WorkStep():
            total = _work(step, dial)
        case BreatheStep():
            cycle = sum(phase.length for phase in step.phases)
            if step.cycles is not None:
                total = _count(step.cycles, dial) * cycle
            else:
                total = _length(step.length, dial, default_breathing().low)
        case RestStep():
            total = dose.gap(step.length, dial) or 0
        case WaitStep():
            total = default_wait() if step.audio is None else step.audio
        case _:
            total = LEAST
    if total > largest.length:
        largest.length, largest.what, largest.span = total, _called(step), step.head.span
    return max(total, LEAST)


def _called(step: Step) -> str:
    """What a step is called in a message."""
    name = step.exercise.name if isinstance(step, WorkStep | BreatheStep) else None
    return name.turn(0) if name else "this step"


def _between(section: Section, rounds: int, dial: int) -> Milliseconds:
    """The gaps between the stations of a circuit."""
    if not section.circuit:
        return 0
    stations = sum(isinstance(step, WorkStep | BreatheStep) for step in section.steps)
    written = default_gap("between").high if section.between is None else dose.gap(section.between, dial) or 0
    return max(0, rounds * stations - 1) * written


def _work(step: WorkStep, dial: int) -> Milliseconds:
    exercise = step.exercise
    ways = 1
    for axis in exercise.each or ():
        ways *= 1 if axis.sides and exercise.side else len(axis.ways)
    bouts = ways * _count(exercise.sets, dial)
    if step.kind == "time":
        return bouts * _length(exercise.time, dial, 0)
    if step.kind == "hold":
        return bouts * _count(exercise.reps, dial) * _length(exercise.hold, dial, 0)
    cycle = sum(phase.length for phase in exercise.tempo or ()) or _length(exercise.pace, dial, LEAST)
    return bouts * _count(exercise.reps, dial) * cycle


def _count(written: Dose | None, dial: int) -> int:
    return 1 if written is None else dose.count(written, dial) or 1


def _length(written: Dose | None, dial: int, default: Milliseconds) -> Milliseconds:
    return default if written is None else dose.work(written, dial) or 0


def _clock(length: Milliseconds) -> str:
    seconds = length // SECOND
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def _words(length: Milliseconds) -> str:
    if length % HOUR == 0:
        return f"{length // HOUR} hour" + ("" if length == HOUR else "s")
    if length % MINUTE == 0:
        return f"{length // MINUTE} minute" + ("" if length == MINUTE else "s")
    return _clock(length)
