"""The key table of the language: every key, what it takes, where it stands and what it defaults to.

Pure data. The checker, the defaults of the compiler, the JSON Schema and the reference all
come from it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

from voicecoach.routine import LEVELS, Range
from voicecoach.script import durations
from voicecoach.sound.toneset import DEFAULTS, NAMES
from voicecoach.units import Milliseconds

MAX_BLOCKS: Final = 8
"""How deep blocks may insert blocks."""

LANGUAGE: Final = 1
"""The version of the language this program understands."""

Takes: TypeAlias = Literal[
    "text",  # spoken or shown words: one line, lines in turn, or a map of languages
    "texts",  # a list of them
    "line",  # one line of plain text, never spoken
    "lines",  # a list of plain text, or one
    "id",
    "work",  # a duration or range above 0 s, also per level
    "gap",  # the same, from 0 s on
    "count",  # a number or range of at least 1, also per level
    "duration",  # one duration, no range
    "gap duration",  # one duration from 0 s on
    "number",  # one whole number within `least` and `most`
    "length",
    "yes-no",
    "choice",
    "way",  # one of the ways of the exercise's `each`
    "axes",
    "tempo",
    "breath",
    "cues",
    "stages",
    "condition",
    "use",
    "steps",
    "tone",
    "tones",
    "path",
    "include",
    "language",
    "tag",  # a BCP 47 language tag
    "params",
    "exercises",
    "blocks",
    "voice",
    "pace of speech",
    "announce",
    "phrases",
    "lexicon",
    "defaults",
    "fit",
    "music",
    "value",  # a parameter's value: any scalar, or a map of levels
    "file",
    "pairs",  # of one text in the script's language and in another
    "words of ways",  # by axis and way
    "note",
]

Place: TypeAlias = Literal[
    "routine", "library", "exercise", "stage",
    "section", "use", "breathe", "wait", "hold", "time", "reps", "rest", "say", "tone",
    "block", "cue", "voice", "tones", "wave", "param", "announce", "phrases", "defaults", "levels", "breath", "music",
    "translation", "way",
]  # fmt: skip

KINDS: Final[tuple[Place, ...]] = (
    "section", "use", "breathe", "wait", "hold", "time", "reps", "rest", "say", "tone",
)  # fmt: skip
"""The keys that make a step what it is, in the order in which they decide."""

ALLOWED_PAIRS: Final[dict[str, tuple[str, ...]]] = {
    "use": ("hold", "reps", "time", "rest"),
    "hold": ("reps", "rest"),
    "time": ("rest",),
    "reps": ("rest",),
    "section": ("rest",),
    "rest": ("say",),
}
"""The kind keys that may stand beside the one that decides."""

SOUNDS: Final = NAMES
"""The built-in sounds."""

ROLES: Final = DEFAULTS
"""What a tone is for, and the sound it has unless `tones:` says otherwise."""

WAVES: Final = ("sine", "square", "triangle", "saw")
SLOTS: Final = ("morning", "midday", "evening", "any")
GUIDANCE: Final = ("full", "brief", "minimal")
FIT: Final = ("gaps", "dose", "guidance", "optional")
FOOTWEAR: Final = ("barefoot", "shoes", "either")
COUNTS: Final = ("up", "down", "ticks", "off")
PACES: Final[dict[str, int]] = {"slow": 140, "normal": 160, "brisk": 180}
"""Words a minute."""

SIDED: Final = ("side", "foot", "leg", "arm", "hand", "knee", "hip", "ankle", "shoulder")
SIDES: Final = ("left", "right")
AXES: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(SIDED, SIDES),
    "direction": ("clockwise", "counter-clockwise"),
}
"""The axes an author can name without listing their ways."""

WORDS: Final = (
    "name", "short", "dose", "hold", "reps", "sets", "set", "round", "rounds", "side", "other_side", "noun",
    "direction", "next", "remaining", "minutes", "title", "level",
)  # fmt: skip
"""The words that may follow `$` in text, besides axes and parameters."""

CASES: Final = ("", "accusative", "dative")
"""The cases that a `$side` may ask for; the first is the form it has on its own."""


class SideWord(NamedTuple):
    """What `$side_leg_dative` asks for: this side or the other, the part whose grammar counts, and the case."""

    other: bool
    part: str
    case: str


SIDE_WORDS: Final[dict[str, SideWord]] = {
    "_".join(filter(None, (word, part, case))): SideWord(word == "other_side", part, case)
    for word in ("side", "other_side")
    for part in ("", *SIDED)
    for case in CASES
}
"""`$side` and `$other_side` in the form that goes with another part of the body, and in a case."""

PHRASE_WORDS: Final = ("signs", "switch")
"""Words of the built-in lines only: what `stop_if` lists, and the whole line of a change of sides."""


class Key(NamedTuple):
    """One key: what it takes, where it stands, and its default as a script would write it."""

    name: str
    takes: Takes
    places: tuple[Place, ...]
    doc: str
    default: str = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


_FILE: Final[tuple[Place, ...]] = ("routine", "library")
_STEP: Final[tuple[Place, ...]] = KINDS
_WORK: Final[tuple[Place, ...]] = ("exercise", "stage", "use", "hold", "time", "reps")
_BODY: Final[tuple[Place, ...]] = (*_WORK, "breathe")

KEYS: Final[tuple[Key, ...]] = (
    # ---- files
    Key("voicecoach", "language", _FILE, "The version of the language the file is written in.", "1"),
    Key("title", "text", (*_FILE, "translation"),
        "What the routine is called; spoken by $title, and the title of the audio file."),
    Key("id", "id", _FILE, "A stable name for progress and translations; the file name if not given."),
    Key("summary", "text", (*_FILE, "translation"), "One sentence about the routine."),
    Key("author", "line", _FILE, "Who wrote it."),
    Key("license", "line", _FILE, "The terms under which it may be shared."),
    Key("source", "line", _FILE, "Where the exercises come from."),
    Key("tags", "lines", _FILE, "Words to find it by."),
    Key("lang", "tag", _FILE, "The language of the text in this file.", "en"),
    Key("translates", "file", ("translation",), "The script this file has the words for, in the same folder."),
    Key("lang", "tag", ("translation",), "The language of the words; the file's name says it too."),
    Key("include", "include", _FILE, "Files whose exercises, blocks and parameters may be used."),
    Key("params", "params", _FILE, "Values that can be changed from outside with --set."),
    Key("exercises", "exercises", _FILE, "Exercises by id."),
    Key("exercises", "exercises", ("translation",), "The texts of exercises, by id and key as in the script."),
    Key("texts", "pairs", ("translation",), "Every other text: the words of the script, and yours."),
    Key("axes", "words of ways", ("translation",), "Words for the ways of an axis: {angle: {toes in: Zehen innen}}."),
    Key("blocks", "blocks", _FILE, "Lists of steps by id, inserted with use: {block: id}."),
    Key("library", "id", ("library",), "The name of a library; its exercises are also name/id."),
    Key("slot", "choice", ("routine",), "The time of day the routine is meant for.", "any", SLOTS),
    Key("level", "choice", ("routine",), "The level if none is chosen.", "gentle", tuple(LEVELS)),
    Key("length", "length", ("routine",), "The length to aim for; rests, then doses, shrink to reach it."),
    Key("needs", "lines", ("routine",), "Equipment, shown before the start; found from the exercises if not given."),
    Key("footwear", "choice", ("routine",), "What to wear on the feet.", choices=FOOTWEAR),
    Key("cautions", "texts", ("routine",), "Said before the first step, always."),
    Key("stop_if", "texts", ("routine",), "Reasons to stop, said after the cautions."),
    Key("advice", "texts", ("routine",), "Shown at the end, not spoken."),
    Key("voice", "voice", ("routine",), "How the routine is spoken."),
    Key("tones", "tones", ("routine",), "The sound of each tone."),
    Key("guidance", "choice", ("routine",), "How much is explained.", "full", GUIDANCE),
    Key("announce", "announce", ("routine",), "Which of the built-in lines are said."),
    Key("phrases", "phrases", ("routine", "translation"), "Your own words for the built-in lines."),
    Key("lexicon", "lexicon", ("routine",), "How words are said; on the screen they stay as they are written."),
    Key("defaults", "defaults", ("routine",), "Values for steps that do not give their own."),
    Key("fit", "fit", ("routine",), "Which knobs may be used to reach the length.", "[gaps, dose, guidance, optional]"),
    Key("music", "music", ("routine",), "Music under the session, quieter while something is said."),
    Key("steps", "steps", ("routine", "section"), "What happens, in order."),
    # ---- every step
    Key("when", "condition", _STEP, "The step is left out unless this holds."),
    Key("optional", "yes-no", _STEP, "The step may be left out to reach the length.", "false"),
    Key("id", "id", _STEP, "A stable name for the step."),
    Key("note", "note", (*_FILE, *_STEP, "exercise", "stage", "param", "translation"),
        "A remark for readers; skipped."),
    # ---- kinds
    Key("section", "text", ("section",), "The title of a group of steps."),
    Key("use", "use", ("use", "exercise"), "An exercise by id, or a block: {block: id}."),
    Key("breathe", "breath", ("breathe",), "A breath pattern such as 4-4-4-4 (in, hold, out, hold) or 4-6."),
    Key("wait", "text", ("wait",), "Said, and then the session waits for SPACE."),
    Key("rest", "gap", ("rest", "section"), "A break; in a section the gap between two rounds."),
    Key("say", "text", ("say", "rest"), "Words said on their own line of the timeline; in a rest instead of \"Rest.\""),
    Key("tone", "tone", ("tone",), "One sound."),
    Key("must", "yes-no", ("say", "cue"), "Said in full, whatever it takes.", "false"),
    Key("voice", "line", ("say",), "Another voice for these words."),
    Key("audio", "gap duration", ("wait",), "The silence that stands for the waiting in audio files.", "10s"),
    Key("max", "duration", ("wait",), "The session goes on by itself after this long."),
    Key("for", "work", ("breathe",), "How long to breathe; rounded down to whole cycles.", "1m"),
    Key("cycles", "count", ("breathe",), "How many breaths, instead of for."),
    Key("words", "number", ("breathe",), "How many cycles are spoken before the tones take over; all if not given.",
        least=0, most=durations.LARGEST_COUNT),
    Key("rounds", "count", ("section",), "How often the section is done."),
    Key("work", "work", ("section",), "The length of each station written as plain text."),
    Key("between", "gap", ("section", "defaults"), "The gap between two stations of a circuit.", "10s"),
    Key("clock", "choice", ("section",), "strict: gaps keep exactly their length.", "loose", ("strict", "loose")),
    Key("cues", "cues", (*_BODY, "section", "rest"), "What is said during the work; the key is the moment."),
    # ---- exercises
    Key("name", "text", _BODY, "What the exercise is called; spoken before it."),
    Key("short", "text", _BODY, "A shorter name for tight gaps and chapters."),
    Key("hold", "work", _WORK, "A position kept for this long."),
    Key("reps", "count", _WORK, "Repetitions; with hold, that many holds."),
    Key("time", "work", _WORK, "A movement done for this long."),
    Key("until", "choice", ("exercise", "stage", "use", "time", "rest"), "done: SPACE ends it.", choices=("done",)),
    Key("tempo", "tempo", ("exercise", "stage", "use", "reps"), "The phases of one repetition, such as 3-1-2-0."),
    Key("pace", "work", ("exercise", "stage", "use", "reps", "defaults"), "The time of one repetition.", "3s"),
    Key("count", "choice", (*_WORK, "defaults"), "How repetitions are counted.", "up", COUNTS),
    Key("sets", "count", _WORK, "How often the repetitions are done.", "1"),
    Key("each", "axes", _WORK, "The sides or ways in turn: foot, or your own list."),
    Key("alternate", "yes-no", _WORK, "Swap sides after every set.", "false"),
    Key("first", "way", _WORK, "The side to start with."),
    Key("side", "way", _WORK, "Only this side."),
    Key("ready", "gap", (*_BODY, "defaults"), "The end of a gap in which three ticks lead to the start tone.", "3s"),
    Key("relax", "gap", (*_WORK, "defaults"), "The gap between two held repetitions.", "5s"),
    Key("switch", "gap", (*_WORK, "defaults"), "The gap between two sides.", "6s"),
    Key("rest", "gap", (*_WORK, "defaults"), "The gap between two sets.", "20s"),
    Key("how", "text", _BODY, "The full instruction, said before the first bout."),
    Key("brief", "text", _BODY, "The instruction in one line, said when the side changes."),
    Key("why", "text", _BODY, "What it is good for; shown, not spoken."),
    Key("caution", "text", _BODY, "Said before the first bout, always."),
    Key("finish", "text", _BODY, "Said when the exercise is over."),
    Key("needs", "lines", _BODY, "Equipment."),
    Key("instead", "id", _WORK, "The exercise to do when the equipment is not there."),
    Key("position", "line", _BODY, "Standing, seated, lying."),
    Key("footwear", "choice", _BODY, "What to wear on the feet.", choices=FOOTWEAR),
    Key("stages", "stages", ("exercise", "use", "hold", "time", "reps"), "Steps of a progression, easiest first."),
    Key("stage", "id", ("exercise", "use", "hold", "time", "reps"), "The stage to do; else the saved or first one."),
    Key("confirm", "yes-no", _WORK, "A stage that is never entered without a yes from the person.", "false"),
    Key("image", "path", _BODY, "A picture."),
    Key("source", "line", _BODY, "Where the exercise comes from."),
    Key("tags", "lines", _BODY, "Words to find it by."),
    # ---- inside values
    Key("say", "text", ("cue",), "What is said."),
    Key("tone", "tone", ("cue",), "The sound that is played."),
    Key("block", "id", ("block",), "The block whose steps are inserted."),
    *(Key(level, "work", ("levels",), f"The value at {level}.") for level in LEVELS),
    Key("in", "gap duration", ("breath",), "Breathing in."),
    Key("hold", "gap duration", ("breath",), "Holding the breath after breathing in."),
    Key("out", "gap duration", ("breath",), "Breathing out."),
    Key("rest", "gap duration", ("breath",), "Holding the breath after breathing out."),
    Key("name", "line", ("voice",), "The voice's name."),
    Key("pace", "pace of speech", ("voice",), "slow, normal, brisk, or a number.", "normal", tuple(PACES), 80, 300),
    Key("volume", "number", ("voice",), "Per cent.", "100", least=0, most=100),
    *(Key(role, "tone", ("tones",), f"The {role} tone.", sound) for role, sound in ROLES.items()),
    Key("wave", "choice", ("wave",), "The shape of the wave.", "sine", WAVES),
    Key("hz", "number", ("wave",), "The pitch.", "880", least=20, most=8_000),
    Key("ms", "number", ("wave",), "The length in milliseconds.", "200", least=20, most=2_000),
    Key("gain", "number", ("wave",), "The loudness in decibels.", "0", least=-60, most=0),
    Key("file", "path", ("wave",), "A WAV file next to the script."),
    Key("file", "path", ("music",), "A sound file next to the script; MP3, FLAC, Ogg, M4A and others."),
    Key("gain", "number", ("music",), "How loud the music is in pauses, in decibels against speech.", "-20",
        least=-60, most=0),
    Key("duck", "number", ("music",), "By how many decibels more it steps back while something is said.", "6",
        least=0, most=40),
    Key("name", "line", ("way",), "The form a way has on its own."),
    Key("accusative", "line", ("way",), "The form $side_accusative asks for."),
    Key("dative", "line", ("way",), "The form $side_dative asks for."),
    Key("default", "value", ("param",), "The value unless --set changes it."),
    Key("min", "line", ("param",), "The least it may be."),
    Key("max", "line", ("param",), "The most it may be."),
    Key("choices", "lines", ("param",), "The only values it may have."),
    Key("help", "line", ("param",), "What it changes."),
    *(Key(line, "yes-no", ("announce",), f"Whether the {line} line is said.", "true")
      for line in ("next", "set", "last", "switch")),
    *(Key(line, "text", ("phrases",), f"Your words for the {line} line.")
      for line in ("name", "next", "switch", "set", "round", "relax", "rest", "last", "stop_if")),
    Key("countdown", "number", ("defaults",), "The seconds counted down at the end of a bout; 0 is none.",
        "3", least=0, most=60),
)  # fmt: skip


@cache
def keys_of(place: Place) -> dict[str, Key]:
    """The keys that may stand in `place`, by name, in the order of the table."""
    return {key.name: key for key in KEYS if place in key.places}


def kinds_with(name: str, kinds: Iterable[str] = KINDS) -> tuple[str, ...]:
    """The kinds of step that take the key `name`."""
    return tuple(kind for kind in KINDS if kind in kinds and name in keys_of(kind))


def find(place: Place, name: str) -> Key:
    """The row of a key; KeyError if the table has none."""
    return keys_of(place)[name]


@cache
def default_gap(name: Literal["ready", "relax", "switch", "rest", "between"]) -> Range:
    """The length of a gap that nobody wrote, in milliseconds."""
    return _range("defaults", name)


@cache
def default_pace() -> Range:
    """The time of one repetition without tempo or pace, in milliseconds."""
    return _range("defaults", "pace")


@cache
def default_breathing() -> Range:
    """How long to breathe if neither `for` nor `cycles` is given, in milliseconds."""
    return _range("breathe", "for")


@cache
def default_wait() -> Milliseconds:
    """The silence that stands for a wait in audio files."""
    return _range("wait", "audio").low


@cache
def default_countdown() -> int:
    """The seconds counted down at the end of a hold or timed bout."""
    return int(find("defaults", "countdown").default)


def default_count() -> str:
    """How repetitions are counted if nobody says."""
    return find("defaults", "count").default


def default_pace_of_speech() -> int:
    """Words a minute."""
    return PACES[find("voice", "pace").default]


def default_music_gain() -> int:
    """How loud music is in pauses, in decibels against speech.

    BS.1770 leaves out what is 10 LU quieter than all together, and words are 13 to 17 % of the foot routines. Measured
    on these, music 16 dB under speech passes that gate and makes a session measure 3.3 to 4.6 LU quieter than it is,
    while with music 18 or 20 dB under speech it measures what it does without, to 0.4 LU. Music has louder places, so
    2 dB are kept free.
    """
    return int(find("music", "gain").default)


def default_duck() -> int:
    """By how many decibels more music steps back under speech.

    Half the amplitude: with the default gain music is 26 dB under the words, and yet so near that it is not heard to
    come and go.
    """
    return int(find("music", "duck").default)


def _range(place: Place, name: str) -> Range:
    value = durations.duration(find(place, name).default, name, gap=True)
    assert isinstance(value, Range)
    return value
