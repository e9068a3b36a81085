import numpy as np
import pytest

from voicecoach.sound.capped import TILE, Capped
from voicecoach.sound.clip import Samples
from voicecoach.sound.peak import amplitude, decibels, true_peak

RATE = 24_000
CEILING = -2.0


class Loud:
    """Noise that swells to 1.0 twice, and is low or silent in between."""

    rate = RATE

    def __init__(self, channels: int) -> None:
        self.channels = channels
        self.length = 5 * TILE + 777
        swell = np.full(self.length, 0.2)
        swell[TILE - 300 : TILE + 300] = 1.0
        swell[3 * TILE : 3 * TILE + 50] = 1.0
        swell[4 * TILE :] = 0.0
        noise = np.random.default_rng(1).uniform(-1, 1, (self.length, channels)) * swell[:, None]
        self.samples: Samples = noise.astype(np.float32).squeeze()

    def read(self, start: int, count: int) -> Samples:
        if start < 0:
            raise ValueError
        block = self.samples[start : start + count]
        return np.concatenate((block, np.zeros((count - len(block), *block.shape[1:]), np.float32)))

    def is_silent(self, start: int, count: int) -> bool:
        return start >= 4 * TILE


@pytest.mark.parametrize("channels", [1, 2])
def test_no_peak_is_over_the_ceiling(channels: int) -> None:
    capped = Capped(Loud(channels), CEILING)

    heard = capped.read(0, capped.length).reshape(capped.length, channels)

    assert max(decibels(true_peak(np.ascontiguousarray(plane))) for plane in heard.T) <= CEILING + 0.01


@pytest.mark.parametrize("channels", [1, 2])
def test_all_channels_are_turned_down_alike_and_only_near_a_peak(channels: int) -> None:
    mix = Loud(channels)

    heard = Capped(mix, CEILING).read(0, mix.length)

    far = np.ones(mix.length, bool)
    far[TILE - 300 - 500 : TILE + 300 + 500] = far[3 * TILE - 500 : 3 * TILE + 550] = False
    assert np.array_equal(heard[far], mix.samples[far])
    gain = (heard[TILE - 200 : TILE + 200] / mix.samples[TILE - 200 : TILE + 200]).reshape(400, channels)
    assert gain.max() < amplitude(CEILING) * 1.2
    assert np.ptp(gain, axis=1).max() < 1e-5


@pytest.mark.parametrize("size", [1_000, TILE, 20_001])
def test_the_size_of_the_blocks_changes_nothing(size: int) -> None:
    mix = Loud(2)
    whole = Capped(mix, CEILING).read(0, mix.length)

    capped = Capped(mix, CEILING)
    parts = np.concatenate([capped.read(start, size) for start in range(0, mix.length, size)])

    assert np.array_equal(parts[: mix.length], whole)
    assert not parts[mix.length :].any()


def test_silence_stays_known() -> None:
    capped = Capped(Loud(1), CEILING)

    assert capped.is_silent(4 * TILE, 100)
    assert not capped.is_silent(0, 100)
    with pytest.raises(ValueError, match="cannot read"):
        capped.read(-1, 5)
