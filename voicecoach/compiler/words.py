"""What the $words of a text stand for at one moment of the session (language.md C.6)."""

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from voicecoach.compiler.locale import Case, Changed, Locale
from voicecoach.compiler.options import Chosen
from voicecoach.compiler.plan import Moment, Prescription
from voicecoach.routine import Text, WayWords
from voicecoach.script.keys import SIDE_WORDS, SIDES, WORDS
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
            words, level = self._telling.locale.words, self._telling.chosen.level
            return words[level] if level else f"{self._telling.chosen.dial} {words['per cent']}"
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
        if name == "noun":
            return None if sided is None else self._telling.locale.part(sided)
        if (asked := SIDE_WORDS.get(name)) is not None:
            if sided is None:
                return None
            way = SIDES[1 - SIDES.index(ways[sided])] if asked.other else ways[sided]
            return self._side(asked.part or sided, way, asked.case, sided)
        return self.way(name, ways[name]) if name in ways else None

    def _side(self, part: str, way: str, case: str, axis: str) -> str:
        """Left or right as it goes with `part`; a translation's own words for the axis win where no other is asked."""
        own = self._translated(axis, way) if part == axis else None
        if own is not None:
            return {"accusative": own.accusative, "dative": own.dative}.get(case) or own.name
        return self._telling.locale.side(part, way, cast(Case, case))

    def way(self, axis: str, way: str) -> str:
        """One way in words: a translation's, else those of the locale for a way it knows, else the script's own."""
        own = self._translated(axis, way)
        if own is not None:
            return own.name
        work = self._moment.work
        if work is not None and axis in work.sided:
            return self._telling.locale.side(axis, way, "")
        return self._telling.locale.ways.get(way, way) if work is None or axis not in work.own_ways else way

    def _translated(self, axis: str, way: str) -> WayWords | None:
        work, lang = self._moment.work, self._telling.chosen.lang
        return next((one.words(way, lang) for one in (work.axes if work else ()) if one.name == axis), None)

    def _switch_words(self, work: Prescription) -> str:
        changed = tuple(
            Changed(axis, way, way if axis in work.sided else self.way(axis, way), axis in work.sided)
            for axis, way in self._moment.ways
            if axis in self._moment.changed
        )
        return self._telling.locale.switch(changed)


def names_all_of(text: str, axes: tuple[str, ...], sided: frozenset[str]) -> bool:
    """True if the text's $words name every one of these axes: by `$side` for a body part, else by its own name."""
    named = {word.name for word in find_words(text, {*WORDS, *SIDE_WORDS, *axes})}
    says_side = any(name in SIDE_WORDS and not SIDE_WORDS[name].other for name in named)
    return all(axis in named or (axis in sided and says_side) for axis in axes)
