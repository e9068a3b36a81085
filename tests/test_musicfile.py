"""Music from files of every kind: whole, looped without a seam, and in constant memory."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from tests.songs import RATE, chord, write_silent_film, write_song
from voicecoach.musicfile import MusicFileError, examine, loudness, music
from voicecoach.sound.clip import Samples
from voicecoach.sound.meter import Meter

LOSSLESS, LOSSY = [".wav", ".flac"], [".mp3", ".m4a", ".opus", ".mka"]
EXACT = [*LOSSLESS, ".mp3", ".m4a", ".opus"]
"""Formats that say where the piece begins and ends."""


def heard(path: Path, seconds: float, rate: int = 48_000, size: int = 48_000) -> Samples:
    reel = music(path, rate, 2, 0.0)
    return np.concatenate([reel.read(start, size) for start in range(0, round(seconds * rate), size)])


def endless(seconds: float, rate: int = 48_000) -> Samples:
    return chord(seconds, rate=rate)


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_a_loop_goes_on_without_a_seam(suffix: str, tmp_path: Path) -> None:
    path = write_song(tmp_path / f"a{suffix}", chord(3))

    found = heard(path, 20)

    assert np.abs(found - endless(20)[: len(found)])[1_000:].max() < 2e-4


@pytest.mark.parametrize("suffix", LOSSY)
def test_what_the_encoder_put_around_a_piece_is_not_heard(suffix: str, tmp_path: Path) -> None:
    path = write_song(tmp_path / f"a{suffix}", chord(6))

    found = heard(path, 30)

    power = (found.reshape(-1, 960, 2) ** 2).mean(axis=(1, 2))
    wanted = (endless(30)[: len(found)].reshape(-1, 960, 2) ** 2).mean(axis=(1, 2))
    assert 10 * np.log10(power / wanted).min() > -1.5
    bends = np.abs(np.diff(found, 2, axis=0)).max(axis=1)
    assert bends.max() < 1.6 * bends[: 5 * 48_000].max()  # the codec's own clicks are in the first seconds


@pytest.mark.parametrize("suffix", EXACT)
def test_the_period_is_the_length_of_the_piece(suffix: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    piece = chord(6) + 0.02 * rng.standard_normal((6 * RATE, 2)).astype(np.float32)
    path = write_song(tmp_path / f"a{suffix}", piece)

    found = heard(path, 20)[:, 0]

    first, again = found[48_000:96_000], found[7 * 48_000 - 50_000 : 8 * 48_000 + 50_000]
    spectrum = np.fft.rfft(again, 1 << 18) * np.conj(np.fft.rfft(first, 1 << 18))
    spectrum[: 6_000 * (1 << 18) // 48_000] = 0  # the noise alone is not periodic in itself
    at = int(np.fft.irfft(spectrum)[: len(again) - len(first)].argmax()) - 50_000
    assert at == 0 or at < -48_000 // 2  # as long as the piece, or shorter by the fade


@pytest.mark.parametrize("size", [1_000, 44_100])
def test_the_size_of_the_blocks_changes_nothing(size: int, tmp_path: Path) -> None:
    path = write_song(tmp_path / "a.mp3", chord(2.5))

    assert np.array_equal(heard(path, 8, size=size)[:300_000], heard(path, 8)[:300_000])


def test_going_back_gives_the_same_samples(tmp_path: Path) -> None:
    reel = music(write_song(tmp_path / "a.mp3", chord(10)), 24_000, 1, 0.0)

    first = reel.read(10_000, 5_000)
    reel.read(24_000 * 30, 5_000)

    assert np.array_equal(reel.read(10_000, 5_000), first)


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000, 96_000])
def test_any_rate_and_one_channel_will_do(rate: int, tmp_path: Path) -> None:
    path = write_song(tmp_path / "a.wav", chord(3, rate=rate)[:, :1], rate)

    found = heard(path, 10)

    assert np.array_equal(found[:, 0], found[:, 1])
    assert np.abs(2**0.5 * found - endless(10)[: len(found), :1])[2_000:].max() < 2e-3


@pytest.mark.parametrize("seconds", [0.02, 1, 20, 60])
def test_loudness_is_that_of_the_whole(seconds: float, tmp_path: Path) -> None:
    path = write_song(tmp_path / "a.flac", chord(seconds))

    meter = Meter(48_000, 2)
    meter.add(heard(path, 5))
    meter.finish()
    assert loudness(path, 900_000) == pytest.approx(meter.integrated, abs=0.5)


def test_loudness_is_that_of_what_is_heard(tmp_path: Path) -> None:
    path = write_song(tmp_path / "a.flac", np.concatenate((chord(60, 0.01), chord(100))))

    assert loudness(path, 160_000) - loudness(path, 55_000) == pytest.approx(20, abs=2)


def test_ten_hours_take_no_more_memory_or_time_than_some_minutes(tmp_path: Path) -> None:
    minute = write_song(tmp_path / "minute.mp3", chord(36)[:, :1])
    long = tmp_path / "long.mp3"
    with long.open("wb") as file:
        for _ in range(1_000):
            file.write(minute.read_bytes())

    tracemalloc.start()
    examine(long)
    assert loudness(long, 900_000) < 0
    reel = music(long, 24_000, 1, 0.0)
    for start in range(0, 24_000 * 120, 24_000):
        reel.read(start, 24_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 60e6


WRONG = {
    "garbage": (b"\x01\x02\x03garbage" * 5_000, "no sound can be read from it"),
    "empty": (b"", "it is empty"),
    "text": (b"hello\n" * 100, "no sound can be read from it"),
    "playlist": (b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsong.wav\n#EXT-X-ENDLIST\n", "no sound can be read"),
    "concat": (b"ffconcat version 1.0\nfile song.wav\n", "no sound can be read from it"),
    "header": (b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x80\xbb\x00\x00", "no sound can be read"),
}


@pytest.mark.parametrize(("content", "reason"), WRONG.values(), ids=WRONG)
def test_what_is_no_music_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    write_song(tmp_path / "song.wav", chord(3))
    (tmp_path / "a.mp3").write_bytes(content)

    with pytest.raises(MusicFileError) as raised:
        examine(tmp_path / "a.mp3")

    assert reason in raised.value.reason
    assert str(tmp_path / "a.mp3") in raised.value.what


def test_a_folder_a_missing_file_silence_and_a_silent_film_are_refused(tmp_path: Path) -> None:
    wrong = {
        tmp_path: "it is a folder",
        tmp_path / "nowhere.mp3": "it cannot be read: No such file or directory",
        write_song(tmp_path / "silence.flac", np.zeros((RATE, 2), np.float32)): "there is only silence in it",
        write_silent_film(tmp_path / "film.mp4"): "there is no sound in it",
    }

    for path, reason in wrong.items():
        with pytest.raises(MusicFileError) as raised:
            examine(path)
        assert raised.value.reason == reason


def test_damage_in_the_middle_is_passed_over(tmp_path: Path) -> None:
    path = write_song(tmp_path / "a.mp3", chord(30))
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + b"\x55\xaa" * 20_000 + content[middle + 40_000 :])

    examine(path)
    found = heard(path, 40)

    assert np.isfinite(found).all()
    assert (np.abs(found).reshape(-1, 48_000, 2).max(axis=(1, 2)) > 0.05).mean() > 0.9


def test_numbers_that_are_none_are_silence(tmp_path: Path) -> None:
    import soundfile

    samples = chord(2)
    samples[1_000:1_100] = np.nan
    samples[2_000] = np.inf
    soundfile.write(tmp_path / "a.wav", samples, RATE, subtype="FLOAT")

    assert np.isfinite(heard(tmp_path / "a.wav", 3)).all()
