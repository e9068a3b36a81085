"""The keys of config.toml: what each may hold, what holds without it, and what it is for.

Reading, checking, the `config` command and the guide all come from the one table KEYS.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias, cast

from voicecoach.engines import ENGINES, EngineName
from voicecoach.routine import LEVELS, Level
from voicecoach.script.fields import is_language
from voicecoach.script.keys import PACES
from voicecoach.script.lexicon import can_be_said

Value: TypeAlias = str | int | bool | tuple[str, ...] | Mapping[str, str] | Mapping[str, Mapping[str, str]] | None
Toml: TypeAlias = str | int | bool | list[str] | dict[str, str]
"""A value as config.toml holds it."""

LOUDEST: Final = 100
"""Per cent: as loud as a rendered file; more would clip."""


class Settings(NamedTuple):
    """What a person chose once for all their sessions; None means that the routine decides.

    `pace` is in words a minute, `side` goes first, `without` is equipment that is not there.
    `stages` maps an exercise id to a stage, `voices` a BCP 47 language to a voice. `volume` of the
    live session is in per cent. An empty `device` or `theme` is the default one. `flash` shows
    tones as light. `takes` are recorded lines, empty for none. `lexicon` maps a language tag in small
    letters to words and how they are spelled for the ear.
    """

    level: Level | None = None
    voice: str | None = None
    pace: int | None = None
    side: Literal["left", "right"] | None = None
    without: tuple[str, ...] = ()
    volume: int = 100
    device: str = ""
    captions: bool = True
    flash: bool = True
    theme: str = ""
    reduced_motion: bool = False
    stages: Mapping[str, str] = MappingProxyType({})
    voices: Mapping[str, str] = MappingProxyType({})
    engine: EngineName = "auto"
    takes: str = ""
    lexicon: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class Kind(NamedTuple):
    """One kind of value: what is allowed, in words; the check of a value read; and the value of typed words.

    `check` gives the value as Settings holds it and raises ValueError for what is not allowed.
    """

    allowed: str
    check: Callable[[object], Value]
    typed: Callable[[str], Toml]


class Key(NamedTuple):
    """One key; `unset` says what holds without it."""

    name: str
    kind: Kind
    unset: str
    doc: str


def shown(value: object) -> str:
    """A value on one line, as it is typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={shown(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(shown(item) for item in value)
    return "" if value is None else str(value)


def whole_number(text: str) -> int | str:
    """A number if it is one; other words stay, and the check says what is wrong with them."""
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 10 else text


def _choice(words: Sequence[str]) -> Kind:
    def check(value: object) -> Value:
        if value not in words:
            raise ValueError
        return cast(str, value)

    return Kind(f"{', '.join(words[:-1])} or {words[-1]}", check, str)


def _text(allowed: str, *, empty: bool) -> Kind:
    def check(value: object) -> Value:
        if not isinstance(value, str) or not (empty or value.strip()):
            raise ValueError
        return value.strip()

    return Kind(allowed, check, str)


def _number(least: int, most: int, unit: str, names: Mapping[str, int] = MappingProxyType({})) -> Kind:
    def check(value: object) -> Value:
        if isinstance(value, str):
            value = names.get(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError
        return value

    words = "".join(f"{name}, " for name in names) + ("or " if names else "")
    return Kind(f"{words}a whole number of {unit} from {least} to {most}", check, whole_number)


def _yes_no() -> Kind:
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

    def check(value: object) -> Value:
        if not isinstance(value, bool):
            raise ValueError
        return value

    return Kind("true or false", check, lambda text: words.get(text.lower(), text))


def _items() -> Kind:
    def check(value: object) -> Value:
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise ValueError
        return tuple(dict.fromkeys(item.strip() for item in value))

    return Kind(
        'a list of names, such as  ["towel", "chair"]',
        check,
        lambda text: [item.strip() for item in text.split(",") if item.strip()],
    )


class Table(NamedTuple):
    """A key that is a table: what stands behind each of its names, and how a name looks.

    `form` is how one line is typed, such as `EXERCISE STAGE`.
    """

    value: Kind
    name: re.Pattern[str]
    form: str


TABLES: Final = {
    "stages": Table(
        _text('the name of a stage in quotes, such as  "supported"', empty=False),
        re.compile(r"(?s).*"),
        "EXERCISE STAGE",
    ),
    "voices": Table(
        _text("the name of a voice in quotes, behind a language such as  de  or  en-GB", empty=False),
        re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"),
        "LANGUAGE VOICE",
    ),
}
"""What may stand in the keys that are tables."""


def checked_line(table: str, name: str, value: object) -> str:
    """The value of one line of a table; raises ValueError if it or its name is not possible."""
    if not TABLES[table].name.fullmatch(name):
        raise ValueError
    return cast(str, TABLES[table].value.check(value))


def _table(name: str) -> Kind:
    def check(value: object) -> Value:
        if not isinstance(value, dict):
            raise ValueError
        return MappingProxyType({inner: checked_line(name, inner, found) for inner, found in value.items()})

    key, _, what = TABLES[name].form.partition(" ")
    words = f"a table with one line for each {key.lower()}:  {key} = {what}"
    return Kind(words, check, str)


def _spelling() -> Kind:
    def check(value: object) -> Value:
        if not isinstance(value, str) or not can_be_said(value):
            raise ValueError
        return value.strip()

    return Kind('words as they are said, in quotes, such as  "kaygle"', check, str)


SPELLING = _spelling()
"""What stands behind one word of one language in `[lexicon.LANGUAGE]`."""


def _lexicon() -> Kind:
    def check(value: object) -> Value:
        if not isinstance(value, dict) or wrong_words(value):
            raise ValueError
        return MappingProxyType({tag.lower(): MappingProxyType(dict(words)) for tag, words in value.items()})

    return Kind('a table for each language, such as  [lexicon.en], with lines such as  Kegel = "kaygle"', check, str)


def wrong_words(value: Mapping[str, object]) -> list[tuple[str, ...]]:
    """The paths to what is not possible in a lexicon, one for each language at most."""
    return [path for tag, words in value.items() if (path := _wrong_word(tag, words))]


def _wrong_word(tag: str, words: object) -> tuple[str, ...]:
    """The path to the first thing in the table of one language that is not possible; empty if all is."""
    if not is_language(tag) or not isinstance(words, dict):
        return (tag,)
    for word, spelling in words.items():
        if not can_be_said(word) or not isinstance(spelling, str) or not can_be_said(spelling):
            return tag, word
    return ()


KEYS: Final[tuple[Key, ...]] = (
    Key("level", _choice(tuple(LEVELS)), "the routine decides", "How much to do."),
    Key("voice", _text("the name of a voice in quotes", empty=False), "the routine decides", "The voice."),
    Key("engine", _choice(ENGINES), "auto", "What speaks; auto is the best that has a voice of the language."),
    Key("pace", _number(80, 300, "words a minute", PACES), "the routine decides", "How fast it speaks."),
    Key("side", _choice(("left", "right")), "the routine decides", "The side that goes first."),
    Key("without", _items(), "nothing is missing", "Equipment that is not there."),
    Key("volume", _number(0, LOUDEST, "per cent"), "100", "The loudness of a live session."),
    Key("device", _text("the name of a sound device in quotes", empty=True), "the default device",
        "Where a live session is heard."),
    Key("captions", _yes_no(), "true", "Whether the spoken line is shown."),
    Key("flash", _yes_no(), "true", "Whether tones are shown as light too."),
    Key("theme", _text("the name of a theme in quotes", empty=True), "the default theme", "The colours of the screen."),
    Key("reduced_motion", _yes_no(), "false", "Whether nothing on the screen moves without need."),
    Key("stages", _table("stages"), "the routine decides", "The stage of an exercise, one line for each."),
    Key("voices", _table("voices"), "the best that is installed", "The voice of a language, one line for each."),
    Key("takes", _text("the name of takes in quotes", empty=True), "the engine says every line",
        "The recorded lines that are used."),
    Key("lexicon", _lexicon(), "words are said as usual", "How words are said, one table for each language."),
)  # fmt: skip
"""Every key, in the order in which they are listed."""

NAMES: Final = {key.name: key for key in KEYS}
