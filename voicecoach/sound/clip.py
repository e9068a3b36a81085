"""A piece of sound without a position."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicecoach.units import Frames, Milliseconds, Rate, milliseconds

Samples: TypeAlias = NDArray[np.float32]
"""Mono samples, shape (frames,), full scale at 1.0."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Mono sound at a mix rate; `samples` is made read-only."""

    samples: Samples
    rate: Rate

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)

    @property
    def frames(self) -> Frames:
        """Length in frames."""
        return len(self.samples)

    @property
    def length(self) -> Milliseconds:
        """Length in milliseconds, rounded up."""
        return milliseconds(self.frames, self.rate)
