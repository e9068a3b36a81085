"""Where each written word begins among the sounds of a sentence.

Piper tells how long each sound lasts, and not which word it belongs to: `of the` may be one word
of sounds, and `30` two. The sounds of each word by itself are known too, so the two rows are laid
beside each other. A word gets a mark where they agree; others stay without one.
"""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

Mark = tuple[int, int, int]
"""Character offset, character count, frame."""
_WORD = re.compile(r"\S+")
_STRESS = frozenset("ˈˌː'")
"""Signs that come and go with the place in a sentence."""
_BETWEEN = frozenset(" ,.;:!?")


class Sound(NamedTuple):
    """One sign of the alphabet, and the frame at which it begins."""

    sign: str
    frame: int


class _Row(NamedTuple):
    """Sounds of several words in a row: their signs, where each word begins, and in how many pieces each is said."""

    signs: list[str]
    begins: list[int]
    pieces: list[int]


def marks(text: str, sounds: Sequence[Sound], spoken: Callable[[str], Sequence[str]]) -> tuple[Mark, ...]:
    """Marks in the order of the text; `spoken` gives the sounds of a word by itself."""
    words = list(_WORD.finditer(text))
    alone = _row([spoken(word[0]) for word in words])
    heard = [sound for sound in sounds if _is_sound(sound.sign)]
    places = _places(alone, [sound.sign for sound in heard], _starts([sound.sign for sound in sounds]))
    return tuple(
        (word.start(), word.end() - word.start(), heard[place].frame)
        for word, place in zip(words, places, strict=True)
        if place is not None
    )


def _row(words: Sequence[Sequence[str]]) -> _Row:
    signs: list[str] = []
    begins: list[int] = []
    for word in words:
        begins.append(len(signs))
        signs += [sign for sign in word if _is_sound(sign)]
    return _Row(signs, begins, [len(_starts(word)) for word in words])


def _starts(signs: Sequence[str]) -> list[int]:
    """Places, among what is heard, of sounds that follow a space or a stop."""
    starts, place, apart = [], 0, True
    for sign in signs:
        if _is_sound(sign):
            if apart:
                starts.append(place)
            place, apart = place + 1, False
        elif sign in _BETWEEN:
            apart = True
    return starts


def _places(alone: _Row, heard: Sequence[str], starts: Sequence[int]) -> Sequence[int | None]:
    """For each word the place of its first sound; None where it is not known, and never one that goes back."""
    if len(starts) == len(alone.begins) and set(alone.pieces) == {1}:
        return starts
    blocks = SequenceMatcher(None, alone.signs, heard, autojunk=False).get_opcodes()
    found: list[int | None] = []
    last = -1
    for first, pieces in zip(alone.begins, alone.pieces, strict=True):
        place = _place(first, blocks, frozenset(starts)) if pieces else None
        if place is not None and last < place < len(heard):
            found.append(place)
            last = place
        else:
            found.append(None)
    return found


def _place(first: int, blocks: Sequence[tuple[str, int, int, int, int]], starts: frozenset[int]) -> int | None:
    """Where a sound of the one row is in the other: itself, or the only beginning near what stands there instead."""
    for kind, i1, i2, j1, j2 in blocks:
        if not i1 <= first < i2:
            continue
        if kind == "equal":
            return j1 + first - i1
        near = [place for place in range(j1, j2 + 1) if place in starts]
        if first == i1 and j1 in starts:
            return j1
        return near[0] if len(near) == 1 else None
    return None


def _is_sound(sign: str) -> bool:
    return sign not in _STRESS and sign not in _BETWEEN and sign not in {"", "_", "^", "$"}
