"""A checked and linked routine: what a script prescribes, before any dose is chosen.

Every value is frozen and knows its place in the script. In an Exercise, None means "not
said here": that is what lets a step override a library exercise key by key, and what lets
`explain` tell a default from a decision.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from voicecoach.languages import best
from voicecoach.source import NOWHERE, Span
from voicecoach.units import Milliseconds

Level: TypeAlias = Literal["gentle", "steady", "strong"]
LEVELS: dict[Level, int] = {"gentle": 0, "steady": 50, "strong": 100}
"""The dial of each level, in per cent (language.md C.4)."""

Guidance: TypeAlias = Literal["full", "brief", "minimal"]


# ---- values ---------------------------------------------------------------------------


class Text(NamedTuple):
    """Words to say or show: one line, or several that are said in turn.

    `span` is the place of the whole value and its identity when turns are counted.
    `translations` holds the lines of other languages, by language tag, in source order;
    `lines` are those of the file's own language. `places` says where lines of a language stand
    that another file gives.
    """

    lines: tuple[str, ...]
    span: Span
    translations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    places: tuple[tuple[str, Span], ...] = ()

    def turn(self, number: int, lang: str = "") -> str:
        """The line whose turn it is at occurrence `number`, counted from 0, in `lang` if written."""
        lines = self.lines
        if self.translations and lang:
            by_tag = dict(self.translations)
            if tag := best(lang, by_tag):
                lines = by_tag[tag]
        return lines[number % len(lines)]


class Range(NamedTuple):
    """A prescribed amount from `low` to `high`, both included: milliseconds or a count."""

    low: int
    high: int


class Dose(NamedTuple):
    """A prescribed quantity: one Range for every level, or one for each listed level.

    `levels` pairs a dial threshold (0, 50, 100; ascending) with its Range; a plain value is
    the single pair (0, Range) with `per_level` false. `text` is what the script says.
    """

    levels: tuple[tuple[int, Range], ...]
    span: Span
    text: str = ""
    per_level: bool = False


class Phase(NamedTuple):
    """One part of a repetition or of a breath; `name` is empty where the script gives only a number.

    `said` has the name in other languages, by tag.
    """

    name: str
    length: Milliseconds
    said: tuple[tuple[str, str], ...] = ()

    def word(self, lang: str) -> str:
        """The name in `lang`, if it is translated."""
        by_tag = dict(self.said)
        tag = best(lang, by_tag) if by_tag else None
        return by_tag[tag] if tag else self.name


class WayWords(NamedTuple):
    """How one way is said in another language, on its own and where its grammar wants another form."""

    name: str
    accusative: str = ""
    dative: str = ""


class Axis(NamedTuple):
    """One way in which an exercise is repeated: `each: foot` or `each: {angle: [in, out]}`.

    `name` is the body part, `direction`, the author's own name, or `way` for a nameless list.
    `sides` is true for body parts, whose ways are left and right. `said` has words for the ways
    that a translation gives, by language tag.
    """

    name: str
    ways: tuple[str, ...]
    span: Span
    sides: bool = False
    said: tuple[tuple[str, Mapping[str, WayWords]], ...] = ()

    def words(self, way: str, lang: str) -> WayWords | None:
        """What a translation into `lang` says for one way; None if it says nothing."""
        by_tag = dict(self.said)
        tag = best(lang, by_tag) if by_tag else None
        return by_tag[tag].get(way) if tag else None


CueKind: TypeAlias = Literal[
    "start", "end", "at", "percent", "left", "every", "every reps", "rep", "last rep", "last cycle", "countdown"
]


class CueTime(NamedTuple):
    """When a cue wants to be heard; the identity of a cue when cues are merged.

    `value` is milliseconds for at, left and every; per cent for percent (`half` is percent 50);
    a number of repetitions for rep and every reps; otherwise 0.
    """

    kind: CueKind
    value: int = 0


class CueRule(NamedTuple):
    """One line under `cues:`; `key` is how the script writes it, `span` the place of that key.

    Exactly one of these says what happens: `removed` (the value was false), `count` (of a
    countdown, in seconds), `tone`, or `text`.
    """

    when: CueTime
    key: str
    span: Span
    text: Text | None = None
    tone: "ToneChoice | None" = None
    must: bool = False
    count: int = 0  # type: ignore[assignment]  # a field hides the method of tuples
    removed: bool = False


class ToneName(NamedTuple):
    """A built-in sound, or `none`."""

    name: str
    span: Span


class ToneWave(NamedTuple):
    """A tone described by numbers: `wave` sine, square, triangle or saw; gain in dB."""

    wave: str
    hz: int
    length: Milliseconds
    gain: int
    span: Span


class ToneFile(NamedTuple):
    """A WAV file of the author's, `path` relative to the file that names it."""

    path: str
    span: Span


