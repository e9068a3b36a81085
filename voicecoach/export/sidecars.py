"""Captions in files of their own beside a sound file, each complete or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from voicecoach.export.destination import complete_file
from voicecoach.export.labels import Line
from voicecoach.export.lrc import lrc
from voicecoach.export.subtitles import srt, vtt
from voicecoach.units import Milliseconds

CaptionKind: TypeAlias = Literal["vtt", "srt", "lrc"]

KINDS: tuple[CaptionKind, ...] = get_args(CaptionKind)

_WRITTEN: Mapping[CaptionKind, Callable[[Sequence[Line], Milliseconds], str]] = MappingProxyType(
    {"vtt": vtt, "srt": srt, "lrc": lambda lines, _length: lrc(lines)}
)


def sidecar(sound: Path, kind: CaptionKind) -> Path:
    """Where the captions of a sound file are: beside it, with the same stem."""
    return sound.with_suffix(f".{kind}")


@contextmanager
def sidecars(
    sound: Path, kinds: Iterable[CaptionKind], lines: Sequence[Line], length: Milliseconds
) -> Iterator[tuple[Path, ...]]:
    """The captions of `sound`, which appear when the block ends well and not at all if it raises.

    Gives the files, in the order of KINDS. Text is UTF-8. Raises OutputError if one cannot be written.
    """
    paths = []
    with ExitStack() as complete:
        for kind in sorted(set(kinds), key=KINDS.index):
            paths.append(sidecar(sound, kind))
            part = complete.enter_context(complete_file(paths[-1]))
            part.write_text(_WRITTEN[kind](lines, length), encoding="utf-8", newline="\n")
        yield tuple(paths)
