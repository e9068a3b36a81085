import numpy as np
import pytest
from sounds import RATE, by_text, speech, timeline, voice

from voicecoach.sound.bed import Bed
from voicecoach.sound.mixer import Mixer, pcm16
from voicecoach.sound.quiet import HIGH_HZ, LEVEL_DBFS, LOW_HZ, LeadIn


def mixer() -> Mixer:
    return Mixer(timeline(speech(0, 1000), duration=3000), by_text(a=voice(1.0)))


def test_the_session_follows_sample_for_sample() -> None:
    mix = mixer()

    led = LeadIn(mix, RATE)

    assert led.length == RATE + mix.length
    assert np.array_equal(led.read(RATE, mix.length), mix.read(0, mix.length))
    assert led.is_silent(RATE + 2 * RATE, RATE // 2)
    assert not led.is_silent(0, 10)


def test_the_noise_is_at_its_level_and_never_nothing() -> None:
    noise = pcm16(LeadIn(mixer(), 10 * RATE).read(0, 10 * RATE)) / 32_768

    assert 10 * np.log10((noise**2).mean()) == pytest.approx(LEVEL_DBFS, abs=0.3)
    assert np.abs(noise).reshape(-1, RATE // 100).max(axis=1).min() >= 2 / 32_768
    assert np.abs(noise).max() < 10 ** (-55 / 20)


def test_the_noise_is_in_its_band() -> None:
    power = np.abs(np.fft.rfft(LeadIn(mixer(), 10 * RATE).read(0, 10 * RATE))) ** 2

    inside = power[10 * LOW_HZ : 10 * HIGH_HZ].sum()
    assert inside / power.sum() > 0.9
    assert power[10 * 2 * HIGH_HZ :].sum() / power.sum() < 1e-4


@pytest.mark.parametrize("size", [1, 999, 16_384, 40_000])
def test_the_size_of_the_blocks_changes_nothing(size: int) -> None:
    led = LeadIn(mixer(), 20_000)
    count = 24_000

    parts = [led.read(start, size) for start in range(0, count, size)]

    assert np.array_equal(np.concatenate(parts)[:count], led.read(0, count))


def test_it_fits_a_stereo_mix() -> None:
    class Nothing:
        channels = 2

        def read(self, start: int, count: int) -> np.ndarray:
            return np.zeros((count, 2), np.float32)

    led = LeadIn(Bed(mixer(), Nothing(), ()), 1_000)

    read = led.read(500, 1_000)
    assert read.shape == (1_000, 2)
    assert np.array_equal(read[:, 0], read[:, 1])
