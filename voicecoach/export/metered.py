"""A mix that is measured while it is written."""

from voicecoach.sound.clip import Samples
from voicecoach.sound.meter import Meter
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames


class Metered:
    """The same mix; `meter` tells how loud it is, once it was read in order and `finish` was called.

    What is passed over counts as silence, as writers do not read what is known to be silent. What is
    read again, as at the beginning of a part, counts once.
    """

    def __init__(self, mix: Mix) -> None:
        self.rate, self.length, self.channels = mix.rate, mix.length, mix.channels
        self.meter = Meter(mix.rate, mix.channels)
        self._mix = mix
        self._next: Frames = 0

    def read(self, start: Frames, count: Frames) -> Samples:
        """Frames `[start, start + count)` of the mix."""
        samples = self._mix.read(start, count)
        end = min(start + count, self.length)
        if end > self._next:
            self.meter.silence(max(start - self._next, 0))
            self.meter.add(samples[max(self._next - start, 0) : end - start])
            self._next = end
        return samples

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """What the mix says."""
        return self._mix.is_silent(start, count)

    def finish(self) -> None:
        """Everything was read."""
        self.meter.silence(self.length - self._next)
        self.meter.finish()
