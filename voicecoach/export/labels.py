"""What a file holds beside its sound: tags, chapters, a cover, and the words that are heard."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from voicecoach.export.tags import Tags
from voicecoach.player.scene import Phase
from voicecoach.timeline import Chapter
from voicecoach.units import Milliseconds


class Picture(NamedTuple):
    """A picture as the bytes of a whole file; `width` and `height` in pixels."""

    data: bytes
    mime: Literal["image/jpeg", "image/png"]
    width: int
    height: int


class Word(NamedTuple):
    """One word of a line, half-open `[start, end)` in milliseconds from the start of the session."""

    start: Milliseconds
    end: Milliseconds
    text: str


class Line(NamedTuple):
    """What is heard in one piece, half-open `[start, end)` in milliseconds from the start of the session.

    `words` is empty where the engine tells no times of words.
    """

    start: Milliseconds
    end: Milliseconds
    text: str
    words: tuple[Word, ...] = ()


class Passage(NamedTuple):
    """What a player shows from `start` on, in milliseconds from the start of the session, up to the next passage.

    Seconds are counted down to `until`, the end of the bout, gap or wait it belongs to. The other fields are those
    of a Scene: `what` is done now or comes next, `ways` is the side in words, `counts` are lines such as `Hold 2 of 3`.
    """

    start: Milliseconds
    until: Milliseconds
    phase: Phase
    what: str
    ways: str
    counts: tuple[str, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Everything that is written beside the sound; a format leaves out what it cannot hold."""

    tags: Tags
    chapters: tuple[Chapter, ...] = ()
    cover: Picture | None = None
    lines: tuple[Line, ...] = ()
    passages: tuple[Passage, ...] = ()
