"""Writes a mix to a sound file, in the format its suffix names."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from voicecoach.errors import VoicecoachError
from voicecoach.export.aac_encoder import FRAME
from voicecoach.export.aac_process import encoders
from voicecoach.export.destination import complete_file
from voicecoach.export.flac import write_flac
from voicecoach.export.labels import Labels
from voicecoach.export.m4a import write_m4a, write_m4b
from voicecoach.export.metered import Metered
from voicecoach.export.mp3 import write_mp3
from voicecoach.export.ogg import write_ogg
from voicecoach.export.opus import write_opus
from voicecoach.export.page import write_page
from voicecoach.export.pcm import Progress
from voicecoach.export.wav import write_wav
from voicecoach.sound.capped import Capped
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames, Milliseconds, milliseconds

Writer: TypeAlias = Callable[[Path, Mix, Labels, Progress], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of sound file: its suffix with the dot, and what it is good for."""

    suffix: str
    use: str
    write: Writer
    unit: Frames = 1
    """The length of a file that players know is a multiple of this."""
    listed: bool = True
    """Whether playlists can name it: they know no pages."""
    ceiling: float | None = None
    """Peaks over so many dBTP are turned down, because the codec makes them higher again; None: all stay."""
    loud: float | None = None
    """The same for a session that is louder than usual, when most words come up to their ceiling.

    Measured on the three feet routines: decoded, they are at most -1.2 dBTP at -16 LUFS and under; at -14 MP3 comes
    to -0.9 and Vorbis to -0.1.
    """
    aac: bool = False
    """Whether its encoders are processes of their own."""

    def louder(self, mix: Mix) -> Mix:
        """A mix that is louder than usual, as this format can hold it."""
        return mix if self.loud is None else Capped(mix, self.loud)

    def metered(self, mix: Mix) -> Metered:
        """The mix as this format gets it, measured while it is read."""
        return Metered(mix if self.ceiling is None else Capped(mix, self.ceiling))

    def begun(self, length: Milliseconds) -> AbstractContextManager[object]:
        """What takes its time to start is started for all that is written inside, `length` in all."""
        return encoders(length) if self.aac else nullcontext()


_LOW = -2.0
"""dBTP. Decoded Vorbis and Opus of speech have peaks up to 0.8 dB higher than what was encoded: from -1.5 they would
pass the -1 that players want. So much less, for a hundredth of the time, cannot be heard."""

_FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        form.suffix: form
        for form in (
            Format(".m4a", "small, with chapters, for phones (AAC)", write_m4a, unit=FRAME, loud=-2.0, aac=True),
            Format(
                ".m4b", "the same as an audiobook, which keeps its place", write_m4b, unit=FRAME, loud=-2.0, aac=True
            ),
            Format(".mp3", "for players and cars that know nothing else", write_mp3, loud=-2.5),
            Format(".opus", "the smallest, for Android and computers", write_opus, ceiling=_LOW, loud=-2.6),
            Format(".ogg", "for players that know no Opus (Vorbis)", write_ogg, ceiling=_LOW, loud=-3.0),
            Format(".flac", "lossless, with chapters as comments", write_flac),
            Format(".wav", "uncompressed, for further work", write_wav),
            Format(
                ".html",
                "a page with a player, the sound inside",
                write_page,
                unit=FRAME,
                loud=-2.0,
                listed=False,
                aac=True,
            ),
        )
    }
)


class UnknownFormatError(VoicecoachError):
    """No format has the suffix of a destination: the command line is wrong."""


@dataclass(frozen=True, kw_only=True)
class WrittenFile:
    """A file that was written."""

    path: Path
    length: Milliseconds
    frames: Frames
    size: int
    """Bytes of the file."""
    captions: tuple[Path, ...] = ()
    """Files of captions beside it."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """How a session sounds that was written to one file or to several."""

    channels: int
    integrated: float
    """BS.1770 loudness of the samples that were encoded, in LUFS; −inf for silence."""
    true_peak: float
    """Their highest true peak in dBTP; −inf for silence."""
    speech: float | None = None
    """The part of the time, from 0 to 1, in which something is said; None if that is not known."""


@dataclass(frozen=True, kw_only=True)
class RenderReport(WrittenFile, Heard):
    """What was written, and how it sounds."""


def formats() -> tuple[Format, ...]:
    """Every format that can be written, the default first."""
    return tuple(_FORMATS.values())


def format_of(destination: Path) -> Format:
    """The format that the suffix of `destination` names; raises UnknownFormatError."""
    suffix = destination.suffix.lower()
    if suffix not in _FORMATS:
        known = ", ".join(_FORMATS)
        what = f"unknown format '{suffix}'" if suffix else f"'{destination.name}' has no suffix to name its format"
        raise UnknownFormatError(what, f"end the file name in one of {known}")
    return _FORMATS[suffix]


def render(mix: Mix, labels: Labels, destination: Path, progress: Progress | None = None) -> RenderReport:
    """Write the whole mix to `destination`, which appears complete or not at all.

    `progress` is called with the frames done and the frames in all, some times a second of work.
    Memory does not grow with the length. Raises UnknownFormatError for the suffix and OutputError
    if the file cannot be written; whatever the mixer's clips raise passes through.
    """
    form = format_of(destination)
    metered = form.metered(mix)
    with complete_file(destination) as part:
        form.write(part, metered, labels, progress or _ignore)
        size = part.stat().st_size
        metered.finish()
    meter = metered.meter
    return RenderReport(
        path=destination,
        length=milliseconds(mix.length, mix.rate),
        frames=mix.length,
        size=size,
        channels=mix.channels,
        integrated=meter.integrated,
        true_peak=meter.true_peak,
    )


def _ignore(_done: Frames, _total: Frames) -> None:
    pass
