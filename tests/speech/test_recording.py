"""From a recording to a take: nothing but the words, as loud as speech is."""

import numpy as np
import pytest

from tests.reader import reading
from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import clip_loudness
from voicecoach.speech.recording import RATE, RecordingError, recorded

TEXT = "Keep your heel down."


def of(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768


def length(pcm: bytes) -> float:
    return len(pcm) / 2 / RATE


@pytest.fixture(scope="module")
def said() -> Samples:
    return reading(TEXT, rate=RATE)


@pytest.fixture(scope="module")
def usual(said: Samples) -> float:
    return length(recorded(said).pcm)


def test_the_silence_around_the_words_is_cut(said: Samples, usual: float) -> None:
    made = recorded(said)

    assert 0.05 < len(said) / RATE - 1.1 - usual + 0.1 < 0.25  # the engine's own silence, and what is under −44 dBFS
    assert abs(of(made.pcm)[: RATE // 500]).max() < 0.02


@pytest.mark.parametrize("level", [0.01, 0.05, 0.9])
def test_a_quiet_and_a_loud_recording_are_equally_loud(level: float, usual: float) -> None:
    made = recorded(reading(TEXT, level=level, rate=RATE))

    assert clip_loudness(of(made.pcm), RATE) == pytest.approx(-19, abs=0.3)
    assert length(made.pcm) == pytest.approx(usual, abs=0.03)
    assert not made.clipped


def test_the_click_of_the_key_that_ends_it_is_cut(said: Samples, usual: float) -> None:
    clicked = said.copy()
    clicked[-RATE // 10 :][: RATE // 200] += 0.3
    clicked[RATE // 10 :][: RATE // 200] -= 0.3

    assert length(recorded(clicked).pcm) == pytest.approx(usual, abs=0.03)


def test_a_noisy_room_is_cut_too(said: Samples, usual: float) -> None:
    noise = np.random.default_rng(3).standard_normal(len(said)).astype(np.float32)

    made = recorded(said + noise * np.float32(0.006))

    assert length(made.pcm) == pytest.approx(usual, abs=0.15)


def test_an_offset_of_a_cheap_microphone_is_no_sound(said: Samples, usual: float) -> None:
    made = recorded(said * 0.2 + np.float32(0.1))

    assert length(made.pcm) == pytest.approx(usual, abs=0.03)


def test_a_recording_without_any_silence_is_kept_whole(said: Samples, usual: float) -> None:
    tight = of(recorded(said).pcm)

    assert length(recorded(tight).pcm) == pytest.approx(usual, abs=0.03)


def test_a_take_made_of_a_take_is_the_same_words(said: Samples) -> None:
    once = recorded(said).pcm

    assert length(recorded(of(once)).pcm) == pytest.approx(length(once), abs=0.04)


def test_clipping_is_noticed(said: Samples) -> None:
    assert recorded(np.clip(said * 20, -1, 1)).clipped
    assert not recorded(said / np.abs(said).max()).clipped


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        (np.zeros(0, np.float32), "nothing can be heard"),
        (np.zeros(RATE, np.float32), "nothing can be heard"),
        (np.full(RATE, 0.5, np.float32), "nothing can be heard"),
        (np.pad(np.full(40, 0.5, np.float32), RATE), "nothing can be heard in it but a click"),
        (np.sin(np.arange(61 * RATE, dtype=np.float32) / 20) * np.float32(0.3), "longer than 60 s"),
    ],
    ids=["empty", "silence", "offset", "click", "a minute"],
)
def test_what_cannot_be_a_line_is_refused(samples: Samples, why: str) -> None:
    with pytest.raises(RecordingError, match=why):
        recorded(samples)


def test_the_same_recording_is_the_same_take(said: Samples) -> None:
    assert recorded(said).pcm == recorded(said.copy()).pcm


@pytest.mark.parametrize("level", [0.6, 0.7, 0.72, 0.8, 1.0])
def test_loud_but_whole_is_not_clipped(level: float) -> None:
    assert not recorded(reading(TEXT, level=level, rate=RATE)).clipped
