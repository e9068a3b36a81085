"""M4A and M4B: AAC in MP4 with chapters, for phones.

Encoding is nearly all the work of a render, and most of a session is silence. A codec frame of
silence between silence is always the same few bytes, so after some silent frames the encoder is
left out and its last packet is written again until sound comes back.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voicecoach.export.cover import attach
from voicecoach.export.feed import layout
from voicecoach.export.labels import Labels
from voicecoach.export.lrc import lrc
from voicecoach.export.part import run_in
from voicecoach.export.pcm import Progress, blocks
from voicecoach.export.tags import fitted
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames, Rate, milliseconds

if TYPE_CHECKING:
    from av import Packet
    from av.audio.codeccontext import AudioCodecContext
    from av.stream import Stream

BIT_RATE = 48_000
"""Bits a second at 24 kHz; at this rate the fast coder is also the better one for speech."""

FRAME: Frames = 1024
"""Samples of one AAC packet, and how far the decoder runs ahead of the first sample."""

_RUN_IN: Frames = 4 * FRAME
"""What a part is heard before it begins; one frame more is heard after its end."""

_QUIET_FRAMES = 4
"""Silent frames that have gone through the encoder before it is left out: by then it holds only silence."""


def write_m4a(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`; decoded sample 0 is time 0, the end is filled up to a whole packet."""
    _write(path, mix, labels, progress, brand="M4A ", media_type="1")


def write_m4b(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """The same for a book: players of audiobooks take the file and keep the place where one stopped."""
    _write(path, mix, labels, progress, brand="M4B ", media_type="2")


def _write(path: Path, mix: Mix, labels: Labels, progress: Progress, *, brand: str, media_type: str) -> None:
    """`media_type` is what the tag `stik` says: 1 is music, 2 an audiobook."""
    load_whole("av")
    import av

    # The edit list counts in frames of the mix, so that not only whole milliseconds are exact.
    options = {"movflags": "+faststart", "fflags": "+bitexact", "brand": brand, "movie_timescale": str(mix.rate)}
    with av.open(str(path), "w", format="mp4", container_options=options) as container:
        stream = container.add_stream("aac", rate=mix.rate, layout=layout(mix), options={"aac_coder": "fast"})
        stream.bit_rate = BIT_RATE * mix.rate // 24_000 * mix.channels
        stream.metadata["language"] = labels.tags.language()
        container.metadata.update(_metadata(labels) | {"media_type": media_type})
        container.set_chapters(
            [
                {
                    "id": number,
                    "start": chapter.start,
                    "end": chapter.end,
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": chapter.title},
                }
                for number, chapter in enumerate(fitted(labels.chapters, milliseconds(mix.length, mix.rate)))
            ]
        )
        cover = attach(container, labels.cover) if labels.cover else None
        container.start_encoding()
        if cover:
            container.mux(cover)
        time_base, before = Fraction(1, mix.rate), run_in(mix, _RUN_IN)
        packets = _Encoder(stream.codec_context, mix.rate, layout(mix)).packets(mix, progress)
        for number, packet in enumerate(packets):
            at = (number - 1) * FRAME - before
            if -FRAME <= at < mix.length:
                packet.stream, packet.time_base = stream, time_base
                packet.pts = packet.dts = at
                packet.duration = min(FRAME, mix.length - at)
                container.mux(packet)


def _metadata(labels: Labels) -> dict[str, str]:
    """The tags by the names under which FFmpeg writes them; MP4 has no place for the source but the comment."""
    tags = labels.tags.written()
    if source := tags.pop("source", ""):
        tags["comment"] = f"{tags['comment']}\n{source}" if "comment" in tags else source
    if labels.tags.track:
        tags["track"] = f"{labels.tags.track}/{labels.tags.tracks}"
    if text := lrc(labels.lines):
        tags["lyrics"] = text
    return tags | {"gapless_playback": "1"}


class _Encoder:
    """The codec, which is not asked about silence it has just encoded."""

    def __init__(self, codec: "AudioCodecContext", rate: Rate, layout: str) -> None:
        self._codec = codec
        self._rate = rate
        self._layout = layout
        self._fed = 0
        self._quiet = 0
        self._last = (b"", b"")

    def packets(self, mix: Mix, progress: Progress) -> "Iterator[Packet[Stream]]":
        """Packets in order, one for each codec frame of the mix, after one that fills the decoder."""
        before = run_in(mix, _RUN_IN)
        for block in blocks(mix, progress, FRAME, before, FRAME if before else 0):
            whole = np.pad(block, ((0, -len(block) % FRAME), (0, 0)))
            padded = np.ascontiguousarray(whole.reshape(-1, FRAME, mix.channels).transpose(0, 2, 1))
            samples = padded.astype(np.float32) / np.float32(32_768)
            sounding: list[bool] = np.any(padded, axis=(1, 2)).tolist()
            for frame, sounds in zip(samples, sounding, strict=True):
                self._quiet = 0 if sounds else self._quiet + 1
                yield from self._encoded(frame) if self._is_needed() else self._silence()
        yield from self._codec.encode(None)

    def _is_needed(self) -> bool:
        return self._quiet <= _QUIET_FRAMES or self._last[0] != self._last[1]

    def _silence(self) -> "Iterator[Packet[Stream]]":
        import av

        yield av.Packet(self._last[1])

    def _encoded(self, samples: NDArray[np.float32]) -> "Iterator[Packet[Stream]]":
        import av

        frame = av.AudioFrame.from_ndarray(samples, "fltp", self._layout)
        frame.sample_rate, frame.pts = self._rate, self._fed * FRAME
        self._fed += 1
        for packet in self._codec.encode(frame):
            if self._quiet:
                self._last = (self._last[1], bytes(packet))
            yield packet
