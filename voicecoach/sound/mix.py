"""What can be written to a file or played: samples at any place."""

from typing import Protocol

from voicecoach.sound.clip import Samples
from voicecoach.units import Frames, Rate


class Mix(Protocol):
    """Sound of `length` frames at `rate` frames a second, in one or two channels."""

    rate: Rate
    length: Frames
    channels: int

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)`, silence past the end: shape (count,), or (count, 2) in stereo.

        The samples of a place depend on the place alone, not on what was read before.
        """
        ...

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """True if `read` is known to give zeros only; False if it may not."""
        ...
