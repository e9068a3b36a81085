"""What differs between languages as data, and the locale pack that is made of it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from voicecoach.compiler.languages.cldr import Rules
from voicecoach.compiler.locale import Case, Changed, Locale
from voicecoach.units import HOUR, MINUTE, SECOND, Milliseconds

Forms = Mapping[str, str]
"""A noun by plural category; `other` is always there."""


class Part(NamedTuple):
    """A part of the body: its noun, and the noun's gender as the language's other tables name it."""

    noun: str
    gender: str


class Grammar(NamedTuple):
    """One language.

    `phrases` and `words` are those of the Locale. `hour`, `minute`, `second` and `repetition` are nouns;
    `times` says how often, with `{}` for the number. `parts` is every axis of left and right.
    `sides` has left and right by gender, and by `gender case` where a case has a form of its own.
    `label` joins side and part, `to` says where to go ("to the right foot"); `switch` and `now` are
    the whole lines around it, with `{}`. `apart` goes between two alternatives where the rules have another word.
    """

    tag: str
    phrases: Mapping[str, str]
    words: Mapping[str, str]
    ways: Mapping[str, str]
    hour: Forms
    minute: Forms
    second: Forms
    repetition: Forms
    times: str
    parts: Mapping[str, Part]
    sides: Mapping[str, Mapping[str, str]]
    label: Callable[[str, Part], str]
    to: Callable[[str, Part], str]
    switch: str
    now: str
    either: Callable[[str], str] = str


def pack(grammar: Grammar) -> Locale:
    """The locale pack of a language."""
    speech = _Speech(grammar)
    return Locale(
        tag=grammar.tag,
        phrases=grammar.phrases,
        words=grammar.words,
        ways=grammar.ways,
        duration=speech.duration,
        dose=speech.dose,
        side=speech.side,
        part=lambda axis: grammar.parts[axis].noun,
        label=speech.label,
        switch=speech.switch,
        listing=speech.listing,
    )


class _Speech:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.rules = Rules(grammar.tag)

    def duration(self, length: Milliseconds) -> str:
        grammar = self.grammar
        hours, length = divmod(length, HOUR)
        minutes, length = divmod(length, MINUTE)
        parts = [
            self._amount(amount * 1000, forms)
            for amount, forms in ((hours, grammar.hour), (minutes, grammar.minute))
            if amount
        ]
        if length or not parts:
            parts.append(self._amount(length * 1000 // SECOND, grammar.second))
        return self.rules.both(tuple(parts))

    def dose(self, kind: str, length: Milliseconds, reps: int) -> str:
        if kind == "reps":
            return self._amount(reps * 1000, self.grammar.repetition)
        if kind == "hold" and reps > 1:
            return f"{self.duration(length)}, {self.grammar.times.format(reps)}"
        return self.duration(length)

    def side(self, axis: str, way: str, case: Case) -> str:
        forms, gender = self.grammar.sides[way], self.grammar.parts[axis].gender
        return forms.get(f"{gender} {case}", forms[gender])

    def label(self, axis: str, way: str) -> str:
        return self.grammar.label(self.side(axis, way, ""), self.grammar.parts[axis])

    def switch(self, changed: tuple[Changed, ...]) -> str:
        sides = tuple(
            self.grammar.to(self.side(one.axis, one.way, "dative"), self.grammar.parts[one.axis])
            for one in changed
            if one.sided
        )
        others = [one.words for one in changed if not one.sided]
        if sides:
            return self.grammar.switch.format(", ".join([self.rules.both(sides), *others]))
        return self.grammar.now.format(", ".join(others))

    def listing(self, items: tuple[str, ...]) -> str:
        return self.grammar.either(self.rules.either(items))

    def _amount(self, thousandths: int, forms: Forms) -> str:
        word = forms.get(self.rules.plural(thousandths), forms["other"])
        return f"{self.rules.number(thousandths)} {word}"
