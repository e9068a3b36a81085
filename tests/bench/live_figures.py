"""The lines of the table about live sessions: what was measured, what must be, and whether it is."""

import math
import sys
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

MS = 1_000


class Figure(NamedTuple):
    """One line; `holds` is None where nothing is demanded."""

    what: str
    measured: str
    limit: str = "-"
    holds: bool | None = None


def at_most(what: str, measured: str, pairs: Sequence[tuple[float, float]], limit: str) -> Figure:
    """A figure that holds if each value is at most its limit."""
    return Figure(what, measured, limit, all(value <= most for value, most in pairs))


def share(values: Sequence[float], percent: int) -> float:
    """The smallest value that `percent` of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def delays(what: str, seconds: Sequence[float], percent: int, most: float, worst: float | None = None) -> Figure:
    """Delays, of which `percent` must be within `most` ms, and all within `worst`."""
    middle, high, top = (MS * value for value in (median(seconds), share(seconds, percent), max(seconds)))
    measured = f"median {middle:.0f} ms, {percent} % {high:.0f} ms, worst {top:.0f} ms ({len(seconds)} times)"
    limit = ", ".join([f"{percent} % within {most:g} ms", *([f"worst {worst:g} ms"] if worst else [])])
    return at_most(what, measured, [(high, most), (top, worst or math.inf)], limit)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| what | measured | must be | holds |", "|---|---|---|---|"]
    words = {True: "yes", False: "**no**", None: "-"}
    lines += [f"| {one.what} | {one.measured} | {one.limit} | {words[one.holds]} |" for one in figures]
    return "\n".join(lines)


def tell(text: str) -> None:
    """Progress, for who waits."""
    print(text, file=sys.stderr, flush=True)
