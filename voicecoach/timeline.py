"""The one frozen description of what is heard when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicecoach.source import Severity, Span
from voicecoach.units import Milliseconds, Rate
from voicecoach.utterance import Utterance

Priority: TypeAlias = Literal["must", "should", "nice", "clock"]
Option: TypeAlias = "str | int | bool | Mapping[str, Option] | tuple[Option, ...] | None"


@dataclass(frozen=True, slots=True)
class Sound:
    """What a tone cue plays: a built-in name, a wave, or a file.

    `name` is what `plan` prints. For a built-in sound `wave` and `path` are empty. A wave has
    `hz` and `gain` (dB). A file has `path`, as the linker's read understands it.
    """

    name: str
    wave: str = ""
    hz: int = 0
    gain: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A clip or tone placed on the timeline, half-open `[start, end)`.

    Speech and counts carry `text` and the `utterance` that is heard; tones carry `tone` (the
    role or name) and `sound`.
    """

    kind: Literal["speech", "count", "tone"]
    start: Milliseconds
    end: Milliseconds
    priority: Priority
    source: Span
    text: str = ""
    utterance: Utterance | None = None
    rate_percent: int = 100
    tone: str = ""
    sound: Sound | None = None


@dataclass(frozen=True, slots=True)
class Bout:
    """One piece of work of exact length between a start tone and an end tone."""

    exercise: str
    name: str
    kind: Literal["hold", "reps", "time", "breathe"]
    ways: tuple[tuple[str, str], ...]
    section: str | None
    round_no: int | None
    rounds: int | None
    set_no: int
    sets: int
    rep_no: int
    reps: int
    start: Milliseconds
    end: Milliseconds
    source: Span


@dataclass(frozen=True, slots=True)
class Chapter:
    """A labelled span; chapters tile the session."""

    title: str
    start: Milliseconds
    end: Milliseconds


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between gates; segments tile the session, and only the last has the gate `end`."""

    start: Milliseconds
    end: Milliseconds
    gate: Literal["wait", "until-done", "end"]


@dataclass(frozen=True, slots=True)
class Note:
    """One decision of the scheduler, at a time of the session."""

    code: str
    severity: Severity
    message: str
    at: Milliseconds
    source: Span


@dataclass(frozen=True, slots=True)
class Timeline:
    """A compiled session; every time in milliseconds from its start."""

    routine_id: str
    title: str
    lang: str
    file: str
    options: Mapping[str, Option]
    sample_rate: Rate
    duration: Milliseconds
    estimated: bool
    segments: tuple[Segment, ...]
    chapters: tuple[Chapter, ...]
    bouts: tuple[Bout, ...]
    cues: tuple[Cue, ...]
    notes: tuple[Note, ...]
