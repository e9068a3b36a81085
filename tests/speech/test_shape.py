import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import SpeechError
from voicecoach.sound.loudness import clip_loudness
from voicecoach.sound.peak import decibels, true_peak
from voicecoach.speech.engine import RawSpeech
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.shape import clip, joined, resampled, shape, trimmed
from voicecoach.utterance import Utterance

RATE = 22_050
MARGIN = 110
"""5 ms, rounded down to a frame."""


def raw(*values: int, rate: int = RATE) -> RawSpeech:
    return RawSpeech(np.array(values, np.int16).tobytes(), rate)


def tone(length_ms: int, amplitude: float = 0.3, rate: int = RATE) -> RawSpeech:
    time = np.arange(rate * length_ms // 1000) / rate
    return raw(*(np.sin(2 * np.pi * 440 * time) * amplitude * 32_767).astype(int), rate=rate)


def test_trim_keeps_from_the_first_to_the_last_loud_sample() -> None:
    kept = trimmed(raw(*[206] * 500, 207, *[0] * 300, -207, *[-206] * 400))

    assert len(kept) == MARGIN + 302 + MARGIN
    assert kept[MARGIN] == np.float32(207 / 32_768)
    assert kept[MARGIN + 301] == np.float32(-207 / 32_768)


def test_margins_are_the_raw_sound_faded() -> None:
    kept = trimmed(raw(*[200] * 500, 3_000, *[-200] * 400))

    before, after = kept[:MARGIN] * 32_768, kept[-MARGIN:] * 32_768
    expected = 200 * np.arange(1, MARGIN + 1) / (MARGIN + 1)
    assert before == pytest.approx(expected, rel=1e-5)
    assert after == pytest.approx(-expected[::-1], rel=1e-5)


def test_margins_are_zeros_where_there_was_nothing() -> None:
    kept = trimmed(raw(3_000, 3_000))

    assert kept.tolist() == [0.0] * MARGIN + [np.float32(3_000 / 32_768)] * 2 + [0.0] * MARGIN


def test_smallest_sample_counts_as_loud() -> None:
    assert len(trimmed(raw(0, -32_768, 0))) == 1 + 2 * MARGIN


@pytest.mark.parametrize("silence", [raw(), raw(*[0] * 1_000), raw(*[206, -206] * 500)])
def test_silence_is_refused(silence: RawSpeech) -> None:
    with pytest.raises(SpeechError, match="nothing can be heard"):
        shape([silence], 24_000)


def test_parts_have_exactly_400_ms_between_them() -> None:
    one, two = np.ones(10, np.float32), np.full(7, 0.5, np.float32)

    whole = joined([one, two, one], 16_000)

    assert len(whole) == 10 + 6_400 + 7 + 6_400 + 10
    assert not whole[10:6_410].any()
    assert (whole[6_410:6_417] == 0.5).all()


@pytest.mark.parametrize("rate", [24_000, 48_000])
@pytest.mark.parametrize("at", [0, 1, 1_000, 20_000])
def test_resampling_moves_nothing(rate: int, at: int) -> None:
    click = np.zeros(RATE, np.float32)
    click[at] = 1.0

    moved = resampled(click, RATE, rate)

    assert len(moved) == rate
    assert abs(int(np.argmax(moved)) - at * rate / RATE) <= 0.5


def test_same_rate_is_not_resampled() -> None:
    samples = np.arange(5, dtype=np.float32)

    assert resampled(samples, 24_000, 24_000) is samples


@given(st.integers(20, 1_500), st.sampled_from([24_000, 48_000]))
def test_length_is_the_next_10_ms(length_ms: int, rate: int) -> None:
    speech = tone(length_ms)

    made = clip(shape([speech], rate), rate)

    exact = len(trimmed(speech)) / RATE * 1_000
    assert made.length % 10 == 0
    assert made.frames == made.length * rate // 1_000
    assert exact - 0.1 <= made.length < exact + 10.1


def test_clip_is_even_in_loudness_and_has_headroom(espeak: EspeakEngine) -> None:
    for voice in ("en-gb", "en-us-female", "en-gb-male"):
        for text in ("Seven", "Switch to the right foot.", "Lower the heel slowly, and breathe out."):
            made = clip(shape([espeak.speak(Utterance(text, voice, 150))], 24_000), 24_000)

            assert clip_loudness(made.samples, 24_000) == pytest.approx(-19.0, abs=0.3)
            assert decibels(true_peak(made.samples)) <= -1.49


def test_same_speech_is_the_same_clip() -> None:
    assert shape([tone(300), tone(200)], 24_000) == shape([tone(300), tone(200)], 24_000)


def test_parts_of_different_rates_are_refused() -> None:
    with pytest.raises(SpeechError, match="changed its sample rate"):
        shape([tone(100), tone(100, rate=16_000)], 24_000)
