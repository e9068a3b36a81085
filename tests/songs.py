"""Music files, made on the spot."""

from pathlib import Path

import av
import numpy as np

from voicecoach.sound.clip import Samples

RATE = 44_100
CODECS = {".wav": "pcm_s16le", ".flac": "flac", ".mp3": "libmp3lame", ".m4a": "aac", ".opus": "libopus", ".mka": "mp2"}


def chord(seconds: float, level: float = 0.1, rate: int = RATE) -> Samples:
    """Two channels of whole periods each, if `seconds` is whole: a loop without a seam."""
    at = np.arange(round(seconds * rate)) / rate
    left = sum(np.sin(2 * np.pi * hz * at + hz) for hz in (220, 277, 330))
    right = sum(np.sin(2 * np.pi * hz * at) for hz in (110, 277, 331))
    return (level * np.stack([left, right], axis=1)).astype(np.float32)


def write_song(path: Path, samples: Samples, rate: int = RATE) -> Path:
    """The samples in the format that the suffix names."""
    with av.open(str(path), "w") as container:
        own = 48_000 if path.suffix == ".opus" else rate
        layout = "stereo" if samples.shape[1] == 2 else "mono"
        stream = container.add_stream(CODECS[path.suffix], rate=own, layout=layout)
        if path.suffix not in {".wav", ".flac"}:
            stream.bit_rate = 192_000
        step = 4_608
        for start in range(0, len(samples), step):
            block = np.rint(samples[start : start + step] * 32_767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.reshape(1, -1)), "s16", layout)
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_silent_film(path: Path) -> Path:
    """A video without sound."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        for _ in range(10):
            container.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        container.mux(stream.encode(None))
    return path
