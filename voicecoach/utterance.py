"""The key of a spoken clip."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Utterance:
    """Words with the voice and rate they are spoken at; rate in words a minute, fast forms included.

    Two utterances that are equal sound the same; `voice` is the empty string where no engine speaks.
    """

    text: str
    voice: str
    rate: int
