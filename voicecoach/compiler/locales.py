"""Which languages the built-in lines exist in."""

from collections.abc import Mapping

from voicecoach.compiler.english import ENGLISH
from voicecoach.compiler.locale import Locale

LOCALES: Mapping[str, Locale] = {ENGLISH.tag: ENGLISH}
"""Every pack, by its base language."""


def locale_for(lang: str) -> Locale | None:
    """The pack for a language tag, by its base language; None if there is none."""
    return LOCALES.get(lang.partition("-")[0].lower())
