"""Text with a font that has its letters."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONT: Final = str(Path(__file__).parent / "fonts" / "Inter-Bold.otf")
"""Latin, Greek and Cyrillic letters; it comes along."""

_ELSEWHERE: Final = (
    "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "msyhbd.ttc", "YuGothB.ttc", "malgunbd.ttf",
    "Hiragino Sans GB.ttc", "AppleSDGothicNeo.ttc", "DejaVuSans-Bold.ttf", "segoeuib.ttf", "arialbd.ttf",
    "Arial Unicode.ttf", "NotoSansArabic-Bold.ttf", "NotoSansHebrew-Bold.ttf", "NotoSansDevanagari-Bold.ttf",
    "NotoSansThai-Bold.ttf", "Nirmala.ttc", "Kohinoor.ttc",
)  # fmt: skip
"""Fonts that systems have, for other letters; the first one with all of them is taken."""

_MEASURED: Final = 200
"""The size in which widths are measured."""

_NOBODY_HAS: Final = "\U0010fffd"


class Letters(NamedTuple):
    """A text and the file of a font for it."""

    text: str
    path: str = FONT

    @property
    def is_wide(self) -> bool:
        """Whether it is of wide signs and has no spaces, so that lines may end anywhere."""
        return " " not in self.text and any(unicodedata.east_asian_width(sign) in "WF" for sign in self.text)

    def font(self, size: int) -> "FreeTypeFont":
        """The font in a size of pixels."""
        return _font(self.path, size)

    def width(self, text: str, size: float) -> float:
        """Pixels that `text` takes in a line."""
        return _width(self.path, text) * size / _MEASURED


def legible(text: str) -> Letters:
    """What of `text` can be written, with the font for it.

    Signs that the font lacks go, but letters do not go alone: where no font has all letters, words
    with missing ones go whole. The text is empty if nothing is left.
    """
    row = " ".join(unicodedata.normalize("NFC", "".join(map(_visible, text))).split())
    for path in _candidates():
        if all(_has(path, character) for character in row if _matters(character)):
            return Letters(_without(row, path), path)
    kept = (word for word in row.split() if all(_has(FONT, character) for character in word if _matters(character)))
    return Letters(_without(" ".join(kept), FONT))


def _candidates() -> Iterator[str]:
    yield FONT
    from PIL import ImageFont, features

    if not features.check(
        "raqm"
    ):  # it joins letters and knows right from left; without it other scripts come out wrong
        return
    for name in _ELSEWHERE:
        try:
            yield str(ImageFont.truetype(name, _MEASURED).path)
        except OSError:
            continue


def _without(text: str, path: str) -> str:
    """`text` without the signs that a font lacks, and without words that hold no letter then, as lone joiners."""
    kept = "".join(character if _has(path, character) else " " for character in text)
    return " ".join(kept.split()) if any(map(_matters, kept)) else ""


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    return " " if category[0] == "Z" or category == "Cc" else "" if category[0] == "C" else character


def _matters(character: str) -> bool:
    return character.isalnum() or (unicodedata.category(character)[0] == "M" and not _is_selector(character))


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or character == "\u20e3"


@lru_cache(8)
def _font(path: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(path, size)


@lru_cache(1024)
def _width(path: str, text: str) -> float:
    return _font(path, _MEASURED).getlength(text)


@lru_cache(1024)
def _has(path: str, character: str) -> bool:
    """Whether a font has a sign: one it lacks looks like one that no font has."""
    font = _font(path, 40)
    mask, missing = font.getmask(character), font.getmask(_NOBODY_HAS)
    return character == " " or mask.size != missing.size or bytes(mask) != bytes(missing)
