"""Words in block letters that can be read across a room, drawn from half blocks."""

from functools import lru_cache
from typing import Final, TypeAlias

Bitmap: TypeAlias = tuple[str, ...]
"""Rows of equal length, `#` for a lit pixel; a pixel is one cell wide and half a cell high."""

HEIGHT: Final = 5
"""Pixels of a letter at scale 1."""

_GLYPHS: Final = {
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#.# #.# ### #.# #.#",
    "I": "# # # # #",
    "J": "..# ..# ..# #.# .#.",
    "K": "#..# #.#. ##.. #.#. #..#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "##. #.# ##. #.. #..",
    "Q": ".##. #..# #..# #.#. .#.#",
    "R": "##. #.# ##. #.# #.#",
    "S": ".## #.. .#. ..# ##.",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": ".#. #.# #.# #.# .#.",
    "1": ".# ## .# .# .#",
    "2": "##. ..# .#. #.. ###",
    "3": "##. ..# .#. ..# ##.",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ##. ..# ##.",
    "6": ".## #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ##.",
    " ": ".. .. .. .. ..",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    ":": ". # . # .",
    ";": ".. .# .. .# #.",
    "!": "# # # . #",
    "?": "##. ..# .#. ... .#.",
    "'": "# # . . .",
    "’": "# # . . .",
    "‘": "# # . . .",
    '"': "#.# #.# ... ... ...",
    "“": "#.# #.# ... ... ...",
    "”": "#.# #.# ... ... ...",
    "-": "... ... ### ... ...",
    "–": "... ... ### ... ...",
    "·": "... ... .#. ... ...",
    "+": "... .#. ### .#. ...",
    "/": "..# ..# .#. #.. #..",
    "&": ".#.. #.#. .#.. #.#. .#.#",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "%": "#.# ..# .#. #.. #.#",
    "°": ".#. #.# .#. ... ...",
}


@lru_cache(256)
def big(text: str, width: int, scale: int, lines: int) -> tuple[str, ...] | None:
    """Text in capitals, wrapped at words to at most `lines` lines of `width` cells, as rows of half blocks.

    None if it does not fit, or holds a letter that has no block form.
    """
    wrapped = _wrap(text.upper(), width, scale)
    if wrapped is None or not 0 < len(wrapped) <= lines:
        return None
    rows: list[str] = []
    for line in wrapped:
        rows += halves(_scaled(_drawn(line), scale))
    return tuple(rows)


def line_rows(scale: int) -> int:
    """Rows of the terminal that one line takes, with the space below it."""
    return (HEIGHT * scale + 1) // 2 + (1 if scale % 2 == 0 else 0)


def _wrap(text: str, width: int, scale: int) -> tuple[str, ...] | None:
    if any(char not in _GLYPHS for char in text):
        return None
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer) * scale <= width:
            lines[-1] = longer
        elif _width(word) * scale <= width:
            lines.append(word)
        else:
            return None
    return tuple(lines)


def _width(text: str) -> int:
    return sum(_GLYPHS[char].index(" ") if char != " " else 2 for char in text) + len(text) - 1


def _drawn(text: str) -> Bitmap:
    columns = [_glyph(char) for char in text]
    return tuple(".".join(glyph[row] for glyph in columns) for row in range(HEIGHT))


def _glyph(char: str) -> Bitmap:
    return tuple(_GLYPHS[char].split(" ")) if char != " " else ("..",) * HEIGHT


def _scaled(bitmap: Bitmap, scale: int) -> Bitmap:
    rows = ("".join(pixel * scale for pixel in row) for row in bitmap)
    drawn = tuple(row for row in rows for _ in range(scale))
    blank = "." * len(drawn[0])
    return (*drawn, *(blank for _ in range(line_rows(scale) * 2 - len(drawn))))


_HALVES: Final = {"##": "█", "#.": "▀", ".#": "▄", "..": " "}


def halves(bitmap: Bitmap) -> tuple[str, ...]:
    """Pixels as text, two rows in one."""
    rows = bitmap if len(bitmap) % 2 == 0 else (*bitmap, "." * len(bitmap[0]))
    return tuple(
        "".join(_HALVES[upper + lower] for upper, lower in zip(rows[i], rows[i + 1], strict=True))
        for i in range(0, len(rows), 2)
    )
