"""Words on a picture, as large as they fit into a circle."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from voicecoach.export.artwork.letters import Letters

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_LINES: Final = 4
_MOST_WORDS: Final = 12
_LARGEST, _SMALLEST, _STEP = 190, 52, 3
_LONG_WORD, _LONG_PART = 72, 0.9
"""A word that in this size takes more than this part of the diameter is divided."""

_LEADING: Final = 1.14
"""From one baseline to the next, in sizes."""

_CAP, _BELOW = 0.73, 0.08
"""How far letters go above and below their baseline, in sizes; a tail may reach a little out of the circle."""

_SECOND, _SECOND_LEAST, _SECOND_MOST = 0.74, 100, 124
"""The size of the second text to that of the first, and its limits."""


class _Line(NamedTuple):
    """A text on its baseline, `below` pixels under the middle of the circle."""

    text: str
    size: float
    below: float


class Inscription(NamedTuple):
    """A text in a colour."""

    letters: Letters
    ink: str


def write_round(image: "Image", first: Inscription, second: Inscription, radius: float) -> None:
    """Writes two texts, one under the other, in a circle of `radius` pixels around the middle of `image`.

    The first takes up to four lines; one that does not fit in its smallest size ends in `…`. If it
    is empty, the second takes its place.
    """
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    middle, centre = image.width / 2, image.height / 2
    if not first.letters.text:
        first, second = Inscription(second.letters, first.ink), Inscription(Letters(""), second.ink)
    lines = _laid_out(first.letters, second.letters, radius)
    for number, line in enumerate(lines):
        letters, ink = second if second.letters.text and number == len(lines) - 1 else first
        draw.text((middle, centre + line.below), line.text, ink, letters.font(round(line.size)), anchor="ms")


def _laid_out(first: Letters, second: Letters, radius: float) -> list[_Line]:
    """The lines in their largest size."""
    words = [part for word in _words(first) for part in _divided(word, first, radius)]
    while True:
        for size in range(_LARGEST, _SMALLEST - 1, -_STEP):
            for count in range(1, min(_MOST_LINES, len(words)) + 1):
                stacks = (_stacked(texts, second.text, size) for texts in _splits(words, count))
                fitting = [
                    lines
                    for lines in stacks
                    if all(_fits(line, first if n < count else second, radius) for n, line in enumerate(lines))
                ]
                if fitting:
                    return min(fitting, key=lambda lines: sum(first.width(line.text, 1) ** 2 for line in lines))
        words = _shortened(words)


def _words(letters: Letters) -> list[str]:
    """The words with the space before them; every sign by itself where a script has no spaces."""
    if letters.is_wide:
        return list(letters.text)
    texts = letters.text.split()
    return [f" {text}" for text in (texts if len(texts) <= _MOST_WORDS else [*texts[:_MOST_WORDS], "…"])]


def _divided(word: str, letters: Letters, radius: float) -> list[str]:
    """A word that would be small in one line, in even parts with hyphens."""
    parts = ceil(letters.width(word, _LONG_WORD) / (2 * radius * _LONG_PART))
    cuts = [len(word) * part // parts for part in range(parts + 1)]
    found = [word[start:end] for start, end in pairwise(cuts)]
    return [f"{part}-" for part in found[:-1]] + [found[-1]]


def _shortened(words: list[str]) -> list[str]:
    """Without the last word, or where there is only one, without its last letters."""
    kept = words[:-1] if words[-1].strip() == "…" else words
    if len(kept) > 1:
        return [*kept[:-1], " …" if kept[-1].startswith(" ") else "…"]
    return [kept[0].removesuffix("…")[:-1] + "…"]


def _splits(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """All ways to set `words` in so many lines; for many of them, only an even one."""
    places: Iterator[tuple[int, ...]] = combinations(range(1, len(words)), count - 1)
    if len(words) > _MOST_WORDS + 1:
        places = iter([tuple(len(words) * part // count for part in range(1, count))])
    for cuts in places:
        yield tuple("".join(words[start:end]).strip() for start, end in pairwise((0, *cuts, len(words))))


def _stacked(texts: Sequence[str], second: str, size: float) -> list[_Line]:
    """Lines under each other around the middle."""
    small = min(max(size * _SECOND, _SECOND_LEAST), _SECOND_MOST)
    below = [size * _CAP + size * _LEADING * number for number in range(len(texts))]
    sizes = [size] * len(texts)
    if second:
        below.append(below[-1] + size * 0.26 + small * (_CAP + 0.3))
        sizes.append(small)
    return [
        _Line(text, each, at - below[-1] / 2)
        for text, each, at in zip((*texts, second) if second else texts, sizes, below, strict=True)
    ]


def _fits(line: _Line, letters: Letters, radius: float) -> bool:
    far = max(abs(line.below - line.size * _CAP), abs(line.below + line.size * _BELOW))
    return far < radius and letters.width(line.text, line.size) <= 2 * sqrt(radius**2 - far**2)
