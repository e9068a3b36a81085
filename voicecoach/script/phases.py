"""Tempos and breath patterns: the phases of one repetition or one breath."""

import re
from collections.abc import Sequence
from typing import Final

from voicecoach.routine import Phase
from voicecoach.script.durations import milliseconds_of
from voicecoach.script.fault import Fault
from voicecoach.units import SECOND, Milliseconds

FASTEST: Final[Milliseconds] = SECOND
"""What `X`, as fast as you can, takes in a tempo."""

_LONGEST_TEXT: Final = 60
_BREATH_NAMES: Final = {2: ("in", "out"), 3: ("in", "hold", "out"), 4: ("in", "hold", "out", "hold")}
_NAME_THEM: Final = "name the phases instead: tempo: {down: 3s, hold: 1s, up: 2s}"
_BREATH_FIX: Final = "write 2 to 4 counts, such as 4-4-4-4 (in-hold-out-hold) or 4-6 (in-out)"


def tempo(text: str) -> tuple[Phase, ...] | Fault:
    """A tempo such as `3-1-2-0`, `3010` or `30X1`; its phases have no names."""
    text = text.strip()
    if len(text) > _LONGEST_TEXT:
        return _not_a_tempo(text)
    parts = list(text) if re.fullmatch(r"[0-9Xx]{1,12}", text) else re.split(r"\s*[-–]\s*", text)
    lengths = [FASTEST if part in ("X", "x") else _seconds(part) for part in parts]
    if any(length is None for length in lengths):
        return _not_a_tempo(text)
    if not 2 <= len(parts) <= 4:
        return Fault("E038", f"a tempo has 2 to 4 phases, this one has {len(parts)}: {text[:60]}", fix=_NAME_THEM)
    return _takes_time(tuple(Phase("", length or 0) for length in lengths))


def _not_a_tempo(text: str) -> Fault:
    fix = f"write 2 to 4 counts of seconds such as 3-1-2-0, or {_NAME_THEM}"
    return Fault("E038", f"'{text[:60]}' is not a tempo", fix=fix)


def named_tempo(phases: Sequence[tuple[str, Milliseconds]]) -> tuple[Phase, ...] | Fault:
    """A tempo whose phases the author named."""
    return _takes_time(tuple(Phase(name, length) for name, length in phases))


def _takes_time(phases: tuple[Phase, ...]) -> tuple[Phase, ...] | Fault:
    if not sum(phase.length for phase in phases):
        return Fault("E038", "a tempo must take some time", fix="write for example  tempo: 3-1-2-0")
    return phases


def breath(text: str) -> tuple[Phase, ...] | Fault:
    """A breath pattern such as `4-6` (in, out), `4-7-8` (in, hold, out) or `4-4-4-4`; empty phases are dropped."""
    text = text.strip()
    lengths = [_seconds(part) for part in re.split(r"\s*[-–]\s*", text[:_LONGEST_TEXT])]
    names = _BREATH_NAMES.get(len(lengths))
    if names is None or any(length is None for length in lengths):
        return Fault("E026", f"'{text[:60]}' is not a breath pattern", fix=_BREATH_FIX)
    return _breathes(tuple(Phase(name, length or 0) for name, length in zip(names, lengths, strict=True)))


def named_breath(phases: Sequence[tuple[str, Milliseconds]]) -> tuple[Phase, ...] | Fault:
    """A breath pattern given as a map of in, hold, out and rest, in any order."""
    order = ("in", "hold", "out", "rest")
    return _breathes(tuple(Phase(name, length) for name, length in sorted(phases, key=lambda p: order.index(p[0]))))


def _breathes(phases: tuple[Phase, ...]) -> tuple[Phase, ...] | Fault:
    lengths = {phase.name: phase.length for phase in reversed(phases)}
    if not lengths.get("in") or not lengths.get("out"):
        return Fault("E026", "a breath goes in and out, each for some time", fix=_BREATH_FIX)
    return tuple(phase for phase in phases if phase.length)


def _seconds(text: str) -> Milliseconds | None:
    return milliseconds_of(text + "s") if re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", text) else None
