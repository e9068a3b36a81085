"""Every input of a compile besides the routine itself and the lengths of its speech."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from voicecoach.compiler.lexicon import Lexicon, merged
from voicecoach.routine import LEVELS, Guidance, Level, MusicChoice, Routine
from voicecoach.script.keys import default_pace_of_speech
from voicecoach.units import HOUR, Milliseconds

SCHEDULER = 2
"""Raised whenever the same inputs give other bytes in `plan --json`."""

MAX_LENGTH: Milliseconds = 3 * HOUR
"""The longest session that is compiled without being asked for (E025)."""


class Options(NamedTuple):
    """What the person chose for this session; None means that the routine decides.

    `dial` is 0 to 100. `stages` maps an exercise id to a stage. `without` names equipment that
    is not there. `side` is the side that goes first. `wpm` is the pace in words a minute,
    `voice` the engine's voice id,
    `voices` the ids behind voice names that single lines ask for. `settings` are the parameters the
    script was read with. `session` offsets the turns of listed texts. `music` and `music_gain` (dB)
    win over the routine's own; `no_music` over both. `takes` is the name of the recorded lines that
    were measured. `lexicon` are spellings for the ear; the routine's own win over them.
    """

    dial: int | None = None
    stages: Mapping[str, str] = MappingProxyType({})
    settings: Mapping[str, str] = MappingProxyType({})
    without: frozenset[str] = frozenset()
    side: Literal["left", "right"] | None = None
    lang: str | None = None
    guidance: Guidance | None = None
    engine: str = "silent"
    voice: str = ""
    voices: Mapping[str, str] = MappingProxyType({})
    wpm: int | None = None
    session: int = 0
    max_length: Milliseconds = MAX_LENGTH
    music: MusicChoice | None = None
    music_gain: int | None = None
    no_music: bool = False
    takes: str = ""
    lexicon: Lexicon = MappingProxyType({})


class Chosen(NamedTuple):
    """The options with the routine's own wishes filled in: no question is left open."""

    dial: int
    guidance: Guidance
    lang: str
    wpm: int
    volume: int
    options: Options
    music: MusicChoice | None = None
    lexicon: Mapping[str, str] = MappingProxyType({})

    @property
    def level(self) -> Level | None:
        """The level that is exactly this dial, if one is."""
        return next((level for level, dial in LEVELS.items() if dial == self.dial), None)


def choose(routine: Routine, options: Options) -> Chosen:
    """The options, completed from the routine."""
    lang = options.lang or routine.lang
    return Chosen(
        dial=LEVELS[routine.level] if options.dial is None else options.dial,
        guidance=options.guidance or routine.guidance or "full",
        lang=lang,
        wpm=options.wpm or routine.voice.pace or default_pace_of_speech(),
        volume=100 if routine.voice.volume is None else routine.voice.volume,
        options=options,
        music=_music(routine, options),
        lexicon=merged(lang, options.lexicon, routine.lexicon),
    )


def _music(routine: Routine, options: Options) -> MusicChoice | None:
    music = None if options.no_music else options.music or routine.music
    if music is None or options.music_gain is None:
        return music
    return music._replace(gain=options.music_gain)
