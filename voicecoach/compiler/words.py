"""What the $words of a text stand for at one moment of the session (language.md C.6)."""

from collections.abc import Callable, Mapping
from typing import Protocol

from voicecoach.compiler.locale import Locale
from voicecoach.compiler.options import Chosen
from voicecoach.compiler.plan import Moment, Prescription
from voicecoach.routine import Text
from voicecoach.script.keys import WORDS
from voicecoach.script.words import words as find_words


class Telling(Protocol):
    """What a word may ask of the session that is being put into words."""

    chosen: Chosen
    locale: Locale
    known: frozenset[str]

    @property
    def params(self) -> Mapping[str, str]:
        """Every parameter in words."""
        ...

    def title(self) -> str:
        """The routine's title."""
        ...

    def length_word(self, name: str) -> str:
        """`$minutes` and `$remaining`."""
        ...

    def shown_name(self, prescription: Prescription, moment: Moment) -> str:
        """An exercise's name, also of a nameless one."""
        ...

    def named(self, text: Text, moment: Moment) -> str:
        """A name with its own $words filled in."""
        ...


class Words:
    """What the $words stand for at one moment."""

    def __init__(
        self, telling: Telling, moment: Moment, following: Prescription | None, *, naming: bool = False
    ) -> None:
        self._telling = telling
        self._moment = moment
        self._following = following
        self._naming = naming
        self.extra: dict[str, str] = {}

    def known(self) -> frozenset[str]:
        """Every word that may mean something here."""
        return self._telling.known.union(self.extra, (axis for axis, _ in self._moment.ways))

    def value(self, name: str) -> str | None:
        """The words for `name`, or None if it means nothing here."""
        if name in self.extra:
            return self.extra[name]
        if (own := self._telling.params.get(name)) is not None:
            return own
        if name in {"minutes", "remaining"}:
            return self._telling.length_word(name)
        if name == "title":
            return self._telling.title()
        if name == "level":
            return self._telling.chosen.level or f"{self._telling.chosen.dial} per cent"
        if name in {"round", "rounds"}:
            return str((self._moment.round_no if name == "round" else self._moment.rounds) or 1)
        if name == "next":
            following = self._following
            return "" if following is None else self._telling.shown_name(following, Moment(following))
        return None if self._moment.work is None else self._of_work(name, self._moment.work)

    def _of_work(self, name: str, work: Prescription) -> str | None:
        locale, moment = self._telling.locale, self._moment
        simple: dict[str, Callable[[], str]] = {
            "dose": lambda: locale.dose(work.kind, work.length, work.reps),
            "hold": lambda: locale.duration(work.length),
            "reps": lambda: str(work.reps),
            "sets": lambda: str(work.sets),
            "set": lambda: str(moment.set_no),
            "switch": lambda: self._switch_words(work),
        }
        if name in simple:
            return simple[name]()
        if name in {"name", "short"}:
            text = (work.short or work.name) if name == "short" else work.name
            if self._naming:
                return ""
            return work.shown if text is None else self._telling.named(text, moment)
        return self._of_ways(name, work)

    def _of_ways(self, name: str, work: Prescription) -> str | None:
        ways = dict(self._moment.ways)
        sided = next((axis for axis in ways if axis in work.sided), None)
        if name in {"side", "other_side", "noun"}:
            if sided is None:
                return None
            other = "right" if ways[sided] == "left" else "left"
            return {"side": ways[sided], "other_side": other, "noun": sided}[name]
        return ways.get(name)

    def _switch_words(self, work: Prescription) -> str:
        changed = tuple(
            (axis, way, axis in work.sided) for axis, way in self._moment.ways if axis in self._moment.changed
        )
        return self._telling.locale.switch(changed)


def names_all_of(text: str, axes: tuple[str, ...], sided: frozenset[str]) -> bool:
    """True if the text's $words name every one of these axes: by `$side` for a body part, else by its own name."""
    named = {word.name for word in find_words(text, {*WORDS, *axes})}
    return all(axis in named or (axis in sided and "side" in named) for axis in axes)
