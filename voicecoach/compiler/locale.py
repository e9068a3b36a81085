"""The built-in lines of one language, and how it says numbers, durations and sides."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from voicecoach.units import Milliseconds

Case: TypeAlias = Literal["", "accusative", "dative"]
"""A grammatical case that a language may ask for; empty for the form a side has on its own."""


class Changed(NamedTuple):
    """One axis that changes: its way as the script names it, and in words; `sided` is true for left and right."""

    axis: str
    way: str
    words: str
    sided: bool


class Locale(NamedTuple):
    """A locale pack.

    `phrases` holds the built-in lines by name, with $words; `words` what is said or shown on its own:
    breath words, names of levels, and what a nameless exercise is called. `duration` puts
    milliseconds into words, `dose` a whole dose. `side` gives left or right in the form that goes
    with a part of the body, `part` the part's own name, `label` both together; `ways` are the words
    of other known ways. `switch` names every changed axis, in the order of `each`; `listing` joins
    alternatives with "or".
    """

    tag: str
    phrases: Mapping[str, str]
    words: Mapping[str, str]
    ways: Mapping[str, str]
    duration: Callable[[Milliseconds], str]
    dose: Callable[[str, Milliseconds, int], str]
    side: Callable[[str, str, Case], str]
    part: Callable[[str], str]
    label: Callable[[str, str], str]
    switch: Callable[[tuple[Changed, ...]], str]
    listing: Callable[[tuple[str, ...]], str]
