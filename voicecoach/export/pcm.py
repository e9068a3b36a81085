"""The mix as the encoders take it: 16-bit blocks in order."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.mixer import Mixer, pcm16
from voicecoach.units import Frames

Pcm: TypeAlias = NDArray[np.int16]
Progress: TypeAlias = Callable[[Frames, Frames], None]
"""Called with the frames done and the frames in all."""

BLOCK: Frames = 1 << 16
"""Frames mixed at once: large enough that Python costs little, small enough to forget."""


def blocks(mixer: Mixer, progress: Progress, unit: Frames = 1) -> Iterator[Pcm]:
    """The whole mix in equal blocks of a multiple of `unit` frames, the last one shorter; read-only."""
    size = BLOCK // unit * unit
    silence: Pcm = np.zeros(size, np.int16)
    for start in range(0, mixer.length, size):
        count = min(size, mixer.length - start)
        yield silence[:count] if mixer.is_silent(start, count) else pcm16(mixer.read(start, count))
        progress(start + count, mixer.length)
