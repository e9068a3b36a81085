from collections.abc import Iterator

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.listening.recording import Recording
from voicecoach.sound.clip import Samples

RATE = 1_000
SOUND = np.arange(1, 501, dtype=np.float32)


def blocks(sizes: list[int]) -> Iterator[Samples]:
    at = 0
    for size in sizes:
        yield SOUND[at : at + size]
        at += size
    yield SOUND[at:]


windows = st.lists(st.tuples(st.integers(-50, 600), st.integers(0, 200)), max_size=8).map(sorted)


@given(st.lists(st.integers(0, 120), max_size=10), windows)
def test_every_piece_is_the_sound_of_its_time_and_zero_where_there_is_none(
    sizes: list[int], asked: list[tuple[int, int]]
) -> None:
    recording = Recording(blocks(sizes), RATE)
    whole = np.concatenate([np.zeros(50, np.float32), SOUND, np.zeros(400, np.float32)])

    for start, length in asked:
        found = recording.between(start, start + length)
        assert found.tolist() == whole[start + 50 : start + 50 + length].tolist()


def test_no_more_is_read_than_is_asked_for() -> None:
    read = []

    def counted() -> Iterator[Samples]:
        for number in range(100):
            read.append(number)
            yield np.full(100, number, np.float32)

    recording = Recording(counted(), RATE)
    recording.between(2_000, 2_100)

    assert len(read) == 21
    assert len(recording._kept) == 1
