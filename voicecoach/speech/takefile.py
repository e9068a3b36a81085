"""A take as a file: a WAV that every player plays, with the words that it says and their language inside."""

import struct
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from voicecoach.units import Rate

SLOWEST, FASTEST = 8_000, 48_000
"""Frames a second that a take may have."""

_FORM = struct.Struct("<HHIIHH")
_PCM, _MONO, _BITS = 1, 1, 16


class TakeFileError(ValueError):
    """The bytes are no take; the message says why."""


class TakeFile(NamedTuple):
    """What a take holds: what is said, the base language of it, and mono 16-bit samples as bytes."""

    text: str
    lang: str
    rate: Rate
    pcm: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of all that can be heard, in hexadecimal."""
        return sha256(b"%d\0%s" % (self.rate, self.pcm)).hexdigest()


def packed(take: TakeFile) -> bytes:
    """The bytes of the file; its title in a player is the text."""
    form = _FORM.pack(_PCM, _MONO, take.rate, take.rate * 2, 2, _BITS)
    info = b"INFO" + _chunk(b"INAM", _words(take.text)) + _chunk(b"ILNG", _words(take.lang))
    body = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"LIST", info) + _chunk(b"data", take.pcm)
    return _chunk(b"RIFF", body)


def unpacked(content: bytes) -> TakeFile:
    """What is in the file; raises TakeFileError for anything that `packed` does not make."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise TakeFileError("it is not a WAV file")
    chunks = dict(_chunks(content[12:]))
    if not {b"fmt ", b"data", b"LIST"} <= chunks.keys():
        raise TakeFileError("it does not tell what it says, or has no sound")
    form, info, pcm = chunks[b"fmt "], chunks[b"LIST"], chunks[b"data"]
    if len(form) < _FORM.size:
        raise TakeFileError("it is damaged")
    kind, channels, rate, _, _, bits = _FORM.unpack_from(form)
    if (kind, channels, bits) != (_PCM, _MONO, _BITS) or not SLOWEST <= rate <= FASTEST:
        raise TakeFileError("it is not mono sound of 16 bits")
    words = dict(_chunks(info[4:]))
    text, lang = (_text(words.get(name, b"")) for name in (b"INAM", b"ILNG"))
    if not text or not lang or not pcm or len(pcm) % 2:
        raise TakeFileError("it does not tell what it says, or has no sound")
    return TakeFile(text, lang, rate, pcm)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, at)
        if at + 8 + length > len(content):
            raise TakeFileError("it is not complete")
        yield name, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _words(text: str) -> bytes:
    return text.encode("utf-8", "replace") + b"\0"


def _text(content: bytes) -> str:
    return content.rstrip(b"\0").decode("utf-8", "replace")
