"""M4A and M4B: AAC in MP4 with chapters, for phones."""

from fractions import Fraction
from pathlib import Path

from voicecoach.export.aac import RUN_IN, packets
from voicecoach.export.aac_encoder import FRAME
from voicecoach.export.aac_process import encoders
from voicecoach.export.aac_rates import BIT_RATE
from voicecoach.export.cover import attach
from voicecoach.export.feed import layout
from voicecoach.export.labels import Labels
from voicecoach.export.lrc import lrc
from voicecoach.export.part import run_in
from voicecoach.export.pcm import Progress
from voicecoach.export.tags import fitted
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.units import milliseconds


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
    length = milliseconds(mix.length, mix.rate)
    options = {"movflags": "+faststart", "fflags": "+bitexact", "brand": brand, "movie_timescale": str(mix.rate)}
    with av.open(str(path), "w", format="mp4", container_options=options) as container:
        stream = container.add_stream("aac", rate=mix.rate, layout=layout(mix))
        stream.bit_rate = BIT_RATE[mix.channels]
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
                for number, chapter in enumerate(fitted(labels.chapters, length))
            ]
        )
        cover = attach(container, labels.cover) if labels.cover else None
        container.start_encoding()
        if cover:
            container.mux(cover)
        before, content = run_in(mix, RUN_IN), b""
        with encoders(length) as available:
            for number, made in enumerate(packets(mix, progress, available), -1):
                at = number * FRAME - before
                if -FRAME <= at < mix.length:
                    if made is not content:  # silence is the same packet each time
                        content = made
                        packet = av.Packet(content)
                        packet.stream = stream
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
