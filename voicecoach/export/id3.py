"""The tag of an MP3 file, ID3v2.3: tags, chapters, cover and lyrics in front of the sound."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from voicecoach.export.cover import FRONT_COVER
from voicecoach.export.labels import Labels
from voicecoach.export.lrc import lrc, screens
from voicecoach.export.tags import fitted
from voicecoach.units import Milliseconds

if TYPE_CHECKING:
    from mutagen.id3 import Frame

_UTF16 = 1
_HEAD = 10
"""Bytes of the head of a tag, and of that of a frame."""

_MILLISECONDS, _LYRICS = 2, 1
_TOP_LEVEL_IN_ORDER = 3
_NO_OFFSET = 0xFFFFFFFF


def id3_tag(labels: Labels, length: Milliseconds) -> bytes:
    """The whole tag of a file of `length`; chapters stand in the order of their times."""
    from mutagen.id3 import APIC, ID3

    tag, file = ID3(), io.BytesIO()
    for frame in (*_tags(labels), *_chapters(labels, length), *_words(labels)):
        tag.add(frame)
    if labels.cover:
        picture = labels.cover
        tag.add(APIC(encoding=0, mime=picture.mime, type=FRONT_COVER, desc="", data=picture.data))
    tag.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return _in_order(file.getvalue())


def _tags(labels: Labels) -> "Iterator[Frame]":
    from mutagen.id3 import COMM, TALB, TCON, TIT2, TLAN, TPE1, TRCK, TXXX

    tags = labels.tags
    written = tags.written()
    for name, frame in (("title", TIT2), ("artist", TPE1), ("album", TALB), ("genre", TCON)):
        if name in written:
            yield frame(encoding=_UTF16, text=written[name])
    if "comment" in written:
        yield COMM(encoding=_UTF16, lang=tags.language(), desc="", text=written["comment"])
    if "source" in written:
        yield TXXX(encoding=_UTF16, desc="SOURCE", text=written["source"])
    if tags.track:
        yield TRCK(encoding=0, text=f"{tags.track}/{tags.tracks}")
    yield TLAN(encoding=0, text=tags.language())


def _chapters(labels: Labels, length: Milliseconds) -> "Iterator[Frame]":
    from mutagen.id3 import CHAP, CTOC, TIT2

    kept = fitted(labels.chapters, length)
    if not kept:
        return
    names = [f"chp{number:03d}" for number in range(len(kept))]
    yield CTOC(element_id="toc", flags=_TOP_LEVEL_IN_ORDER, child_element_ids=names, sub_frames=[])
    for name, chapter in zip(names, kept, strict=True):
        yield CHAP(
            element_id=name,
            start_time=chapter.start,
            end_time=chapter.end,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[TIT2(encoding=_UTF16, text=chapter.title)],
        )


def _words(labels: Labels) -> "Iterator[Frame]":
    """Lyrics as text with times, which most players read, and as a table of times."""
    from mutagen.id3 import SYLT, USLT

    if not labels.lines:
        return
    lang = labels.tags.language()
    yield USLT(encoding=_UTF16, lang=lang, desc="", text=lrc(labels.lines))
    shown = [(text, time) for time, text in screens(labels.lines)]
    yield SYLT(encoding=_UTF16, lang=lang, format=_MILLISECONDS, type=_LYRICS, desc="", text=shown)


def _in_order(tag: bytes) -> bytes:
    """The same tag with its chapters in order: mutagen sorts by size, and some readers take them as they stand."""
    others: list[bytes] = []
    chapters: list[bytes] = []
    at = _HEAD
    while at < len(tag):
        end = at + _HEAD + int.from_bytes(tag[at + 4 : at + 8], "big")
        (chapters if tag[at : at + 4] == b"CHAP" else others).append(tag[at:end])
        at = end
    chapters.sort(key=_element)
    return b"".join((tag[:_HEAD], *others, *chapters))


def _element(frame: bytes) -> bytes:
    """The name of a chapter's frame, numbered in order of time."""
    return frame[_HEAD : frame.index(b"\0", _HEAD)]
