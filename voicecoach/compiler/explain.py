"""What a compile decided, in words: the doses it resolved and the steps it left out."""

from typing import NamedTuple

from voicecoach.compiler.compile import Compiled
from voicecoach.compiler.plan import Prescription
from voicecoach.routine import Phase
from voicecoach.units import Milliseconds


class Explanation(NamedTuple):
    """The decisions of one compile that are no notes of the schedule."""

    chosen: tuple[tuple[str, str | int | None], ...]
    doses: tuple[tuple[str, str, str], ...]
    left_out: tuple[tuple[str, str], ...]

    def lines(self) -> list[str]:
        """The explanation as text, one decision a line."""
        lines = ["chosen: " + ", ".join(f"{name} {value}" for name, value in self.chosen if value is not None)]
        lines += [f"{place}: {name}: {dose}" for place, name, dose in self.doses]
        lines += [f"{place}: left out ({why})" for place, why in self.left_out]
        return lines

    def document(self) -> dict[str, object]:
        """The explanation for tools."""
        return {
            "chosen": dict(self.chosen),
            "doses": [{"place": place, "exercise": name, "dose": dose} for place, name, dose in self.doses],
            "left_out": [{"place": place, "why": why} for place, why in self.left_out],
        }


def explanation(compiled: Compiled) -> Explanation:
    """Explains a compile."""
    chosen = compiled.chosen
    return Explanation(
        (
            ("level", chosen.level),
            ("dial", chosen.dial),
            ("guidance", chosen.guidance),
            ("language", chosen.lang),
            ("words a minute", chosen.wpm),
        ),
        tuple((_place(found), found.id, described(found)) for found in compiled.prescriptions),
        tuple((f"{s.head.span.file}:{s.head.span.line}:{s.head.span.col}", why) for s, why in compiled.left_out),
    )


def described(work: Prescription) -> str:
    """A prescription in one line: dose, ways, gaps and counts, defaults included."""
    parts: list[str] = []
    if work.kind == "hold":
        parts.append(f"hold {_seconds(work.length)}" + (f" x {work.reps}" if work.reps > 1 else ""))
    elif work.kind == "time":
        parts.append(f"time {_seconds(work.length)}")
    else:
        unit = ("cycle" if work.kind == "breathe" else "rep") + ("" if work.reps == 1 else "s")
        phases = (
            " (" + ", ".join(_phase(*numbered) for numbered in enumerate(work.phases)) + ")"
            if len(work.phases) > 1
            else ""
        )
        parts.append(f"{work.reps} {unit} of {_seconds(work.cycle)}{phases} = {_seconds(work.length)}")
    if work.sets > 1:
        parts.append(f"{work.sets} sets")
    if len(work.ways) > 1 or work.ways[0]:
        ways = ("/".join(way for _, way in way) for way in work.ways)
        parts.append("each " + ", ".join(ways) + (" in turn" if work.alternate else ""))
    parts += [
        f"{name} {_seconds(length)}"
        for name, length, used in (
            ("ready", work.ready, True),
            ("relax", work.relax, work.bouts_a_set > 1),
            ("switch", work.switch, len(work.ways) > 1),
            ("rest", work.rest, work.sets > 1),
        )
        if used
    ]
    return "; ".join(parts)


_PHASES = ("lower", "pause", "lift", "pause")
"""What the digits of a tempo mean, in their order."""


def _phase(number: int, phase: Phase) -> str:
    return f"{phase.name or _PHASES[number % len(_PHASES)]} {_seconds(phase.length)}"


def _place(work: Prescription) -> str:
    return f"{work.span.file}:{work.span.line}:{work.span.col}"


def _seconds(length: Milliseconds) -> str:
    whole, rest = divmod(length, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") + " s" if rest else f"{whole} s"
