"""When the cues of a bout or a rest want to be heard, before anything is moved (scheduling.md E.7)."""

from collections.abc import Iterator
from typing import NamedTuple

from voicecoach.compiler.plan import Count, Moment, Prescription, Remark, Wanted
from voicecoach.compiler.timing import AFTER_START, TICK_EVERY
from voicecoach.routine import CueRule
from voicecoach.source import Problems, Span
from voicecoach.units import Milliseconds


def cues_of_bout(prescription: Prescription, moment: Moment) -> tuple[Wanted, ...]:
    """Every cue of one bout with its wished time from the bout's start, rule by rule in source order."""
    return tuple(Wanted(at, rule) for rule in prescription.cues for at in _times(rule, prescription, moment))


def cues_of_rest(cues: tuple[CueRule, ...], length: Milliseconds) -> tuple[Wanted, ...]:
    """Every cue of a rest of `length`, from its start."""
    return tuple(Wanted(at, rule) for rule in cues if not rule.removed for at in _on_the_clock(rule, length))


def countdown(cues: tuple[CueRule, ...], length: Milliseconds) -> tuple[Count, ...]:
    """The numbers of a countdown, each on its second before the end."""
    return tuple(
        Count(length - left * TICK_EVERY, str(left), "tick", rule.span)
        for rule in cues
        if rule.when.kind == "countdown" and not rule.removed
        for left in range(rule.count, 0, -1)
    )


def remarks_on_cues(prescription: Prescription, shared: frozenset[Span], problems: Problems) -> Iterator[Remark]:
    """Cues that are never heard: an error if at no level (E037), a remark if only now (I211); and I210.

    `shared` are the places of cues of a section: another of its bouts may hear them, so they are no errors.
    """
    for rule in prescription.cues:
        if rule.when.kind == "countdown" and prescription.counted:
            yield Remark("I210", "note", "the countdown is left out: repetitions count themselves", rule.span)
    reach = _Reach(prescription.length, prescription.longest, prescription.reps, prescription.most_reps)
    yield from _unheard(prescription.cues, reach, shared, problems)


def remarks_on_rest(
    cues: tuple[CueRule, ...], length: Milliseconds, longest: Milliseconds, problems: Problems
) -> Iterator[Remark]:
    """The same for the cues of a rest, which has no repetitions."""
    kept = tuple(rule for rule in cues if not rule.removed)
    yield from _unheard(kept, _Reach(length, longest, 0, 0), frozenset(), problems)


class _Reach(NamedTuple):
    """How long a bout or rest is at this dial and at most, and the same of its repetitions."""

    length: Milliseconds
    longest: Milliseconds
    reps: int
    most_reps: int


def _unheard(cues: tuple[CueRule, ...], reach: _Reach, shared: frozenset[Span], problems: Problems) -> Iterator[Remark]:
    for rule in cues:
        gone, ever = _beyond(rule, reach)
        if not gone:
            continue
        if not ever and rule.span not in shared:
            problems.error(
                "E037",
                rule.span,
                f"the cue '{rule.key}' is never heard: {_over(rule, reach.most_reps, reach.longest)}",
                fix="use a lower number, last rep, or more repetitions"
                if "rep" in rule.when.kind
                else "use a percentage (at 80%), count back from the end (5s left), or lengthen the bout",
            )
            continue
        yield Remark(
            "I211",
            "note",
            f"the cue '{rule.key}' is not heard here: {_over(rule, reach.reps, reach.length)}",
            rule.span,
        )


def _times(rule: CueRule, prescription: Prescription, moment: Moment) -> tuple[Milliseconds | None, ...]:
    kind, value = rule.when.kind, rule.when.value
    if prescription.kind in {"hold", "time"}:
        last = moment.rep_no == prescription.bouts_a_set
        mine = {
            "rep": moment.rep_no == value,
            "every reps": value > 0 and moment.rep_no % value == 0,
            "last rep": last,
            "last cycle": last,
        }
        if kind in mine:
            return (AFTER_START,) if mine[kind] else ()
        return _on_the_clock(rule, prescription.length)
    reps, cycle = prescription.reps, prescription.cycle
    match kind:
        case "rep":
            return () if value > reps else (None,) if value == reps else (value * cycle,)
        case "every reps":
            return tuple(rep * cycle for rep in range(value, reps, value))
        case "last rep" | "last cycle":
            return (max(AFTER_START, (reps - 1) * cycle),)
    return _on_the_clock(rule, prescription.length)


def _on_the_clock(rule: CueRule, length: Milliseconds) -> tuple[Milliseconds | None, ...]:
    value = rule.when.value
    match rule.when.kind:
        case "start":
            return (AFTER_START,)
        case "end":
            return (None,)
        case "at":
            return (value,) if value < length else ()
        case "percent":
            return (length * value // 100,)
        case "left":
            return (length - value,) if value <= length else ()
        case "every":
            return tuple(range(value, length, value))
    return ()


def _beyond(rule: CueRule, reach: _Reach) -> tuple[bool, bool]:
    """Whether the cue lies beyond the bout at this dial, and whether any level would hear it."""
    value = rule.when.value
    match rule.when.kind:
        case "at" | "every":
            return value >= reach.length, value < reach.longest
        case "left":
            return value > reach.length, value <= reach.longest
        case "rep" | "every reps":
            return value > reach.reps, value <= reach.most_reps
    return False, True


def _over(rule: CueRule, reps: int, longest: Milliseconds) -> str:
    if "rep" in rule.when.kind:
        return f"there {'is' if reps == 1 else 'are'} {reps} repetition{'' if reps == 1 else 's'}"
    seconds, rest = divmod(longest, 1000)
    amount = f"{seconds}.{rest // 100}" if rest else str(seconds)
    return f"the bout is over after {amount} seconds"