ToneChoice: TypeAlias = ToneName | ToneWave | ToneFile


class MusicChoice(NamedTuple):
    """Music under the session: `gain` is its loudness in pauses against speech, `duck` how far it steps back; in dB.

    `path` is relative to the file that names it; or to where the person is, if that is not a script.
    """

    path: str
    gain: int
    duck: int
    span: Span = NOWHERE


class Condition(NamedTuple):
    """A `when:` expression as a tree.

    `test` is `all`, `any`, `not` (over `parts`), or an atom: `level is`, `level at least`,
    `level at most`, `have`, `lang is`, `slot is`, `round is last`, `param is`,
    `param at least`. `subject` is the parameter's name, `value` the right-hand side.
    """

    test: str
    parts: "tuple[Condition, ...]" = ()
    subject: str = ""
    value: str = ""
    span: Span = NOWHERE
    text: str = ""


# ---- exercises and steps -----------------------------------------------------------------


class Stage(NamedTuple):
    """One qualitative step of a progression: keys that replace the exercise's own while it is chosen."""

    id: str
    exercise: "Exercise"


class Exercise(NamedTuple):
    """The exercise keys of language.md C.3; None (or an empty tuple of cues) means not said."""

    span: Span
    id: str | None = None
    name: Text | None = None
    short: Text | None = None
    hold: Dose | None = None
    reps: Dose | None = None
    time: Dose | None = None
    until: str | None = None
    tempo: tuple[Phase, ...] | None = None
    pace: Dose | None = None
    count: str | None = None  # type: ignore[assignment]  # a field hides the method of tuples
    sets: Dose | None = None
    each: tuple[Axis, ...] | None = None
    alternate: bool | None = None
    first: str | None = None
    side: str | None = None
    ready: Dose | None = None
    relax: Dose | None = None
    switch: Dose | None = None
    rest: Dose | None = None
    how: Text | None = None
    brief: Text | None = None
    why: Text | None = None
    caution: Text | None = None
    finish: Text | None = None
    cues: tuple[CueRule, ...] = ()
    needs: tuple[str, ...] | None = None
    instead: str | None = None
    position: str | None = None
    footwear: str | None = None
    stages: tuple[Stage, ...] | None = None
    stage: str | None = None
    confirm: bool | None = None
    image: str | None = None
    source: str | None = None
    tags: tuple[str, ...] | None = None
    spans: Mapping[str, Span] = MappingProxyType({})

    def place(self, key: str) -> Span:
        """Where `key` was given, else where the exercise stands."""
        return self.spans.get(key, self.span)


class StepHead(NamedTuple):
    """What every step may carry; `span` is its first key."""

    span: Span
    id: str | None = None
    when: Condition | None = None
    optional: bool = False


class WorkStep(NamedTuple):
    """`hold`, `reps`, `time` or `use`: an exercise with its overrides already applied.

    `kind` is the dose key that decides how it is timed. `plain` marks a station written as
    plain text, timed by its section's `work`. `library` is the exercise before the step's
    own keys, for lints and `explain`; None for an exercise written on the spot.
    """

    head: StepHead
    exercise: Exercise
    kind: Literal["hold", "reps", "time"]
    plain: bool = False
    library: Exercise | None = None


class RestStep(NamedTuple):
    """A break of written length."""

    head: StepHead
    length: Dose
    say: Text | None = None
    cues: tuple[CueRule, ...] = ()
    until: str | None = None


