"""The sound file that a speech program wrote, checked and read back as mono 16-bit samples.

WAV, and AIFF with its variant AIFF-C, whatever the file's name says: macOS writes AIFF into any file.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from voicecoach.interrupts import load_whole
from voicecoach.speech.engine import RawSpeech

SLOWEST, FASTEST = 4_000, 192_000
"""Frames a second; beyond them a number was misread."""

Order: TypeAlias = Literal["<", ">"]
_INTEGER, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
"""Formats of WAV; the last is followed by one of the others."""
_AIFF_KINDS: dict[bytes, tuple[Order, bool]] = {
    b"NONE": (">", False),
    b"twos": (">", False),
    b"sowt": ("<", False),
    b"fl32": (">", True),
    b"FL32": (">", True),
}
"""Byte order, and whether the samples are floats, by the name of the compression."""


class BadFileError(Exception):
    """The file is not whole, or no sound that can be read; the message says which."""


class Form(NamedTuple):
    """How the samples of a file are written."""

    channels: int
    rate: int
    bits: int
    order: Order
    floats: bool = False


def read_back(content: bytes) -> RawSpeech:
    """What is in a WAV or AIFF file; several channels become their mean. Raises BadFileError."""
    if not content:
        raise BadFileError("the file is empty")
    try:
        form, data = _parsed(content)
        sizes = {32} if form.floats else {8, 16, 24, 32}
        if not (1 <= form.channels <= 8 and SLOWEST <= form.rate <= FASTEST and form.bits in sizes):
            raise BadFileError(f"{form.channels} channels of {form.bits} bits at {form.rate} Hz cannot be read")
    except struct.error:
        raise BadFileError("the file ends in the middle") from None
    frame = form.channels * form.bits // 8
    if len(data) < frame:
        raise BadFileError("there is no sound in the file")
    return RawSpeech(_mono16(data[: len(data) // frame * frame], form), form.rate)


def _parsed(content: bytes) -> tuple[Form, bytes]:
    kind, _, inner = struct.unpack_from("4sI4s", content)
    if kind == b"RIFF" and inner == b"WAVE":
        return _wav(content)
    if kind == b"FORM" and inner in {b"AIFF", b"AIFC"}:
        return _aiff(content, compressed=inner == b"AIFC")
    raise BadFileError("the file is neither WAV nor AIFF")


def _wav(content: bytes) -> tuple[Form, bytes]:
    form = None
    for name, start, size in _chunks(content, "<"):
        if name == b"fmt ":
            coding, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", content, start)
            if coding == _EXTENSIBLE:
                (coding,) = struct.unpack_from("<H", content, start + 24)
            if coding not in {_INTEGER, _FLOAT}:
                raise BadFileError(f"WAV of format {coding} cannot be read")
            form = Form(channels, rate, bits, "<", coding == _FLOAT)
        elif name == b"data" and form:
            return form, _whole(content, start, size)
    raise BadFileError("there is no sound in the file")


def _aiff(content: bytes, *, compressed: bool) -> tuple[Form, bytes]:
    form = sound = None
    for name, start, size in _chunks(content, ">"):
        if name == b"COMM":
            channels, _, bits = struct.unpack_from(">hIh", content, start)
            rate = round(_extended(content[start + 8 : start + 18]))
            coding = content[start + 18 : start + 22] if compressed else b"NONE"
            if coding not in _AIFF_KINDS:
                raise BadFileError(f"AIFF of format {coding!r} cannot be read")
            form = Form(channels, rate, bits, *_AIFF_KINDS[coding])
        elif name == b"SSND":
            (offset,) = struct.unpack_from(">I", content, start)
            sound = (start + 8 + offset, size - 8 - offset)
    if not form or not sound:
        raise BadFileError("there is no sound in the file")
    return form, _whole(content, *sound)


def _chunks(content: bytes, order: Order) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and size of each chunk; the last may claim more than there is."""
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from(f"{order}4sI", content, at)
        yield name, at + 8, size
        at += 8 + size + size % 2


def _whole(content: bytes, start: int, size: int) -> bytes:
    if start + size > len(content):
        raise BadFileError(f"{start + size - len(content)} bytes of the sound are missing")
    return content[start : start + size]


def _extended(number: bytes) -> float:
    """An 80-bit float, as AIFF writes a rate; 0 for what is no rate."""
    sign_exponent, mantissa = struct.unpack(">HQ", number)
    exponent = sign_exponent - 16_383 - 63
    return float(mantissa) * 2.0**exponent if -64 <= exponent <= 0 else 0.0


def _mono16(data: bytes, form: Form) -> bytes:
    """The samples in this machine's byte order."""
    if (form.channels, form.bits) == (1, 16):
        samples = array("h", data)
        if form.order != ("<" if sys.byteorder == "little" else ">"):
            samples.byteswap()
        return samples.tobytes()
    load_whole("numpy")
    import numpy as np

    wide = np.frombuffer(data, np.uint8).reshape(-1, form.bits // 8)
    if form.order == ">":
        wide = wide[:, ::-1]
    padded = np.zeros((len(wide), 4), np.uint8)
    padded[:, 4 - wide.shape[1] :] = wide
    if form.bits == 8 and form.order == "<":
        padded[:, 3] ^= 0x80  # only WAV counts eight bits from 0 to 255
    values = padded.view("<f4" if form.floats else "<i4").reshape(-1, form.channels).astype(np.float64)
    level = np.nan_to_num(values.mean(axis=1) * (32_768 if form.floats else 1 / 65_536))
    samples16: bytes = np.clip(np.rint(level), -32_768, 32_767).astype(np.int16).tobytes()
    return samples16
