"""`$words` in the texts of a whole routine: each must mean something where it is said."""

from collections.abc import Iterable, Iterator
from typing import Final

from voicecoach.routine import (
    Axis,
    BreatheStep,
    CueRule,
    Exercise,
    RestStep,
    Routine,
    SayStep,
    Section,
    Step,
    Text,
    WaitStep,
    WorkStep,
)
from voicecoach.script import keys
from voicecoach.script.suggest import listed, nearest
from voicecoach.script.words import words
from voicecoach.source import Problems, Span

_TEXTS: Final = ("name", "short", "how", "brief", "why", "caution", "finish")
_OUTSIDE: Final = "these words belong to no exercise"
_ANYWHERE: Final = ("$", "title", "minutes", "remaining", "next", "level", "round", "rounds")


class WordCheck:
    """Checks texts against the words known in a routine; `used` collects the parameters they name."""

    def __init__(self, problems: Problems, params: Iterable[str], used: set[str]) -> None:
        self.problems = problems
        self.params = frozenset(params)
        self.used = used
        self.axes = set(keys.AXES) | {"way"}

    def routine(self, routine: Routine) -> None:
        """Checks everything a routine may say."""
        for exercise in routine.exercises.values():
            self.exercise(exercise, exercise.id or "this exercise")
        self.steps(routine.steps)
        everywhere = (routine.title, *routine.cautions, *routine.stop_if, *routine.advice)
        for text in everywhere:
            self.text(text, (), _OUTSIDE)
        for text in (*routine.cautions, *routine.stop_if):
            self.heard(text)
        for phrase in routine.phrases.values():
            self.text(phrase, None, "", keys.PHRASE_WORDS)

    def steps(self, steps: Iterable[Step]) -> None:
        """Checks what is said in steps, and in the sections among them."""
        sections: list[Section] = []
        for step in steps:
            match step:
                case WorkStep(exercise=exercise) | BreatheStep(exercise=exercise):
                    self.exercise(exercise, _called(exercise))
                case SayStep(text=text) | WaitStep(text=text):
                    self.text(text, (), _OUTSIDE)
                    self.heard(text)
                case RestStep(say=say, cues=cues):
                    for text in _said(say, cues):
                        self.text(text, (), _OUTSIDE)
                        self.heard(text)
                case Section():
                    self.steps(step.steps)
                    sections.append(step)
        for section in sections:
            for text in _said(section.title, section.cues):
                self.text(text, None, "")

    def exercise(self, exercise: Exercise, called: str, axes: tuple[Axis, ...] = ()) -> None:
        """Checks the texts of an exercise and of its stages."""
        ways = exercise.each or axes
        if not ways and exercise.side in keys.SIDES:
            ways = (Axis("side", keys.SIDES, exercise.span, sides=True),)
        self.axes.update(axis.name for axis in ways)
        why = f"'{called}' has no 'each'" if not ways else f"'{called}' is not done on two sides"
        for name in _TEXTS:
            if (text := getattr(exercise, name)) is not None:
                self.text(text, ways, why)
                if name != "why":
                    self.heard(text)
        for text in _said(None, exercise.cues):
            self.text(text, ways, why)
            self.heard(text)
        for stage in exercise.stages or ():
            self.exercise(stage.exercise, called, ways)

    def heard(self, text: Text) -> None:
        """Refuses a text without a letter or a digit: no voice can say it."""
        for line, span in _lines(text):
            if not any(character.isalnum() for character in line):
                what = f"there is nothing to say in '{line[:40]}'"
                self.problems.error("E058", span, what, fix="write words, or take it out")
                return

    def text(self, text: Text, axes: tuple[Axis, ...] | None, why: str, more: Iterable[str] = ()) -> None:
        """Checks one text; `axes` None means that it may be said in any exercise; `more` words are known here."""
        if not any("$" in line for line, _ in _lines(text)):
            return
        names = self.axes if axes is None else {axis.name for axis in axes}
        known = {*keys.WORDS, *keys.SIDE_WORDS, *self.params, *names, *more}
        for line, span in _lines(text):
            for word in words(line, known):
                if word.name in self.params:
                    self.used.add(word.name)
                elif not word.known:
                    self._unknown(span, word.name, known)
                    return
                elif axes is not None:
                    self._placed(span, word.name, axes, why)

    def _unknown(self, span: Span, name: str, known: Iterable[str]) -> None:
        close = nearest(name, known)
        fix = f"did you mean ${close}?" if close else f"write $$ for a dollar; known words: {listed(keys.WORDS, 30)}"
        self.problems.error("E041", span, f"unknown word '${name}' in spoken text", fix=fix)

    def _placed(self, span: Span, name: str, axes: tuple[Axis, ...], why: str) -> None:
        if (name == "noun" or name in keys.SIDE_WORDS) and not any(axis.sides for axis in axes):
            fix = f"add  each: foot  or take ${name} out of the text"
        elif name == "direction" and not any(axis.name == name for axis in axes):
            fix = f"add  each: direction  or take ${name} out of the text"
        elif why == _OUTSIDE and name not in _ANYWHERE and name not in self.params:
            fix = ""
        else:
            return
        if why == _OUTSIDE:
            fix = f"take ${name} out of the text, or move the words into an exercise"
        self.problems.error("E041", span, f"there is no ${name} here: {why}", fix=fix)


def _said(text: Text | None, cues: Iterable[CueRule]) -> Iterator[Text]:
    if text is not None:
        yield text
    for cue in cues:
        if cue.text is not None:
            yield cue.text


def _lines(text: Text) -> Iterator[tuple[str, Span]]:
    """Every line in every language, and where it stands."""
    yield from ((line, text.span) for line in text.lines)
    elsewhere = dict(text.places)
    for tag, lines in text.translations:
        yield from ((line, elsewhere.get(tag, text.span)) for line in lines)


def _called(exercise: Exercise) -> str:
    return exercise.id or (exercise.name.lines[0] if exercise.name else "this exercise")
