import numpy as np
import pytest

from voicecoach.sound.loudness import clip_loudness
from voicecoach.sound.peak import decibels, true_peak
from voicecoach.sound.target import TARGET_LUFS
from voicecoach.sound.tones import HIGHEST_DBTP, natural, shape, tone
from voicecoach.sound.toneset import DEFAULTS, NAMES, RECIPES, ROLE_LENGTHS, natural_length, role_length
from voicecoach.timeline import Sound

RATE = 24_000
SOUNDING = sorted(RECIPES)
ROLES = ["start", "end", "tick", "in", "hold", "out"]


def in_role(role: str) -> np.ndarray:
    sound = Sound(DEFAULTS[role])
    return tone(sound, role_length(role, sound), RATE).samples


def share_between(samples: np.ndarray, low: float, high: float, rate: int = RATE) -> float:
    power = np.abs(np.fft.rfft(samples, 1 << 17)) ** 2
    hz = np.fft.rfftfreq(1 << 17, 1 / rate)
    return float(power[(hz >= low) & (hz <= high)].sum() / power.sum())


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    """Highest normalised cross-correlation at any lag."""
    return float(np.abs(np.correlate(a, b, "full")).max() / np.sqrt((a**2).sum() * (b**2).sum()))


@pytest.mark.parametrize("role", ROLES)
def test_a_default_sound_is_where_phones_play_and_older_ears_hear(role: str) -> None:
    assert share_between(in_role(role), 500, 4000) >= 0.95


@pytest.mark.parametrize("name", SOUNDING)
def test_a_built_in_sound_in_full_is_in_the_band_too(name: str) -> None:
    assert share_between(natural(name, RATE).samples, 500, 4000) >= 0.95


def test_no_two_default_sounds_are_alike() -> None:
    sounds = [in_role(role) for role in ROLES]

    alike = [likeness(a, b) for i, a in enumerate(sounds) for b in sounds[:i]]

    assert max(alike) < 0.2


@pytest.mark.parametrize("rate", [24_000, 48_000])
@pytest.mark.parametrize("name", SOUNDING)
@pytest.mark.parametrize("length", [60, 200, 400, None])
def test_a_tone_begins_softly_ends_in_nothing_and_has_its_length(name: str, length: int | None, rate: int) -> None:
    length = length or natural_length(name)

    samples = tone(Sound(name), length, rate).samples

    assert len(samples) == length * rate // 1000
    assert samples[0] == 0
    assert abs(samples[-1]) < 1e-3
    assert np.abs(samples[: rate // 1000]).max() < 0.1
    assert np.abs(samples[-rate // 1000 :]).max() < 0.02
    assert np.abs(np.diff(samples)).max() < 0.4 * 24_000 / rate


@pytest.mark.parametrize("name", SOUNDING)
@pytest.mark.parametrize("role", ["start", "end", "done"])
def test_a_sound_is_as_loud_as_speech_in_any_role(name: str, role: str) -> None:
    heard = tone(Sound(name), role_length(role, Sound(name)), RATE).samples

    assert clip_loudness(heard, RATE) == pytest.approx(TARGET_LUFS, abs=1.5)
    assert decibels(true_peak(heard)) <= HIGHEST_DBTP + 0.01


def test_the_default_tick_is_as_loud_as_speech() -> None:
    assert clip_loudness(in_role("tick"), RATE) == pytest.approx(TARGET_LUFS, abs=0.5)


def test_lengths_in_roles_are_those_of_the_schedule() -> None:
    bell, gong = Sound("bell"), Sound("gong")

    assert [role_length(role, bell) for role in ROLES] == [200, 400, 60, 200, 200, 200]
    assert role_length("done", gong) == natural_length("gong") == 2000
    assert role_length("gong", gong) == 2000
    assert role_length("start", Sound("none")) == 0
    assert set(ROLE_LENGTHS) < set(DEFAULTS)
    assert set(DEFAULTS.values()) <= set(NAMES)


def test_a_file_has_no_length_here() -> None:
    with pytest.raises(ValueError, match=r"bowl\.wav has a length of its own"):
        role_length("start", Sound("bowl.wav", path="bowl.wav"))
    with pytest.raises(ValueError, match=r"bowl\.wav is a file"):
        tone(Sound("bowl.wav", path="bowl.wav"), 200, RATE)


def test_an_unknown_sound_is_named_beside_the_known() -> None:
    with pytest.raises(ValueError, match=r"unknown sound 'bel'; the sounds are bell, chime"):
        natural_length("bel")


@pytest.mark.parametrize("wave", ["sine", "square", "triangle", "saw"])
@pytest.mark.parametrize("hz", [50, 880, 3520])
def test_a_wave_has_its_level_and_nothing_beside_its_harmonics(wave: str, hz: int) -> None:
    samples = tone(Sound(wave, wave=wave, hz=hz, gain=-6), 1000, RATE).samples

    assert np.abs(samples).max() == pytest.approx(10 ** (-6 / 20), rel=1e-3)
    assert samples[0] == 0
    heard = samples * np.hanning(len(samples))
    harmonics = sum(share_between(heard, n * hz - 10, n * hz + 10) for n in range(1, 12_000 // hz + 1))
    assert harmonics > 0.9999


def test_a_wave_is_never_too_loud_and_needs_no_room() -> None:
    assert np.abs(tone(Sound("w", wave="sine", hz=1000, gain=20), 200, RATE).samples).max() < 0.71
    assert len(tone(Sound("w", wave="sine", hz=1000), 0, RATE).samples) == 0
    with pytest.raises(ValueError, match="the waves are sine, square, triangle and saw"):
        tone(Sound("w", wave="noise", hz=1000), 200, RATE)


def test_none_is_silence() -> None:
    assert natural("none", RATE).frames == 0
    assert not tone(Sound("none"), 200, RATE).samples.any()


def test_shape_leaves_the_beginning_as_it_is() -> None:
    bell = natural("bell", RATE)

    assert np.array_equal(shape(bell, 200).samples[: 24 * 140], bell.samples[: 24 * 140])
    assert np.array_equal(shape(bell, 1500).samples[: bell.frames], bell.samples)
    assert shape(bell, 1000) is bell
