import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.audiofile import HIGHEST_DBTP, SoundFileError, decoded, file_length, load_tone
from voicecoach.sound.loudness import clip_loudness
from voicecoach.sound.peak import decibels, true_peak
from voicecoach.sound.target import TARGET_LUFS
from voicecoach.sound.tones import tone
from voicecoach.timeline import Sound

AUDIO = Path(__file__).parents[1] / "audio"
RATE = 24_000


def read_built_in(name: str) -> bytes:
    return (AUDIO / name.removeprefix("voicecoach:audio/")).read_bytes()


def no_file(name: str) -> bytes:
    raise FileNotFoundError(name)


def wav(samples: np.ndarray, rate: int, subtype: str = "PCM_16", form: str = "WAV") -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, subtype=subtype, format=form)
    return file.getvalue()


def sine(seconds: float, rate: int, level: float = 0.3) -> np.ndarray:
    return level * np.sin(2 * np.pi * 1000 * np.arange(round(seconds * rate)) / rate)


@pytest.mark.parametrize("name", ["bell", "chime", "click", "gong"])
def test_a_built_in_sound_is_read_from_its_file(name: str) -> None:
    heard = load_tone(Sound(name), 200, RATE, read_built_in)

    assert heard.frames == 4800
    assert np.abs(heard.samples - tone(Sound(name), 200, RATE).samples).max() < 1e-4


def test_whoever_replaces_the_file_hears_the_other_sound() -> None:
    other = wav(sine(0.5, 48_000), 48_000)

    heard = load_tone(Sound("bell"), 500, RATE, lambda _name: other).samples

    assert np.abs(heard / heard.max() - sine(0.5, RATE, 1.0))[200:-200].max() < 1e-2
    assert clip_loudness(heard, RATE) == pytest.approx(TARGET_LUFS, abs=0.1)


def test_without_the_file_a_built_in_sound_is_computed() -> None:
    heard = load_tone(Sound("bell"), 1000, RATE, no_file)

    assert np.array_equal(heard.samples, tone(Sound("bell"), 1000, RATE).samples)


def test_a_built_in_sound_is_the_same_at_48_khz() -> None:
    heard = load_tone(Sound("chime"), 400, 48_000, read_built_in)

    assert np.abs(heard.samples - tone(Sound("chime"), 400, 48_000).samples).max() < 5e-3


@pytest.mark.parametrize("sound", [Sound("none"), Sound("wave", wave="sine", hz=880, gain=-6)])
def test_what_has_no_file_is_not_read(sound: Sound) -> None:
    assert np.array_equal(load_tone(sound, 200, RATE, no_file).samples, tone(sound, 200, RATE).samples)


@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 44_100, 48_000, 192_000])
@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
def test_a_wav_of_any_rate_and_width_is_read(rate: int, subtype: str) -> None:
    content = wav(sine(0.5, rate), rate, subtype)

    heard = load_tone(Sound("bowl", path="bowl.wav"), file_length(content), RATE, lambda _name: content)

    assert file_length(content) == 500
    assert heard.frames == 12_000
    assert np.abs(heard.samples - sine(0.5, RATE))[200:-200].max() < 0.02


def test_16_bit_samples_are_what_the_sound_file_library_reads() -> None:
    every = np.arange(-32_768, 32_768, 7, dtype=np.int16)
    content = wav(every, RATE)

    heard = decoded(content, RATE).samples

    expected, _ = soundfile.read(io.BytesIO(content), dtype="float32")
    over = np.abs(expected).max() / np.abs(heard).max()
    assert np.allclose(heard * over, expected, atol=1e-6)


def test_a_wav_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = wav(sine(0.5, RATE), RATE)

    assert file_length(whole[: 44 + 2 * 6_000]) == 250


def test_a_built_in_sound_needs_no_sound_file_library() -> None:
    code = (
        "import sys; from pathlib import Path; from voicecoach.audiofile import decoded\n"
        f"decoded(Path({str(AUDIO / 'bell.wav')!r}).read_bytes(), {RATE})\n"
        "print(sorted({'soundfile', 'soxr'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_stereo_becomes_mono() -> None:
    stereo = np.stack([sine(0.5, RATE), np.zeros(12_000)], axis=1)

    assert np.abs(decoded(wav(stereo, RATE), RATE).samples - sine(0.5, RATE) / 2).max() < 1e-3


def test_a_long_wav_is_cut_to_2_seconds_and_faded() -> None:
    content = wav(sine(10, 44_100), 44_100)

    heard = load_tone(Sound("bowl", path="bowl.wav"), 2000, RATE, lambda _name: content)

    assert file_length(content) == 2000
    assert heard.frames == 48_000


def test_a_loud_wav_is_turned_down() -> None:
    heard = decoded(wav(np.sign(sine(1, RATE)), RATE), RATE)

    assert decibels(true_peak(heard.samples)) <= HIGHEST_DBTP + 0.01


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not a WAV file"),
        (b"ID3\x04" + bytes(100), "it is not a WAV file"),
        (b"RIFF\x00\x00\x00\x00WAVE", "the WAV file cannot be read"),
        (wav(sine(0.1, RATE), RATE, form="FLAC"), "it is not a WAV file"),
        (wav(np.zeros(0), RATE), "the WAV file has no sound in it"),
        (wav(np.array([0.0, np.nan]), RATE, "FLOAT"), "the WAV file has samples that are no numbers"),
    ],
)
def test_what_is_no_wav_says_so(content: bytes, why: str) -> None:
    with pytest.raises(SoundFileError, match=why):
        file_length(content)
