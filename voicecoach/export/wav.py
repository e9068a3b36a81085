"""WAV: 16-bit PCM."""

import wave
from collections.abc import Sequence
from pathlib import Path

from voicecoach.errors import OutputError
from voicecoach.export.pcm import Progress, blocks
from voicecoach.export.tags import Tags
from voicecoach.sound.mixer import Mixer
from voicecoach.timeline import Chapter

_MOST_BYTES = 2**32 - 64
"""A WAV file counts its bytes in 32 bits."""


def write_wav(path: Path, mixer: Mixer, _tags: Tags, _chapters: Sequence[Chapter], progress: Progress) -> None:
    """Write the mix to `path`; WAV holds neither tags nor chapters. Raises OutputError past 4 GB."""
    if mixer.length * 2 > _MOST_BYTES:
        raise OutputError("a WAV file cannot hold more than 4 GB", "choose .flac or .m4a instead")
    with path.open("wb") as file, wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(mixer.rate)
        out.setnframes(mixer.length)
        for block in blocks(mixer, progress):
            out.writeframesraw(block.tobytes())
