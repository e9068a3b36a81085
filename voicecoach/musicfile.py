"""Music from files: whatever FFmpeg reads, as a stream at the mix rate, never as a whole."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import MissingError
from voicecoach.interrupts import load_whole
from voicecoach.sound.clip import Samples
from voicecoach.sound.loop import QUIET, looped
from voicecoach.sound.loudness import ABSOLUTE_GATE
from voicecoach.sound.meter import Meter
from voicecoach.sound.peak import amplitude
from voicecoach.sound.reel import Reel
from voicecoach.units import SECOND, Milliseconds, Rate

if TYPE_CHECKING:
    from io import BufferedReader

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_METER_RATE: Rate = 48_000
_PIECES, _PIECE = 20, 2
"""How loud music is is measured on so many pieces of so many seconds, spread over what is heard of it."""
_LOUDEST = np.float32(8.0)
"""No sample is higher."""
_BLOCK = 1 << 14
"""Frames that are worked on at once, or a few more."""
_KEPT = 12
"""Seconds that can be read again at once: what a live session makes ahead, twice."""
_OPTIONS = {"protocol_whitelist": "none"}
"""A file that names other files or addresses, such as a playlist, opens none of them."""


_NOTHING = "no sound can be read from it"


class MusicFileError(MissingError):
    """A file cannot be used as music; `reason` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"the music {path} cannot be used: {reason}", "give another file, or leave the music out")
        self.reason = reason


def examine(path: Path) -> None:
    """Raises MusicFileError unless the file has sound in it; decodes no more than it takes to know."""
    _rate(path)
    if not any((np.abs(block) >= QUIET).any() for block in _pieces(path, None)):
        raise MusicFileError(path, "there is only silence in it")


