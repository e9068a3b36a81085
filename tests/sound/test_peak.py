import numpy as np
import pytest

from voicecoach.sound.peak import OVERSHOOT, peak_around, true_peak

LENGTH = 1_000


def crest(phase: float, hz: float = 0.2) -> np.ndarray:
    """A sine of amplitude 0.5, faded in and out, whose highest crest lies `phase` of a frame after a sample.

    `hz` is in parts of the rate, so that neighbouring crests lie elsewhere.
    """
    at = np.arange(LENGTH) - LENGTH // 2 - phase
    return (0.5 * np.cos(2 * np.pi * hz * at) * np.exp(-((at / 60) ** 2))).astype(np.float32)


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5, 0.75])
@pytest.mark.parametrize("hz", [0.07, 0.23, 0.31, 0.4])
def test_a_crest_is_found_wherever_it_lies_between_two_samples(phase: float, hz: float) -> None:
    samples = crest(phase, hz)

    around = peak_around(samples)

    assert float(around[LENGTH // 2]) == pytest.approx(0.5, rel=0.012)
    assert true_peak(samples) == pytest.approx(0.5, rel=0.012)


def test_it_is_the_largest_of_three_sums_over_24_samples() -> None:
    samples = np.random.default_rng(8).uniform(-0.5, 0.5, LENGTH).astype(np.float32)
    tap = np.arange(-11, 13)
    window = np.i0(7 * np.sqrt(1 - ((tap[None] - np.array([[0.25], [0.5], [0.75]])) / 12) ** 2))
    filters = np.sinc(tap[None] - np.array([[0.25], [0.5], [0.75]])) * window
    filters /= filters.sum(axis=1, keepdims=True)
    rows = np.lib.stride_tricks.sliding_window_view(np.pad(samples.astype(np.float64), (11, 12)), 24)

    wanted = np.maximum(np.abs(samples), np.abs(rows @ filters.T).max(axis=1))

    np.testing.assert_allclose(peak_around(samples), wanted, atol=1e-6)
    assert wanted.max() <= OVERSHOOT * np.abs(samples).max()