class SayStep(NamedTuple):
    """Speech on its own line of the timeline; `voice` names another voice for it."""

    head: StepHead
    text: Text
    must: bool = False
    voice: str | None = None


class WaitStep(NamedTuple):
    """Speak, then wait for the person; `audio` is the silence in a file (None: the default of 10 s)."""

    head: StepHead
    text: Text
    audio: Milliseconds | None = None
    longest: Milliseconds | None = None


class ToneStep(NamedTuple):
    """One sound."""

    head: StepHead
    tone: ToneChoice


class BreatheStep(NamedTuple):
    """A breath pattern; phases are named in, hold, out, rest, and a `rest` after `out` is a held breath.

    Either `cycles` or `length` is given, never both; `words` is the number of spoken cycles,
    None for all. `exercise` carries name, how, brief, ready and the like where written.
    """

    head: StepHead
    phases: tuple[Phase, ...]
    exercise: Exercise
    length: Dose | None = None
    cycles: Dose | None = None
    words: int | None = None


class Section(NamedTuple):
    """A group of steps: titled (`section:`) or nameless (an inserted block); with `rounds` a circuit."""

    head: StepHead
    steps: "tuple[Step, ...]"
    title: Text | None = None
    rounds: Dose | None = None
    work: Dose | None = None
    between: Dose | None = None
    rest: Dose | None = None
    strict: bool = False
    cues: tuple[CueRule, ...] = ()
    spans: Mapping[str, Span] = MappingProxyType({})

    @property
    def circuit(self) -> bool:
        """True if stations follow each other by `between` gaps (scheduling.md G2)."""
        return self.rounds is not None or self.work is not None or self.between is not None


Step: TypeAlias = WorkStep | RestStep | SayStep | WaitStep | ToneStep | BreatheStep | Section


# ---- the whole routine --------------------------------------------------------------------


class Param(NamedTuple):
    """A parameter after `--set`: `text` is its value as written; `dose` that value as milliseconds
    (unit `ms`) or as a count (unit `count`) where it reads as one."""

    name: str
    text: str
    span: Span
    dose: Dose | None = None
    unit: Literal["ms", "count", ""] = ""
    help: str = ""


class VoiceChoice(NamedTuple):
    """How the routine wants to be spoken; `pace` in words a minute, `volume` in per cent."""

    name: str | None = None
    pace: int | None = None
    volume: int | None = None
    span: Span = NOWHERE


class Defaults(NamedTuple):
    """Values for steps that say nothing: the five gaps, `pace`, `count` and `countdown` (0 is none)."""

    ready: Dose | None = None
    relax: Dose | None = None
    switch: Dose | None = None
    rest: Dose | None = None
    between: Dose | None = None
    pace: Dose | None = None
    count: str | None = None  # type: ignore[assignment]  # a field hides the method of tuples
    countdown: int | None = None


class Routine(NamedTuple):
    """A whole routine, checked and linked: everything a compile needs besides its options."""

    id: str
    title: Text
    lang: str
    span: Span
    steps: tuple[Step, ...]
    summary: Text | None = None
    author: str | None = None
    license: str | None = None
    source: str | None = None
    tags: tuple[str, ...] = ()
    slot: str = "any"
    level: Level = "gentle"
    length: Range | None = None
    needs: tuple[str, ...] | None = None
    footwear: str | None = None
    cautions: tuple[Text, ...] = ()
    stop_if: tuple[Text, ...] = ()
    advice: tuple[Text, ...] = ()
    params: Mapping[str, Param] = MappingProxyType({})
    exercises: Mapping[str, Exercise] = MappingProxyType({})
    voice: VoiceChoice = VoiceChoice()
    tones: Mapping[str, ToneChoice] = MappingProxyType({})
    guidance: Guidance | None = None
    announce: Mapping[str, bool] = MappingProxyType({})
    phrases: Mapping[str, Text] = MappingProxyType({})
    defaults: Defaults = Defaults()
    fit: tuple[str, ...] | None = None
    music: MusicChoice | None = None
    lexicon: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    spans: Mapping[str, Span] = MappingProxyType({})
