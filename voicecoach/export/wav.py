"""WAV: 16-bit PCM."""

import wave
from pathlib import Path

from voicecoach.errors import OutputError
from voicecoach.export.labels import Labels
from voicecoach.export.pcm import Progress, blocks
from voicecoach.sound.mix import Mix

_MOST_BYTES = 2**32 - 64
"""A WAV file counts its bytes in 32 bits."""


def write_wav(path: Path, mix: Mix, _labels: Labels, progress: Progress) -> None:
    """Write the mix to `path`; WAV holds no labels. Raises OutputError past 4 GB."""
    if mix.length * mix.channels * 2 > _MOST_BYTES:
        raise OutputError("a WAV file cannot hold more than 4 GB", "choose .flac or .m4a instead")
    with path.open("wb") as file, wave.open(file, "wb") as out:
        out.setnchannels(mix.channels)
        out.setsampwidth(2)
        out.setframerate(mix.rate)
        out.setnframes(mix.length)
        for block in blocks(mix, progress):
            out.writeframesraw(block.tobytes())
