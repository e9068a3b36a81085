"""An address as a QR code of letters, two rows of squares in one line."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

_QUIET = 4
"""Light squares around the code; readers need them to find it."""

_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"


def qr(text: str, *, coloured: bool, blocks: bool = True) -> list[str]:
    """The lines to print.

    Coloured, it is black on white on any terminal. Without colour the light squares are drawn, for the usual terminal
    that writes light on dark; on one that writes dark on light the code is seen inverted, which phones read too.
    `blocks` is False for a terminal that cannot show half blocks: then a square is two letters wide.
    """
    rows = _squares(text)
    if not blocks:
        return ["".join("  " if dark else "##" for dark in row).rstrip() for row in rows]
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=[False] * len(rows[0]))
    if coloured:
        return [f"{_BLACK_ON_WHITE}{_line(upper, lower)}{_PLAIN}" for upper, lower in pairs]
    return [_line(map(_inverted, upper), map(_inverted, lower)) for upper, lower in pairs]


def fits(lines: Sequence[str], columns: int, *, coloured: bool) -> bool:
    """True if the lines are no wider than a terminal: a code that is wrapped cannot be read."""
    frame = len(_BLACK_ON_WHITE + _PLAIN) if coloured else 0
    return all(len(line) - frame <= columns for line in lines)


def _squares(text: str) -> list[list[bool]]:
    import segno

    code = segno.make_qr(text, error="l")
    return [[bool(square) for square in row] for row in code.matrix_iter(border=_QUIET)]


def _line(upper: Iterable[bool], lower: Iterable[bool]) -> str:
    return "".join(" ▄▀█"[2 * above + below] for above, below in zip(upper, lower, strict=True))


def _inverted(square: bool) -> bool:
    return not square
