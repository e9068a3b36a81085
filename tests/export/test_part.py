import numpy as np
import pytest
from mixes import Tune, mix

from voicecoach.export.part import Part, run_in
from voicecoach.export.pcm import blocks


@pytest.mark.parametrize("channels", [1, 2])
def test_a_part_is_a_stretch_of_the_whole_and_silent_after_its_end(channels: int) -> None:
    tune = Tune(9_000, 24_000, channels)

    part = Part(tune, 1_000, 500)

    assert np.array_equal(part.read(100, 300), tune.read(1_100, 300))
    assert np.array_equal(part.read(400, 300)[:100], tune.read(1_400, 100))
    assert not part.read(400, 300)[100:].any()
    assert not part.read(600, 10).any()
    assert part.read(0, 500).shape == tune.read(0, 500).shape
    with pytest.raises(ValueError, match="cannot read 5 frames from -1"):
        part.read(-1, 5)


@pytest.mark.parametrize("channels", [1, 2])
def test_around_a_part_the_whole_goes_on(channels: int) -> None:
    tune = Tune(9_000, 24_000, channels)

    part = Part(tune, 1_000, 500)

    assert np.array_equal(part.around(-200, 900), tune.read(800, 900))
    assert not part.around(-1_300, 300).any()
    assert np.array_equal(part.around(-1_300, 500)[300:], tune.read(0, 200))
    assert not part.around(8_000, 50).any()


def test_silence_is_known_inside_and_around() -> None:
    part = Part(mix(), 24_000, 24_000)

    assert part.is_silent(0, 24_000)
    assert part.is_silent(24_000, 9)
    assert not part.is_silent_around(-24_000, 24_000)
    assert part.is_silent_around(-48_000, 24_000)


def test_blocks_hold_what_is_around_and_progress_stays_inside() -> None:
    seen: list[tuple[int, int]] = []
    tune = Tune(300_000, 24_000, 1)
    part = Part(tune, 1_024, 150_000)

    held = np.concatenate(list(blocks(part, lambda *told: seen.append(told), 1_024, 1_024, 2_048)))

    whole = np.concatenate(list(blocks(tune, lambda *_: None)))
    assert np.array_equal(held, whole[:153_072])
    assert seen == sorted(seen)
    assert seen[-1] == (150_000, 150_000)
    assert (run_in(part, 7), run_in(tune, 7)) == (7, 0)
