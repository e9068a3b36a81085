"""The program's side of the shared memory: generations begun and filled."""

from voicecoach.output.memory import BANK, Memory
from voicecoach.units import SECOND, Frames, Rate, frames


class BankWriter:
    """The one writer of a Memory's banks; `newest` is the generation it appends to."""

    def __init__(self, memory: Memory, rate: Rate) -> None:
        self._memory = memory
        self._behind = frames(SECOND, rate)
        self.newest = 0

    def begin(self, first: Frames, heard: int) -> int:
        """Starts a generation in the bank where `heard` is not; an unheard one there is given up."""
        self.newest += 1 if (self.newest + 1 - heard) % 2 else 2
        self._memory.begin(self.newest, first)
        return self.newest

    def room(self) -> Frames:
        """Frames that can be appended: the last second heard stays, for a device that takes it back."""
        generation, frame = self._memory.place
        oldest = frame if generation == self.newest else self._memory.first(self.newest)
        return max(0, BANK - self._behind - (self._memory.written(self.newest) - oldest))

    def write(self, pcm: bytes | memoryview) -> None:
        """Appends frames; raises ValueError for more than `room`."""
        count = memoryview(pcm).nbytes // 2
        if count > self.room():
            raise ValueError(f"{count} frames are more than there is room for ({self.room()})")
        self._memory.append(self.newest, pcm)
