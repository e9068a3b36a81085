"""Text measured in the cells of a terminal: cut, wrapped and filled."""

from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from voicecoach.report import plain

__all__ = ["cell_len", "clean", "clip", "filled", "wrap"]


@lru_cache(256)
def clean(text: str) -> str:
    """Text of people on one line, with nothing in it that a terminal takes for a command."""
    return plain(" ".join(text.split()))


def clip(text: str, width: int) -> str:
    """At most `width` cells of a text; dots show that some of it is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else "…"[:width]


def filled(text: str, width: int) -> str:
    """Exactly `width` cells of a text."""
    return set_cell_size(clip(text, width), max(0, width))


@lru_cache(256)
def wrap(text: str, width: int, lines: int) -> tuple[str, ...]:
    """A text wrapped at words to at most `lines` lines of `width` cells; the last one is clipped."""
    if width <= 0 or lines <= 0:
        return ()
    found: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and cell_len(line) + 1 + cell_len(words[0]) <= width:
            line += " " + words.pop(0)
        if len(found) == lines - 1 and words:
            return (*found, clip(" ".join([line, *words]), width))
        if cell_len(line) > width and len(found) < lines - 1:
            line, rest = _broken(line, width)
            words.insert(0, rest)
        found.append(clip(line, width))
    return tuple(found)


def _broken(word: str, width: int) -> tuple[str, str]:
    """A word that is longer than the line, in two."""
    count = len(word)
    while count > 1 and cell_len(word[:count]) > width:
        count -= 1
    return word[:count], word[count:]
