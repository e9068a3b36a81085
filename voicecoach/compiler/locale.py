"""The built-in lines of one language, and how it says numbers, durations and sides."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from voicecoach.units import Milliseconds


class Locale(NamedTuple):
    """A locale pack.

    `phrases` holds the built-in lines by name, with $words. `duration` puts milliseconds into
    words, `times` a number of repetitions. `switch` names every changed axis, given as
    (axis, way, sided) in the order of `each`; `listing` joins alternatives with "or".
    """

    tag: str
    phrases: Mapping[str, str]
    duration: Callable[[Milliseconds], str]
    dose: Callable[[str, Milliseconds, int], str]
    switch: Callable[[tuple[tuple[str, str, bool], ...]], str]
    listing: Callable[[tuple[str, ...]], str]
