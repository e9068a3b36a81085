"""Opus in Ogg: the smallest file for speech, with chapters and cover as comments."""

from itertools import chain
from pathlib import Path

from voicecoach.export.comments import comments
from voicecoach.export.cover import as_comment
from voicecoach.export.feed import feed, layout
from voicecoach.export.labels import Labels
from voicecoach.export.part import run_in
from voicecoach.export.pcm import Progress
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames, Milliseconds, frames, milliseconds

BIT_RATE = {1: 28_000, 2: 96_000}
"""Bits a second by channels: speech and tones are mono, music is stereo."""

_RUN_IN: Milliseconds = 240
"""What an encoder hears of what sounds around a part. A decoder needs 80 ms before it (RFC 7845, 4.6)."""

_DECODED_RATE = 48_000
"""A file counts in frames of this rate, whatever went in."""

_PRE_SKIP = slice(10, 12)
"""Where the head of a file says how many frames to decode and not to play."""

OGG = {"fflags": "+bitexact", "serial_offset": "1"}
"""A stream number that is always the same, and not 0, which some programs take for none."""


def write_opus(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`; what the decoder needs to begin is declared as pre-skip, the end by the last page."""
    load_whole("av")
    import av

    with av.open(str(path), "w", format="opus", container_options=OGG) as container:
        options = {"frame_duration": "20", "application": "audio"}
        stream = container.add_stream("libopus", rate=mix.rate, layout=layout(mix), format="s16", options=options)
        stream.bit_rate = BIT_RATE[mix.channels]
        container.metadata.update(comments(labels, milliseconds(mix.length, mix.rate)))
        if labels.cover:
            container.metadata["METADATA_BLOCK_PICTURE"] = as_comment(labels.cover)
        codec, around = stream.codec_context, run_in(mix, frames(_RUN_IN, mix.rate))
        codec.open()
        codec.extradata = _with_pre_skip(codec.extradata or b"", around * _DECODED_RATE // mix.rate)
        container.start_encoding()
        end = around + mix.length
        fed = feed(mix, progress, codec.frame_size, "s16", around)
        for packet in chain.from_iterable(map(stream.encode, chain(fed, (None,)))):
            assert packet.pts is not None
            if packet.pts < end:
                packet.duration = min(packet.duration or 0, end - packet.pts)
                container.mux(packet)


def _with_pre_skip(head: bytes, more: Frames) -> bytes:
    skip = int.from_bytes(head[_PRE_SKIP], "little") + more
    return head[: _PRE_SKIP.start] + skip.to_bytes(2, "little") + head[_PRE_SKIP.stop :]
