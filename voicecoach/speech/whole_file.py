"""Small files of a person's own that appear complete or not at all."""

import os
import tempfile
from pathlib import Path

from voicecoach.errors import OutputError


def write_whole(path: Path, content: bytes, fix: str) -> None:
    """The content takes the place of what was there; makes the folder. Raises OutputError, which tells the `fix`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(".part", ".", path.parent)
        try:
            with open(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(made, path)
        except BaseException:
            Path(made).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise OutputError(f"cannot write {path}: {reason}", fix) from error
