"""MP3, which everything plays: chapters, cover and lyrics in an ID3 tag, the exact length in the head of LAME."""

import os
import struct
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

from voicecoach.export.feed import feed, layout
from voicecoach.export.id3 import id3_tag
from voicecoach.export.labels import Labels
from voicecoach.export.part import run_in
from voicecoach.export.pcm import Progress
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames, milliseconds

if TYPE_CHECKING:
    from av import AudioStream, Packet
    from av.packet import PacketSideData

QUALITY = 4
"""Of LAME's variable bit rate: 0 is the best, 9 the smallest."""

_RUN_IN = 8
"""Codec frames that an encoder hears of what sounds before and after a part."""

_SKIPPED = struct.Struct("<II2x")
"""How FFmpeg tells a container how many frames at the start and at the end of a packet are not to be played."""

_OPTIONS = {"compression_level": "7", "reservoir": "0"}
"""Without a reservoir every packet stands alone, so that a part can leave out those of its run-in."""


def write_mp3(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`; delay and padding are declared, so decoders begin at time 0 and end with the mix."""
    load_whole("av")
    import av

    options = {"fflags": "+bitexact", "id3v2_version": "0", "write_xing": "1"}
    with path.open("wb") as file:
        file.write(id3_tag(labels, milliseconds(mix.length, mix.rate)))
        rest = _Rest(file)
        with av.open(rest, "w", format="mp3", container_options=options) as container:
            stream = container.add_stream("libmp3lame", rate=mix.rate, layout=layout(mix), format="s16p")
            stream.codec_context.options = _OPTIONS
            stream.codec_context.qscale, stream.codec_context.global_quality = True, QUALITY
            container.start_encoding()
            size = stream.codec_context.frame_size
            around = run_in(mix, _RUN_IN * size)
            fed = feed(mix, progress, size, "s16p", around)
            packets = chain.from_iterable(map(stream.encode, chain(fed, (None,))))
            for packet in _heard(packets, around, mix.length, size):
                container.mux(packet)
                rest.check()
        rest.check()


def _heard(
    packets: "Iterable[Packet[AudioStream]]", around: Frames, length: Frames, size: Frames
) -> "Iterator[Packet[AudioStream]]":
    """The packets of `[0, length)`, which say how much of the first and the last one is not to be played."""
    unplayed: PacketSideData | None = None
    begin = 0
    for packet in packets:
        at = (packet.pts or 0) - around
        if unplayed is None:
            unplayed, begin = packet.get_sidedata("skip_samples"), at + around
        if not begin <= at < length:
            continue
        rest = max(at + size - length, 0)
        packet.pts = packet.dts = at
        packet.duration = size - rest
        if at == begin or rest:
            unplayed.update(_SKIPPED.pack(-begin if at == begin else 0, rest))
            packet.set_sidedata(unplayed)
        yield packet


class _Rest:
    """A file as it looks from the place where it is now: what stands before does not count.

    It keeps an OSError: PyAV hands on the first one, but prints those that follow when it closes the file.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._start = file.tell()
        self._error: OSError | None = None

    def write(self, content: bytes) -> int:
        """Write at the current place."""
        try:
            return self._file.write(content)
        except OSError as error:
            self._error = self._error or error
            return len(content)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; returns it."""
        try:
            return self._file.seek(place + self._start if whence == os.SEEK_SET else place, whence) - self._start
        except OSError as error:
            self._error = self._error or error
            return place

    def tell(self) -> int:
        """The current place."""
        return self._file.tell() - self._start

    def check(self) -> None:
        """Raises what went wrong."""
        if self._error:
            raise self._error
