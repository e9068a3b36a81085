"""The words that should be heard in a cue, one by one, and when."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from voicecoach.units import Milliseconds
from voicecoach.utterance import Said


class Expected(NamedTuple):
    """One word: `text` as a person reads it, `spoken` as it was given to the voice.

    It should begin in `[earliest, latest]`, in milliseconds from the start of its cue; the two are
    equal where the engine told its time.
    """

    text: str
    spoken: str
    earliest: Milliseconds
    latest: Milliseconds


def expected(written: Sequence[Said], heard: Sequence[Said]) -> tuple[Expected, ...]:
    """The words of a clip: `written` as the script has them, `heard` as the voice says them, both with times.

    A word of the script keeps its spelling where it is one word for the voice too; where not, as
    for `20-30s`, the words of the voice stand for it.
    """
    starts = [one.start for one in written]
    groups: list[list[Expected]] = [[] for _ in written]
    for one in heard:
        group = groups[max(bisect_right(starts, one.start) - 1, 0)] if groups else []
        for number, word in enumerate(one.text.split()):
            group.append(Expected(word, word, one.start, one.end if number else one.start))
    found: list[Expected] = []
    for one, group in zip(written, groups, strict=True):
        words = [word for word in one.text.split() if any(map(str.isalnum, word))]
        as_read = words if len(words) == len(group) else [word.text for word in group]
        found += [word._replace(text=text) for word, text in zip(group, as_read, strict=True)]
    return tuple(word for word in found if any(map(str.isalnum, word.spoken)))


def untimed(words: Sequence[str], length: Milliseconds) -> tuple[Expected, ...]:
    """The words of a clip whose voice tells no times: the first one at its start, the others somewhere in it."""
    audible = [word for word in words if any(map(str.isalnum, word))]
    return tuple(Expected(word, word, 0, length if number else 0) for number, word in enumerate(audible))
