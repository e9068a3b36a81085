"""How long a text takes to say, where no speech is measured."""

import re
from functools import lru_cache

from voicecoach.units import Milliseconds

REFERENCE_WPM = 160
"""The pace at which the weights below were fitted against en-gb speech: median ratio 0.96 on 103 texts."""
PAUSE: Milliseconds = 400
"""What `...` between words takes, at any pace."""
GRID: Milliseconds = 10

_BASE, _CHARACTER, _COMMA, _STOP = 120, 55, 180, 350
_SMALL_NUMBER, _LARGE_NUMBER = "x" * 6, "x" * 9
_LARGEST_SMALL = 12
_FINAL = ".,;:!?…\"'”’)]}» \t\n\r"
_PAUSES = re.compile(r"\s*(?:\.{3,}|…)\s*")
_INSIDE_NUMBER = re.compile(r"(?<=[0-9])[.,:](?=[0-9])")
_NUMBER = re.compile(r"[0-9]+")


@lru_cache(maxsize=4096)
def estimate(text: str, wpm: int) -> Milliseconds:
    """(120 + 55 characters + 180 commas + 350 stops) / pace, rounded up to 10 ms.

    * pace is `wpm` in whole per cent of 160, rounded down, at least 1 %.
    * characters are those before the final punctuation (closing quotes and brackets belong to it),
      with spaces and inner punctuation. White space at either end does not count.
    * commas are inner `, ; :`, stops inner `. ! ?`.
    * a number is a run of the digits 0 to 9 and counts as 6 characters up to 12, above as 9. A mark
      between two digits, as in 1.5 or 8:30, is one character and no pause.
    * `...` or `…` between words is one space and 400 ms; at either end it is nothing.
    """
    pauses = _PAUSES.findall(text := _without_ends(text))
    text = _PAUSES.sub(" ", text)
    text = _NUMBER.sub(_spoken_number, _INSIDE_NUMBER.sub("x", text))
    commas = sum(text.count(mark) for mark in ",;:")
    stops = sum(text.count(mark) for mark in ".!?")
    weight = _BASE + _CHARACTER * len(text) + _COMMA * commas + _STOP * stops
    percent = max(1, wpm * 100 // REFERENCE_WPM)
    return -(-weight * 100 // (percent * GRID)) * GRID + PAUSE * len(pauses)


def _without_ends(text: str) -> str:
    text = text.strip().rstrip(_FINAL)
    while match := _PAUSES.match(text):
        text = text[match.end() :]
    return text


def _spoken_number(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0")
    small = len(digits) <= 2 and int(digits or "0") <= _LARGEST_SMALL
    return _SMALL_NUMBER if small else _LARGE_NUMBER
