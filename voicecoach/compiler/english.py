"""The English locale pack: every built-in line of language.md C.10."""

from voicecoach.compiler.locale import Case, Changed, Locale
from voicecoach.units import Milliseconds

_UNITS = ((3_600_000, "hour"), (60_000, "minute"), (1_000, "second"))


def _duration(length: Milliseconds) -> str:
    parts: list[str] = []
    for unit, word in _UNITS:
        amount, length = divmod(length, unit)
        if word == "second" and length:
            fraction = f"{length:03d}".rstrip("0")
            parts.append(f"{amount}.{fraction} seconds")
        elif amount:
            parts.append(f"{amount} {word}" + ("" if amount == 1 else "s"))
    return " ".join(parts) or "0 seconds"


def _dose(kind: str, length: Milliseconds, reps: int) -> str:
    if kind == "reps":
        return f"{reps} repetition" + ("" if reps == 1 else "s")
    if kind == "hold" and reps > 1:
        return f"{_duration(length)}, {reps} times"
    return _duration(length)


def _side(_: str, way: str, __: Case) -> str:
    return way


def _switch(changed: tuple[Changed, ...]) -> str:
    sides = [f"the {one.words} {one.axis}" for one in changed if one.sided]
    others = [one.words for one in changed if not one.sided]
    if sides:
        return ", ".join([f"Switch to {' and '.join(sides)}", *others]) + "."
    return f"Now {', '.join(others)}."


def _listing(items: tuple[str, ...]) -> str:
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])} or {items[-1]}"


ENGLISH = Locale(
    tag="en",
    phrases={
        "name": "$name.",
        "next": "Next, $name.",
        "switch": "$switch",
        "switch_short": "Switch.",
        "set": "Set $set of $sets.",
        "relax": "Relax.",
        "rest": "Rest.",
        "last": "Last one.",
        "round": "Round $round of $rounds.",
        "stop_if": "Stop if you feel $signs.",
        "chapter_round": "round $round",
    },
    words={
        "in": "In",
        "hold": "Hold",
        "out": "Out",
        "gentle": "gentle",
        "steady": "steady",
        "strong": "strong",
        "per cent": "per cent",
        "exercise": "Exercise",
        "breathe": "Breathe",
    },
    ways={},
    duration=_duration,
    dose=_dose,
    side=_side,
    part=str,
    label=lambda axis, way: f"{way} {axis}",
    switch=_switch,
    listing=_listing,
)
