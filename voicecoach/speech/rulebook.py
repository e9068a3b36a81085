"""Which rules turn a written text into words, told without loading them."""

import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path

_RULES = ("cleaning", "english", "foreign", "lexicon", "normalise", "tongues")
"""The modules that `normalise` is made of."""


@cache
def rules() -> str | None:
    """What changes with the rules and with Unicode's tables; None where their source cannot be read."""
    found = sha256(unicodedata.unidata_version.encode())
    room = Path(__file__).parent
    try:
        for name in _RULES:
            found.update((room / f"{name}.py").read_bytes())
    except OSError:
        return None
    return found.hexdigest()
