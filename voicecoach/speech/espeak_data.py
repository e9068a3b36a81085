"""What of espeak-ng's data folder can change a sample."""

from collections.abc import Iterator
from hashlib import sha256
from os import scandir
from pathlib import Path


def digest(data: Path) -> bytes:
    """Names and sizes of the data's files, and the contents of those that make the sound."""
    found = sha256()
    for folder, name, size in sorted(_files(data, "")):
        found.update(f"{folder}/{name}\0{size}\0".encode("utf-8", "surrogateescape"))
        if not folder and name in {"phondata", "phonindex", "phontab", "intonations", "en_dict"}:
            found.update((data / name).read_bytes())
    return found.digest()


def _files(root: Path, folder: str) -> Iterator[tuple[str, str, int]]:
    with scandir(root / folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(root, f"{folder}/{entry.name}" if folder else entry.name)
            else:
                yield folder, entry.name, entry.stat().st_size
