"""YAML text that is written by hand and added to: where a block ends, and words as YAML takes them."""

import json
import re
from collections.abc import Sequence

_PLAIN = re.compile(r"[^\W_][^\n\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]*|\$[^\n\x00-\x1f]*")
_NOT_PLAIN = re.compile(r":(?:\s|$)|\s#")
_NOT_IN_BRACKETS = re.compile(r"[\[\]{},]")


def scalar(words: str, *, in_brackets: bool = False) -> str:
    """Words as a value or key that reads back as they are."""
    plain = _PLAIN.fullmatch(words) and not _NOT_PLAIN.search(words) and words == words.strip()
    if plain and not (in_brackets and _NOT_IN_BRACKETS.search(words)):
        return words
    return json.dumps(words, ensure_ascii=False)


def value(lines: Sequence[str]) -> str:
    """One line, or lines in turn."""
    if len(lines) == 1:
        return scalar(lines[0])
    return f"[{', '.join(scalar(line, in_brackets=True) for line in lines)}]"


def indent_of(line: str) -> int:
    """How far a line is indented."""
    return len(line) - len(line.lstrip(" "))


def end_of_block(lines: Sequence[str], number: int, indent: int) -> int:
    """The last line of what belongs to a key in line `number`, counted from 1, that is indented by `indent`.

    A list may be indented no further than its key.
    """
    last = number
    for at in range(number + 1, len(lines) + 1):
        line = lines[at - 1]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        inside = indent_of(line) > indent or (indent_of(line) == indent and line.lstrip().startswith("- "))
        if not inside:
            break
        last = at
    return last
