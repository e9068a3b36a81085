"""When two texts are the same words, so that one take serves both."""

import re
import unicodedata
from collections.abc import Iterator

_PAUSE = re.compile(r"\.{3,}|…")
_BREAK = "…"
_UNSPOKEN = '.,;:!"“”„‟«»‘‚‛()[]{}*_`'
_SPOKEN = frozenset("&%+=<>≤≥~≈#@°×?")


def wording(text: str) -> str:
    """The words of a text as they sound: without capitals and marks that are not heard.

    A question keeps its mark, and a pause inside the text its dots: both are said in another way.
    """
    return " ".join(_words(text)).strip(f"{_BREAK} ")


def letters(text: str) -> str:
    """What of a text can be in the name of a file: its words of letters and digits alone."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("'", "")
    return " ".join(re.findall(r"[^\W_]+", plain))


def base(lang: str) -> str:
    """The language of a BCP 47 tag without its region: a take of `en-GB` serves `en-US`."""
    return lang.replace("_", "-").partition("-")[0].casefold()


def _words(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    for word in _PAUSE.sub(f" {_BREAK} ", plain).split():
        kept = word if word == _BREAK else word.strip(_UNSPOKEN)
        if kept == _BREAK or any(character.isalnum() or character in _SPOKEN for character in kept):
            yield kept
