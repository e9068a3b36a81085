"""The key of a spoken clip."""

from typing import NamedTuple


class Utterance(NamedTuple):
    """Words with the voice and rate they are spoken at; rate in words a minute, fast forms included.

    Two utterances that are equal sound the same; `voice` is the empty string where no engine speaks.
    """

    text: str
    voice: str
    rate: int
