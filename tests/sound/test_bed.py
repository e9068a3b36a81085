import numpy as np
import pytest
from sounds import RATE, by_text, metered, speech, timeline, tone, voice

from voicecoach.sound.bed import Bed, Fall, Rise
from voicecoach.sound.clip import Samples
from voicecoach.sound.ducking import Ducking, words
from voicecoach.sound.loudness import level
from voicecoach.sound.mixer import Mixer
from voicecoach.sound.peak import decibels, true_peak
from voicecoach.sound.tones import natural

CUES = (speech(2_000, 4_000), speech(9_000, 11_000), tone(12_000, 12_200))
LENGTH = 15_000 * 24


class Chord:
    """Music by place: the left channel is not the right one."""

    def __init__(self, channels: int = 2, loud: float = 0.05) -> None:
        self.channels = channels
        self._loud = loud

    def read(self, start: int, count: int) -> Samples:
        at = np.arange(start, start + count)[:, None] / RATE
        hz = np.array([[220.0, 277.0]])[:, : self.channels]
        return (self._loud * (np.sin(2 * np.pi * hz * at) + np.sin(6.1 * np.pi * hz * at))).astype(np.float32)


def mixer() -> Mixer:
    spoken = level(voice(2.0, seed=2, level=0.3), RATE)
    return Mixer(timeline(*CUES, duration=15_000), by_text(a=spoken, bell=natural("bell", RATE).samples[:4_800].copy()))


def envelopes(depth: int = 6) -> tuple[Ducking, Rise, Fall]:
    return Ducking(words(CUES), depth, RATE), Rise(0, RATE), Fall(LENGTH, RATE)


@pytest.mark.parametrize("channels", [1, 2])
def test_speech_and_tones_are_the_same_with_music_under_them(channels: int) -> None:
    mix, music = mixer(), Chord(channels)

    bed = Bed(mix, music, envelopes())

    under = bed.read(0, LENGTH).reshape(LENGTH, channels) - mix.read(0, LENGTH)[:, None]
    down, rise, fall = (envelope.gain(0, LENGTH) for envelope in envelopes())
    wanted = music.read(0, LENGTH) * (down * rise * fall)[:, None]
    assert np.abs(under) == pytest.approx(np.abs(wanted), abs=0.05 * 0.2)
    quiet = np.r_[5_000 * 24 : 8_000 * 24]
    assert under[quiet] == pytest.approx(wanted[quiet], abs=1e-6)


def test_it_is_6_db_lower_under_words() -> None:
    mix = mixer()

    under = Bed(mix, Chord(1), envelopes()).read(0, LENGTH) - mix.read(0, LENGTH)

    def loud(start: int, end: int) -> float:
        return 10 * np.log10((under[start * 24 : end * 24] ** 2).mean())

    assert loud(2_000, 4_000) - loud(6_500, 8_000) == pytest.approx(-6, abs=0.5)
    assert loud(1_950, 2_000) - loud(6_500, 8_000) == pytest.approx(-6, abs=0.5)


def test_it_comes_from_nothing_and_goes_to_nothing() -> None:
    whole = Bed(mixer(), Chord(), envelopes()).read(0, LENGTH + 100)

    assert np.abs(whole[:100]).max() < 1e-5
    assert np.abs(whole[LENGTH - 100 :]).max() < 1e-5


@pytest.mark.parametrize("loud", [0.3, 3.0])
def test_however_loud_the_music_only_the_music_is_turned_down(loud: float) -> None:
    mix = mixer()

    whole = Bed(mix, Chord(2, loud), (Ducking((), 0, RATE),)).read(0, LENGTH)

    for channel in whole.T:
        assert decibels(true_peak(np.ascontiguousarray(channel))) <= -1.5
        assert metered(np.ascontiguousarray(channel), RATE)[1] <= -1.0
    spoken = mix.read(0, LENGTH)
    highest = int(np.abs(spoken).argmax())
    assert np.abs(whole[highest] - spoken[highest]).max() < 0.9 - np.abs(spoken[highest])


@pytest.mark.parametrize("size", [1_000, 8_191, 65_536])
@pytest.mark.parametrize("loud", [0.05, 0.4])
def test_the_size_of_the_blocks_changes_nothing(size: int, loud: float) -> None:
    whole = Bed(mixer(), Chord(2, loud), envelopes()).read(0, LENGTH)
    bed = Bed(mixer(), Chord(2, loud), envelopes())

    parts = [bed.read(start, size) for start in range(0, LENGTH, size)]

    assert np.array_equal(np.concatenate(parts)[:LENGTH], whole)


def test_the_music_may_begin_anywhere() -> None:
    nothing = Mixer(timeline(duration=1_000), by_text())

    found = Bed(nothing, Chord(1), (), since=777).read(0, 100)

    assert np.array_equal(found, Chord(1).read(777, 100)[:, 0])
