"""M4A: AAC in MP4 with chapters, for phones."""

from fractions import Fraction
from pathlib import Path

from voicecoach.export.aac import BIT_RATE, FRAME, layout, packets
from voicecoach.export.labels import Labels
from voicecoach.export.pcm import Progress
from voicecoach.export.tags import fitted
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.units import milliseconds


def write_m4a(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`; decoded sample 0 is time 0, the end is filled up to a whole packet."""
    load_whole("av")
    import av

    options = {"movflags": "+faststart", "fflags": "+bitexact", "brand": "M4A "}
    with av.open(str(path), "w", format="mp4", container_options=options) as container:
        tags = labels.tags
        stream = container.add_stream("aac", rate=mix.rate, layout=layout(mix.channels))
        stream.bit_rate = BIT_RATE * mix.rate // 24_000 * mix.channels
        stream.metadata["language"] = tags.language()
        container.metadata.update(tags.written() | {"gapless_playback": "1"})
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
        container.start_encoding()
        time_base = Fraction(1, mix.rate)
        for number, content in enumerate(packets(mix, progress), -1):
            packet = av.Packet(content)
            packet.stream, packet.time_base = stream, time_base
            packet.pts = packet.dts = number * FRAME
            packet.duration = min(FRAME, mix.length - packet.pts)
            container.mux(packet)
