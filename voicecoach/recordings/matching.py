"""Which line a sound file says, by its name: its number, or its words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from voicecoach.speech.takes import take_id
from voicecoach.speech.wording import letters

Wording: TypeAlias = tuple[str, str]
"""Language and text of a line."""

_NUMBER = re.compile(r"\s*#?(\d{1,6})(?!\d)[\s._-]*(.*)", re.DOTALL)


class Match(NamedTuple):
    """A file with the line it says; `why` tells why it says none."""

    path: Path
    line: Wording | None = None
    why: str = ""


def matched(paths: Iterable[Path], numbers: Mapping[int, Wording], lines: Sequence[Wording]) -> list[Match]:
    """What each file says. `numbers` are those that were given away, `lines` those that may be named by their words.

    Two files for one line are both refused: nobody but the person knows which is the good one.
    """
    words: dict[str, list[Wording]] = {}
    for line in dict.fromkeys([*lines, *numbers.values()]):
        words.setdefault(letters(line[1]), []).append(line)
    found = [_match(path, numbers, words) for path in paths]
    files = Counter(_id(match.line) for match in found if match.line)
    return [_alone(match, files, found) for match in found]


def _match(path: Path, numbers: Mapping[int, Wording], words: Mapping[str, list[Wording]]) -> Match:
    stem = path.stem
    number = _NUMBER.fullmatch(stem)
    whole = {_id(line): line for line in words.get(letters(stem), [])} if letters(stem) else {}
    if whole and not stem.strip(" #").isdigit():
        line, *others = whole.values()
        if others:
            return Match(path, why="its words are those of several lines; name it by its number")
        return Match(path, line)
    if number is None:
        return Match(path, why="its name is neither the number nor the words of a line")
    line_of_number = numbers.get(int(number[1]))
    if line_of_number is None:
        return Match(path, why=f"there is no line {int(number[1])} that was ever listed")
    rest = letters(number[2])
    named = {_id(line) for line in words.get(rest, [])} if any(map(str.isalpha, rest)) else set()
    if named and _id(line_of_number) not in named:
        return Match(path, why=f"line {int(number[1])} is “{line_of_number[1]}”, and its words are another line's")
    return Match(path, line_of_number)


def _alone(match: Match, files: Counter[str], found: Sequence[Match]) -> Match:
    if match.line is None or files[_id(match.line)] == 1:
        return match
    same = [other.path.name for other in found if other.line and _id(other.line) == _id(match.line)]
    return Match(match.path, why=f"several files say the same line ({', '.join(same)}); keep one of them")


def _id(line: Wording) -> str:
    lang, text = line
    return take_id(text, lang)
