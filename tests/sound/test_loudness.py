import math

import numpy as np
import pytest
from sounds import RATE, metered, voice

from voicecoach.sound.loudness import CEILING_DBTP, clip_loudness, level, limit, loudness
from voicecoach.sound.peak import decibels, true_peak
from voicecoach.sound.target import TARGET_LUFS


@pytest.mark.parametrize("rate", [24_000, 48_000])
@pytest.mark.parametrize("seconds", [0.4, 2.3, 11.0])
def test_loudness_agrees_with_ffmpeg(rate: int, seconds: float) -> None:
    samples = voice(seconds, rate)

    measured = clip_loudness(samples, rate)

    theirs, _ = metered(np.pad(samples, rate * 3 // 10), rate)
    assert measured == pytest.approx(theirs, abs=0.1)


def test_loudness_leaves_out_pauses_as_ffmpeg_does() -> None:
    talk = voice(2.0)
    samples = np.concatenate([talk, np.zeros(3 * RATE, np.float32), talk * np.float32(0.1), talk])

    assert loudness(samples, RATE) == pytest.approx(metered(samples, RATE)[0], abs=0.1)


def test_a_full_scale_sine_of_997_hz_is_3_01_below_full_scale() -> None:
    sine = np.sin(2 * np.pi * 997 * np.arange(5 * 48_000) / 48_000).astype(np.float32)

    assert loudness(sine, 48_000) == pytest.approx(-3.01, abs=0.02)


def test_silence_has_no_loudness_and_stays_silence() -> None:
    silence = np.zeros(RATE, np.float32)

    assert clip_loudness(silence, RATE) == -math.inf
    assert np.array_equal(level(silence, RATE), silence)
    assert len(level(silence[:0], RATE)) == 0


def test_true_peak_sees_between_the_samples() -> None:
    at = np.arange(4000)
    fades = np.minimum(1, np.minimum(at, at[::-1]) / 1000)
    quarter = (np.sin(2 * np.pi * at / 4 + np.pi / 4) * fades).astype(np.float32)

    assert np.abs(quarter).max() < 0.71
    assert decibels(true_peak(quarter)) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_true_peak_agrees_with_ffmpeg(rate: int) -> None:
    samples = np.pad(voice(3.0, rate), rate // 2)

    assert decibels(true_peak(samples)) == pytest.approx(metered(samples, rate)[1], abs=0.2)


@pytest.mark.parametrize("seconds", [0.25, 0.4, 1.0, 6.0])
@pytest.mark.parametrize("loud", [0.003, 0.05, 0.9])
def test_every_clip_comes_out_equally_loud(seconds: float, loud: float) -> None:
    samples = voice(seconds, level=loud)
    before = samples.copy()

    levelled = level(samples, RATE)

    assert clip_loudness(levelled, RATE) == pytest.approx(TARGET_LUFS, abs=0.3)
    assert decibels(true_peak(levelled)) <= CEILING_DBTP
    assert len(levelled) == len(samples)
    assert levelled.dtype == np.float32
    assert np.array_equal(samples, before)
    assert np.array_equal(level(samples, RATE), levelled)


def test_a_peaky_clip_gets_its_loudness_back_under_the_ceiling() -> None:
    samples = voice(2.0, level=0.05)
    samples[::2400] += np.float32(0.5)

    levelled = level(samples, RATE)

    assert clip_loudness(levelled, RATE) == pytest.approx(TARGET_LUFS, abs=0.3)
    assert metered(np.pad(levelled, RATE // 2), RATE)[1] <= CEILING_DBTP + 0.1


def test_a_limited_clip_is_turned_down_around_its_peak_only() -> None:
    samples = voice(2.0, level=0.1)
    samples[RATE] = 1.0

    limited = limit(samples, RATE)

    changed = np.flatnonzero(limited != samples)
    assert decibels(true_peak(limited)) <= CEILING_DBTP
    assert abs(changed - RATE).max() <= 24 * 20 + 12


def test_a_clip_under_the_ceiling_is_not_limited() -> None:
    samples = voice(1.0)

    assert limit(samples, RATE) is samples
