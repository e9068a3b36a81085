"""Doses at a dial: the safe side is low work and long gaps (language.md C.4)."""

from collections.abc import Mapping
from typing import NamedTuple

from voicecoach.routine import LEVELS, Condition, Dose, Level, Range
from voicecoach.units import Milliseconds

_FINE: Milliseconds = 100
_SECOND: Milliseconds = 1_000
_FIVE: Milliseconds = 5_000


def work(dose: Dose, dial: int) -> Milliseconds | None:
    """The length of work at `dial` (0 to 100), rounded down to the dose's grid; None if no level applies."""
    found = _at(dose, dial)
    if found is None:
        return None
    return found.low if dose.per_level else found.low + _climb(found, dial, _grid(found))


def count(dose: Dose, dial: int) -> int | None:
    """A number of repetitions, sets or rounds at `dial`, rounded down; None if no level applies."""
    found = _at(dose, dial)
    if found is None:
        return None
    return found.low if dose.per_level else found.low + _climb(found, dial, 1)


def gap(dose: Dose, dial: int) -> Milliseconds | None:
    """The length of a gap at `dial`: long when gentle, rounded up; None if no level applies."""
    found = _at(dose, dial)
    if found is None:
        return None
    return found.high if dose.per_level else found.high - _climb(found, dial, _grid(found))


def _at(dose: Dose, dial: int) -> Range | None:
    below = [part for threshold, part in dose.levels if threshold <= dial or not dose.per_level]
    return below[-1] if below else None


def _climb(part: Range, dial: int, grid: int) -> int:
    return dial * (part.high - part.low) // (100 * grid) * grid


def _grid(part: Range) -> Milliseconds:
    for grid in (_FIVE, _SECOND):
        if part.low % grid == 0 and part.high % grid == 0:
            return grid
    return _FINE


def level_below(dial: int) -> Level:
    """The highest level at or below `dial`, for messages."""
    return [level for level, at in LEVELS.items() if at <= dial][-1]


class Circumstances(NamedTuple):
    """What conditions are asked against; `values` maps each parameter to a count, or to its text."""

    dial: int
    without: frozenset[str]
    lang: str
    slot: str
    values: Mapping[str, str | int]
    last_round: bool


def holds(condition: Condition, now: Circumstances) -> bool:
    """Whether a `when:` condition is true in these circumstances."""
    match condition.test:
        case "all":
            return all(holds(part, now) for part in condition.parts)
        case "any":
            return any(holds(part, now) for part in condition.parts)
        case "not":
            return not holds(condition.parts[0], now)
        case "level is":
            return now.dial == _dial(condition)
        case "level at least":
            return now.dial >= _dial(condition)
        case "level at most":
            return now.dial <= _dial(condition)
        case "have":
            return condition.value not in now.without
        case "lang is":
            wanted, spoken = condition.value.lower(), now.lang.lower()
            return spoken == wanted or spoken.startswith(f"{wanted}-")
        case "slot is":
            return condition.value == now.slot
        case "round is last":
            return now.last_round
        case "param is":
            return str(now.values.get(condition.subject, "")) == condition.value
        case "param at least":
            return _at_least(now.values.get(condition.subject), condition.value)
    raise ValueError(f"no such condition: {condition.test}")


def _dial(condition: Condition) -> int:
    return next(dial for level, dial in LEVELS.items() if level == condition.value)


def _at_least(value: str | int | None, wanted: str) -> bool:
    try:
        return value is not None and int(value) >= int(wanted)
    except ValueError:
        return False
