"""What is offered: a few files that are known by name, and nothing else on the disk."""

import hashlib
import mimetypes
from pathlib import Path
from typing import BinaryIO, NamedTuple

_PLAYER = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
"""For a sound that is opened by itself: browsers wrap it in a page of their own, under the policy of its answer."""

_SOUNDS = {
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".html": "text/html; charset=utf-8",
}
"""What each suffix is to every browser; the tables of systems differ, and some lack half of these."""


class Offer(NamedTuple):
    """One file under its name in the address; it does not change while it is offered.

    `policy` is its content security policy, `etag` stands for exactly these bytes.
    """

    name: str
    path: Path
    size: int
    media: str
    etag: str
    policy: str

    def open(self) -> BinaryIO:
        """The bytes, to be closed; raises OSError if somebody has taken the file away."""
        return self.path.open("rb")


def offer(path: Path, name: str | None = None, policy: str = "") -> Offer:
    """The offer of a file, by its own name if no other is given; raises OSError as open does."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:32]
    allowed = f"{policy or _PLAYER}; frame-ancestors 'none'"
    return Offer(path.name if name is None else name, path, path.stat().st_size, _media(path), f'"{digest}"', allowed)


def _media(path: Path) -> str:
    suffix = path.suffix.lower()
    return _SOUNDS.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
