"""FLAC: the same samples as WAV in a third of the space, with chapters as comments."""

from collections.abc import Sequence
from pathlib import Path

from voicecoach.export.labels import Labels
from voicecoach.export.pcm import Progress, blocks
from voicecoach.export.tags import fitted
from voicecoach.interrupts import load_whole
from voicecoach.sound.mix import Mix
from voicecoach.timeline import Chapter
from voicecoach.units import HOUR, MINUTE, SECOND, Milliseconds, milliseconds

_MOST_CHAPTERS = 999
"""The comments number their chapters with three digits."""

_TITLE_BYTES = 1000


def write_flac(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`, sample for sample."""
    load_whole("av")
    import av

    layout = "stereo" if mix.channels == 2 else "mono"
    with av.open(str(path), "w", format="flac", container_options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("flac", rate=mix.rate, layout=layout, format="s16")
        length, tags = milliseconds(mix.length, mix.rate), labels.tags
        kept = fitted(labels.chapters, length, most=_MOST_CHAPTERS, title_bytes=_TITLE_BYTES)
        container.metadata.update(tags.written() | {"language": tags.language()} | _comments(kept))
        container.start_encoding()
        size, at = stream.codec_context.frame_size, 0
        for block in blocks(mix, progress, size):
            for start in range(0, len(block), size):
                frame = av.AudioFrame.from_ndarray(block[start : start + size].reshape(1, -1), "s16", layout)
                frame.sample_rate, frame.pts = mix.rate, at + start
                container.mux(stream.encode(frame))
            at += len(block)
        container.mux(stream.encode(None))


def _comments(chapters: Sequence[Chapter]) -> dict[str, str]:
    """Chapters as the pairs CHAPTERxxx and CHAPTERxxxNAME."""
    comments = {}
    for number, chapter in enumerate(chapters):
        comments[f"CHAPTER{number:03d}"] = _timestamp(chapter.start)
        comments[f"CHAPTER{number:03d}NAME"] = chapter.title
    return comments


def _timestamp(time: Milliseconds) -> str:
    hours, rest = divmod(time, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    return f"{hours:02d}:{minutes:02d}:{rest // SECOND:02d}.{rest % SECOND:03d}"
