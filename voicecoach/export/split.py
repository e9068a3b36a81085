"""One file an exercise, gapless when they are played in order.

Files are cut where a chapter begins. Where a codec cannot end in the middle of its frames for
every player, the cut lies less than one frame earlier.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach.errors import OutputError
from voicecoach.export.audio import Format, Heard, UnknownFormatError, WrittenFile, format_of, formats
from voicecoach.export.folder import complete_files
from voicecoach.export.labels import Labels, Line
from voicecoach.export.names import numbered
from voicecoach.export.part import Part
from voicecoach.export.pcm import Progress
from voicecoach.export.sidecars import CaptionKind, in_order, write_captions
from voicecoach.export.tags import clean, fitted
from voicecoach.sound.mix import Mix
from voicecoach.timeline import Chapter
from voicecoach.units import SECOND, Frames, Milliseconds, frames, milliseconds

_MOST_FILES = 999
_TITLE_BYTES = 1000


@dataclass(frozen=True, kw_only=True)
class SplitReport(Heard):
    """What was written: a file an exercise, the playlist that names them in order, and how it all sounds."""

    playlist: Path
    files: tuple[WrittenFile, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    name: str
    part: Part
    labels: Labels


def splittable(destination: Path) -> Format:
    """The format of files that are played in order; raises UnknownFormatError for one that no playlist names."""
    form = format_of(destination)
    if not form.listed:
        known = ", ".join(form.suffix for form in formats() if form.listed)
        raise UnknownFormatError(
            f"a playlist cannot name files that end in {form.suffix}", f"split into one of {known}"
        )
    return form


def render_split(
    mix: Mix,
    labels: Labels,
    folder: Path,
    suffix: str,
    progress: Progress | None = None,
    *,
    captions: Iterable[CaptionKind] = (),
    inputs: Iterable[Path] = (),
) -> SplitReport:
    """Write one file of the format `suffix` for each chapter into `folder`, and a playlist.

    Each has its captions beside it, in the kinds of `captions`.

    All files appear together or not at all; other files in the folder stay. The folder is made if it
    is missing. Raises UnknownFormatError for the suffix and OutputError if it cannot be written, or
    if a file would take the place of one of the `inputs` that the session is made from.
    """
    form = splittable(Path(f"x{suffix}"))
    metered = form.metered(mix)
    pieces = tuple(_pieces(metered, labels, form))
    kinds = in_order(captions)
    playlist = numbered(0, len(pieces), labels.tags.title, ".m3u8")
    read = {path.resolve() for path in inputs}
    for name in (*(piece.name for piece in pieces), playlist):
        if (folder / name).resolve() in read:
            raise OutputError(f"{folder / name} is read by the routine itself", "choose another folder with -o")
    reports, done = [], 0
    with complete_files(folder) as stage:
        for piece in pieces:
            form.write(stage / piece.name, piece.part, piece.labels, _later(progress, done, mix.length))
            length, size = piece.part.length, (stage / piece.name).stat().st_size
            lasts = milliseconds(length, mix.rate)
            beside = tuple(write_captions(stage / piece.name, kinds, piece.labels.lines, lasts))
            named = tuple(folder / path.name for path in beside)
            reports.append(
                WrittenFile(path=folder / piece.name, length=lasts, frames=length, size=size, captions=named)
            )
            done += length
        (stage / playlist).write_text(_playlist(labels.tags.title, pieces), "utf-8", newline="\n")
    metered.finish()
    meter = metered.meter
    return SplitReport(
        playlist=folder / playlist,
        files=tuple(reports),
        channels=mix.channels,
        integrated=meter.integrated,
        true_peak=meter.true_peak,
    )


def _pieces(mix: Mix, labels: Labels, form: Format) -> Iterator[_Piece]:
    duration = milliseconds(mix.length, mix.rate)
    chapters = fitted(labels.chapters, duration, most=_MOST_FILES, title_bytes=_TITLE_BYTES)
    cuts = {
        frames(chapter.start, mix.rate) // form.unit * form.unit: chapter.title
        for chapter in chapters or (Chapter(labels.tags.title, 0, duration),)
    }
    ends = [*cuts, mix.length][1:]
    for number, (start, title) in enumerate(cuts.items(), 1):
        tags = replace(labels.tags, title=title, album=labels.tags.title, track=number, tracks=len(cuts))
        begin, end = (at * SECOND // mix.rate for at in (start, ends[number - 1]))
        inside = replace(labels, tags=tags, chapters=(), lines=tuple(_shifted(labels.lines, begin, end)))
        name = numbered(number, len(cuts), title, form.suffix)
        yield _Piece(name, Part(mix, start, ends[number - 1] - start), inside)


def _shifted(lines: tuple[Line, ...], begin: Milliseconds, end: Milliseconds) -> Iterator[Line]:
    """The lines that begin in `[begin, end)`, counted from `begin`."""
    for line in lines:
        if begin <= line.start < end:
            words = tuple(word._replace(start=word.start - begin, end=word.end - begin) for word in line.words)
            yield line._replace(start=line.start - begin, end=min(line.end, end) - begin, words=words)


def _later(progress: Progress | None, done: Frames, total: Frames) -> Progress:
    """The progress of one file as that of all."""

    def tell(more: Frames, _total: Frames) -> None:
        if progress:
            progress(done + more, total)

    return tell


def _playlist(title: str, pieces: tuple[_Piece, ...]) -> str:
    """An extended M3U in UTF-8, with names relative to itself."""
    rows = ["#EXTM3U", f"#PLAYLIST:{_row(title)}"]
    for piece in pieces:
        seconds = round(piece.part.length / piece.part.rate)
        rows += [f"#EXTINF:{seconds},{_row(piece.labels.tags.title)}", piece.name]
    return "\n".join(rows) + "\n"


def _row(text: str) -> str:
    return " ".join(clean(text).split())
