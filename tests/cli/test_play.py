import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.reader import record
from voicecoach.cli import run
from voicecoach.history.record import History
from voicecoach.session import read_script

Write = Callable[[str, str], str]

SHORT = "title: Short\nstop_if: [sharp pain]\nsteps:\n  - {name: Plank, hold: 5s, ready: 0s}\n"
LONG = "title: Long\nstop_if: [sharp pain]\nsteps:\n  - {name: Plank, hold: 5m}\n"


def _start(*words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "voicecoach", "play", *words]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _running(process: "subprocess.Popen[str]", line: str) -> None:
    """Reads what it prints until a line contains some words."""
    assert process.stdout
    for printed in process.stdout:
        if line in printed:
            return
    raise AssertionError(f"it never printed {line!r}: {process.stderr and process.stderr.read()}")


def test_a_session_is_played_to_its_end_and_recorded(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    code = run(["play", write("short.coach.yaml", SHORT), "--plain", "--device", "null", "--engine", "silent"])

    out, _ = capfd.readouterr()
    assert code == 0
    assert "hold: Plank, 5 s" in out
    assert out.endswith("Finished: 1 of 1 done.\n")
    [entry] = History().entries()
    assert (entry.outcome, entry.routine, entry.done) == ("finished", "short", 1)


def test_what_the_device_got_is_what_render_writes(write: Write, user_folders: Path) -> None:
    name = write("short.coach.yaml", SHORT)

    assert run(["play", name, "--plain", "--device", f"null:{user_folders / 'heard.raw'}"]) == 0
    assert run(["render", name, "-o", "short.wav"]) == 0

    _assert_heard("heard.raw", "short.wav")


def test_what_somebody_recorded_is_heard_live_as_in_the_file(write: Write, user_folders: Path) -> None:
    name = write("short.coach.yaml", SHORT)
    record(user_folders / "spoken" / "plank.wav", "Plank.")
    assert run(["record", name, "--import", "spoken"]) == 0

    assert run(["play", name, "--plain", "--device", f"null:{user_folders / 'heard.raw'}", "--takes", "own"]) == 0
    assert run(["render", name, "-o", "short.wav", "--takes", "own"]) == 0
    assert run(["render", name, "-o", "engine.wav"]) == 0

    _assert_heard("heard.raw", "short.wav")
    assert Path("short.wav").read_bytes() != Path("engine.wav").read_bytes()


def test_without_a_routine_and_without_a_terminal_it_says_what_to_type(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["play"]) == 2

    assert "voicecoach list" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nosuch"], 2, "no routine of that id"),
        (["wrong.coach.yaml"], 2, "wrong.coach.yaml:2:"),
        (["short.coach.yaml", "--from", "soon"], 2, "--from 2:21"),
        (["short.coach.yaml", "--device", "nul"], 3, "did you mean 'null'?"),
        (["short.coach.yaml", "--volume", "101"], 2, "from 0 to 100"),
    ],
)
def test_what_is_wrong_is_said_before_anything_sounds(
    write: Write, capfd: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    write("short.coach.yaml", SHORT)
    write("wrong.coach.yaml", "title: T\nsteps: [{hodl: 3s}]\n")

    try:
        ended = run(["play", *words, "--plain"])
    except SystemExit as left:
        ended = left.code  # type: ignore[assignment]

    out, err = capfd.readouterr()
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    assert History().entries() == ()


def test_no_sound_device_is_exit_3_with_what_to_do_instead(
    write: Write, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nothing'}")
    monkeypatch.setenv("ALSA_CONFIG_PATH", os.devnull)
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")

    code = run(["play", write("short.coach.yaml", SHORT), "--plain", "--engine", "silent"])

    _, err = capfd.readouterr()
    assert code == 3
    assert "--device null" in err
    assert "voicecoach render" in err
    assert History().entries() == ()


def test_ctrl_c_ends_it_with_130_and_what_was_done_is_kept(write: Write) -> None:
    process = _start(write("long.coach.yaml", LONG), "--device", "null")
    _running(process, "hold: Plank")
    _recorded()

    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "Traceback" not in err
    [entry] = History().entries()
    assert entry.outcome == "stopped"


def test_a_killed_session_is_offered_again_and_taken_up_where_it_was(
    write: Write, capfd: pytest.CaptureFixture[str]
) -> None:
    name = write("long.coach.yaml", LONG)
    process = _start(name, "--device", "null", "--from", "4:58")
    _running(process, "hold: Plank")
    _recorded(beyond=4 * 60_000 + 58_000)
    process.kill()
    process.communicate()

    assert run(["check", name]) == 0
    assert run(["play", name, "--plain", "--device", "null", "--resume"]) == 0

    out, err = capfd.readouterr()
    assert "going on at 4:5" in err
    assert out.endswith("Finished: 1 of 1 done.\n")
    first, second = reversed(History().entries())
    assert (first.outcome, second.outcome) == ("crashed", "finished")
    assert History().unfinished() is None


def test_a_session_is_taken_up_at_its_level_and_goes_on_at_the_one_that_is_asked_for(write: Write) -> None:
    steps = "  - {name: Plank, hold: 2-4s, ready: 0s}\n  - {name: Squat, time: 2-90s, ready: 0s}\n"
    name = write("levels.coach.yaml", f"title: Levels\nstop_if: [sharp pain]\nsteps:\n{steps}")
    process = _start(name, "--device", "null", "--level", "strong")
    _running(process, "hold: Plank")
    _recorded(beyond=2_000)
    process.kill()
    process.communicate()

    assert run(["play", name, "--plain", "--device", "null", "--resume", "--level", "gentle"]) == 0

    second, first = History().entries()
    assert (first.level, first.outcome) == ("strong", "crashed")
    assert (second.level, second.outcome, second.skipped, second.bouts) == ("gentle", "finished", 0, 2)


def test_nothing_to_take_up_is_said(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    name = write("short.coach.yaml", SHORT)

    assert run(["play", name, "--plain", "--device", "null", "--engine", "silent", "--resume"]) == 0

    assert "starts at the beginning" in capfd.readouterr().err


def test_speech_that_is_not_made_yet_does_not_hold_up_the_start(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing in the cache, the device gets the same as with everything in it."""
    lines = "".join(f"  - {{name: Exercise {n}, hold: 2s, ready: 0s, how: Do it {n} times.}}\n" for n in range(2, 5))
    name = write("many.coach.yaml", f"title: Many\nstop_if: [sharp pain]\nsteps:\n{lines}")
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "empty"))
    monkeypatch.setattr("voicecoach.live.ENOUGH", 1_000)
    monkeypatch.setattr("voicecoach.live.BATCH", 1)

    assert run(["play", name, "--plain", "--device", "null:heard.raw"]) == 0
    assert run(["render", name, "-o", "many.wav"]) == 0

    _assert_heard("heard.raw", "many.wav")


def test_listed_texts_are_said_in_turn_from_session_to_session(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    script = "title: T\nstop_if: [pain]\nsteps:\n  - say: [First., Second.]\n  - {name: Plank, hold: 2s, ready: 0s}\n"
    name = write("turns.coach.yaml", script)
    assert read_script(name).routine is not None

    for _ in range(2):
        assert run(["play", name, "--plain", "--device", "null", "--engine", "silent"]) == 0

    out, _ = capfd.readouterr()
    assert [line.partition("says: ")[2] for line in out.splitlines() if "says: " in line and "Stop" not in line][
        :1
    ] == ["First."]
    assert "says: Second." in out


def _assert_heard(heard: str, written: str) -> None:
    """The device got the written file, but for the 8 ms in which the sound rises."""
    import soundfile

    samples, rate = soundfile.read(written, dtype="int16")
    taken = np.fromfile(heard, "<i2")
    rise = 8 * rate // 1000
    begin = int(np.flatnonzero(taken)[0]) - int(np.flatnonzero(samples)[0])
    places = range(max(begin - 2, 0), begin + 1)
    rest = samples[rise:]
    assert any(np.array_equal(taken[start + rise : start + len(samples)], rest) for start in places)


def _recorded(beyond: int = 0) -> None:
    """Waits until the history has the running session."""
    until = time.monotonic() + 60
    while not any(entry.at > beyond for entry in History().entries()):
        assert time.monotonic() < until, "the session is not in the history"
        time.sleep(0.05)


WATCHED = """
import os, sys
from voicecoach.cli import run
from voicecoach.output.process import AudioProcess

def tell(output, *, aligned):
    print({"numpy", "voicecoach.sound.mixer", "dataclasses"} & {*sys.modules} or "nothing", flush=True)
    os._exit(0)

AudioProcess.switch = tell
run(sys.argv[1:])
"""
"""Tells what is loaded of what mixes when the first sound is handed over."""


def test_a_session_that_was_begun_before_is_heard_before_what_mixes_is_loaded(write: Write) -> None:
    name = write("long.coach.yaml", LONG.replace("Plank", "Bridge"))

    def loaded() -> str:
        words = [sys.executable, "-c", WATCHED, "play", name, "--plain", "--device", "null"]
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout

    assert "numpy" in loaded()
    process = _start(name, "--device", "null")
    _running(process, "hold: Bridge")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)

    assert loaded() == "nothing\n"
