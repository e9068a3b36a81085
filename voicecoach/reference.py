"""The language reference as Markdown, made from the key table: `python -m voicecoach.reference`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from voicecoach.compiler.locales import LANGUAGES
from voicecoach.routine import LEVELS
from voicecoach.script.keys import (
    ALLOWED_PAIRS,
    AXES,
    KEYS,
    KINDS,
    PACES,
    ROLES,
    SIDED,
    SOUNDS,
    WORDS,
    Key,
    Place,
    Takes,
    keys_of,
)

_HEAD: Final = """\
# The language, key by key

<!-- Made by  python -m voicecoach.reference > docs/language.md ; do not edit by hand. -->

A routine is a YAML file of plain keys and values; the [guide](guide.md) explains how to write one.
This page lists every key, what it takes, and what holds when it is not given.

Nothing is ignored silently. An unknown key is an error, unless it starts with `x-`; those keys and `note` are
skipped. Text is text: `Yes`, `1:30` and `0210` mean what they look like.

An audio file cannot wait for a key. Where this page speaks of SPACE, the file has the silence of `audio`, or the
full time of the step. `length`, `fit` and `optional` are checked, and not acted on yet: a session is as long as its
doses and its words make it.
"""

_KINDS: Final = """\
A step is one entry of `steps`. The first key of this list that is present decides what the step is:

{kinds}

Some of these keys may stand beside the one that decides:

{pairs}

