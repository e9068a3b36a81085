import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import RATE, by_text, metered, speech, timeline, tone, voice

from voicecoach.sound.clip import Clip
from voicecoach.sound.loudness import CEILING_DBTP, level, limit
from voicecoach.sound.mixer import TILE, Mixer, pcm16
from voicecoach.sound.peak import decibels, true_peak
from voicecoach.sound.tones import natural

TALK = level(voice(2.0), RATE)
BELL = natural("bell", RATE).samples
CLIPS = by_text(a=TALK, b=TALK[: RATE // 2], bell=BELL, loud=np.float32(1.6) * BELL, empty=BELL[:0])

BUSY = Mixer(
    timeline(
        speech(100, 2100),
        tone(1500, 2500),
        tone(1600, 2600),
        speech(2700, 3200, "b"),
        tone(5000, 6000, "loud"),
        tone(5100, 6100, "empty"),
        duration=9000,
    ),
    CLIPS,
)
WHOLE = BUSY.read(0, BUSY.length)


def test_a_cue_begins_on_its_frame_and_its_samples_are_the_clip() -> None:
    mixer = Mixer(timeline(speech(333, 2333), tone(4001, 5001), duration=6000), CLIPS)

    mixed = mixer.read(0, mixer.length)

    expected = np.zeros(6000 * 24, np.float32)
    expected[333 * 24 :][: len(TALK)] = TALK
    expected[4001 * 24 :][: len(BELL)] = BELL
    assert np.array_equal(mixed, expected)


def test_a_quiet_tone_over_quiet_speech_is_their_sum() -> None:
    quiet = by_text(a=TALK * np.float32(0.05), bell=BELL * np.float32(0.1))
    mixer = Mixer(timeline(speech(0, 2000), tone(500, 1500), duration=2000), quiet)

    mixed = mixer.read(0, mixer.length)

    expected = TALK * np.float32(0.05)
    expected[500 * 24 :][: len(BELL)] += BELL * np.float32(0.1)
    assert np.array_equal(mixed, expected)


@given(st.lists(st.integers(1, 3 * TILE), min_size=1, max_size=40), st.integers(0, 8000 * 24))
@settings(deadline=None, max_examples=60)
def test_neither_block_size_nor_place_changes_the_samples(sizes: list[int], start: int) -> None:
    at = start
    for size in sizes:
        assert np.array_equal(BUSY.read(at, size)[: max(BUSY.length - at, 0)], WHOLE[at : at + size])
        at += size


def test_a_fresh_mixer_in_the_middle_gives_the_same_samples() -> None:
    again = Mixer(timeline(speech(100, 2100), tone(1500, 2500), tone(1600, 2600), duration=9000), CLIPS)

    assert np.array_equal(again.read(1700 * 24, 777), WHOLE[1700 * 24 :][:777])


def test_past_the_end_is_silence() -> None:
    assert not BUSY.read(BUSY.length, 100).any()
    assert not BUSY.read(BUSY.length + 5000, 100).any()
    assert len(BUSY.read(0, 0)) == 0
    with pytest.raises(ValueError, match="cannot read 5 frames from -1"):
        BUSY.read(-1, 5)


@pytest.mark.parametrize("seed", range(6))
def test_tones_over_speech_stay_under_the_ceiling(seed: int) -> None:
    loudest = limit(voice(2.0, seed=seed, level=1.5), RATE)
    clips = by_text(a=loudest, bell=BELL, loud=np.float32(1.6) * BELL)
    cues = [tone(at, at + 1000, name) for at, name in ((0, "bell"), (300, "loud"), (350, "bell"), (1000, "loud"))]
    mixer = Mixer(timeline(speech(0, 2000), *cues, duration=2500), clips)

    mixed = mixer.read(0, mixer.length)

    assert decibels(true_peak(mixed)) <= CEILING_DBTP
    assert metered(np.pad(mixed, 4800), RATE)[1] <= CEILING_DBTP + 0.1


def test_the_limiter_takes_from_the_tone_and_never_from_speech() -> None:
    alone = Mixer(timeline(tone(500, 1500), duration=2000), CLIPS)
    both = Mixer(timeline(speech(0, 2000), tone(500, 1500), duration=2000), CLIPS)

    left = both.read(0, both.length).astype(np.float64) - TALK
    full = alone.read(0, both.length)

    assert not left[: 500 * 24].any()
    assert (np.abs(left) <= np.abs(full) + 1e-6).all()
    assert np.abs(left).max() > 0.1


def test_the_gain_of_a_tone_depends_on_the_50_ms_around_it_only() -> None:
    click = np.zeros(RATE, np.float32)
    click[RATE // 2] = 0.84
    steady = (0.5 * np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE)).astype(np.float32)
    clips = by_text(a=click, bell=steady)
    mixer = Mixer(timeline(speech(0, 1000), tone(0, 1000), duration=1000), clips)

    changed = np.flatnonzero(mixer.read(0, RATE) - click != steady)

    assert abs(changed - RATE // 2).max() <= 25 * 24


def test_speech_louder_than_the_ceiling_is_left_alone_and_silences_the_tone_beside_it() -> None:
    shout = np.full(RATE, 1.2, np.float32)
    mixer = Mixer(timeline(speech(0, 1000), tone(0, 1000), duration=2000), by_text(a=shout, bell=BELL))

    assert np.array_equal(mixer.read(0, RATE)[1000:-1000], shout[1000:-1000])


def test_speech_gain_turns_speech_and_not_tones() -> None:
    mixer = Mixer(timeline(speech(0, 2000), tone(3000, 4000), duration=5000), CLIPS, speech_gain=0.5)

    mixed = mixer.read(0, mixer.length)

    assert np.array_equal(mixed[: len(TALK)], TALK * np.float32(0.5))
    assert np.array_equal(mixed[3000 * 24 :][: len(BELL)], BELL)


def test_silence_is_known_without_mixing() -> None:
    def clips(_cue: object) -> Clip:
        raise AssertionError

    mixer = Mixer(timeline(speech(1000, 3000), tone(2500, 3500), duration=9000), clips)

    assert mixer.is_silent(0, 24_000)
    assert not mixer.is_silent(0, 24_001)
    assert not mixer.is_silent(3400 * 24, 1)
    assert mixer.is_silent(3500 * 24, 5500 * 24)
    assert not mixer.read(5000 * 24, RATE).any()


def test_only_the_clips_that_sound_are_asked_for() -> None:
    asked = []

    def clips(cue):  # type: ignore[no-untyped-def]
        asked.append(cue.start)
        return CLIPS(cue)

    cues = [speech(at, at + 2000) for at in range(0, 60_000, 3000)]
    Mixer(timeline(*cues, duration=60_000), clips).read(31_000 * 24, 3000 * 24)

    assert asked == [30_000, 33_000]


def test_a_clip_longer_than_its_place_is_refused() -> None:
    mixer = Mixer(timeline(speech(0, 1990), duration=2000), CLIPS)

    with pytest.raises(ValueError, match="the clip of 'a' at 0 ms is 2000 ms long, its place only 1990 ms"):
        mixer.read(0, 10)


def test_a_clip_of_another_rate_is_refused() -> None:
    mixer = Mixer(timeline(speech(0, 2000), duration=2000), lambda _cue: Clip(TALK, 48_000))

    with pytest.raises(ValueError, match="48000 frames a second, not 24000"):
        mixer.read(0, 10)


def test_pcm_rounds_half_to_even_and_clips() -> None:
    steps = np.array([0.5, 1.5, -0.5, -1.5, 2.6], np.float32) / 32_768

    assert pcm16(steps).tolist() == [0, 2, 0, -2, 3]
    assert pcm16(np.array([1.0, -1.0, 3.0, -3.0], np.float32)).tolist() == [32_767, -32_768, 32_767, -32_768]
