"""Seconds in digits of any height, drawn from half blocks."""

from functools import lru_cache
from typing import Final

from voicecoach.tui.letters import halves

LEAST_ROWS: Final = 3
"""Below this height digits are no longer told apart."""

_STROKES: Final = {
    "0": "tbLlRr",
    "2": "tmbRl",
    "3": "tmbRr",
    "4": "mLRr",
    "5": "tmbLr",
    "6": "tmbLlr",
    "7": "tRr",
    "8": "tmbLlRr",
    "9": "tmbLRr",
}
"""Bars of each digit: top, middle, bottom; upper and lower Left; upper and lower Right."""


def shown(seconds: int) -> str:
    """Seconds as a person reads them from afar: `45`, and `1:40` from a hundred on."""
    if seconds < 100:
        return str(seconds)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def numeral(text: str, rows: int, width: int) -> tuple[str, ...]:
    """A number, at most `rows` rows high and `width` cells wide, in rows of equal width; empty if too small."""
    while rows >= LEAST_ROWS and width_of(text, rows) > width:
        rows -= 1
    if rows < LEAST_ROWS:
        return ()
    gap = " " * _gap(rows * 2)
    return tuple(map(gap.join, zip(*(_drawn(char, rows) for char in text), strict=True)))


def width_of(text: str, rows: int) -> int:
    """How many cells wide a number of this height is."""
    height = rows * 2
    thick, wide, gap = _thick(height), _wide(height), _gap(height)
    return sum(thick if char == ":" else wide for char in text) + gap * (len(text) - 1)


def _thick(height: int) -> int:
    return max(1, -(-height // 7))


def _wide(height: int) -> int:
    return max(3, round(height * 0.6))


def _gap(height: int) -> int:
    return max(1, (height + 4) // 8)


@lru_cache(512)
def _drawn(char: str, rows: int) -> tuple[str, ...]:
    return halves(_glyph(char, rows * 2))


def _glyph(char: str, height: int) -> tuple[str, ...]:
    thick, wide = _thick(height), _wide(height)
    if char == ":":
        upper, lower = height // 3 - thick // 2, height * 2 // 3 - thick // 2
        dots = {*range(upper, upper + thick), *range(lower, lower + thick)}
        return tuple("#" * thick if row in dots else "." * thick for row in range(height))
    if char == "1":
        return _one(height, wide, thick)
    grid = [["."] * wide for _ in range(height)]
    middle = (height - thick) // 2
    bars = {
        "t": (0, thick, 0, wide),
        "m": (middle, middle + thick, 0, wide),
        "b": (height - thick, height, 0, wide),
        "L": (0, middle + thick, 0, thick),
        "l": (middle, height, 0, thick),
        "R": (0, middle + thick, wide - thick, wide),
        "r": (middle, height, wide - thick, wide),
    }
    for stroke in _STROKES[char]:
        top, bottom, left, right = bars[stroke]
        for row in range(top, bottom):
            grid[row][left:right] = "#" * (right - left)
    if thick > 1 and char not in "47":
        _round(grid)
    return tuple("".join(row) for row in grid)


def _one(height: int, wide: int, thick: int) -> tuple[str, ...]:
    left = (wide - thick) // 2
    stem = "." * left + "#" * thick
    flag = "." * max(0, left - thick) + "#" * (thick + min(left, thick))
    foot = "." * max(0, left - thick) + "#" * (thick + 2 * min(left, thick))
    rows = [flag if thick <= row < 2 * thick else foot if row >= height - thick else stem for row in range(height)]
    return tuple(row.ljust(wide, ".")[:wide] for row in rows)


def _round(grid: list[list[str]]) -> None:
    """Takes the corner pixel off every outer corner, so that digits are not boxes."""
    for row in (0, -1):
        for col in (0, -1):
            grid[row][col] = "."
