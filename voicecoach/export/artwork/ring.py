"""The shapes of a ring that is a timeline, clockwise from the top; a side of the picture is 1."""

from collections.abc import Callable
from math import ceil, cos, pi, sin
from typing import Final, TypeAlias

from voicecoach.export.artwork.stretches import Stretch
from voicecoach.units import Milliseconds

Point: TypeAlias = tuple[float, float]

OUTER: Final = 0.478
"""The outer radius of the ring, in sides."""

BROAD: Final = 0.105
"""Its greatest breadth, in sides."""

_MIDDLE: Final = OUTER - BROAD / 2
_NOTCH: Final = 0.003
"""Half the gap between two stretches, in sides."""

_ROUND: Final = 0.006
"""The radius of corners, in sides."""


def outlines(stretch: Stretch, duration: Milliseconds, breadth: float) -> list[list[Point]]:
    """The outlines of a stretch on the ring, in sides, with round corners.

    `breadth` is a part of BROAD. A wait is a row of dots; breathing swells and sinks.
    """
    begin, end = (time / duration * 2 * pi for time in (stretch.start, stretch.end))
    half = breadth * BROAD / 2 - _ROUND
    if stretch.kind == "wait":
        return _dots(begin, end, half + _ROUND)
    notch = min((_NOTCH + _ROUND) / _MIDDLE, (end - begin) * 0.45)
    begin, end = begin + notch, end - notch

    def edge(side: int, share: float) -> float:
        return _MIDDLE + side * (half * _swell(share, stretch.breaths))

    outer = _arc(begin, end, lambda share: edge(1, share) + _ROUND)
    inner = _arc(begin, end, lambda share: edge(-1, share) - _ROUND)
    after = [*_corner(edge(1, 1), end, 0), *_corner(edge(-1, 1), end, 1)]
    before = [*_corner(edge(-1, 0), begin, 2), *_corner(edge(1, 0), begin, 3)]
    return [[*outer, *after, *reversed(inner), *before]]


def _corner(radius: float, angle: float, quarter: int) -> list[Point]:
    """A quarter of a small circle around a place on the ring, the first from outwards to clockwise."""
    x, y = _point(radius, angle)
    turns = (angle + (quarter + step / 6) * pi / 2 for step in range(7))
    return [(x + _ROUND * sin(turn), y - _ROUND * cos(turn)) for turn in turns]


def _swell(share: float, breaths: int) -> float:
    """How broad a stretch is after a share of it: breathing makes it swell and sink."""
    return 0.68 - 0.32 * cos(share * breaths * 2 * pi) if breaths else 1.0


def _dots(begin: float, end: float, size: float) -> list[list[Point]]:
    count = max(1, int((end - begin) * _MIDDLE / (size * 3.4)))
    each = (end - begin) / count
    return [
        [(x + size * sin(turn * pi / 12), y + size * cos(turn * pi / 12)) for turn in range(24)]
        for x, y in (_point(_MIDDLE, begin + each * (number + 0.5)) for number in range(count))
    ]


def _arc(begin: float, end: float, radius: Callable[[float], float]) -> list[Point]:
    """Points from one angle to another, at a radius for each share of the way."""
    steps = max(2, ceil((end - begin) * 120))
    return [_point(radius(step / steps), begin + (end - begin) * step / steps) for step in range(steps + 1)]


def _point(radius: float, angle: float) -> Point:
    """A place on a circle around the middle, the angle clockwise from the top."""
    return 0.5 + radius * sin(angle), 0.5 - radius * cos(angle)
