"""Sound files of any kind → takes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from voicecoach.errors import MissingError
from voicecoach.musicfile import MusicFileError, once
from voicecoach.recordings.matching import Match
from voicecoach.sound.clip import Samples
from voicecoach.speech.recording import LONGEST_RECORDING, RATE, RecordingError, recorded
from voicecoach.speech.takefile import TakeFile
from voicecoach.speech.takes import Take, Takes
from voicecoach.units import MINUTE, frames


class Imported(NamedTuple):
    """What became of one file: its take, or `why` there is none; `clipped` if it was recorded too loud."""

    match: Match
    take: Take | None = None
    why: str = ""
    clipped: bool = False


def files_in(folder: Path) -> list[Path]:
    """The files that may be recordings, by name; raises MissingError if the folder cannot be read.

    Hidden ones are left out, and so are lists of lines.
    """
    try:
        found = [path for path in folder.iterdir() if not path.name.startswith(".") and not path.is_dir()]
    except OSError as error:
        what = f"the folder {folder} cannot be read: {error.strerror or error}"
        raise MissingError(what, "give the folder with the recordings:  --import FOLDER") from error
    return sorted((path for path in found if path.suffix.lower() not in {".txt", ".json"}), key=_by_number)


def _by_number(path: Path) -> tuple[int, str]:
    head = path.name.lstrip("# ")
    digits = head[: len(head) - len(head.lstrip("0123456789"))]
    return (int(digits) if digits else 1_000_000, path.name)


def take_in(matches: Sequence[Match], takes: Takes) -> Iterator[Imported]:
    """Makes takes of the files that say a line, one after the other; raises OutputError."""
    for match in matches:
        if match.line is None:
            yield Imported(match, why=match.why)
            continue
        try:
            made = recorded(samples(match.path))
        except RecordingError as error:
            yield Imported(match, why=str(error))
            continue
        lang, text = match.line
        yield Imported(match, takes.keep(TakeFile(text, lang, RATE, made.pcm)), clipped=made.clipped)


def samples(path: Path) -> Samples:
    """What is in a sound file, mono at the rate of takes; raises RecordingError."""
    blocks: list[Samples] = []
    left = frames(LONGEST_RECORDING, RATE)
    try:
        for block in once(path, RATE):
            left -= len(block)
            if left < 0:
                most = LONGEST_RECORDING // MINUTE
                raise RecordingError(f"it lasts longer than {most} minutes: record each line in a file of its own")
            blocks.append(block)
    except MusicFileError as error:
        raise RecordingError(error.reason) from error
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
