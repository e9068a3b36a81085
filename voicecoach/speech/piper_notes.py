"""What was found out about a Piper voice, kept in its folder: the digest of its files, and its pace.

Both are found again whenever the note is missing, damaged or of other files; a folder that cannot
be written only costs that work each time.
"""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from voicecoach.errors import SpeechError
from voicecoach.speech.piper_installed import InstalledVoice
from voicecoach.speech.piper_pace import METHOD, Pace

NAME = "voicecoach.json"


def digest(voice: InstalledVoice) -> str:
    """SHA-256 of model and description, in hexadecimal; raises SpeechError if a file is gone."""
    try:
        files = _files(voice)
        note = _read(voice)
        if note.get("files") == files and isinstance(kept := note.get("digest"), str):
            return kept
        found = sha256()
        for path in _paths(voice):
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    found.update(block)
    except OSError as error:
        raise gone(voice, error) from error
    made = found.hexdigest()
    _write(voice, {"files": files, "digest": made})
    return made


def kept_pace(voice: InstalledVoice, speaker: int | None) -> Pace | None:
    """The pace of a speaker; None if it must be measured."""
    note = _read(voice)
    with suppress(OSError):
        if note.get("files") != _files(voice):
            return None
        match note:
            case {"method": int(method), "pace": dict(kept)} if method == METHOD:
                match kept.get(_key(speaker)):
                    case [int(fixed), int(stretched)] if stretched > 0:
                        return Pace(fixed, stretched)
    return None


def keep_pace(voice: InstalledVoice, speaker: int | None, pace: Pace) -> None:
    """Keeps the pace of a speaker."""
    digest(voice)
    note = _read(voice)
    kept = note.get("pace") if note.get("method") == METHOD else None
    known = kept if isinstance(kept, dict) else {}
    _write(voice, note | {"method": METHOD, "pace": {**known, _key(speaker): list(pace)}})


def gone(voice: InstalledVoice, error: OSError) -> SpeechError:
    """A file of a voice cannot be read any more."""
    if isinstance(error, FileNotFoundError):
        what = f"the voice {voice.id} is no longer in {voice.folder.parent}"
        return SpeechError(what, "voicecoach voices list  shows the installed ones")
    return SpeechError(f"the voice {voice.id} cannot be read: {error.strerror or error}", f"look at {voice.folder}")


def _key(speaker: int | None) -> str:
    return str(speaker or 0)


def _paths(voice: InstalledVoice) -> tuple[Path, Path]:
    return voice.model, Path(f"{voice.model}.json")


def _files(voice: InstalledVoice) -> list[list[int]]:
    """Sizes and times of the two files, which change when they do."""
    return [[status.st_size, status.st_mtime_ns] for status in map(os.stat, _paths(voice))]


def _read(voice: InstalledVoice) -> dict[str, object]:
    try:
        found = json.loads((voice.folder / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(voice: InstalledVoice, note: dict[str, object]) -> None:
    unfinished = voice.folder / f".{NAME}.{os.getpid()}"
    with suppress(OSError):
        try:
            unfinished.write_text(json.dumps(note), "utf-8")
            os.replace(unfinished, voice.folder / NAME)
        finally:
            unfinished.unlink(missing_ok=True)
