"""Music, loudness and lead-in as a person asks for them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.songs import chord, write_song
from voicecoach.cli import run
from voicecoach.sound.meter import Meter

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]

SMALL = """\
title: Small
stop_if: [sharp pain]
steps:
  - {name: Squats, hold: 5s, how: Sit back as if on a chair.}
  - {name: Plank, hold: 20s}
"""
WITH_MUSIC = SMALL.replace("steps:", "music: {file: song.flac, gain: -24, duck: 3}\nsteps:")


@pytest.fixture
def song(user_folders: Path) -> Path:
    return write_song(user_folders / "song.flac", chord(4))


def held(path: str) -> tuple[np.ndarray, int]:
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return samples, rate


def loud(samples: np.ndarray, rate: int) -> float:
    meter = Meter(rate, samples.shape[1])
    meter.add(samples)
    meter.finish()
    return meter.integrated


def test_music_is_laid_under_a_session_that_is_otherwise_the_same(write: Write, song: Path) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["render", name, "-o", "a.wav"]) == 0
    assert run(["render", name, "-o", "b.wav", "--music", "song.flac"]) == 0

    (plain, rate), (both, twice) = held("a.wav"), held("b.wav")
    assert (rate, twice) == (24_000, 48_000)
    assert both.shape == (2 * len(plain), 2)
    music = both[::2] - plain
    assert np.abs(music).max() < 0.05
    quiet = music[20 * rate : 24 * rate]
    assert np.sqrt((quiet**2).mean()) > 1e-3
    assert abs(float((music[:, 0] * plain[:, 0]).mean() / (plain[:, 0] ** 2).mean())) < 0.02


@pytest.mark.parametrize(
    ("words", "gain"), [([], -24), (["--music-gain", "-30"], -30), (["--music", "song.flac"], -20)]
)
def test_the_gain_is_that_of_the_pauses_against_speech(words: list[str], gain: int, write: Write, song: Path) -> None:
    name = write("small.coach.yaml", WITH_MUSIC)

    assert run(["render", name, "-o", "a.wav", *words]) == 0

    samples, rate = held("a.wav")
    pause = samples[17 * rate : 20 * rate]
    assert loud(pause, rate) == pytest.approx(-16 + gain, abs=1.2)


def test_the_music_of_a_script_can_be_left_out(write: Write, song: Path) -> None:
    assert run(["render", write("a.coach.yaml", WITH_MUSIC), "-o", "a.wav", "--no-music"]) == 0
    assert run(["render", write("b.coach.yaml", SMALL), "-o", "b.wav"]) == 0

    assert Path("a.wav").read_bytes() == Path("b.wav").read_bytes()


def test_the_plan_names_music_only_where_there_is_some(write: Write, song: Path, capsys: Capture) -> None:
    names = [write("small.coach.yaml", SMALL), write("music.coach.yaml", WITH_MUSIC)]

    plans = []
    for name in names:
        assert run(["plan", name, "--estimate", "--json"]) == 0
        plans.append(json.loads(capsys.readouterr().out))

    assert "music" not in plans[0]["options"]
    assert plans[1]["options"]["music"] == {"file": "song.flac", "gain": -24, "duck": 3}
    assert plans[0]["digest"] != plans[1]["digest"]
    assert plans[0]["duration_ms"] == plans[1]["duration_ms"]


def test_music_that_is_none_is_shown_in_the_script(write: Write, capsys: Capture) -> None:
    name = write("small.coach.yaml", WITH_MUSIC)
    write("song.flac", "no music")

    assert run(["check", name]) == 2

    assert capsys.readouterr().err == (
        "small.coach.yaml:3:15: error E066: the music file song.flac cannot be used: no sound can be read from it\n"
        "    3 | music: {file: song.flac, gain: -24, duck: 3}\n"
        "      |               ^^^^^^^^^\n"
        "  fix: give a sound file, such as MP3, FLAC, Ogg or M4A, in the routine's folder\n"
        "1 file checked: 1 error\n"
    )


@pytest.mark.parametrize("key", ["music: ../song.flac", "music: link.flac", "tones: {start: {file: ../song.wav}}"])
def test_a_script_reads_no_sound_outside_its_folder(key: str, write: Write, song: Path, capsys: Capture) -> None:
    name = write("inner/small.coach.yaml", SMALL.replace("steps:", f"{key}\nsteps:"))
    (song.parent / "inner" / "link.flac").symlink_to(song)

    assert run(["check", name]) == 2

    assert "is outside this project" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["render", "play"])
@pytest.mark.parametrize("file", ["nowhere.mp3", ".", "small.coach.yaml", "/dev/null"])
def test_wrong_music_on_the_command_line_ends_with_2(
    command: str, file: str, write: Write, user_folders: Path, capsys: Capture
) -> None:
    name = write("small.coach.yaml", SMALL)
    words = ["-o", "a.wav"] if command == "render" else ["--plain", "--engine", "silent", "--device", "null"]

    assert run([command, name, "--music", file, *words]) == 2

    assert f"command line: error E066: --music {file} cannot be used" in capsys.readouterr().err
    assert [path.name for path in user_folders.iterdir()] == ["small.coach.yaml"]


@pytest.mark.parametrize("words", [[], ["--music", "./song.flac"]])
def test_music_is_never_written_over(words: list[str], write: Write, song: Path, capsys: Capture) -> None:
    before = song.read_bytes()
    name = write("small.coach.yaml", SMALL if words else WITH_MUSIC)

    assert run(["render", name, "-o", "song.flac", *words]) == 4

    assert song.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["--music-gain", "3"],
        ["--music-gain", "loud"],
        ["--music", "a.mp3", "--no-music"],
        ["--loudness", "-5"],
        ["--loudness", "-40"],
        ["--loudness", "nan"],
    ],
)
def test_a_wrong_number_ends_with_2(words: list[str], write: Write, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["render", write("small.coach.yaml", SMALL), *words])

    assert ended.value.code == 2


@pytest.mark.parametrize("time", ["long", "-1s", "31s", ""])
def test_a_wrong_lead_in_ends_with_2(time: str, write: Write, capsys: Capture) -> None:
    assert run(["render", write("small.coach.yaml", SMALL), f"--lead-in={time}"]) == 2

    assert f"--lead-in {time}: this is not a duration up to 30 s" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--music", "song.flac"]])
def test_a_lead_in_comes_before_a_session_that_is_otherwise_the_same(
    words: list[str], write: Write, song: Path
) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["render", name, "-o", "a.wav", *words]) == 0
    assert run(["render", name, "-o", "b.wav", "--lead-in", "1.5s", *words]) == 0

    (plain, rate), (late, _) = held("a.wav"), held("b.wav")
    lead = rate * 3 // 2
    assert np.array_equal(late[lead:], plain)
    assert 0 < np.abs(late[:lead]).max() < 0.002


def test_a_lead_in_moves_the_chapters(write: Write, song: Path) -> None:
    import av

    name = write("small.coach.yaml", SMALL)

    found = []
    for words in ([], ["--lead-in", "2s"]):
        assert run(["render", name, "-o", "a.m4a", *words]) == 0
        with av.open("a.m4a") as container:
            found.append([(c["start"] * c["time_base"], c["end"] * c["time_base"]) for c in container.chapters()])

    plain, late = found
    assert late == [(start + 2 if start else 0, end + 2) for start, end in plain]


@pytest.mark.parametrize("target", [-31, -23, -16, -14])
def test_the_whole_session_can_be_louder_or_quieter(target: int, write: Write, capsys: Capture) -> None:
    assert run(["render", write("small.coach.yaml", SMALL), "-o", "a.wav", "--loudness", str(target)]) == 0

    samples, rate = held("a.wav")
    assert loud(samples, rate) == pytest.approx(target, abs=1)
    assert np.abs(samples).max() < 10 ** (-1.5 / 20)


def test_render_says_how_loud_the_file_is(write: Write, song: Path, capsys: Capture) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["render", name, "-o", "a.wav"]) == 0
    plain = capsys.readouterr().err
    assert run(["render", name, "-o", "b.wav", "--music", "song.flac"]) == 0
    music = capsys.readouterr().err

    samples, rate = held("a.wav")
    first = re.search(
        r"^a\.wav: 0:\d\d(\.\d)?, \d\.\d MB\na\.wav: (.*) LUFS \(mono\), true peak (.*) dBTP, speech (\d+) %",
        plain,
        re.M,
    )
    assert first is not None
    assert float(first[2]) == pytest.approx(loud(samples, rate), abs=0.06)
    assert -20 < float(first[3]) < -1.4
    assert 3 < int(first[4]) < 50
    second = re.search(r"^b\.wav: (.*) LUFS \(stereo; as loud as (.*) in mono\)", music, re.M)
    assert second is not None
    assert float(second[1]) - float(second[2]) == pytest.approx(3)
