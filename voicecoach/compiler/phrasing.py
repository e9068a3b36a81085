"""Gaps and bouts → words: every spoken line, with its $words filled in (language.md C.6, C.10)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from voicecoach.compiler import dose
from voicecoach.compiler.locale import Locale
from voicecoach.compiler.options import Chosen
from voicecoach.compiler.plan import MUST, NICE, Gap, Line, Mark, Moment, Piece, Prescription, Say, Wanted, Work
from voicecoach.compiler.words import Words, names_all_of
from voicecoach.routine import Routine, Text
from voicecoach.script.keys import PHRASE_WORDS, SIDE_WORDS, WORDS
from voicecoach.script.words import words as find_words
from voicecoach.source import Span
from voicecoach.units import MINUTE, Milliseconds

_TWO_STOPS = re.compile(r"([.!?])\.$")


class FirstPass(NamedTuple):
    """What a second pass knows of the first: the session's length, and when each line was said."""

    duration: Milliseconds
    at: Mapping[int, Milliseconds]


def minutes(time: Milliseconds) -> int:
    """Whole minutes, half a minute rounded up, at least one."""
    return max(1, (time + MINUTE // 2) // MINUTE)


class Phrasing:
    """Puts one expanded session into words.

    Every place in the source keeps its own turn, so a listed text is spoken item by item.
    `asked_length` becomes true once a text wanted `$minutes` or `$remaining`.
    """

    def __init__(self, routine: Routine, chosen: Chosen, locale: Locale, first: FirstPass | None = None) -> None:
        self.routine = routine
        self.chosen = chosen
        self.locale = locale
        self.asked_length = False
        self._first = first
        self._turns: Counter[Span] = Counter()
        self._serial = 0
        self._params = self._param_words()
        self.known = frozenset({*WORDS, *SIDE_WORDS, *PHRASE_WORDS, *self._params})

    def phrase(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The same pieces, with lines for what is to be said."""
        session = list(pieces)
        following = _next_names(session)
        for number, piece in enumerate(session):
            match piece:
                case Gap():
                    words = self._words(piece.moment, following[number])
                    lines = tuple(line for say in piece.says for line in self._say(say, piece, words))
                    yield piece._replace(lines=lines, cues=self._cues(piece.cues, words))
                case Work():
                    words = self._words(piece.moment, following[number])
                    name = self.shown_name(piece.prescription, piece.moment)
                    yield piece._replace(name=name, cues=self._cues(piece.cues, words))
                case _:
                    yield piece

    def shown_name(self, prescription: Prescription, moment: Moment) -> str:
        """The exercise's name as shown, also for a nameless one."""
        if prescription.name is None:
            return prescription.shown
        return self.named(prescription.name, moment)

    def named(self, text: Text, moment: Moment) -> str:
        """A name with its $words filled in; a name that asks for the name gets nothing."""
        return self._fill(text.turn(0, self.chosen.lang), Words(self, moment, None, naming=True))

    def chapter(self, moment: Moment) -> str:
        """The title of the chapter that begins at `moment`: `Calf stretch, left leg, round 2`."""
        prescription = moment.work
        if prescription is None:
            return self.title()
        name = self.shown_name(prescription, moment)
        if prescription.short is not None:
            name = self.named(prescription.short, moment)
        words = self._words(moment, None)
        parts = [name]
        for axis, way in moment.ways:
            parts.append(self.locale.label(axis, way) if axis in prescription.sided else words.way(axis, way))
        if moment.rounds is not None and moment.rounds > 1:
            parts.append(self._fill(self.locale.phrases["chapter_round"], words))
        return ", ".join(parts)

    def title(self) -> str:
        """The routine's title in the session's language."""
        return self.routine.title.turn(0, self.chosen.lang)

    # ---- lines -------------------------------------------------------------------------

    def _say(self, say: Say, gap: Gap, words: Words) -> Iterator[Line]:
        short = ""
        match say.what:
            case "text":
                assert say.text is not None
                text = self._turn(say.text, words)
                short = self._turn(say.short, words) if say.short else ""
            case "name" | "next":
                prescription = gap.moment.work
                if prescription is None or prescription.name is None:
                    return
                announced = say.what == "next" and self.routine.announce.get("next", True)
                text = self._built("next" if announced else "name", words)
                if prescription.short is not None:
                    short = _sentence(self._turn(prescription.short, words))
                elif announced:
                    short = self._built("name", words)
            case "switch":
                yield from self._switch(say, gap.moment, words)
                return
            case "stop_if":
                signs = tuple(self._turn(text, words).rstrip(".") for text in self.routine.stop_if)
                words.extra["signs"] = self.locale.listing(signs)
                text = self._built("stop_if", words)
            case built:
                if not self.routine.announce.get(built, True):
                    return
                text = self._built(built, words)
        if text:
            yield self._line(text, short, say.priority, say.span, say.voice)

    def _switch(self, say: Say, moment: Moment, words: Words) -> Iterator[Line]:
        """The switch line and the brief; one line if the brief itself names all that changed (G3)."""
        prescription = moment.work
        assert prescription is not None
        announced = self.routine.announce.get("switch", True)
        plain = self._built("switch", words) if announced else ""
        if say.text is None:
            if plain:
                yield self._line(plain, "", say.priority, say.span, "")
            return
        source = say.text.turn(self._turns[say.text.span] + self.chosen.options.session, self.chosen.lang)
        brief = self._turn(say.text, words)
        if names_all_of(source, moment.changed, prescription.sided):
            own = all(axis in prescription.own_ways for axis in moment.changed)
            head = "" if own or not announced else self._built("switch_short", words)
            yield self._line(f"{head} {brief}".strip(), plain, say.priority, say.span, "")
            return
        if plain:
            yield self._line(plain, "", say.priority, say.span, "")
        yield self._line(brief, "", say.priority + 1, say.text.span, "")

    def _cues(self, wanted: tuple[Wanted, ...], words: Words) -> tuple[Wanted, ...]:
        return tuple(
            cue
            if cue.rule.text is None
            else cue._replace(
                line=self._line(
                    self._turn(cue.rule.text, words), "", MUST if cue.rule.must else NICE, cue.rule.span, ""
                ),
            )
            for cue in wanted
        )

    def _line(self, text: str, short: str, priority: int, span: Span, voice: str) -> Line:
        self._serial += 1
        return Line(text, "" if short == text else short, priority, span, voice, self._serial)

    def _turn(self, text: Text, words: Words) -> str:
        number = self._turns[text.span]
        self._turns[text.span] += 1
        return self._fill(text.turn(number + self.chosen.options.session, self.chosen.lang), words)

    def _built(self, name: str, words: Words) -> str:
        own = self.routine.phrases.get(name)
        text = self._fill(self.locale.phrases[name], words) if own is None else self._turn(own, words)
        return _TWO_STOPS.sub(r"\1", text)

    # ---- words -------------------------------------------------------------------------

    def _fill(self, text: str, words: Words) -> str:
        if "$" not in text:
            return " ".join(text.split())

        filled: list[str] = []
        done = 0
        for word in find_words(text, words.known()):
            value = "$" if word.name == "$" else words.value(word.name)
            if value is not None:
                filled += (text[done : word.start], value[:1].upper() + value[1:] if word.capital else value)
                done = word.end
        return " ".join("".join([*filled, text[done:]]).split())

    def _words(self, moment: Moment, next_name: Prescription | None) -> Words:
        return Words(self, moment, next_name)

    def length_word(self, name: str) -> str:
        """`$minutes` and `$remaining`, which only a second pass knows."""
        self.asked_length = True
        if self._first is None:
            return "10"
        if name == "minutes":
            return str(minutes(self._first.duration))
        gone = self._first.at.get(self._serial + 1, 0)
        return str(minutes(self._first.duration - gone))

    def _param_words(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, param in self.routine.params.items():
            amount = None
            if param.dose is not None and param.unit == "count":
                amount = dose.count(param.dose, self.chosen.dial)
            elif param.dose is not None:
                length = dose.work(param.dose, self.chosen.dial)
                found[name] = param.text if length is None else self.locale.duration(length)
                continue
            found[name] = param.text if amount is None else str(amount)
        return found

    @property
    def params(self) -> Mapping[str, str]:
        """Every parameter in words."""
        return self._params


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _next_names(session: list[Piece]) -> list[Prescription | None]:
    """For every piece, the exercise that comes after the one it belongs to."""
    found: list[Prescription | None] = [None] * len(session)
    current: tuple[int, Prescription] | None = None
    after: Prescription | None = None
    for number in range(len(session) - 1, -1, -1):
        piece = session[number]
        moment = None if isinstance(piece, Mark) or not isinstance(piece, Gap | Work) else piece.moment
        if moment is not None and moment.work is not None and (current is None or current[0] != moment.work_no):
            after = current[1] if current else None
            current = (moment.work_no, moment.work)
        outside = moment is None or moment.work is None
        found[number] = (current[1] if current else None) if outside else after
    return found
