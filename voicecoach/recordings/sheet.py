"""The lines on paper: a text to read from, which also tells what each number means when it lies with the recordings."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from voicecoach.recordings.lines import ReadLine
from voicecoach.units import Milliseconds

WIDTH = 78
LARGEST = 1_000_000
"""Bytes that are read of a sheet."""

_HEAD = re.compile(r"\[(\d{1,6})\] ([A-Za-z0-9-]+), (?:up to [0-9.]+ s|any length)(?:, heard .*)?$")


class Numbered(NamedTuple):
    """A line and its number."""

    number: int
    line: ReadLine


def sheet(title: str, command: str, lines: Iterable[Numbered]) -> str:
    """The text; `command` is what is to be typed when all is recorded."""
    rows = list(lines)
    head = [title, f"{len(rows)} lines to read aloud"]
    about = (
        "Record each line in a file of its own and name it by its number: 07.wav, or 7 - words.m4a. "
        "A line may take the time that stands beside it. Keep this list in the folder of the recordings, then type:"
    )
    return "\n".join([*head, "", *textwrap.wrap(about, WIDTH), "", f"    {command}", "", *_rows(rows)])


def _rows(lines: Iterable[Numbered]) -> Iterator[str]:
    for number, line in lines:
        times = f", heard {line.heard} times" if line.heard > 1 else ""
        yield f"[{number}] {line.lang}, {room(line.room)}{times}"
        yield from textwrap.wrap(
            " ".join(line.text.split()),
            WIDTH - 4,
            initial_indent="    ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield ""


def room(length: Milliseconds | None) -> str:
    """What a line may take, in words; rounded down, so that it is never too much."""
    return "any length" if length is None else f"up to {max(0, length) // 100 / 10:.1f} s"


def read_sheet(text: str) -> dict[int, tuple[str, str]]:
    """Language and text of every number of a sheet; empty if the text is none."""
    found: dict[int, tuple[str, str]] = {}
    number, lang, words = 0, "", list[str]()
    for line in [*text.splitlines(), ""]:
        if head := _HEAD.match(line):
            number, lang, words = int(head[1]), head[2], []
        elif number and line.startswith("    "):
            words.append(line.strip())
        elif number and words:
            found.setdefault(number, (lang, " ".join(words)))
            number = 0
    return found


def sheets_in(folder: Path) -> dict[int, tuple[str, str]]:
    """What the numbers mean by the sheets that lie in a folder; a number with two meanings has none."""
    found: dict[int, set[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*.txt")):
        try:
            if not path.is_file():
                continue
            with path.open("rb") as file:
                text = file.read(LARGEST).decode("utf-8-sig", "replace")
        except OSError:
            continue
        for number, line in read_sheet(text).items():
            found.setdefault(number, set()).add(line)
    return {number: lines.pop() for number, lines in found.items() if len(lines) == 1}
