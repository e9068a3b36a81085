import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from voicecoach.sound.limiter import held_and_smoothed


@given(arrays(np.float64, st.integers(60, 300), elements=st.floats(0, 1)), st.integers(1, 14))
def test_the_gain_is_never_over_what_is_allowed(allowed: np.ndarray, look: int) -> None:
    gain = held_and_smoothed(allowed, look)

    assert len(gain) == len(allowed) - 4 * look
    assert (gain <= allowed[2 * look : len(allowed) - 2 * look] + 1e-6).all()
    assert (gain >= allowed.min() - 1e-6).all()


def test_the_gain_is_exactly_1_away_from_a_dip() -> None:
    allowed = np.ones(400)
    allowed[200] = 0.25

    gain = held_and_smoothed(allowed, 20)

    assert gain[200 - 40] == np.float32(0.25)
    assert np.flatnonzero(gain != 1).tolist() == list(range(200 - 80, 200 + 1))
    assert np.abs(np.diff(gain)).max() < 0.06
