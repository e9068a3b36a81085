"""File names from the titles of people, for every system and inside their folder."""

import unicodedata

from voicecoach.export.tags import clean, cut

_NAME_BYTES = 120
"""A name is at most 255 bytes on most systems, and a whole path 260 letters on some."""

_INSTEAD = str.maketrans({"/": "-", "\\": "-", "|": "-", ":": "-", '"': "'", "<": "(", ">": ")", "?": "", "*": ""})
"""What Windows takes in no name, or what leads to another folder."""

_JOINERS = "\u200c\u200d"
"""Invisible, and part of writing: of Persian words, and of emoji."""


def numbered(number: int, count: int, title: str, suffix: str) -> str:
    """`03 Calf stretch, left leg.m4a` for part 3 of `count`.

    The number in front keeps the order, and the name from being hidden, an option, or a device.
    """
    digits = max(2, len(str(count)))
    return f"{number:0{digits}d} {_safe(title)}".rstrip() + suffix


def _safe(title: str) -> str:
    one_row = " ".join(unicodedata.normalize("NFC", clean(title)).split())
    visible = "".join(
        letter for letter in one_row if letter in _JOINERS or not unicodedata.category(letter).startswith("C")
    )
    return cut(visible.translate(_INSTEAD), _NAME_BYTES).strip(" .")
