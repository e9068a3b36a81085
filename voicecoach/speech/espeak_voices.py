"""The voices of the bundled speech library, looked up in its data folder.

A voice is a language and perhaps a variant of the speaker, written `en-gb` or `en-gb+f3`. The
library itself takes an unknown variant without a word and an unknown language as English, so
both are looked for here first.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cached_property
from os import scandir
from pathlib import Path
from typing import NamedTuple

from voicecoach.speech.engine import Gender, UnknownVoiceError, Voice


class Preset(NamedTuple):
    """A voice with a name of its own: the file of its language and of its variant."""

    voice: Voice
    language: str
    variant: str = ""


_FEMALE = frozenset({"f3", "Annie"})
_PLAIN: Gender = "male"
"""A language without a variant, in the library's own words."""


def _preset(id_: str, lang: str, title: str, language: str, variant: str = "") -> Preset:
    return Preset(Voice(id_, lang, title, "female" if variant in _FEMALE else _PLAIN), language, variant)


PRESETS = (
    _preset("en-gb", "en-GB", "English (Great Britain)", "gmw/en"),
    _preset("en-gb-female", "en-GB", "English (Great Britain), female", "gmw/en", "f3"),
    _preset("en-gb-male", "en-GB", "English (Great Britain), male", "gmw/en", "m3"),
    _preset("en-us", "en-US", "English (America)", "gmw/en-US"),
    _preset("en-us-female", "en-US", "English (America), female", "gmw/en-US", "f3"),
    _preset("en-us-male", "en-US", "English (America), male", "gmw/en-US", "m3"),
    _preset("en-us-annie", "en-US", "English (America), Annie", "gmw/en-US", "Annie"),
    _preset("en-gb-rp", "en-GB", "English (Received Pronunciation)", "gmw/en-GB-x-rp"),
    _preset("en-gb-scotland", "en-GB", "English (Scotland)", "gmw/en-GB-scotland"),
)
"""Variants f3 and m3 were the most even in level of those compared."""


class Found(NamedTuple):
    """A voice of the data: the name the library takes, and its language tag."""

    name: str
    lang: str


class Voices:
    """The voices of one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def find(self, id_: str) -> Found:
        """The voice a person typed, in any case of letters; raises UnknownVoiceError with near matches."""
        if preset := self._presets.get(id_.casefold()):
            return _found(preset)
        base, plus, variant = id_.partition("+")
        language = self._language(base)
        if language is None:
            raise self._unknown(base)
        if not plus:
            return language
        file = self._variants.get(variant.casefold())
        if file is None:
            near = get_close_matches(variant.casefold(), self._variants, n=3, cutoff=0.6)
            names = [self._variants[key] for key in near] or ["f3", "m3"]
            fix = f"try {' or '.join(names)} after the +"
            raise UnknownVoiceError(f"no voice variant {variant!r}", [f"{base}+{name}" for name in names], fix)
        return Found(f"{language.name}+{file}", language.lang)

    def default(self, lang: str) -> str | None:
        """The voice for a BCP 47 language, by its exact tag or else its first part; None if there is none."""
        if lang.casefold() == "en":
            return "en-gb"
        while lang:
            for known in self.all():
                if known.lang.casefold() == lang.casefold():
                    return known.id
            if language := self._language(lang):
                return language.lang
            lang = lang.rpartition("-")[0]
            if lang.casefold() == "en":
                return "en-gb"
        return None

    def all(self) -> Sequence[Voice]:
        """Those with names of their own, then one a language."""
        named = [preset.voice for preset in self._presets.values()]
        files = {preset.language for preset in self._presets.values()}
        others = {id(f): Voice(f.lang, f.lang, t, _PLAIN) for f, t in self._languages.values() if f.name not in files}
        return (*named, *sorted(others.values(), key=lambda voice: voice.id))

    def _language(self, tag: str) -> Found | None:
        """A preset without a variant, a tag such as `de` or `fr-fr`, or a file of the data such as `gmw/de`."""
        preset = self._presets.get(tag.casefold())
        if preset and not preset.variant:
            return _found(preset)
        entry = self._languages.get(tag.casefold())
        return entry[0] if entry else None

    @cached_property
    def _presets(self) -> dict[str, Preset]:
        return {
            preset.voice.id: preset
            for preset in PRESETS
            if (self.data / "lang" / preset.language).is_file()
            and (not preset.variant or preset.variant.casefold() in self._variants)
        }

    @cached_property
    def _variants(self) -> dict[str, str]:
        """File names by their case-folded form."""
        folder = self.data / "voices" / "!v"
        if not folder.is_dir():
            return {}
        with scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_file())
        return {name.casefold(): name for name in names}

    @cached_property
    def _languages(self) -> dict[str, tuple[Found, str]]:
        """Voice and title by tag: the file's own name first, then the tags written in it."""
        root = self.data / "lang"
        exact: dict[str, tuple[Found, str]] = {}
        aliases: dict[str, tuple[Found, str]] = {}
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            title = path.name
            file = path.relative_to(root).as_posix()
            found = Found(file, path.name)
            tags = []
            for line in path.read_text("utf-8", "replace").splitlines():
                key, _, rest = line.partition(" ")
                if key == "name":
                    title = rest.strip()
                elif key == "language" and rest.split():
                    tags.append(rest.split()[0])
            exact[path.name.casefold()] = exact[file.casefold()] = (found, title)
            for tag in tags:
                aliases.setdefault(tag.casefold(), (found, title))
        return aliases | exact

    def _unknown(self, id_: str) -> UnknownVoiceError:
        known = sorted({voice.id for voice in self.all()} | {tag for tag in self._languages if "/" not in tag})
        near = get_close_matches(id_.casefold(), known, n=3, cutoff=0.6)
        return UnknownVoiceError(f"no voice {id_!r} in this speech engine", near)


def _found(preset: Preset) -> Found:
    return Found(preset.language + (f"+{preset.variant}" if preset.variant else ""), preset.voice.lang)
