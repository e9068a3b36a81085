"""Writes the built-in sounds as WAV files: `python -m voicecoach.export.toneset_files audio`."""

import io
import sys
import wave
from pathlib import Path

from voicecoach.sound.mixer import pcm16
from voicecoach.sound.tones import natural
from voicecoach.sound.toneset import NAMES, SILENT
from voicecoach.units import MIX_RATE


def toneset_files() -> dict[str, bytes]:
    """Each file of the built-in set by name: 16-bit mono at the mix rate, every sound in full."""
    return {f"{name}.wav": _wav(name) for name in NAMES if name != SILENT}


def main(folder: str = "audio") -> None:
    """Write the files into `folder`."""
    for name, content in toneset_files().items():
        (Path(folder) / name).write_bytes(content)


def _wav(name: str) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(MIX_RATE)
        out.writeframes(pcm16(natural(name, MIX_RATE).samples).tobytes())
    return file.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:])
