"""Seams are heard as a jump, a hole or a wrong phase; each is measured."""

import tracemalloc
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from voicecoach.sound.clip import Samples
from voicecoach.sound.loop import FADE, looped

RATE = 8_000


def sine(seconds: float, hz: float, level: float = 0.5) -> Samples:
    at = np.arange(round(seconds * RATE)) / RATE
    one = level * np.sin(2 * np.pi * hz * at)
    return np.stack([one, 0.5 * one], axis=1).astype(np.float32)


def noise(seconds: float, seed: int = 1) -> Samples:
    return (0.1 * np.random.default_rng(seed).standard_normal((round(seconds * RATE), 2))).astype(np.float32)


def quiet(seconds: float) -> Samples:
    return np.full((round(seconds * RATE), 2), 1e-4, np.float32)


def read(piece: Samples, size: int = 1_000) -> Callable[[], Iterator[Samples]]:
    return lambda: (piece[start : start + size] for start in range(0, len(piece), size))


def heard(piece: Samples, seconds: float, size: int = 1_000) -> Samples:
    blocks, count = [], 0
    for block in looped(read(piece, size), RATE):
        blocks.append(block)
        count += len(block)
        if count >= seconds * RATE:
            break
    return np.concatenate(blocks)[: round(seconds * RATE)]


@pytest.mark.parametrize("seconds", [0.1, 0.5, 4, 40])
def test_a_loop_is_joined_sample_to_sample(seconds: float) -> None:
    piece = sine(seconds, 100)

    found = heard(piece, 100)

    assert np.array_equal(found, np.tile(piece, (round(100 / seconds) + 1, 1))[: len(found)])


@pytest.mark.parametrize("size", [1, 77, 100_000])
def test_the_size_of_the_blocks_changes_nothing(size: int) -> None:
    piece = sine(2.3, 101.7)

    assert np.array_equal(heard(piece, 9, size), heard(piece, 9))


@pytest.mark.parametrize("hz", [100.4, 201.3, 440.7])
def test_another_end_fades_into_the_beginning_without_a_click(hz: float) -> None:
    piece = sine(5, hz)

    found = heard(piece, 30)

    bends = np.abs(np.diff(found, 2, axis=0)).max()
    assert bends < 1.05 * np.abs(np.diff(piece, 2, axis=0)).max()


@pytest.mark.parametrize("piece", [sine(5, 440.3), noise(5)])
def test_it_is_as_loud_at_the_seam_as_elsewhere(piece: Samples) -> None:
    found = heard(piece, 40)

    power = (found.reshape(-1, RATE // 4, 2) ** 2).mean(axis=(1, 2))
    assert 10 * np.log10(power.max() / power.min()) < 2.0


def test_a_piece_that_fades_is_not_followed_by_a_hole() -> None:
    piece = np.concatenate((quiet(2), noise(10), quiet(3)))

    found = heard(piece, 60)

    loud = np.abs(found).reshape(-1, RATE // 10, 2).max(axis=(1, 2))
    assert loud.min() > 0.1


def test_a_long_silence_at_the_end_is_meant() -> None:
    found = heard(np.concatenate((noise(5), quiet(40))), 60)

    assert (np.abs(found[6 * RATE : 34 * RATE]).max()) <= 1e-4


def test_silence_in_the_middle_stays() -> None:
    piece = np.concatenate((noise(2), quiet(4), noise(2, 2)))

    assert np.array_equal(heard(piece, 7), piece[: 7 * RATE])


@pytest.mark.parametrize("piece", [np.zeros((0, 2), np.float32), quiet(3)])
def test_nothing_comes_of_nothing(piece: Samples) -> None:
    assert sum(len(block) for block in looped(read(piece), RATE)) == 0


def test_ten_hours_take_no_more_memory_than_a_minute() -> None:
    def hours() -> Iterator[Samples]:
        block = noise(10)
        for _ in range(3_600):
            yield block.copy()

    tracemalloc.start()
    blocks = looped(hours, RATE)
    count = 0
    while count < 11 * 3_600 * RATE:
        count += len(next(blocks))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 8e6
    assert round(FADE * RATE) < count
