"""The meter of a stream agrees with the one for clips, and with FFmpeg's."""

import math

import numpy as np
import pytest
from sounds import metered, voice

from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import loudness
from voicecoach.sound.meter import Meter
from voicecoach.sound.peak import decibels, true_peak


def measured(samples: Samples, rate: int, size: int = 65_536) -> Meter:
    meter = Meter(rate, samples.ndim)
    for start in range(0, len(samples), size):
        meter.add(samples[start : start + size])
    meter.finish()
    return meter


def talk(rate: int) -> Samples:
    """Speech, a pause, quieter speech."""
    return np.concatenate((voice(7, rate), np.zeros(5 * rate, np.float32), voice(9, rate, seed=4, level=0.08)))


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_it_agrees_with_the_meter_for_clips_and_with_that_of_ffmpeg(rate: int) -> None:
    samples = talk(rate)

    meter = measured(samples, rate)

    integrated, peak = metered(samples, rate)
    assert meter.integrated == pytest.approx(loudness(samples, rate), abs=0.01)
    assert meter.true_peak == pytest.approx(decibels(true_peak(samples)), abs=1e-6)
    assert (meter.integrated, meter.true_peak) == (pytest.approx(integrated, abs=0.1), pytest.approx(peak, abs=0.1))


@pytest.mark.parametrize("size", [1_000, 52_801, 10**7])
def test_the_size_of_the_blocks_changes_nothing(size: int) -> None:
    samples = talk(24_000)

    meter, other = measured(samples, 24_000), measured(samples, 24_000, size)

    assert (other.integrated, other.true_peak) == (meter.integrated, meter.true_peak)


def test_a_peak_between_two_blocks_is_found() -> None:
    samples = np.zeros(8_000, np.float32)
    samples[3_999:4_001] = 0.5

    assert measured(samples, 24_000, 4_000).true_peak == pytest.approx(decibels(true_peak(samples)))


def test_the_same_in_both_channels_is_3_louder() -> None:
    samples = talk(48_000)

    both = measured(np.stack([samples, samples], axis=1), 48_000)

    assert both.integrated == pytest.approx(loudness(samples, 48_000) + 3.01, abs=0.01)


def test_silence_can_be_told_instead_of_given() -> None:
    samples = talk(24_000)
    told = Meter(24_000, 1)

    told.add(samples[: 7 * 24_000])
    told.silence(5 * 24_000)
    told.add(samples[12 * 24_000 :])
    told.finish()

    assert told.integrated == measured(samples, 24_000).integrated


@pytest.mark.parametrize("count", [0, 1, 24_000])
def test_silence_has_no_loudness(count: int) -> None:
    meter = measured(np.zeros(count, np.float32), 24_000)

    assert (meter.integrated, meter.true_peak) == (-math.inf, -math.inf)
