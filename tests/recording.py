"""What the recorder rig heard, and the ramp that tells each frame's number."""

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

RATE = 24_000
RAMP = 32_000


def ramp(count: int, first: int = 0) -> bytes:
    """Frames `first` to `first + count`: each sample tells its frame's number modulo RAMP, and none is silent."""
    period = array("h", range(1, RAMP + 1))
    start = first % RAMP
    return (period[start:] + period * (count // RAMP + 1))[:count].tobytes()


def apart(number: int, frame: int) -> int:
    """How far `number` lies behind a frame, if that is less than half a RAMP."""
    return (number - frame + RAMP // 2) % RAMP - RAMP // 2


class Run(NamedTuple):
    """Frames that came out one after the other: `number` (modulo RAMP) of the first, and where it was recorded."""

    at: int
    number: int
    length: int

    @property
    def end(self) -> int:
        """The number, modulo RAMP, that would have come next."""
        return (self.number + self.length) % RAMP


@dataclass(frozen=True)
class Recording:
    """What was heard, and when the reads of it arrived: pairs of nanoseconds and frames so far."""

    samples: "array[int]"
    stamps: tuple[tuple[int, int], ...]

    def runs(self, shortest: int = 480) -> list[Run]:
        """Every unbroken stretch of the ramp of at least `shortest` frames; fades and silence lie between them."""
        import numpy as np

        heard = np.frombuffer(self.samples, np.int16).astype(np.int32)
        before, after = heard[:-1], heard[1:]
        broken = np.flatnonzero(((after - before - 1) % RAMP != 0) | (before <= 0) | (after <= 0)) + 1
        starts = np.concatenate([[0], broken])
        lengths = np.diff(np.concatenate([starts, [len(heard)]]))
        long = lengths >= shortest
        return [
            Run(int(at), int(heard[at]) - 1, int(length))
            for at, length in zip(starts[long], lengths[long], strict=True)
            if heard[at] > 0
        ]

    def silent_from(self, at: int, length: int = 480) -> int:
        """The first frame at or after `at` that begins `length` frames of silence."""
        import numpy as np

        loud = np.flatnonzero(np.frombuffer(self.samples, np.int16)[at:]) + at
        edges = np.concatenate([[at - 1], loud, [len(self.samples)]])
        quiet = np.flatnonzero(np.diff(edges) > length)
        assert len(quiet), f"no {length} frames of silence after frame {at}"
        return int(edges[quiet[0]]) + 1

    def loud_from(self, at: int = 0) -> int:
        """The first frame at or after `at` that is not silent."""
        import numpy as np

        loud = np.flatnonzero(np.frombuffer(self.samples, np.int16)[at:])
        assert len(loud), f"nothing but silence after frame {at}"
        return int(loud[0]) + at

    def onsets(self, tone: bytes, most: int) -> list[int]:
        """Where the `most` best matches of a known sound begin, in order of time.

        A sound that is louder or softer than `tone` is found as well; within the tone's length, one match.
        """
        import numpy as np

        heard = np.frombuffer(self.samples, np.int16).astype(np.float64)
        sought = np.frombuffer(tone, np.int16).astype(np.float64)
        size = 1 << (len(heard) + len(sought)).bit_length()
        spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sought, size))
        match = np.abs(np.fft.irfft(spectrum, size)[: len(heard)])
        found = []
        for _ in range(most):
            best = int(match.argmax())
            found.append(best)
            match[max(0, best - len(sought)) : best + len(sought)] = 0
        return sorted(found)

    def heard(self, frame: int) -> float:
        """The moment, in seconds of time.monotonic, when this frame was due at a loudspeaker.

        Reads arrive late, never early, so the earliest of the reads near by counts; a block comes whole when its
        first frame is due, so one block is added.
        """
        ends = [frames for _, frames in self.stamps]
        here = bisect_right(ends, frame)
        near = self.stamps[max(0, here - 100) : here + 100]
        block = sorted(b - a for a, b in zip([0, *ends], ends, strict=False))[len(ends) // 2]
        earliest = min(moment - frames * 1_000_000_000 // RATE for moment, frames in near)
        return earliest / 1e9 + (frame + block) / RATE
