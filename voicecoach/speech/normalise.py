"""Written text to the words an engine is given.

Everything here is for the ear only: the text on the screen stays as it was written. What a script
writer types as markup, pictures or shorthand would otherwise be spelled out or misread. The result
is a fixed point: normalising it again changes nothing.
"""

import re
import unicodedata

from voicecoach.speech.cleaning import audible, clean
from voicecoach.speech.english import english
from voicecoach.speech.foreign import foreign
from voicecoach.speech.lexicon import respelled

PAUSE = "..."
"""Stands between two parts with a pause of its own."""

_PASSES = 10
"""More than any text was seen to need; each rule uses up what it matches."""

_LINK_TEXT = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[^\s.,;:!?)\]}\"'*_]", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_PAUSE = re.compile(r"\s*(?:\.{3,}|…)[\s.…]*")
_LIST_MARK = re.compile(r"^\s*(?:#{1,6}\s+|[-+*•]\s+|>\s*)+")
_ARROWS = re.compile("\\s*[\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f\u2b05-\u2b07\u2b95\u27a1]+\ufe0f?\\s*")
_RANGE_DASH = re.compile(r"(?<=\d)\s*[\u2012-\u2015\u2212]\s*(?=\d)")
_CLAUSE_DASH = re.compile(r"\s*[\u2014\u2015]\s*|\s+(?:[\u2012\u2013]|--+)\s+|(?<=[^\W\d])\s+-+\s+|\s+-+\s+(?=[^\W\d])")
_BETWEEN_FACTORS = re.compile(r"(?<=\d)\s*\*\s*(?=\d)")
_INSIDE_WORD = re.compile(r"(?<=\w)[*`](?=\w)|(?<=[^\W_])_+(?=[^\W_])")
_MARKS = re.compile(r"[*`_]|~(?!\s?\d)|#(?!\d)")
_BRACKETS = re.compile(r"[\[\]{}\\^\u00b7\u2022]")
_REPEATED = re.compile(r"[!?,;:](?:\s*[!?,;:])+")
_SPACE_BEFORE = re.compile(r"\s+(?=[,;:!?])|\s+(?=\.(?:\s|$))")
_LEADING = re.compile(r"^[\s,;:]+")
_WEAK_BEFORE_STOP = re.compile(r"[,;:]+(?=\.(?!\.))|(?<=[^.]\.)[,;:]+(?=\s|$)")

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        "|": ",",
        "\u2044": "/",
    }
)


def normalise(text: str, lang: str) -> str:
    """`text` as words for a voice of the BCP 47 language `lang`, on one line.

    Markup, addresses and pictures go for every language; numbers and units are written out for
    those with a locale pack, and words with two pronunciations for English.
    """
    spoken = lang.partition("-")[0].casefold()
    for _ in range(_PASSES):
        before = text
        text = _neutral(text)
        text = respelled(english(text)) if spoken == "en" else foreign(text, spoken)
        if text == before:
            break
    return text


def parts(text: str) -> list[str]:
    """The parts of a normalised text between its `...`; those without a word are left out."""
    return [part.strip() for part in text.split(PAUSE) if audible(part)]


def _neutral(text: str) -> str:
    text = clean(text)
    text = _LINK_TEXT.sub(r"\1", text)
    text = _ADDRESS.sub("link", text)
    text = _TAG.sub(" ", text)
    text = _ARROWS.sub(", ", text)
    text = "".join(map(_without_picture, text))
    text = _LIST_MARK.sub("", text)
    text = _RANGE_DASH.sub("-", text)
    text = _CLAUSE_DASH.sub(", ", text)
    text = text.translate(_LETTERS)
    text = _BETWEEN_FACTORS.sub("×", text)
    text = _INSIDE_WORD.sub(" ", text)
    text = _MARKS.sub("", text)
    text = _BRACKETS.sub(" ", text)
    text = _PAUSE.sub(f" {PAUSE} ", text)
    text = _REPEATED.sub(_strongest, text)
    text = _SPACE_BEFORE.sub("", text)
    text = _WEAK_BEFORE_STOP.sub("", text)
    text = _LEADING.sub("", text)
    return clean(text)


def _without_picture(character: str) -> str:
    if character.isascii() or character == "°":
        return character
    if character in "\ufe0e\ufe0f\u20e3\u200d":
        return ""
    is_picture = unicodedata.category(character) == "So" or "\U0001f3fb" <= character <= "\U0001f3ff"
    return " " if is_picture else character


def _strongest(match: re.Match[str]) -> str:
    return next(mark for mark in "?!;:," if mark in match[0])
