"""What is left of any text before it is said, in every language."""

import unicodedata

_JOINERS = "\u200c\u200d"


def audible(text: str) -> bool:
    """Whether there is a letter or a digit to say."""
    return any(character.isalnum() for character in text)


def clean(text: str) -> str:
    """`text` in NFC on one line, without control characters, surrogates and what has no width."""
    kept = "".join(map(_kept, text))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _kept(character: str) -> str:
    if character in _JOINERS or (character.isascii() and character.isprintable()):
        return character
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category[0] in "CZ" else character
