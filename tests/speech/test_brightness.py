import numpy as np
import pytest

from voicecoach.sound.clip import Samples
from voicecoach.speech.brightness import brightened

RATE = 22_050


def tone(hz: float, seconds: float = 1.0) -> Samples:
    return (0.1 * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


@pytest.mark.parametrize(("hz", "decibels"), [(30, -19), (90, -3), (300, 0), (1_000, 0), (2_500, 2.9), (8_000, 5)])
def test_what_is_high_becomes_louder_and_what_is_very_low_goes(hz: float, decibels: float) -> None:
    middle = slice(RATE // 4, -RATE // 4)
    before, after = tone(hz), brightened(tone(hz), RATE)

    gain = 10 * np.log10((after[middle] ** 2).mean() / (before[middle] ** 2).mean())

    assert gain == pytest.approx(decibels, abs=0.6)


@pytest.mark.parametrize("length", [1, 100, 22_050, 65_536])
def test_it_is_as_long_and_at_the_same_time(length: int) -> None:
    sound = np.zeros(length, np.float32)
    sound[length // 2] = 0.5

    found = brightened(sound, RATE)

    assert (len(found), found.dtype) == (length, np.float32)
    assert int(np.abs(found).argmax()) == length // 2


def test_the_end_does_not_sound_in_the_beginning() -> None:
    sound = np.zeros(20_000, np.float32)
    sound[-200:] = tone(3_000, 1.0)[:200]

    assert np.abs(brightened(sound, RATE)[:10_000]).max() < 1e-4


def test_the_same_sound_gives_the_same_samples() -> None:
    assert brightened(tone(440), RATE).tolist() == brightened(tone(440), RATE).tolist()
