"""FLAC: the same samples as WAV in a third of the space, with chapters as comments."""

from pathlib import Path

from voicecoach.export.comments import comments
from voicecoach.export.cover import attach
from voicecoach.export.feed import feed, layout
from voicecoach.export.labels import Labels
from voicecoach.export.pcm import Progress
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.units import milliseconds


def write_flac(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`, sample for sample."""
    load_whole("av")
    import av

    with av.open(str(path), "w", format="flac", container_options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("flac", rate=mix.rate, layout=layout(mix), format="s16")
        container.metadata.update(comments(labels, milliseconds(mix.length, mix.rate)))
        cover = attach(container, labels.cover) if labels.cover else None
        container.start_encoding()
        if cover:
            container.mux(cover)
        for frame in feed(mix, progress, stream.codec_context.frame_size, "s16"):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