A step that is a bare word is short for `use`. In a section with `work`, a bare text that is no known exercise is a
station of that length.
"""

MOMENTS: Final[tuple[tuple[str, str], ...]] = (
    ("start", "right after the start tone"),
    ("half", "in the middle"),
    ("end", "as late as the words fit before the end"),
    ("at 10s", "that long after the start"),
    ("at 75%", "at that share of the work"),
    ("10s left", "that long before the end"),
    ("every 20s", "again and again; a list is said in turn"),
    ("rep 3", "when repetition 3 is complete; in a held exercise, at the start of hold 3"),
    ("every 5 reps", "after every fifth repetition"),
    ("last rep", "when the last repetition begins"),
    ("last cycle", "when the last breath begins"),
    ("countdown", "a number of seconds counted down to the end; `false` or 0 is none"),
)
"""The keys of `cues`, and when they are."""

CONDITIONS: Final[tuple[tuple[str, str], ...]] = (
    ("level is steady", "at exactly this level"),
    ("level at least steady", "at this level or above"),
    ("level at most steady", "at this level or below"),
    ("have towel", "unless `--without towel` is given"),
    ("slot is morning", "if the routine has this slot"),
    ("lang is en", "if this language is spoken"),
    ("round is last", "in the last round of a section"),
    ("$name is value", "if the parameter has this value"),
    ("$name at least 3", "if the parameter is a number of at least 3"),
)
"""The forms of `when`, and when they hold."""

_TAKES: Final[Mapping[Takes, str]] = {
    "text": "text",
    "texts": "a list of texts",
    "line": "one line",
    "lines": "a list of lines",
    "id": "id",
    "work": "dose in time",
    "gap": "dose in time, also 0s",
    "count": "dose in numbers",
    "duration": "duration",
    "gap duration": "duration, also 0s",
    "number": "whole number",
    "length": "duration or range",
    "yes-no": "`true` or `false`",
    "choice": "a word",
    "way": "one of the ways of `each`",
    "axes": "axes or a list of ways",
    "tempo": "tempo",
    "breath": "breath pattern",
    "cues": "cues",
    "stages": "map of stages",
    "condition": "condition",
    "use": "id or `{block: id}`",
    "steps": "list of steps",
    "tone": "sound",
    "tones": "map of sounds",
    "path": "file name",
    "include": "file name, or a list",
    "language": "number",
    "tag": "language tag",
    "params": "map of parameters",
    "exercises": "map of exercises",
    "blocks": "map of lists of steps",
    "voice": "map, below",
    "pace of speech": "a pace",
    "announce": "map, below",
    "phrases": "map, below",
    "lexicon": "map of words, above",
    "defaults": "map, below",
    "fit": "a list, or `false`",
    "music": "file name, or a map, below",
    "value": "value",
    "file": "file name",
    "pairs": "list of pairs such as `{en: Breathe, de: Atme}`",
    "words of ways": "map of axes",
    "note": "anything",
}

_VALUES: Final[tuple[tuple[str, str], ...]] = (
    (
        "Text",
        "One line, a list of lines that are said in turn, or a map of languages such as `{en: Rest, en-US: Break}`. "
        "`...` is a pause of 0.4 s. `$name` is replaced by a word, `$$` is a dollar.",
    ),
    ("Duration", "`30s`, `1m30s`, `1:30`, `0:45`, `1.5m`, `500ms`. A number without a unit is an error."),
    (
        "Dose",
        "A value (`20s`, `3`), a range (`20-30s`, `3-4`), or a map of levels (`{gentle: 10s, strong: 20-30s}`). "
        "A parameter may stand for the whole value (`reps: $reps`). The dial picks from a range; work rounds down, "
        "gaps run the other way.",
    ),
    (
        "Tempo",
        "Two to four counts in seconds (`3-1-2-0`; `X` is as fast as you can, 1 s), or phases with names of your own: "
        "`{down: 3s, hold: 1s, up: 2s}`.",
    ),
    (
        "Breath pattern",
        "`4-6` is in, out; `4-7-8` is in, hold, out; `4-4-4-4` is in, hold, out, hold; or `{in: 4s, out: 6s}`.",
    ),
    ("Id", "Lower-case letters, digits and hyphens."),
    ("Sound", "The name of a built-in sound, a wave such as `{wave: sine, hz: 880}`, or `{file: bowl.wav}`."),
    (
        "File name",
        "Relative to the file it stands in, and inside the routine's folder; `voicecoach:NAME` is a file that comes "
        "with voicecoach.",
    ),
    (
        "Lexicon",
        "`{Kegel: kaygle, plantar fascia: planter fasha}`: each word or phrase and how it is spelled for the ear, in "
        "the language of the file; or by language, `Qigong: {en: chee gong, de: Tschi Gung}`. Whole words, in capital "
        "or small letters.",
    ),
    ("Language tag", f"Such as `en` or `en-GB`. The built-in lines are there in {', '.join(LANGUAGES)}."),
)

_PLACES: Final[tuple[tuple[Place, str, str], ...]] = (
    ("voice", "Voice", "How the routine is spoken: `voice: {name: en-gb-female, pace: slow}`."),
    ("tones", "Tones", "The sound of each role: `tones: {start: whistle, end: gong}`."),
    ("wave", "Sounds of your own", "What stands in braces in place of a sound's name."),
    (
        "music",
        "Music",
        "`music: rain.ogg`, or `music: {file: rain.ogg, gain: -20}`. However loud the file is, `gain` 0 is as loud as "
        "speech.",
    ),
    ("announce", "Announcements", "`announce: {set: false}` leaves a built-in line unsaid."),
    ("phrases", "Phrases", "`phrases: {relax: Let go.}` puts your words in place of a built-in line."),
    ("defaults", "Defaults", "Values for every step that does not give its own."),
    ("param", "Parameters", "What may stand in one entry of `params`; a bare value is short for `default`."),
    (
        "levels",
        "Levels",
        "A dose by level. A level that is missing takes the one below it; the lowest one used must be there.",
    ),
    ("breath", "Breath patterns in words", "The phases of `breathe` as a map."),
    ("cue", "Cues in braces", "What a cue may be besides text: `{say: Stop if it hurts, must: true}`."),
    ("block", "Blocks", "What stands in braces after `use`."),
    (
        "translation",
        "Translations",
        "A file such as `feet.de.coach-text.yaml` beside `feet.coach.yaml`; "
        "[the guide](guide.md#in-another-language) has one as an example.",
    ),
    ("way", "Ways in another language", "What may stand for the words of a way in `axes`."),
)


def reference() -> str:
    """The whole reference; ends with one newline."""
    parts = [_HEAD, "## Values\n", *(f"* **{name}.** {text}" for name, text in _VALUES), ""]
    parts += ["## Routine\n", "A file with `steps` is a routine. `title` and `steps` are required.\n"]
    parts += [_table(keys_of("routine").values())]
    parts += ["## Library\n", "A file with `library` and `exercises` is a library: it is included, not played.\n"]
    parts += [_table(keys_of("library").values())]
    parts += ["## Steps\n", _kinds(), "Every step also takes these keys:\n", _table(_everywhere())]
    for kind in KINDS:
        parts += [f"### `{kind}`\n", _table(_of_kind(kind)), *_exercise_keys(kind)]
    parts += ["## Exercises\n", "An entry of `exercises`, and what a step may say of its own exercise:\n"]
    parts += [_table(keys_of("exercise").values())]
    parts += ["## Stages\n", "An entry of `stages` takes these keys; they replace the exercise's own:\n"]
    parts += [_names(keys_of("stage").values()) + "\n"]
    parts += ["## Cues\n", "The key is the moment, the value is what is said.\n", _two("Moment", "When", MOMENTS)]
    for place, title, about in _PLACES:
        parts += [f"## {title}\n", about + "\n", _table(keys_of(place).values())]
    parts += ["## Conditions\n", "`when` takes these, joined with `and`, `or`, `not` and parentheses:\n"]
    parts += [_two("Condition", "Holds", CONDITIONS)]
    parts += ["## Words and names\n", *_vocabulary()]
    return "\n".join(parts).rstrip("\n") + "\n"


def _everywhere() -> list[Key]:
    """The keys that every kind of step takes."""
    return [key for key in KEYS if set(KINDS) <= set(key.places)]


def _of_kind(kind: Place) -> list[Key]:
    """The key of a kind itself, then its keys that neither every step nor every exercise takes."""
    own = keys_of(kind)
    elsewhere = {*_everywhere(), *keys_of("exercise").values()}
    return [own[kind], *(key for key in own.values() if key.name != kind and key not in elsewhere)]


def _exercise_keys(kind: Place) -> list[str]:
    excluded = {key.name for key in _everywhere()} | set(KINDS) - set(ALLOWED_PAIRS.get(kind, ())) | {kind}
    own = keys_of(kind).values()
    taken = [key for key in keys_of("exercise").values() if key in own and key.name not in excluded]
    return [f"[Exercise keys](#exercises) it takes: {_names(taken)}\n"] if taken else []


def _kinds() -> str:
    kinds = ", ".join(f"`{kind}`" for kind in KINDS)
    pairs = "\n".join(
        f"* with `{kind}`: {', '.join(f'`{key}`' for key in keys)}" for kind, keys in ALLOWED_PAIRS.items()
    )
    return _KINDS.format(kinds=kinds, pairs=pairs)


def _vocabulary() -> list[str]:
    others = [name for name in AXES if name not in SIDED]
    return [
        f"* **Levels**, as a dial: {', '.join(f'`{level}` {dial}' for level, dial in LEVELS.items())}.",
        f"* **Axes** of left and right: {_listed(SIDED)}. "
        + " ".join(f"`{name}`: {', '.join(AXES[name])}." for name in others),
        f"* **Words** in text: {_listed(f'${word}' for word in WORDS)}, the axes of `each` and every parameter. "
        "A capital (`$Side`) makes a capital.",
        "* **Sides in other languages**: `$side` and `$other_side` go with the part in `each`; `$side_leg` goes with a "
        "leg, and `_accusative` and `_dative` ask for a case: `$side_dative`, `$other_side_leg_dative`.",
        f"* **Sounds**: {_listed(SOUNDS)}.",
        f"* **Roles** of tones: {', '.join(f'`{role}` ({sound})' for role, sound in ROLES.items())}.",
        f"* **Paces** in words a minute: {', '.join(f'`{pace}` {wpm}' for pace, wpm in PACES.items())}.",
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _names(keys: Iterable[Key]) -> str:
    return " ".join(f"`{key.name}`" for key in keys)


def _two(first: str, second: str, rows: Sequence[tuple[str, str]]) -> str:
    return "\n".join([f"| {first} | {second} |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in rows), ""])


def _table(keys: Iterable[Key]) -> str:
    rows = [f"| `{key.name}` | {_takes(key)} | {_default(key)} | {key.doc} |" for key in keys]
    return "\n".join(["| Key | Takes | Default | Meaning |", "|---|---|---|---|", *rows, ""])


def _takes(key: Key) -> str:
    limits = f"{key.least} to {key.most}" if key.least or key.most else ""
    choices = ", ".join(f"`{choice}`" for choice in key.choices)
    if key.takes == "pace of speech":
        return f"{choices}, or {limits}"
    return ", ".join(part for part in (choices or _TAKES[key.takes], limits) if part)


def _default(key: Key) -> str:
    return f"`{key.default}`" if key.default else ""


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(reference().encode())
