"""Lines as captions on a screen: two rows of 42 characters at a time."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from voicecoach.export.labels import Line
from voicecoach.export.lrc import LONG_PAUSE
from voicecoach.units import Milliseconds

WIDTH = 42
"""Characters of a row; wide ones, as of Chinese, count twice."""

ROWS = 2
"""Rows on the screen at once."""

_ANOTHER_ROW = 600
_AFTER_SENTENCE, _AFTER_CLAUSE = 350, 200
"""What a further row costs, and what it is worth to end one there, in squared characters of unevenness."""


class Piece(NamedTuple):
    """Text that stays in one row; `start` is when it is heard, None if nobody knows."""

    text: str
    start: Milliseconds | None


Row: TypeAlias = tuple[Piece, ...]


class Caption(NamedTuple):
    """What stands on the screen in `[start, end)`; the pieces of a row are joined by spaces."""

    start: Milliseconds
    end: Milliseconds
    rows: tuple[Row, ...]


def captions(lines: Sequence[Line], length: Milliseconds) -> tuple[Caption, ...]:
    """`lines` in order of time as captions that never overlap, none past `length`.

    A caption stays until the next one where that begins within LONG_PAUSE, and else goes when its
    line ends. A line that does not fit the screen becomes several captions, each from where its
    first word is heard; without times of words, from its share of the characters.
    """
    ordered = sorted((line for line in lines if line.text.strip() and line.start < length), key=lambda line: line.start)
    found: list[Caption] = []
    for line, then in pairwise((*ordered, Line(length, length, ""))):
        found += _screens(line, then.start if then.start - line.end <= LONG_PAUSE else line.end)
    return tuple(caption for caption in found if caption.start < caption.end)


def _screens(line: Line, end: Milliseconds) -> Iterator[Caption]:
    rows = broken(tuple(_pieces(line)))
    screens = [rows[first : first + ROWS] for first in range(0, len(rows), ROWS)]
    sizes = [sum(len(piece.text) for row in screen for piece in row) for screen in screens]
    starts = [line.start]
    for number, screen in enumerate(screens[1:], 1):
        share = line.start + (line.end - line.start) * sum(sizes[:number]) // sum(sizes)
        known = screen[0][0].start
        starts.append(min(max(share if known is None else known, starts[-1]), end))
    for screen, (start, until) in zip(screens, pairwise([*starts, end]), strict=True):
        yield Caption(start, until, screen)


def broken(pieces: Sequence[Piece]) -> tuple[Row, ...]:
    """Pieces in rows of at most WIDTH, of much the same length, ending with a sentence or a clause where that suits."""
    widths = [width(piece.text) for piece in pieces]
    target = (sum(widths) + len(widths) - 1) / _fewest(widths)
    best: list[tuple[float, int]] = [(0, 0)]
    for after in range(1, len(pieces) + 1):
        choices, used = [], -1
        for first in range(after - 1, -1, -1):
            used += 1 + widths[first]
            if used > WIDTH and first < after - 1:
                break
            choices.append((best[first][0] + (used - target) ** 2 + _ANOTHER_ROW, first))
        cost, first = min(choices)
        best.append((cost - _worth(pieces[after - 1].text), first))
    rows: list[Row] = []
    after = len(pieces)
    while after:
        first = best[after][1]
        rows.append(tuple(pieces[first:after]))
        after = first
    return tuple(reversed(rows))


def width(text: str) -> int:
    """Columns of a text where wide characters take two and marks on letters none."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _pieces(line: Line) -> Iterator[Piece]:
    """The words of a line with their times; one that is longer than a row is cut."""
    words = [Piece(word.text, word.start) for word in line.words if word.text.strip()]
    for piece in words or [Piece(text, None) for text in line.text.split()]:
        text, start = piece
        for part in _cut(text):
            yield Piece(part, start)
            start = None


def _cut(text: str) -> Iterator[str]:
    while (most := _fitting(text)) < len(text):
        space = text.rfind(" ", 0, most + 1)
        cut = space if space > 0 else most
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text


def _fitting(text: str) -> int:
    """How many characters of a text fit a row; it looks no further than that, for a text may be all one word."""
    used = 0
    for count, character in enumerate(text):
        used += _columns(character)
        if used > WIDTH:
            return count
    return len(text)


def _fewest(widths: Sequence[int]) -> int:
    """How many rows are needed at least."""
    rows, used = 1, -1
    for each in widths:
        if used + 1 + each > WIDTH and used >= 0:
            rows, used = rows + 1, -1
        used += 1 + each
    return rows


def _worth(text: str) -> int:
    end = text.rstrip("\"'”’»)")[-1:]
    return _AFTER_SENTENCE if end in {".", "!", "?", "。"} else _AFTER_CLAUSE if end in {",", ";", ":", "、"} else 0
