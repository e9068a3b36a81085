import numpy as np
import pytest
from sounds import speech, tone

from voicecoach.sound.ducking import AHEAD, DOWN, HOLD, UP, Ducking, Words, share, words
from voicecoach.source import NOWHERE
from voicecoach.timeline import Cue

RATE = 1_000
"""A frame is a millisecond."""


def count(start: int, end: int) -> Cue:
    return Cue("count", start, end, "clock", NOWHERE, text="3")


def gain(*cues: Cue, duration: int = 60_000, depth: int = 6) -> np.ndarray:
    return 20 * np.log10(Ducking(words(cues), depth, RATE).gain(0, duration))


def test_the_music_is_down_before_the_word_and_until_after_it() -> None:
    level = gain(speech(10_000, 12_000))

    assert level[10_000 - AHEAD - DOWN] == 0
    assert level[10_000 - AHEAD : 12_000 + HOLD] == pytest.approx(-6)
    assert level[12_000 + HOLD + UP] == 0


def test_it_moves_smoothly() -> None:
    level = gain(speech(10_000, 12_000), speech(20_000, 21_000))

    assert np.abs(np.diff(level)).max() < 6 * np.pi / 2 / DOWN * 1.01


def test_a_tone_changes_nothing() -> None:
    assert not gain(tone(10_000, 12_000)).any()


def test_it_does_not_come_up_between_one_count_and_the_next() -> None:
    level = gain(*(count(at, at + 400) for at in range(10_000, 40_000, 6_000)))

    assert level[10_000:34_000] == pytest.approx(-6)


def test_it_does_not_come_up_for_a_moment_between_two_lines() -> None:
    level = gain(speech(10_000, 12_000), speech(15_900, 17_000))

    assert level[10_000:17_000] == pytest.approx(-6)


def test_it_comes_up_in_a_pause() -> None:
    level = gain(speech(10_000, 12_000), count(16_000, 17_000))

    assert (level[12_000 + HOLD + UP : 16_000 - AHEAD - DOWN + 1] == 0).sum() > 1_500


def test_the_first_word_may_be_at_0() -> None:
    assert gain(speech(0, 1_000))[0] == pytest.approx(-6)


def test_lines_that_lie_in_one_another_are_one() -> None:
    assert words([speech(0, 5_000), speech(1_000, 2_000), speech(6_000, 7_000)]) == (Words(0, 7_000),)


@pytest.mark.parametrize("size", [1, 7, 999, 12_345])
def test_the_size_of_the_blocks_changes_nothing(size: int) -> None:
    ducking = Ducking(words([speech(at, at + 1_000) for at in range(0, 50_000, 9_000)]), 6, RATE)

    parts = [ducking.gain(start, size) for start in range(0, 60_000, size)]

    assert np.array_equal(np.concatenate(parts)[:60_000], ducking.gain(0, 60_000))


def test_the_share_of_speech_is_that_of_its_time() -> None:
    assert share([speech(0, 1_000), count(2_000, 2_500), tone(0, 9_000)], 10_000) == 0.15