def loudness(path: Path, length: Milliseconds) -> float:
    """Loudness in LUFS of the first `length` of the music, in stereo, within about 1 LU; −70 for what is quieter.

    Takes the same time for ten hours as for two minutes. Raises MusicFileError.
    """
    load_whole("soxr")
    import soxr

    rate, meter = _rate(path), Meter(_METER_RATE, 2)
    for piece in _pieces(path, length // SECOND):
        whole = np.tile(piece, (max(rate // len(piece), 1), 1))  # a loop of some milliseconds has no loudness yet
        meter.add(soxr.resample(whole, rate, _METER_RATE, quality="LQ"))
    meter.finish()
    return max(meter.integrated, ABSOLUTE_GATE)


def music(path: Path, rate: Rate, channels: int, gain: float) -> Reel:
    """The file as music without an end at a mix rate, in one or two channels, `gain` decibels louder.

    What is read later raises MusicFileError if the file has gone by then.
    """
    load_whole("soxr")
    return Reel(lambda: _stream(path, rate, channels), channels, _KEPT * rate, amplitude(gain))


def once(path: Path, rate: Rate) -> Iterator[Samples]:
    """The file from its beginning to its end, mono at any rate; raises MusicFileError where it is read."""
    load_whole("soxr")
    import soxr

    resampler = soxr.ResampleStream(_rate(path), rate, 1, dtype="float32", quality="HQ")
    for block in _decoded(path):
        if len(block):
            yield resampler.resample_chunk(block.mean(axis=1, dtype=np.float32))
    yield resampler.resample_chunk(np.zeros(0, np.float32), last=True)


def _stream(path: Path, rate: Rate, channels: int) -> Iterator[Samples]:
    """Blocks without an end. The end is joined to the beginning before resampling, which would blur the seam."""
    import soxr

    own = _rate(path)
    resampler = soxr.ResampleStream(own, rate, channels, dtype="float32", quality="HQ")
    for block in looped(lambda: _decoded(path), own):
        if len(block):
            mixed = block if channels > 1 else block.mean(axis=1, keepdims=True, dtype=np.float32)
            yield mixed if own == rate else resampler.resample_chunk(np.ascontiguousarray(mixed))


def _rate(path: Path) -> Rate:
    """Frames a second of what is decoded: some formats declare half of it."""
    with _opened(path) as (container, stream):
        first = next(_frames(container, stream), None)
    if first is None:
        raise MusicFileError(path, _NOTHING)
    return first.sample_rate


def _decoded(path: Path) -> Iterator[Samples]:
    """The whole file once, at its own rate: shape (frames, 2). What cannot be decoded in between is left out."""
    with _opened(path) as (container, stream):
        heard = 0
        for block in _stereo(_frames(container, stream)):
            left = _declared(container, stream) - heard
            yield block[:left]
            if left <= len(block):
                return
            heard += len(block)


def _declared(container: "InputContainer", stream: "AudioStream") -> int:
    """Frames an MP4 says it has; its last packet is filled up with silence. Other formats are decoded to their end."""
    if "mp4" not in container.format.name or not stream.duration or stream.time_base is None:
        return sys.maxsize
    return round(stream.duration * stream.time_base * stream.rate)


def _pieces(path: Path, seconds: int | None) -> Iterator[Samples]:
    """Pieces spread over the first `seconds` of the file, over all of it if None; a short file as a whole."""
    load_whole("av")
    import av

    with _opened(path) as (container, stream):
        known = container.duration // 1_000_000 if container.duration else 0
        span = known if seconds is None else min(known, seconds)
        everything = _stereo(_frames(container, stream))
        for number in range(_PIECES):
            if span > _PIECES * _PIECE:
                with suppress(av.FFmpegError):
                    container.seek(number * span * 1_000_000 // _PIECES)
                everything = _stereo(_frames(container, stream))
            if len(piece := _next(everything, _PIECE * (stream.rate or _METER_RATE))):
                yield piece


def _next(blocks: Iterator[Samples], count: int) -> Samples:
    """The next `count` frames or a few more; fewer at the end."""
    taken: list[Samples] = []
    while count > 0 and (block := next(blocks, None)) is not None:
        taken.append(block)
        count -= len(block)
    return np.concatenate(taken) if taken else np.zeros((0, 2), np.float32)


@contextmanager
def _opened(path: Path) -> "Iterator[tuple[InputContainer, AudioStream]]":
    """The file and its first sound track; raises MusicFileError, also for what goes wrong inside."""
    load_whole("av")
    import av

    failures = av.FFmpegError  # looked up now: a stream may be dropped when the interpreter is going down
    try:
        if path.exists() and not path.is_file():
            raise MusicFileError(path, "it is a folder" if path.is_dir() else "it is not a file")
        if path.is_file() and not path.stat().st_size:
            raise MusicFileError(path, "it is empty")
        with (
            path.open("rb") as file,
            av.open(_Source(file), "r", options=_OPTIONS, metadata_errors="ignore") as container,
        ):
            if not container.streams.audio:
                raise MusicFileError(path, "there is no sound in it")
            yield container, container.streams.audio[0]
    except failures as error:
        raise MusicFileError(path, _NOTHING) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MusicFileError(path, f"it cannot be read: {reason}") from error


class _Source:
    """A file for FFmpeg, which in damaged ones looks before the beginning: here that is an answer, no exception."""

    def __init__(self, file: "BufferedReader") -> None:
        self._file = file
        self.name = file.name
        self.read = file.read
        self.tell = file.tell

    def seek(self, offset: int, whence: int = 0) -> int:
        """The new place; −1 if there is none."""
        try:
            return self._file.seek(offset, whence)
        except (OSError, ValueError):
            return -1


def _frames(container: "InputContainer", stream: "AudioStream") -> "Iterator[AudioFrame]":
    """Decoded frames, without those that cannot be decoded."""
    import av

    for packet in container.demux(stream):
        with suppress(av.InvalidDataError):
            for frame in packet.decode():
                if frame.samples:
                    yield frame


def _form(frame: "AudioFrame") -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _stereo(frames: "Iterator[AudioFrame]") -> Iterator[Samples]:
    """What was decoded in two channels, at the rate of the first frame, some frames at once."""
    import av

    first = next(frames, None)
    if first is None:
        return
    rate = first.sample_rate
    resampler, form = av.AudioResampler("flt", "stereo", rate), _form(first)
    waiting: list[Samples] = []
    for frame in chain((first,), frames):
        if _form(frame) != form:
            resampler, form = av.AudioResampler("flt", "stereo", rate), _form(frame)
        frame.pts = None
        waiting += [
            plain.to_ndarray().astype(np.float32, copy=False).reshape(-1, 2) for plain in resampler.resample(frame)
        ]
        if sum(map(len, waiting)) >= _BLOCK:
            yield _sane(waiting)
            waiting.clear()
    if waiting:
        yield _sane(waiting)


def _sane(blocks: list[Samples]) -> Samples:
    """Damaged files of floating-point numbers have samples that are no numbers, or far too high."""
    return np.clip(np.nan_to_num(np.concatenate(blocks), copy=False), -_LOUDEST, _LOUDEST)
