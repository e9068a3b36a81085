"""Comments of a translation that keep the lines it was made from: `# en: Heel down`, and `# was: ...` of older ones."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_COMMENT = re.compile(r"\s*#\s?(?P<name>[A-Za-z-]+):\s(?P<words>.*\S)\s*")
WAS = "was"


class Record(NamedTuple):
    """What stands above one text: the script's lines, older lines it was made from, and where: line numbers from 1."""

    source: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


def record_above(lines: Sequence[str], number: int, tag: str) -> Record:
    """The record above line `number` of a file, counted from 1; `tag` is the language of the script."""
    first = number
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    source: list[str] = []
    was: list[str] = []
    found: list[int] = []
    for at in range(first, number):
        match = _COMMENT.fullmatch(lines[at - 1])
        if match is None or match["name"] not in (tag, WAS):
            continue
        found.append(at)
        (was if match["name"] == WAS else source).append(match["words"])
    return Record(tuple(source), tuple(was), tuple(found))


def comments(name: str, lines: Sequence[str]) -> list[str]:
    """The comments that keep these lines."""
    return [f"# {name}: {line}" for line in lines]
