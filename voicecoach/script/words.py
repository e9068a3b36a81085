"""`$words` in spoken text: where they stand and which name they mean."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_WORD = re.compile(r"\$\$|\$([A-Za-z_]\w*(?:-\w+)*)", re.ASCII)


class Word(NamedTuple):
    """One `$word` at text[start:end]; `known` says whether `name` is a known one.

    `capital` asks for a capital first letter, as in `$Side`. A `$$` has the name `$`.
    """

    start: int
    end: int
    name: str
    capital: bool
    known: bool


def words(text: str, known: Collection[str]) -> Iterator[Word]:
    """Every `$word` of a text, in order; a hyphenated name is cut back until it is a known one."""
    for match in _WORD.finditer(text):
        if match.group(1) is None:
            yield Word(match.start(), match.end(), "$", False, True)
            continue
        yield _word(match.group(1), match.start(), known)


def _word(written: str, start: int, known: Collection[str]) -> Word:
    tried = written
    while tried:
        for name, capital in ((tried, False), (tried[0].lower() + tried[1:], tried[0].isupper())):
            if name in known:
                return Word(start, start + 1 + len(tried), name, capital, True)
        tried = tried.rpartition("-")[0]
    first = written.partition("-")[0]
    return Word(start, start + 1 + len(first), first, False, False)
