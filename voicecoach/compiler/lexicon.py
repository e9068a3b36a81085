"""A person's own spellings for the ear: which of them hold in a session, and a text with them."""

import re
import unicodedata
from collections.abc import Callable, Mapping

Lexicon = Mapping[str, Mapping[str, str]]
"""Spellings by language tag in small letters, and in each by the word as it is written."""


def merged(lang: str, *lexicons: Lexicon) -> dict[str, str]:
    """Spellings that hold for a session in `lang`, by the word as it is written; later lexicons win.

    Inside one, `en-us` wins over `en`. A word is the same in capital and in small letters.
    """
    tag = lang.lower()
    found: dict[str, tuple[str, str]] = {}
    for lexicon in lexicons:
        for key in dict.fromkeys((tag.partition("-")[0], tag)):
            for word, spelling in lexicon.get(key, {}).items():
                found[_folded(word)] = word, spelling
    return dict(sorted(found.values()))


def respelling(spellings: Mapping[str, str]) -> Callable[[str], str]:
    """A function from a text to what a voice is given in its place, empty where no word of the lexicon is in it.

    Only whole words and phrases are replaced, the longest one that fits, and no spelling a second time.
    """
    if not spellings:
        return lambda _: ""
    known = {_folded(word): spelling for word, spelling in spellings.items()}
    words = sorted(known, key=len, reverse=True)
    phrases = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    pattern = re.compile(rf"(?<![^\W_])(?:{phrases})(?![^\W_])", re.IGNORECASE)

    def respell(text: str) -> str:
        composed = unicodedata.normalize("NFC", text)
        found = pattern.sub(lambda match: known.get(_folded(match[0]), match[0]), composed)
        return "" if found == composed else found

    return respell


def _folded(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())
