"""The mix as the encoders take it: 16-bit blocks in order."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicecoach.export.part import Part
from voicecoach.sound.mix import Mix
from voicecoach.sound.mixer import pcm16
from voicecoach.units import Frames

Pcm: TypeAlias = NDArray[np.int16]
"""Shape (frames, channels)."""

Progress: TypeAlias = Callable[[Frames, Frames], None]
"""Called with the frames done and the frames in all."""

BLOCK: Frames = 1 << 16
"""Frames mixed at once: large enough that Python costs little, small enough to forget."""


def blocks(mix: Mix, progress: Progress, unit: Frames = 1, before: Frames = 0, after: Frames = 0) -> Iterator[Pcm]:
    """The whole mix in equal blocks of a multiple of `unit` frames, the last one shorter; read-only.

    `before` and `after` are frames of what sounds around a part, given with it.
    """
    read, is_silent = (mix.around, mix.is_silent_around) if isinstance(mix, Part) else (mix.read, mix.is_silent)
    size = BLOCK // unit * unit
    silence: Pcm = np.zeros((size, mix.channels), np.int16)
    for start in range(-before, mix.length + after, size):
        count = min(size, mix.length + after - start)
        silent = is_silent(start, count)
        yield silence[:count] if silent else pcm16(read(start, count)).reshape(count, mix.channels)
        progress(max(min(start + count, mix.length), 0), mix.length)
