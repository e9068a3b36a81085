"""LRC: the words that are heard, one line a time, as music players show them.

The format has no escape, so a bracket of a person's text that would be read as a time becomes a
round one.
"""

import re
from collections.abc import Iterator, Sequence

from voicecoach.export.labels import Line
from voicecoach.export.tags import clean
from voicecoach.units import SECOND, Milliseconds

LONG_PAUSE: Milliseconds = 4 * SECOND
"""A pause longer than this shows an empty screen; in a shorter one the last line stays."""

_LEADING = re.compile(r"^\[([^\]]*)\]")
"""Brackets at the start of a line: a second time, or a tag such as `[ar:...]`."""

_TIME = re.compile(r"[\[<](\d+:\d+(?:[.:]\d+)?)[\]>]")
"""A time anywhere in a line; angle brackets give the times of words."""


def lrc(lines: Sequence[Line], *, words: bool = False) -> str:
    """`lines` as LRC, in order of time; the empty string without lines.

    An empty line clears the screen after the last line and in pauses over LONG_PAUSE. `words` adds
    the times of words in angle brackets, which players without that extension show as text.
    """
    by_start = {line.start: line for line in lines} if words else {}
    rows = (
        f"[{_timestamp(time)}]{_timed(by_start[time]) if text and time in by_start else _harmless(text)}\n"
        for time, text in screens(lines)
    )
    return "".join(rows)


def screens(lines: Sequence[Line]) -> Iterator[tuple[Milliseconds, str]]:
    """What is shown from when on, in order of time: the text of a line in one row, or nothing in a long pause."""
    ordered = sorted((line for line in lines if _row(line.text)), key=lambda line: line.start)
    following: list[Milliseconds | None] = [*(line.start for line in ordered[1:]), None]
    for line, then in zip(ordered, following, strict=False):
        yield line.start, _row(line.text)
        if then is None or then - line.end > LONG_PAUSE:
            yield line.end, ""


def _row(text: str) -> str:
    return " ".join(clean(text).split())


def _harmless(text: str) -> str:
    return _TIME.sub(r"(\1)", _LEADING.sub(r"(\1)", text))


def _timed(line: Line) -> str:
    """The words of a line, each after its time; the line as it is where there are none."""
    if not line.words:
        return _harmless(_row(line.text))
    return " ".join(f"<{_timestamp(word.start)}>{_harmless(_row(word.text))}" for word in line.words)


def _timestamp(time: Milliseconds) -> str:
    """Minutes, seconds and hundredths, rounded once."""
    seconds, hundredths = divmod((time + 5) // 10, 100)
    return f"{seconds // 60:02d}:{seconds % 60:02d}.{hundredths:02d}"
