"""Vorbis in Ogg, for players that know no Opus.

libsndfile encodes, because the FFmpeg of PyAV has no good Vorbis encoder; its packets are then
written anew by PyAV with comments, and without the random numbers in which two files would differ.
"""

from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from voicecoach.export.comments import comments
from voicecoach.export.cover import as_comment
from voicecoach.export.labels import Labels
from voicecoach.export.opus import OGG
from voicecoach.export.pcm import Progress, blocks
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames, milliseconds

QUALITY = 0.4
"""From 0 to 1; some 45 kb/s for dense speech at 24 kHz."""


def write_ogg(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`; Vorbis begins at its first sample, and the last page says where it ends."""
    load_whole("av", "soundfile")
    with TemporaryFile(dir=path.parent) as file:
        encoded = _Encoded(file)
        _encode(encoded, mix, progress)
        file.seek(0)
        _label(file, path, labels, mix)


def _encode(encoded: "_Encoded", mix: Mix, progress: Progress) -> None:
    import soundfile

    form = {"format": "OGG", "subtype": "VORBIS", "compression_level": 1 - QUALITY}
    try:
        with soundfile.SoundFile(encoded, "w", mix.rate, mix.channels, **form) as out:
            for block in blocks(mix, progress):
                out.write(block)
                encoded.check()
    except soundfile.LibsndfileError:
        encoded.check()
        raise
    encoded.check()


def _label(file: IO[bytes], path: Path, labels: Labels, mix: Mix) -> None:
    """Write the packets of `file` to `path`, with labels and the exact end."""
    import av

    with av.open(file, "r") as source, av.open(str(path), "w", format="ogg", container_options=OGG) as container:
        encoded = source.streams.audio[0]
        stream = container.add_stream_from_template(encoded)
        stream.metadata.clear()
        container.metadata.update(comments(labels, milliseconds(mix.length, mix.rate)))
        if labels.cover:
            container.metadata["METADATA_BLOCK_PICTURE"] = as_comment(labels.cover)
        container.start_encoding()
        origin: Frames | None = None
        packets = (packet for packet in source.demux(encoded) if packet.size)
        for packet, following in pairwise(chain(packets, (None,))):
            assert packet is not None
            start, length = packet.pts or 0, packet.duration or 0
            if origin is None:
                origin = start + length  # the first packet is heard only through the second one
            rest = mix.length - (start - origin)
            if rest > 0:
                packet.stream, packet.pts, packet.dts = stream, start - origin, start - origin
                packet.duration = min(length, rest) if following else rest
                container.mux(packet)


class _Encoded:
    """The file libsndfile writes to: keeps an OSError, which cannot pass through the library."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._error: OSError | None = None

    def write(self, content: bytes) -> int:
        try:
            return self._file.write(content)
        except OSError as error:
            self._error = error
            return 0

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, count: int) -> bytes:
        return self._file.read(count)

    def check(self) -> None:
        if self._error:
            raise self._error
