"""The same session made by the programs that people would take for it."""

import io
import subprocess
import wave
from collections.abc import Iterator
from pathlib import Path

from voicecoach.api import Session
from voicecoach.sound.mixer import pcm16
from voicecoach.timeline import Cue
from voicecoach.units import frames

RATE = 24_000


def with_pydub(session: Session, path: Path) -> None:
    """The same clips laid over silence at the same places, as a user of pydub would."""
    from pydub import AudioSegment

    whole = AudioSegment.silent(session.timeline.duration, RATE).set_sample_width(2)
    for cue in session.timeline.cues:
        samples = pcm16(session.clip(cue).samples)
        whole = whole.overlay(
            AudioSegment(samples.tobytes(), frame_rate=RATE, sample_width=2, channels=1), position=cue.start
        )
    file = io.BytesIO()
    whole.export(file, format="wav")
    path.write_bytes(file.getvalue())


def clips_in_a_row(session: Session, folder: Path) -> Path:
    """The clips as files, with silences between them, and the list by which ffmpeg joins them.

    What would sound at once comes one after the other: joining can do no more.
    """
    folder.mkdir()
    names = []
    for number, pcm in enumerate(_pieces(session)):
        names.append(f"{number}.wav")
        write_pcm(folder / names[-1], pcm)
    listed = folder / "list.txt"
    listed.write_text("".join(f"file '{name}'\n" for name in names), encoding="utf-8")
    return listed


def with_ffmpeg(listed: Path, path: Path) -> None:
    """Joined by ffmpeg's concat demuxer and encoded by its default AAC encoder at the same bit rate."""
    words = ["ffmpeg", "-y", "-v", "error", "-f", "concat", "-i", str(listed), "-c:a", "aac", "-b:a", "48k", str(path)]
    subprocess.run(words, check=True)


def write_pcm(path: Path, pcm: bytes) -> None:
    """16-bit mono samples as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm)


def _pieces(session: Session) -> Iterator[bytes]:
    at = 0
    for cue in session.timeline.cues:
        if cue.start > at:
            yield bytes(2 * frames(cue.start - at, RATE))
        yield _heard(session, cue)
        at = max(at, cue.end)
    yield bytes(2 * frames(max(session.timeline.duration - at, 1), RATE))


def _heard(session: Session, cue: Cue) -> bytes:
    return pcm16(session.clip(cue).samples).tobytes()
