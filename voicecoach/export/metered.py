"""A mix that is measured while it is written."""

from voicecoach.sound.clip import Samples
from voicecoach.sound.meter import Meter
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames

_BLOCK: Frames = 1 << 16


class Metered:
    """The same mix; `meter` tells how loud what was read of it is, once `finish` was called.

    What is passed over counts as silence, as writers do not read what is known to be silent. A mix
    that is not read in order is read once more by `finish`, because a meter can only go forward.
    """

    def __init__(self, mix: Mix) -> None:
        self.rate, self.length, self.channels = mix.rate, mix.length, mix.channels
        self.meter = Meter(mix.rate, mix.channels)
        self._mix = mix
        self._next: Frames = 0
        self._in_order = True

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)` of the mix."""
        samples = self._mix.read(start, count)
        if start < self._next:
            self._in_order = False
        elif self._in_order:
            self.meter.silence(start - self._next)
            self.meter.add(samples[: max(self.length - start, 0)])
            self._next = start + count
        return samples

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """What the mix says."""
        return self._mix.is_silent(start, count)

    def finish(self) -> None:
        """Everything was read."""
        if not self._in_order:
            self.meter, self._next, self._in_order = Meter(self.rate, self.channels), 0, True
            for start in range(0, self.length, _BLOCK):
                if not self.is_silent(start, _BLOCK):
                    self.read(start, _BLOCK)
        self.meter.silence(max(self.length - self._next, 0))
        self.meter.finish()
