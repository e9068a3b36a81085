"""Durations, ranges and counts as an author writes them (language.md C.16).

Every duration is a whole number of milliseconds; nothing is ever a float.
"""

import re
from typing import Final

from voicecoach.routine import Range
from voicecoach.script.fault import Fault
from voicecoach.units import HOUR, MINUTE, SECOND, Milliseconds

LONGEST: Final[Milliseconds] = 24 * HOUR
LARGEST_COUNT: Final = 10_000

_UNITS: Final = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), SECOND),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 1),
}
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)\s*")
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})(?:\.([0-9]{1,3}))?")
_RANGE = re.compile(r"(.*[^\s–-])\s*(?:-|–|\bto\b)\s*(.+)", re.DOTALL)
_COUNT_RANGE = re.compile(r"([0-9]{1,9})\s*(?:-|–|to)\s*([0-9]{1,9})")
_FORMS: Final = "use forms like 30s, 1m30s, 1:30 or 20-30s"


def milliseconds_of(text: str) -> Milliseconds | None:
    """A single duration such as `1m30s` or `1:30`, None if the text is none."""
    text = text.strip().lower()
    if len(text) > 60:
        return None
    if match := _CLOCK.fullmatch(text):
        return _clock(match)
    total, unit_above, end = 0, HOUR + 1, 0
    for match in _PART.finditer(text):
        unit = _UNITS.get(match.group(2))
        if match.start() != end or unit is None or unit >= unit_above:
            return None
        amount = _scaled(match.group(1), unit)
        if amount is None:
            return None
        total, unit_above, end = total + amount, unit, match.end()
    return total if text and end == len(text) else None


def _clock(match: re.Match[str]) -> Milliseconds | None:
    hours, minutes, seconds = int(match.group(1) or 0), int(match.group(2)), int(match.group(3))
    if seconds > 59 or (match.group(1) and minutes > 59):
        return None
    fraction = int((match.group(4) or "").ljust(3, "0"))
    return hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction


def _scaled(number: str, unit: Milliseconds) -> Milliseconds | None:
    """`number` units in milliseconds, None if that is not a whole number of them."""
    whole, _, fraction = number.partition(".")
    scaled, remainder = divmod(int(whole + fraction) * unit, 10 ** len(fraction))
    return None if remainder else scaled


def duration(text: str, key: str = "", *, gap: bool = False) -> Range | Fault:
    """A duration or a range of durations; only a `gap` may be 0 s. `key` is named in the message."""
    text = text.strip()
    result = _range(text, key)
    if isinstance(result, Fault):
        return result
    if result.low < 0 or (result.low == 0 and not gap):
        what = f"'{key}' must not be negative" if gap else f"'{key}' must be longer than 0s"
        return Fault("E024", what if key else what.replace("'' ", "it "), fix=_zero_fix(text))
    if result.low > result.high:
        swapped = _swapped(text)
        return Fault(
            "E022",
            f"the range '{text}' runs backwards",
            why="the smaller value comes first",
            fix=f"write  {_keyed(key, swapped)}",
        )
    if result.high > LONGEST:
        return Fault("E021", f"'{text}' is longer than a day", fix=_FORMS)
    return result


def single(text: str, key: str = "", *, gap: bool = False) -> Milliseconds | Fault:
    """A duration that may not be a range."""
    result = duration(text, key, gap=gap)
    if isinstance(result, Fault):
        return result
    if result.low != result.high:
        return Fault("E021", f"'{text.strip()}' is a range, but '{key}' takes one duration", fix="use a form like 30s")
    return result.low


