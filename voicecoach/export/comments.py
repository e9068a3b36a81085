"""Labels as Vorbis comments, which FLAC, Ogg and Opus have in common."""

from voicecoach.export.labels import Labels
from voicecoach.export.lrc import lrc
from voicecoach.export.tags import fitted
from voicecoach.units import HOUR, MINUTE, SECOND, Milliseconds

_MOST_CHAPTERS = 999
"""The comments number their chapters with three digits."""

_TITLE_BYTES = 1000


def comments(labels: Labels, length: Milliseconds) -> dict[str, str]:
    """Tags, chapters and lyrics of a file of `length`; a cover has a place of its own in each format."""
    tags = labels.tags
    found = tags.written() | {"language": tags.language()}
    if tags.track:
        found |= {"TRACKNUMBER": str(tags.track), "TRACKTOTAL": str(tags.tracks)}
    if text := lrc(labels.lines):
        found["LYRICS"] = text
    for number, chapter in enumerate(fitted(labels.chapters, length, most=_MOST_CHAPTERS, title_bytes=_TITLE_BYTES)):
        found[f"CHAPTER{number:03d}"] = _timestamp(chapter.start)
        found[f"CHAPTER{number:03d}NAME"] = chapter.title
    return found


def _timestamp(time: Milliseconds) -> str:
    hours, rest = divmod(time, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    return f"{hours:02d}:{minutes:02d}:{rest // SECOND:02d}.{rest % SECOND:03d}"
