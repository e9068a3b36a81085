import numpy as np
import pytest
from sounds import RATE, by_text, speech, timeline, tone, voice

from voicecoach.sound.clip import Clip
from voicecoach.sound.double import Doubled
from voicecoach.sound.mixer import Mixer
from voicecoach.sound.tones import natural


def sine(hz: float) -> Mixer:
    at = np.arange(RATE) / RATE
    samples = np.sin(2 * np.pi * hz * at).astype(np.float32) * np.float32(0.5)
    return Mixer(timeline(speech(0, 1000), duration=1000), by_text(a=samples))


def session() -> Mixer:
    spoken = voice(1.0, seed=3)
    cues = [speech(333, 1333), speech(4001, 5001), tone(2500, 2700), tone(4500, 4700)]
    return Mixer(
        timeline(*cues, duration=6007),
        lambda cue: Clip(spoken, RATE) if cue.text else Clip(natural("bell", RATE).samples[: 24 * 200].copy(), RATE),
    )


def test_every_old_sample_is_a_new_one_at_twice_its_frame() -> None:
    mix = session()

    doubled = Doubled(mix)

    assert (doubled.rate, doubled.length, doubled.channels) == (48_000, 2 * mix.length, 1)
    assert np.array_equal(doubled.read(0, doubled.length)[::2], mix.read(0, mix.length))


@pytest.mark.parametrize("hz", [50, 1_000, 5_000, 10_000, 11_000])
def test_what_lies_between_is_the_same_curve(hz: float) -> None:
    doubled = Doubled(sine(hz))

    at = np.arange(doubled.length) / doubled.rate
    error = doubled.read(0, doubled.length) - 0.5 * np.sin(2 * np.pi * hz * at)
    assert np.abs(error[1000:-1000]).max() < 0.5 * 0.012


@pytest.mark.parametrize("size", [1_000, 4_097, 65_536])
def test_the_size_of_the_blocks_changes_nothing(size: int) -> None:
    doubled = Doubled(session())
    whole = doubled.read(0, doubled.length)

    parts = [doubled.read(start, size) for start in range(0, doubled.length, size)]

    assert np.array_equal(np.concatenate(parts)[: doubled.length], whole)


def test_what_is_known_to_be_silent_is() -> None:
    doubled = Doubled(session())
    whole = doubled.read(0, doubled.length)

    known = [start for start in range(0, doubled.length, 480) if doubled.is_silent(start, 480)]

    assert len(known) > 200
    assert not any(whole[start : start + 480].any() for start in known)
    assert not doubled.read(doubled.length, 100).any()
