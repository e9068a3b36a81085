"""The part of a file that a player asks for; players on phones ask for nothing else."""

import re
from typing import NamedTuple


class Part(NamedTuple):
    """Bytes `[start, end)`; `whole` if the file was asked for as it is."""

    start: int
    end: int
    whole: bool = False


def part(asked: str | None, size: int) -> Part | None:
    """What a Range header means for a file of `size` bytes; None if it lies outside the file.

    A header that cannot be read means the whole file (RFC 9110, 14.2), and so do several ranges at once: a server may
    leave them out, and answering them would let a short request ask for much more than the file.
    """
    found = re.fullmatch(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", asked or "", re.IGNORECASE)
    if found is None or not (found[1] or found[2]):
        return Part(0, size, whole=True)
    if not found[1]:
        last = int(found[2])
        return Part(max(0, size - last), size) if last and size else None
    start = int(found[1])
    if found[2] and int(found[2]) < start:
        return Part(0, size, whole=True)
    if start >= size:
        return None
    return Part(start, min(int(found[2]) + 1, size) if found[2] else size)
