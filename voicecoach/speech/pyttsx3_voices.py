"""The voices that the system told of, under names that can be typed, and the one for a language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from voicecoach.speech.engine import Gender, UnknownVoiceError, Voice

_MAKER = re.compile(r"^Microsoft | (?:Desktop|Mobile|Online \(Natural\))$")
_MADE_OF_OTHERS = "mb/"
"""espeak-ng lists voices of MBROLA that are not there, and pyttsx3 writes theirs at a wrong rate."""
_NO_LANGUAGE = "und"

_QUALITIES = ("premium", "enhanced", "compact", "super-compact")
"""Of macOS, best first, as they stand in the middle of its names: `com.apple.voice.enhanced.en-GB.Serena`."""
_JOKES = frozenset({
    "Albert", "Bad News", "Bahh", "Bells", "Boing", "Bubbles", "Cellos", "Deranged", "Fred", "Good News", "Hysterical",
    "Jester", "Junior", "Kathy", "Organ", "Pipe Organ", "Princess", "Ralph", "Superstar", "Trinoids", "Whisper",
    "Wobble", "Zarvox",
})  # fmt: skip
"""Voices of macOS that nobody wants to be led by without asking for them."""


@dataclass(frozen=True, slots=True)
class SystemVoice:
    """A voice, and what the system calls it."""

    voice: Voice
    system_id: str
    title: str
    rank: int


class SystemVoices:
    """What a driver listed; `default` is the id of the voice that the system takes by itself."""

    def __init__(self, listed: Sequence[Sequence[object]], default: str = "") -> None:
        self._all = tuple(_named(listed))
        self._default = default.casefold()

    def all(self) -> Sequence[Voice]:
        """Every voice as the system lists them."""
        return [one.voice for one in self._all]

    def find(self, typed: str) -> SystemVoice:
        """The voice of a name, of the system's own long name, of a language, or of a language and a gender.

        In any case of letters; `en-us-female` is a language and a gender. Raises UnknownVoiceError with
        near matches.
        """
        wanted = typed.casefold()
        for one in self._all:
            if wanted in {one.voice.id.casefold(), one.system_id.casefold(), one.title.casefold()}:
                return one
        lang, _, last = wanted.rpartition("-")
        gender = last if last in {"female", "male"} else ""
        found = self._best(lang if gender else wanted, gender) if wanted else None
        if found is None:
            near = get_close_matches(wanted, [one.voice.id.casefold() for one in self._all], n=3, cutoff=0.6)
            ids = [one.voice.id for name in near for one in self._all if one.voice.id.casefold() == name]
            raise UnknownVoiceError(f"no voice {typed!r} among those of the system", ids)
        return found

    def default(self, lang: str) -> str | None:
        """The voice for a BCP 47 language: its region before others, and the system's own choice before others."""
        while lang:
            if found := self._best(lang) or self._best(lang, inside=True):
                return found.voice.id
            lang = lang.rpartition("-")[0]
        return None

    def _best(self, lang: str, gender: str = "", *, inside: bool = False) -> SystemVoice | None:
        """The best voice of exactly this language, or of any region inside it."""
        lang = lang.casefold()
        fitting = [
            one
            for one in self._all
            if (one.voice.lang.casefold() == lang or (inside and one.voice.lang.casefold().startswith(f"{lang}-")))
            and gender in {"", one.voice.gender}
        ]
        return min(fitting, key=lambda one: (one.system_id.casefold() != self._default, one.rank), default=None)


def _named(listed: Sequence[Sequence[object]]) -> Iterator[SystemVoice]:
    """Every voice with an id of its own."""
    taken: set[str] = set()
    for system_id, title, languages, gender in listed:
        assert isinstance(system_id, str)
        assert isinstance(title, str)
        assert isinstance(languages, list)
        if system_id.startswith(_MADE_OF_OTHERS):
            continue
        base = _short(system_id, title)
        number, id_ = 1, base
        while id_.casefold() in taken:
            number += 1
            id_ = f"{base}-{number}"
        taken.add(id_.casefold())
        lang = _tag(str(languages[0]) if languages else "")
        voice = Voice(id_, lang, title or id_, _gender(str(gender)))
        yield SystemVoice(voice, system_id, title, _rank(system_id, title))


def _short(system_id: str, title: str) -> str:
    """`Zira` of `Microsoft Zira Desktop - English (United States)`, `en-us` of espeak-ng's `gmw/en-us`."""
    if re.fullmatch(r"[a-z]+/[\w.-]+|[a-z]{2,3}(?:-[\w-]+)?", system_id):
        return system_id.rpartition("/")[2]
    name = _MAKER.sub("", _MAKER.sub("", title.partition(" - ")[0].strip()))
    return "-".join(re.findall(r"\w+", name)) or system_id or "voice"


def _tag(written: str) -> str:
    """A BCP 47 tag from `en_US` or `en-us`; `und` for what is no language."""
    first, *others = re.split("[-_]", written.strip())
    if not re.fullmatch("[A-Za-z]{2,3}", first):
        return _NO_LANGUAGE
    if others and re.fullmatch("[A-Za-z]{2}", others[0]):
        others[0] = others[0].upper()
    return "-".join([first.lower(), *others])


def _gender(written: str) -> Gender:
    """From `Female`, `VoiceGenderFemale` and the like."""
    written = written.casefold()
    if written.endswith("female"):
        return "female"
    return "male" if written.endswith("male") else ""


def _rank(system_id: str, title: str) -> int:
    """0 for the best of one system, which only macOS tells."""
    if title in _JOKES:
        return len(_QUALITIES) + 1
    if not system_id.startswith("com.apple."):
        return 0
    quality = system_id.removeprefix("com.apple.voice.").partition(".")[0]
    return _QUALITIES.index(quality) if quality in _QUALITIES else len(_QUALITIES)
