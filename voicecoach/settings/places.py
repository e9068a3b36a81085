"""Where something stands in a TOML text; the reader of Python's own tells no places."""

import re
import tomllib
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a text: line, column and length, counted from 1 in code points."""

    line: int
    col: int
    length: int


class KeyPlace(NamedTuple):
    """Where a key and its value stand."""

    key: Place
    value: Place


_KEY = re.compile(r"""\s*((?:"(?:\\.|[^"\\])*"|'[^']*'|[\w.\- \t])+?)\s*=\s*""", re.ASCII)
_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_IN_MESSAGE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")


def place_of(text: str, path: tuple[str, ...]) -> KeyPlace | None:
    """The place of a key of a text without errors; of the table around it if it stands inside braces; None if absent.

    `path` are the names of its tables, then its own.
    """
    inside: tuple[str, ...] = ()
    around: KeyPlace | None = None
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if not (header or key) or not _is_whole("\n".join(lines[: number - 1])):
            continue
        if header:
            inside = _path(header[1])
            if inside == path:
                title = Place(number, header.start(1) + 1, len(header[1]))
                around = around or KeyPlace(title, title)
        elif key:
            found = inside + _path(key[1])
            value = line[key.end() :].rstrip()
            place = KeyPlace(
                Place(number, key.start(1) + 1, len(key[1])), Place(number, key.end() + 1, max(1, len(value)))
            )
            if found == path:
                return place
            if found == path[: len(found)] or path == found[: len(path)]:
                around = around or place
    return around


def split_message(text: str, error: tomllib.TOMLDecodeError) -> tuple[str, Place]:
    """What a TOML error says, and where; an error at the end is placed behind the last character."""
    message = str(error)
    match = _IN_MESSAGE.search(message)
    words = message[: match.start()] if match else message
    if match and match[1]:
        return words, Place(int(match[1]), int(match[2]), 1)
    lines = text.rstrip().splitlines() or [""]
    return words, Place(len(lines), len(lines[-1]) + 1, 1)


def _is_whole(text: str) -> bool:
    """False in the middle of a list or text of several lines."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _path(written: str) -> tuple[str, ...]:
    try:
        found: object = tomllib.loads(f"{written} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while isinstance(found, dict):
        name, found = next(iter(found.items()))
        names.append(name)
    return tuple(names)
