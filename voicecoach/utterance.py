"""The key of a spoken clip, and its words in time."""

from typing import NamedTuple


class Utterance(NamedTuple):
    """Words with the voice and rate they are spoken at; rate in words a minute, fast forms included.

    Two utterances that are equal sound the same; `voice` is the empty string where no engine speaks.
    `spoken` is what the voice is given in place of the text, where somebody spelled a word for the ear.
    """

    text: str
    voice: str
    rate: int
    spoken: str = ""


class Said(NamedTuple):
    """Words of a clip that are heard in half-open `[start, end)`, in milliseconds from the clip's start.

    More than one word where the engine tells them no times of their own, as in `of the`.
    """

    start: int
    end: int
    text: str