def length(text: str) -> Range | Fault:
    """A target length: a range, or one duration read as 90 to 110 per cent of it."""
    result = duration(text, "length")
    if isinstance(result, Fault) or result.low != result.high:
        return result
    return Range(result.low * 9 // 10, result.low * 11 // 10)


def _range(text: str, key: str) -> Range | Fault:
    if text.startswith(("-", "–")):
        value = milliseconds_of(text[1:])
        return _unreadable(text, key) if value is None else Range(-value, -value)
    value = milliseconds_of(text)
    if value is not None:
        return Range(value, value)
    match = _RANGE.fullmatch(text) if len(text) <= 120 else None
    if not match:
        return _unreadable(text, key)
    first, second = match.group(1).strip(), match.group(2).strip()
    high = milliseconds_of(second)
    low = milliseconds_of(first)
    if low is None and _NUMBER.fullmatch(first):
        parts = _PART.findall(second.lower())
        if high is not None and len(parts) == 1:
            low = _scaled(first[:60], _UNITS[parts[0][1]])
    if low is None or high is None:
        return _unreadable(text, key)
    return Range(low, high)


def _unreadable(text: str, key: str) -> Fault:
    shown = text if len(text) <= 60 else text[:57] + "..."
    plain = re.fullmatch(r"[0-9.]+(?:\s*(?:-|–|to)\s*[0-9.]+)?", text)
    if plain:
        return Fault(
            "E020",
            f"'{_keyed(key, shown)}' has no unit",
            why=f"{shown} could mean seconds, minutes or repetitions",
            fix=f"write  {_keyed(key, shown + 's')}   (or {shown}m)",
        )
    if half := re.fullmatch(r"([0-9]+)\s*(h|m)\s*([0-9]+)", text.lower()):
        smaller = {"h": "m", "m": "s"}[half.group(2)]
        return Fault(
            "E021", f"'{shown}' is not a duration", fix=f"write {half.group(1)}{half.group(2)}{half.group(3)}{smaller}"
        )
    return Fault("E021", f"'{shown}' is not a duration", fix=_FORMS)


def _keyed(key: str, value: str) -> str:
    return f"{key}: {value}" if key else value


def _zero_fix(text: str) -> str:
    if text.startswith(("-", "–")):
        return f"write {text[1:].strip()}"
    return "delete the step if you do not want it"


def _swapped(text: str) -> str:
    match = _RANGE.fullmatch(text)
    assert match is not None
    first, second = match.group(1).strip(), match.group(2).strip()
    unit = re.search(r"[a-z]+$", second.lower())
    if _NUMBER.fullmatch(first) and (meant := milliseconds_of(f"{first}s")) and meant < (milliseconds_of(second) or 0):
        return f"{first}s-{second}"
    if _NUMBER.fullmatch(first) and unit and _NUMBER.fullmatch(second[: unit.start()].strip()):
        return f"{second[: unit.start()].strip()}-{first}{second[unit.start() :]}"
    return f"{second}-{first}"


def count(text: str, key: str = "") -> Range | Fault:
    """A count such as `3`, or a range of counts such as `8-12`; at least 1."""
    text = text.strip()
    name = key or "it"
    if match := _COUNT_RANGE.fullmatch(text):
        low, high = int(match.group(1)), int(match.group(2))
    elif re.fullmatch(r"-?[0-9]{1,9}", text):
        low = high = int(text)
    else:
        return _not_a_count(text, key)
    if low < 1 and high <= max(low, 0):
        return Fault("E024", f"'{name}' must be at least 1", fix="delete the step if you do not want it")
    if low > high:
        return Fault(
            "E022",
            f"the range '{text}' runs backwards",
            why="the smaller value comes first",
            fix=f"write  {_keyed(key, f'{high}-{low}')}",
        )
    if low < 1:
        return Fault("E024", f"'{name}' must be at least 1", fix="begin the range at 1")
    if high > LARGEST_COUNT:
        return Fault("E035", f"'{name}' may be at most {LARGEST_COUNT:,}, not {text}")
    return Range(low, high)


def _not_a_count(text: str, key: str) -> Fault:
    shown = text if len(text) <= 60 else text[:57] + "..."
    timed = isinstance(duration(text, gap=True), Range)
    if timed and key == "reps":
        return Fault(
            "E023",
            f"'reps' counts repetitions, but '{shown}' is a time",
            fix=f"for a timed bout write  time: {shown}   (or hold: {shown} for a position you keep)",
        )
    if timed:
        return Fault("E023", f"'{key}' is a count, but '{shown}' is a time", fix=f"write a number:  {_keyed(key, '3')}")
    return Fault("E035", f"'{shown}' is not a count", fix="use a number such as 3, or a range such as 8-12")
