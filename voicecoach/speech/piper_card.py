"""The card beside a Piper model: under which licence its speech was recorded."""

import re
from pathlib import Path

from voicecoach.speech.piper_installed import CARD

_LICENCE = re.compile(r"^\W*licen[cs]e\W*[:=][\s*_]*(\S.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_LONGEST = 80
UNKNOWN = "not stated"


def licence(card: str) -> str:
    """What a card says on one line."""
    match = _LICENCE.search(card)
    return match[1][:_LONGEST] if match else UNKNOWN


def licence_in(folder: Path) -> str:
    """The licence of an installed voice."""
    try:
        return licence((folder / CARD).read_bytes()[:200_000].decode("utf-8", "replace"))
    except OSError:
        return UNKNOWN
