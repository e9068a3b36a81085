"""The expanded session before it has times: marks, gaps and bouts in the order they come."""

from typing import Literal, NamedTuple, TypeAlias

from voicecoach.routine import Axis, CueRule, Phase, Text, ToneChoice
from voicecoach.source import Severity, Span
from voicecoach.units import Milliseconds

GapKind: TypeAlias = Literal["safety", "setup", "relax", "switch", "rest", "between", "say", "wait", "tone"]
Gate: TypeAlias = Literal["wait", "until-done"]

MUST, SHOULD, NICE = 0, 1, 2
"""Priorities of speech (scheduling.md E.3); a lower number is said rather than a higher one."""


class Count(NamedTuple):
    """A word on the clock of a bout, or the tone it degrades to.

    `at` is milliseconds from the bout's start. `word` is empty for what only ever sounds;
    `tone` is the role heard in the word's place, empty for nothing.
    """

    at: Milliseconds
    word: str
    tone: str
    span: Span


class Prescription(NamedTuple):
    """One exercise with every dose decided; all times in milliseconds.

    `length` is the length of each bout. `reps` are the bouts of a set for a hold, the counted
    repetitions of a bout otherwise. `cycle` is one repetition or breath, made of `phases`.
    `ways` lists every combination of `each`, in order; `axes` has the words of a translation for them.
    """

    id: str
    kind: Literal["hold", "reps", "time", "breathe"]
    span: Span
    name: Text | None
    short: Text | None
    shown: str
    length: Milliseconds
    reps: int
    sets: int
    bouts_a_set: int
    cycle: Milliseconds
    phases: tuple[Phase, ...]
    ways: tuple[tuple[tuple[str, str], ...], ...]
    sided: frozenset[str]
    own_ways: frozenset[str]
    alternate: bool
    ready: Milliseconds
    relax: Milliseconds
    switch: Milliseconds
    rest: Milliseconds
    how: Text | None
    brief: Text | None
    caution: Text | None
    finish: Text | None
    until_done: bool
    cues: tuple[CueRule, ...]
    counts: tuple[Count, ...]
    counted: bool
    longest: Milliseconds
    most_reps: int
    axes: tuple[Axis, ...] = ()


class Moment(NamedTuple):
    """Where in the session something is said: what the $words stand for.

    `changed` names the axes that differ from the bout before; `work_no` counts exercises as
    they come, so that a nag is counted for each; `next_name` is the exercise after this one.
    """

    work: Prescription | None = None
    work_no: int = -1
    ways: tuple[tuple[str, str], ...] = ()
    changed: tuple[str, ...] = ()
    set_no: int = 1
    rep_no: int = 1
    round_no: int | None = None
    rounds: int | None = None
    section: str | None = None


Built: TypeAlias = Literal["text", "name", "next", "switch", "set", "relax", "rest", "last", "round", "stop_if"]


class Say(NamedTuple):
    """Something to be said in a gap, before it has words.

    `what` is a built-in line, or `text` for the author's own; `short` is the author's own short form.
    """

    what: Built
    priority: int
    span: Span
    text: Text | None = None
    short: Text | None = None
    voice: str = ""


class Mark(NamedTuple):
    """A chapter begins here; its title is made from the moment."""

    moment: Moment


class Gap(NamedTuple):
    """Time between bouts.

    `written` is None for a gap that takes what its lines need. `ready` is the time kept for the
    ready ticks at its end, 0 where no bout follows. `silence` is added at the end (of a wait), and
    `longest` is how long a live session waits, None for as long as the person wants.
    `says` become `lines` once they have words. A `tone` gap plays its tone and nothing else.
    """

    kind: GapKind
    span: Span
    moment: Moment
    written: Milliseconds | None = None
    ready: Milliseconds = 0
    strict: bool = False
    says: tuple[Say, ...] = ()
    lines: "tuple[Line, ...]" = ()
    cues: "tuple[Wanted, ...]" = ()
    counts: tuple[Count, ...] = ()
    tone: ToneChoice | None = None
    silence: Milliseconds = 0
    longest: Milliseconds | None = None
    gate: Gate | None = None


class Line(NamedTuple):
    """Words for a gap or a cue; `short` is the form to fall back on, empty for none."""

    text: str
    short: str
    priority: int
    span: Span
    voice: str = ""
    serial: int = 0


class Wanted(NamedTuple):
    """One cue at its wished time, from the start of its bout or rest; None means as late as possible."""

    at: Milliseconds | None
    rule: CueRule
    line: Line | None = None


class Work(NamedTuple):
    """One bout."""

    moment: Moment
    prescription: Prescription
    name: str
    cues: tuple[Wanted, ...]
    gate: Gate | None = None


class Remark(NamedTuple):
    """A decision taken before there are times; the layout says when it matters."""

    code: str
    severity: Severity
    message: str
    span: Span
    fix: str = ""


Piece: TypeAlias = Mark | Gap | Work | Remark
