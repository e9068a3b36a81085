from collections.abc import Iterator

import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.sound.reel import Reel


class Stream:
    """Numbers from 0 on; counts how often it is begun."""

    def __init__(self, length: int = 10**9) -> None:
        self.begun = 0
        self._length = length

    def __call__(self) -> Iterator[Samples]:
        self.begun += 1
        for start in range(0, self._length, 7):
            yield np.arange(start, min(start + 7, self._length), dtype=np.float32)[:, None]


def test_the_samples_of_a_place_depend_on_the_place_alone() -> None:
    reel = Reel(Stream(), 1, kept=100)

    for start in (0, 5_000, 4_950, 0, 123_456, 3):
        assert np.array_equal(reel.read(start, 50)[:, 0], np.arange(start, start + 50))


def test_a_little_back_needs_no_new_beginning() -> None:
    stream = Stream()
    reel = Reel(stream, 1, kept=100)

    for start in range(0, 10_000, 30):
        reel.read(max(start - 60, 0), 90)

    assert stream.begun == 1


def test_after_the_end_comes_silence() -> None:
    assert Reel(Stream(10), 1, kept=100, factor=2.0).read(8, 4)[:, 0].tolist() == [16, 18, 0, 0]
