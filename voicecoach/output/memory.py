"""The memory that the program and its audio process share: two banks of frames, and a few words about them.

Every word is eight aligned bytes and has one writer, so each is read whole at any moment without
a lock. The child writes where the sound is; the program writes what there is to be heard.
"""

import mmap
import os
import sys
from enum import IntEnum
from typing import Final, Self

from voicecoach.units import Frames

BANK: Frames = 1 << 18
"""Frames in a bank: 10.9 s at 24 kHz. Frame n of a generation lies at n modulo this."""

_HEADER = 4096
_WIDTH = 2
_SIZE = _HEADER + 2 * BANK * _WIDTH
_FRAME_BITS = 40


class Word:
    """What the child tells, by its number; plain numbers, for they are looked up at each look and each take."""

    PLACE: Final = 0
    """`generation << 40 | frame`, so that both are always of the same moment."""
    STATUS: Final = 1
    """`idle << 1 | paused`."""
    TAKEN: Final = 2
    """Frames the device took in all, silence included."""
    DRY: Final = 3
    """Frames of silence among them because nothing was written."""
    TAKES: Final = 4
    """How often it took some: the heartbeat."""
    ACTED: Final = 5
    """Serial of the last command acted on."""
    DEVICE: Final = 6
    """A `DeviceState`."""


class DeviceState(IntEnum):
    """Whether a device is open in the child."""

    STARTING = 0
    OPEN = 1
    LOST = 2


_BANK_WORDS = 16
_GENERATION, _FIRST, _WRITTEN, _WORDS_PER_BANK = 0, 1, 2, 8


class Memory:
    """The shared words and banks; generation g lives in bank g % 2."""

    def __init__(self, mapped: mmap.mmap, handle: str, descriptor: int = -1) -> None:
        self.handle = handle
        self.descriptor = descriptor
        whole = memoryview(mapped)
        self.words = whole[:_HEADER].cast("q")
        ends = (_HEADER, _HEADER + BANK * _WIDTH, _SIZE)
        self._banks = (whole[ends[0] : ends[1]], whole[ends[1] : ends[2]])

    @classmethod
    def create(cls) -> Self:
        """New memory with generation 0 begun at frame 0; a child opens it by its `handle`.

        On POSIX the child must inherit `descriptor`, which `close` closes.
        """
        if sys.platform == "win32":
            name = f"voicecoach-{os.getpid()}-{os.urandom(8).hex()}"
            return cls(mmap.mmap(-1, _SIZE, tagname=name), name)
        descriptor = _nameless_file()
        os.ftruncate(descriptor, _SIZE)
        return cls(mmap.mmap(descriptor, _SIZE), str(descriptor), descriptor)

    @classmethod
    def open(cls, handle: str) -> Self:
        """The memory another process created."""
        if sys.platform == "win32":
            return cls(mmap.mmap(-1, _SIZE, tagname=handle), handle)
        return cls(mmap.mmap(int(handle), _SIZE), handle)

    @property
    def place(self) -> tuple[int, Frames]:
        """Generation and frame the device consumes next."""
        word = self.words[Word.PLACE]
        return word >> _FRAME_BITS, word & ((1 << _FRAME_BITS) - 1)

    @place.setter
    def place(self, place: tuple[int, Frames]) -> None:
        generation, frame = place
        self.words[Word.PLACE] = generation << _FRAME_BITS | frame

    @property
    def status(self) -> tuple[bool, Frames]:
        """Whether it is paused, and how many frames it has been idle."""
        word = self.words[Word.STATUS]
        return bool(word & 1), word >> 1

    @status.setter
    def status(self, status: tuple[bool, Frames]) -> None:
        paused, idle = status
        self.words[Word.STATUS] = idle << 1 | paused

    def begin(self, generation: int, first: Frames) -> None:
        """Gives a bank to a new generation whose first frame is numbered `first`."""
        at = self._at(generation)
        self.words[at + _GENERATION] = -1
        self.words[at + _FIRST] = first
        self.words[at + _WRITTEN] = first
        self.words[at + _GENERATION] = generation

    def holds(self, generation: int) -> bool:
        """True until a later generation took the bank."""
        return self.words[self._at(generation) + _GENERATION] == generation

    def first(self, generation: int) -> Frames:
        """The number of the generation's first frame."""
        return self.words[self._at(generation) + _FIRST]

    def written(self, generation: int) -> Frames:
        """The number of the frame that will be written next."""
        return self.words[self._at(generation) + _WRITTEN]

    def append(self, generation: int, pcm: bytes | memoryview) -> None:
        """Writes frames behind what is written; the caller knows that there is room."""
        bank = self._banks[generation % 2]
        pcm = memoryview(pcm).cast("B")
        end = self.written(generation)
        start = end % BANK * _WIDTH
        before_wrap = min(len(pcm), BANK * _WIDTH - start)
        bank[start : start + before_wrap] = pcm[:before_wrap]
        bank[: len(pcm) - before_wrap] = pcm[before_wrap:]
        self.words[self._at(generation) + _WRITTEN] = end + len(pcm) // _WIDTH

    def frames(self, generation: int, start: Frames, count: Frames) -> bytes:
        """`count` frames from number `start` on."""
        bank = self._banks[generation % 2]
        at = start % BANK * _WIDTH
        size = count * _WIDTH
        before_wrap = min(size, BANK * _WIDTH - at)
        if before_wrap == size:
            return bytes(bank[at : at + size])
        return bytes(bank[at:]) + bytes(bank[: size - before_wrap])

    def heard(self, generation: int, start: Frames, count: Frames) -> bytes:
        """`count` frames from number `start` on, and the place is behind them; empty if they are not there in one go.

        Short and in one piece itself: most of what the audio process does, on a processor that has just woken up.
        """
        words, end, at = self.words, start + count, start % BANK * _WIDTH
        behind = at + count * _WIDTH
        if behind > BANK * _WIDTH or end > words[_BANK_WORDS + generation % 2 * _WORDS_PER_BANK + _WRITTEN]:
            return b""
        words[Word.PLACE] = generation << _FRAME_BITS | end
        words[Word.TAKEN] += count
        words[Word.TAKES] += 1
        return bytes(self._banks[generation % 2][at:behind])

    def close(self) -> None:
        """Gives back the descriptor; the memory itself goes with the last reference to it."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def _at(self, generation: int) -> int:
        return _BANK_WORDS + generation % 2 * _WORDS_PER_BANK


def _nameless_file() -> int:
    """A file without a name: in memory where the system can, so that no disk ever holds up the sound."""
    if sys.platform == "linux":
        return os.memfd_create("voicecoach")
    import tempfile  # not where it is not needed: it loads much, and the sound waits for it

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
