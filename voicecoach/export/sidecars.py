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


def in_order(kinds: Iterable[CaptionKind]) -> tuple[CaptionKind, ...]:
    """Each of `kinds` once, in the order of KINDS."""
    return tuple(sorted(set(kinds), key=KINDS.index))


def write_captions(
    sound: Path, kinds: Iterable[CaptionKind], lines: Sequence[Line], length: Milliseconds
) -> Iterator[Path]:
    """Write the captions of `sound`, UTF-8, where they belong, and give their paths."""
    for kind in kinds:
        path = sidecar(sound, kind)
        _write(path, kind, lines, length)
        yield path


@contextmanager
def sidecars(
    sound: Path, kinds: Iterable[CaptionKind], lines: Sequence[Line], length: Milliseconds
) -> Iterator[tuple[Path, ...]]:
    """The captions of `sound`, which appear when the block ends well and not at all if it raises.

    Gives the files, in the order of KINDS. Text is UTF-8. Raises OutputError if one cannot be written.
    """
    paths = tuple(sidecar(sound, kind) for kind in in_order(kinds))
    with ExitStack() as complete:
        for path, kind in zip(paths, in_order(kinds), strict=True):
            part = complete.enter_context(complete_file(path))
            _write(part, kind, lines, length)
        yield paths


def _write(path: Path, kind: CaptionKind, lines: Sequence[Line], length: Milliseconds) -> None:
    path.write_text(_WRITTEN[kind](lines, length), encoding="utf-8", newline="\n")
