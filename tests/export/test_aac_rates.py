import numpy as np
import pytest

from voicecoach.export.aac_encoder import FRAME
from voicecoach.export.aac_rates import BIT_RATE, BitRates, CodecFrames

RATE = 24_000


def as_mixed(samples: np.ndarray) -> CodecFrames:
    """Codec frames of one channel, of 16-bit samples as a mix has them."""
    whole = np.rint(samples * 32_767).astype(np.int16).astype(np.float32) / np.float32(32_768)
    return whole.reshape(-1, 1, FRAME)


def noise(frames: int) -> CodecFrames:
    return as_mixed(np.random.default_rng(3).uniform(-0.4, 0.4, frames * FRAME))


def tone(frames: int) -> CodecFrames:
    return as_mixed(0.4 * np.sin(np.arange(frames * FRAME) * 2 * np.pi * 440 / RATE))


def left_of(pair: np.ndarray) -> float:
    """The part of the power of 2048 samples that two coefficients of linear prediction leave."""
    at = [float(pair[lag:] @ pair[: len(pair) - lag]) for lag in range(3)]
    matrix = np.array([[at[0], at[1]], [at[1], at[0]]])
    ahead = np.linalg.solve(matrix, at[1:])
    return float((at[0] - ahead @ at[1:]) / at[0])


def test_a_packet_gets_what_the_two_frames_it_covers_need() -> None:
    samples = np.concatenate((noise(5), tone(4), 0.5 * noise(3) + 0.5 * tone(3)))

    rates = BitRates(1).next(samples)

    rows = samples[:, 0].astype(np.float64)
    for n in range(2, len(rows)):
        wanted = BIT_RATE[1] * max(left_of(np.concatenate(rows[n - 2 : n])) ** 0.12, 0.4)
        assert rates[n] == pytest.approx(wanted, abs=1)


def test_rates_do_not_depend_on_how_many_frames_come_at_once() -> None:
    samples = np.concatenate((np.zeros((2, 1, FRAME), np.float32), noise(9), tone(8)))
    one_by_one, in_pairs = BitRates(1), BitRates(1)

    wanted = BitRates(1).next(samples)

    assert [rate for frame in samples for rate in one_by_one.next(frame[None])] == wanted
    assert [rate for n in range(0, len(samples), 2) for rate in in_pairs.next(samples[n : n + 2])] == wanted


def test_silence_gets_the_least_and_noise_nearly_all() -> None:
    assert set(BitRates(1).next(np.zeros((4, 1, FRAME), np.float32))) == {round(BIT_RATE[1] * 0.4)}
    assert min(BitRates(1).next(noise(6))[2:]) > 0.98 * BIT_RATE[1]


def test_stereo_has_one_rate() -> None:
    assert BitRates(2).next(np.zeros((3, 2, FRAME), np.float32)) == [BIT_RATE[2]] * 3
