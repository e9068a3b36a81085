"""The mix as the encoders take it: 16-bit blocks in order."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.mix import Mix
from voicecoach.sound.mixer import pcm16
from voicecoach.units import Frames

Pcm: TypeAlias = NDArray[np.int16]
"""Shape (frames, channels)."""

Progress: TypeAlias = Callable[[Frames, Frames], None]
"""Called with the frames done and the frames in all."""

BLOCK: Frames = 1 << 16
"""Frames mixed at once: large enough that Python costs little, small enough to forget."""


def blocks(mix: Mix, progress: Progress, unit: Frames = 1) -> Iterator[Pcm]:
    """The whole mix in equal blocks of a multiple of `unit` frames, the last one shorter; read-only."""
    size = BLOCK // unit * unit
    silence: Pcm = np.zeros((size, mix.channels), np.int16)
    for start in range(0, mix.length, size):
        count = min(size, mix.length - start)
        silent = mix.is_silent(start, count)
        yield silence[:count] if silent else pcm16(mix.read(start, count)).reshape(count, mix.channels)
        progress(start + count, mix.length)
