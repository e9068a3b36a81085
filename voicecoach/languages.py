"""Language tags (BCP 47): which of several fits the one that is asked for, and what it is called."""

from collections.abc import Iterable
from typing import Final

_NAMES: Final = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}


def base(tag: str) -> str:
    """The language of a tag without region and script: `de-AT` → `de`."""
    return tag.partition("-")[0].lower()


def best(wanted: str, there: Iterable[str]) -> str | None:
    """The tag that serves `wanted` best: itself, its language, then the same language of another region."""
    tags = list(there)
    for fits in (wanted.lower(), base(wanted)):
        for tag in tags:
            if tag.lower() == fits:
                return tag
    return next((tag for tag in tags if base(tag) == base(wanted)), None)


def speaks(tag: str, wanted: str) -> bool:
    """Whether both are the same language, perhaps of two regions."""
    return base(tag) == base(wanted)


def english_name(tag: str) -> str:
    """What a language is called in messages: `German`, or its tag in quotes."""
    return _NAMES.get(base(tag), f"'{tag}'")


def canonical(tag: str) -> str:
    """A tag as file names spell it: `DE-at` → `de-AT`."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(_part(part) for part in rest)])


def _part(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.capitalize()
    return part.upper() if len(part) == 2 else part.lower()
