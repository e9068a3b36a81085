"""Sound files of every kind become takes, or it is told why not."""

import os
from pathlib import Path

import numpy as np
import pytest

from tests.reader import reading, record
from tests.songs import RATE, write_silent_film, write_song
from voicecoach.errors import MissingError
from voicecoach.recordings.importing import files_in, samples, take_in
from voicecoach.recordings.matching import Match
from voicecoach.speech.recording import RecordingError
from voicecoach.speech.takes import Take, Takes

TEXT = "Keep your heel down."
LINE = ("en", TEXT)


def take(path: Path, takes: Takes) -> Take:
    [imported] = take_in([Match(path, LINE)], takes)
    assert imported.take is not None, imported.why
    return imported.take


@pytest.fixture
def takes(tmp_path: Path) -> Takes:
    return Takes(tmp_path / "takes", "own")


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".m4a", ".opus"])
def test_every_kind_of_file_becomes_the_same_take(suffix: str, takes: Takes, tmp_path: Path) -> None:
    made = take(record(tmp_path / f"a{suffix}", TEXT), takes)

    assert made == takes.find(TEXT, "en")
    assert made.length == pytest.approx(1_260, abs=60)


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000, 96_000, 192_000])
def test_every_rate_will_do(rate: int, takes: Takes, tmp_path: Path) -> None:
    assert take(record(tmp_path / "a.wav", TEXT, rate=rate), takes).length == pytest.approx(1_260, abs=60)


def test_one_channel_and_the_left_one_alone_will_do(takes: Takes, tmp_path: Path) -> None:
    sound = reading(TEXT)[:, None]
    left = np.concatenate([sound, np.zeros_like(sound)], axis=1)

    mono = take(write_song(tmp_path / "a.wav", sound), takes)
    one_side = take(write_song(tmp_path / "b.wav", left), takes)

    assert mono.length == pytest.approx(one_side.length, abs=20)


def test_a_link_is_read_and_stays(takes: Takes, tmp_path: Path) -> None:
    record(tmp_path / "a.wav", TEXT)
    (tmp_path / "b.wav").symlink_to("a.wav")

    take(tmp_path / "b.wav", takes)

    assert (tmp_path / "b.wav").is_symlink()


def test_a_clipped_recording_is_taken_and_told(takes: Takes, tmp_path: Path) -> None:
    sound = np.clip(reading(TEXT) * 30, -1, 1)[:, None]

    [imported] = take_in([Match(write_song(tmp_path / "a.wav", sound), LINE)], takes)

    assert imported.take is not None
    assert imported.clipped


def long_file(path: Path) -> Path:
    """Ten hours in which somebody speaks."""
    minute = write_song(path.with_name("minute.mp3"), np.tile(reading(TEXT), 20)[: 36 * RATE][:, None]).read_bytes()
    with path.open("wb") as file:
        for _ in range(1_000):
            file.write(minute)
    return path


def test_what_is_no_line_is_refused_with_the_reason(takes: Takes, tmp_path: Path) -> None:
    (tmp_path / "garbage.wav").write_bytes(b"\x01\x02garbage" * 5_000)
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "lost.wav").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.wav")
    write_song(tmp_path / "silence.wav", np.zeros((RATE, 2), np.float32))
    write_silent_film(tmp_path / "film.mp4")
    long_file(tmp_path / "long.mp3")
    wrong = {
        "garbage.wav": "no sound can be read from it",
        "empty.wav": "it is empty",
        "folder.wav": "it is a folder",
        "lost.wav": "it cannot be read: No such file or directory",
        "pipe.wav": "it is not a file",
        "silence.wav": "nothing can be heard in it",
        "film.mp4": "there is no sound in it",
        "long.mp3": "it lasts longer than 3 minutes: record each line in a file of its own",
    }

    found = list(take_in([Match(tmp_path / name, LINE) for name in wrong], takes))

    assert {one.match.path.name: one.why for one in found} == wrong
    assert takes.all() == []


def test_the_files_of_a_folder_come_by_their_numbers_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("10.wav", "9.wav", "relax.wav", ".DS_Store", "._9.wav", "lines.txt", "x\ny.wav"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "more").mkdir()

    assert [path.name for path in files_in(tmp_path)] == ["9.wav", "10.wav", "relax.wav", "x\ny.wav"]
    with pytest.raises(MissingError, match="cannot be read"):
        files_in(tmp_path / "9.wav")
    with pytest.raises(MissingError, match="cannot be read"):
        files_in(tmp_path / "nowhere")


def test_samples_are_those_of_the_file(tmp_path: Path) -> None:
    sound = reading(TEXT, rate=48_000)
    path = write_song(tmp_path / "a.wav", sound[:, None], 48_000)

    assert np.abs(samples(path) * 2**0.5 - sound).max() < 2e-4
    with pytest.raises(RecordingError):
        samples(tmp_path / "nowhere.wav")
