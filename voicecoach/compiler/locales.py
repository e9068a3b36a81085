"""Which languages the built-in lines exist in; only the pack that is spoken is read."""

from collections.abc import Callable, Mapping

from voicecoach.compiler.english import ENGLISH
from voicecoach.compiler.locale import Locale
from voicecoach.languages import base


def _german() -> Locale:
    from voicecoach.compiler.languages.german import GERMAN

    return GERMAN


def _spanish() -> Locale:
    from voicecoach.compiler.languages.spanish import SPANISH

    return SPANISH


def _french() -> Locale:
    from voicecoach.compiler.languages.french import FRENCH

    return FRENCH


def _italian() -> Locale:
    from voicecoach.compiler.languages.italian import ITALIAN

    return ITALIAN


def _dutch() -> Locale:
    from voicecoach.compiler.languages.dutch import DUTCH

    return DUTCH


def _portuguese() -> Locale:
    from voicecoach.compiler.languages.portuguese import PORTUGUESE

    return PORTUGUESE


_PACKS: Mapping[str, Callable[[], Locale]] = {
    "en": lambda: ENGLISH,
    "de": _german,
    "es": _spanish,
    "fr": _french,
    "it": _italian,
    "nl": _dutch,
    "pt": _portuguese,
}

LANGUAGES = tuple(_PACKS)
"""Every language with a pack."""


def has_locale(lang: str) -> bool:
    """Whether there is a pack for a language tag, without reading it."""
    return base(lang) in _PACKS


def locale_for(lang: str) -> Locale | None:
    """The pack for a language tag, by its base language; None if there is none."""
    pack = _PACKS.get(base(lang))
    return pack() if pack else None
