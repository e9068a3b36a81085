"""What there is to read aloud for a session: every distinct line, and the time it may take."""

from typing import NamedTuple

from voicecoach.session import Session
from voicecoach.speech.takes import take_id
from voicecoach.speech.wording import base
from voicecoach.timeline import Cue
from voicecoach.units import Milliseconds


class ReadLine(NamedTuple):
    """One line: `heard` times, the first time at `first`; `now` is its length when the engine says it.

    `room` is what it may take wherever it is heard, None for any length. `id` is that of its take.
    """

    id: str
    text: str
    lang: str
    kind: str
    heard: int
    first: Milliseconds
    now: Milliseconds
    room: Milliseconds | None

    @property
    def wording(self) -> tuple[str, str]:
        """Language and text."""
        return self.lang, self.text


def lines_of(session: Session) -> list[ReadLine]:
    """Every line of a session once, in the order in which they are first heard; texts of the same words are one."""
    found: dict[str, ReadLine] = {}
    for cue in session.timeline.cues:
        if cue.utterance is None:
            continue
        line = _line(session, cue)
        before = found.get(line.id)
        found[line.id] = line if before is None else _both(before, line)
    return list(found.values())


def _line(session: Session, cue: Cue) -> ReadLine:
    assert cue.utterance is not None
    engine = session.speaker.engine
    lang = base(session.timeline.lang if engine.estimated else engine.language(cue.utterance.voice))
    usual = cue.utterance._replace(rate=int(str(session.timeline.options["rate"])))
    room = session.compiled.rooms.get(usual)
    return ReadLine(take_id(cue.text, lang), cue.text, lang, cue.kind, 1, cue.start, cue.end - cue.start, room)


def _both(one: ReadLine, other: ReadLine) -> ReadLine:
    rooms = [room for room in (one.room, other.room) if room is not None]
    return one._replace(heard=one.heard + 1, now=max(one.now, other.now), room=min(rooms) if rooms else None)
