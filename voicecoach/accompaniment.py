"""The music of a session: found, examined, and laid under its speech and tones."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.errors import ScriptError, VoicecoachError
from voicecoach.interrupts import load_whole
from voicecoach.routine import MusicChoice
from voicecoach.script.files import outside
from voicecoach.script.linker import OutsideError
from voicecoach.shelf import Folder
from voicecoach.sound.target import TARGET_LUFS
from voicecoach.source import COMMAND_LINE, NOWHERE, Problems
from voicecoach.timeline import Timeline
from voicecoach.units import Frames, Milliseconds, Rate, frames

if TYPE_CHECKING:
    from voicecoach.sound.bed import Music
    from voicecoach.sound.clip import Samples
    from voicecoach.sound.mix import Mix

_TWO_EARS = 3.0
"""The same sound in two channels measures this many LU more than in one."""


class Accompaniment(NamedTuple):
    """Music that can be read, and by how many decibels it steps back under speech."""

    music: "Music"
    duck: int


def file_of(folder: Folder, music: MusicChoice) -> Path:
    """The file of the music; raises OutsideError if a routine names one outside its folder."""
    return Path(music.path) if _is_typed(music) else folder.inside(music.path)


def _is_typed(music: MusicChoice) -> bool:
    """True for music that the person asked for, and not the routine: it may be anywhere."""
    return music.span in {COMMAND_LINE, NOWHERE}


def examine(folder: Folder, music: MusicChoice) -> None:
    """Raises ScriptError (E066, E052) for music that cannot be used."""
    load_whole("numpy")
    from voicecoach.musicfile import MusicFileError
    from voicecoach.musicfile import examine as look

    problems = Problems()
    typed = _is_typed(music)
    try:
        look(file_of(folder, music))
        return
    except OutsideError:
        outside(problems, music.path, music.span)
    except MusicFileError as error:
        called = "--music" if typed else "the music file"
        fix = "give a sound file, such as MP3, FLAC, Ogg or M4A" + ("" if typed else ", in the routine's folder")
        problems.error("E066", music.span, f"{called} {music.path} cannot be used: {error.reason}", fix=fix)
    raise ScriptError(problems.found)


def underlaid(mix: "Mix", timeline: Timeline, folder: Folder, music: MusicChoice, louder: float) -> "Mix":
    """The mix at 48 kHz in stereo with the music under it; `louder` decibels more than usual."""
    load_whole("numpy")
    from voicecoach.sound.bed import FADE_IN, FADE_OUT, Bed, Fall, Rise
    from voicecoach.sound.double import Doubled
    from voicecoach.sound.ducking import Ducking, words

    doubled = Doubled(mix)
    accompaniment = accompanied(folder, music, timeline.duration, rate=doubled.rate, channels=2, louder=louder)
    ducking = Ducking(words(timeline.cues), accompaniment.duck, doubled.rate)
    quarter = doubled.length // 4
    rise = Rise(0, min(frames(FADE_IN, doubled.rate), quarter))
    fall = Fall(doubled.length, min(frames(FADE_OUT, doubled.rate), quarter))
    return Bed(doubled, accompaniment.music, (ducking, rise, fall))


class Lasting:
    """Music that falls silent where its file has gone, so that a live session goes on without it."""

    def __init__(self, music: "Music") -> None:
        self.channels = music.channels
        self._music: Music | None = music

    def read(self, start: Frames, count: Frames) -> "Samples":
        """Frames `[start, start + count)` of the music, or silence."""
        import numpy as np

        if self._music is not None:
            try:
                return self._music.read(start, count)
            except VoicecoachError:
                self._music = None
        return np.zeros((count, self.channels), np.float32)


def accompanied(
    folder: Folder, music: MusicChoice, length: Milliseconds, *, rate: Rate, channels: int, louder: float = 0.0
) -> Accompaniment:
    """The music at a rate and in so many channels, as loud as it should be beside speech."""
    load_whole("numpy")
    from voicecoach.musicfile import loudness
    from voicecoach.musicfile import music as opened

    path = file_of(folder, music)
    gain = TARGET_LUFS + _TWO_EARS + louder + music.gain - loudness(path, length)
    return Accompaniment(opened(path, rate, channels, gain), music.duck)
