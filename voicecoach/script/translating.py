"""Which translations of which files a routine needs, read before the files themselves are parsed.

What reads them is imported only where there is one: most sessions are heard in the script's own language.
"""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from typing import TYPE_CHECKING, TypeAlias

from voicecoach.languages import best, speaks
from voicecoach.script import files
from voicecoach.script.files import Display, File, Read
from voicecoach.script.scope import Scope
from voicecoach.source import Problems, Source

if TYPE_CHECKING:
    from voicecoach.script.translation import Translation

Sidecars: TypeAlias = Callable[[str], Map[str, str]]
"""The files of translations beside a script, by language tag."""


def no_sidecars(_: str) -> Map[str, str]:
    """For scripts that are nowhere: none."""
    return {}


class Translations:
    """Reads the translations of one routine's files; `sources` receives their texts by name."""

    def __init__(
        self, sidecars: Sidecars, read: Read, display: Display, problems: Problems, sources: dict[str, Source]
    ) -> None:
        self._sidecars = sidecars
        self._read = read
        self._display = display
        self._problems = problems
        self._sources = sources

    def of(self, file: File, lang: str, wanted: Iterable[str]) -> "tuple[Translation, ...]":
        """The translations of a file in language `lang` into each of `wanted`; an empty one where there is none."""
        found = (self._one(file, lang, one) for one in dict.fromkeys(wanted) if one.lower() != lang.lower())
        return tuple(translation for translation in found if translation is not None)

    def there(self, file: str) -> tuple[str, ...]:
        """The languages a file is translated into."""
        return tuple(self._sidecars(file))

    def _one(self, file: File, lang: str, wanted: str) -> "Translation | None":
        there = self._sidecars(file.name)
        tag = best(wanted, there)
        if speaks(lang, wanted) and (tag is None or tag.lower() != wanted.lower()):
            return None
        from voicecoach.script.places import places
        from voicecoach.script.translation import Translation

        translation = Translation(file.name, lang, tag or wanted, there[tag] if tag else "")
        translation.places = {place.value.span: place for place in places(file.top)}
        if tag:
            self._take_in(translation)
        return translation

    def _take_in(self, translation: "Translation") -> None:
        from voicecoach.script.sidecar import take_in

        loaded = files.load_mapping(translation.name, self._read, self._problems, display=self._display)
        if loaded is None:
            return
        source, top = loaded
        self._sources[translation.name] = source
        scope = Scope(translation.name, translation.lang, self._problems, {}, set())
        take_in(translation, scope, top, source.text)
