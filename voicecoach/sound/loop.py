"""Music without an end: a piece that begins again where it ends, without a gap and without a click.

Silence at the ends of the piece is left out. Where the end runs into the beginning as smoothly as
the music itself runs, as in a piece that was made to be repeated, the two are joined sample to
sample. Otherwise the end fades into the beginning at equal power. All of it is a stream: memory
does not grow with the piece, of which a short one is kept and not read again.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain

import numpy as np

from voicecoach.sound.clip import Samples

QUIET = np.float32(10 ** (-70 / 20))
"""What stays below this is silence, at the ends of a piece."""
SHORTEST_QUIET, LONGEST_QUIET = 0.02, 30.0
"""Seconds of silence that are left out at either end: a shorter one is a wave that passes through zero, a longer one is
meant."""
FADE = 1.0
"""Seconds in which the end fades into the beginning, at most a quarter of the piece."""
KEPT = 30
"""Seconds of a piece that is kept."""

_NEAR = 0.01
"""Seconds on either side of the seam that are compared with it."""
_BUMP = 1.5
"""The seam may bend this much more than what is near it."""

Read = Callable[[], Iterator[Samples]]
"""Begins the piece anew: its samples in blocks of any size, shape (frames, channels)."""


def looped(read: Read, rate: int) -> Iterator[Samples]:
    """Blocks without an end; they end only if the piece has no sound in it."""
    fade, smooth = round(FADE * rate), None
    piece = _Piece(read, rate)
    tail = yield from _but_the_last(fade, piece.blocks())
    while piece.length:
        head, rest, blocks = _parted(piece.blocks(), fade)
        if not len(head):
            return
        if smooth is None:
            smooth = _is_smooth(tail, head, round(_NEAR * rate))
        over = 0 if smooth else min(fade, piece.length // 4)
        yield tail[: len(tail) - over]
        yield _crossed(tail[len(tail) - over :], head[:over])
        tail = yield from _but_the_last(fade, chain((head[over:], rest), blocks))


class _Piece:
    """The piece from its first to its last sound; `length` in frames, 0 until it was read once."""

    def __init__(self, read: Read, rate: int) -> None:
        self.length = 0
        self._read = read
        self._rate = rate
        self._kept: Samples | None = None

    def blocks(self) -> Iterator[Samples]:
        """The whole piece once."""
        if self._kept is not None:
            yield self._kept
            return
        count, kept = 0, []
        shortest, longest = round(SHORTEST_QUIET * self._rate), round(LONGEST_QUIET * self._rate)
        for block in _sounding(self._read(), shortest, longest):
            count += len(block)
            if count <= KEPT * self._rate:
                kept.append(block)
            else:
                kept.clear()
            yield block
        self.length = count
        self._kept = np.concatenate(kept) if kept else None


def _sounding(blocks: Iterable[Samples], shortest: int, longest: int) -> Iterator[Samples]:
    """Without the silence at both ends, if that is of `shortest` to `longest` frames."""
    begun, waiting, quiet = False, list[Samples](), 0
    for block in blocks:
        loud = np.flatnonzero(np.abs(block).max(axis=1) >= QUIET)
        first, end = (int(loud[0]), int(loud[-1]) + 1) if len(loud) else (0, 0)
        if end or quiet + len(block) > longest:
            kept = begun or not end or quiet + first < shortest
            yield from waiting if kept else ()
            yield block[0 if kept else first : end]
            begun, waiting, quiet = True, [], 0
        waiting.append(block[end:])
        quiet += len(block) - end
    if begun and quiet < shortest:
        yield from waiting


def _but_the_last(count: int, blocks: Iterable[Samples]) -> Generator[Samples, None, Samples]:
    """All blocks but those with the last `count` frames or a few more, which are returned as one."""
    held: deque[Samples] = deque()
    frames = 0
    for block in blocks:
        held.append(block)
        frames += len(block)
        while frames - len(held[0]) >= count:
            frames -= len(held[0])
            yield held.popleft()
    return np.concatenate(held) if held else np.zeros((0, 1), np.float32)


def _parted(blocks: Iterator[Samples], count: int) -> tuple[Samples, Samples, Iterator[Samples]]:
    """The first `count` frames, or all there are, what is left of the last block taken, and the others."""
    taken: list[Samples] = []
    frames = 0
    while frames < count and (block := next(blocks, None)) is not None:
        taken.append(block)
        frames += len(block)
    together = np.concatenate(taken) if taken else np.zeros((0, 1), np.float32)
    return together[:count], together[count:], blocks


def _is_smooth(tail: Samples, head: Samples, near: int) -> bool:
    """True if the curve bends no more at the seam than near it."""
    before, after = tail[-near:], head[:near]
    bends = np.abs(np.diff(np.concatenate((before, after)), 2, axis=0)).max(axis=1)
    seam = slice(max(len(before) - 2, 0), len(before))
    around = np.delete(bends, np.r_[seam])
    return len(around) > 0 and bool(bends[seam].max() <= _BUMP * around.max())


def _crossed(out: Samples, into: Samples) -> Samples:
    """The one fading into the other, as loud in the middle as at the ends, however alike the two are."""
    angle = np.linspace(0, np.pi / 2, len(out), dtype=np.float32)[:, None]
    energy = float((out * out).sum() * (into * into).sum())
    alike = max(float((out * into).sum()) / energy**0.5, 0.0) if energy else 0.0
    even = np.sqrt(1 + np.float32(alike) * np.sin(2 * angle))
    return np.asarray((out * np.cos(angle) + into * np.sin(angle)) / even, np.float32)
