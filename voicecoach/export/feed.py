"""The mix as the frames that PyAV's encoders take."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from voicecoach.export.pcm import Progress, blocks
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames

if TYPE_CHECKING:
    from av import AudioFrame


def layout(mix: Mix) -> Literal["mono", "stereo"]:
    """The name of the mix's channels."""
    return "stereo" if mix.channels == 2 else "mono"


def feed(
    mix: Mix, progress: Progress, size: Frames, form: Literal["s16", "s16p"], around: Frames = 0
) -> "Iterator[AudioFrame]":
    """The mix in codec frames of `size`, the last one shorter, counted from 0.

    `around` is a multiple of `size`: so many frames of what sounds before and after a part are given with it.
    """
    import av

    at = 0
    for block in blocks(mix, progress, size, around, around):
        for start in range(0, len(block), size):
            samples = block[start : start + size]
            planes = np.ascontiguousarray(samples.T) if form == "s16p" else samples.reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(planes, form, layout(mix))
            frame.sample_rate, frame.pts, frame.time_base = mix.rate, at + start, Fraction(1, mix.rate)
            yield frame
        at += len(block)
