"""A render that is killed leaves no half file and a cache that still works."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL does not exist on Windows")


def start(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "VOICECOACH_CACHE_DIR": str(folder / "cache")}
    return subprocess.Popen(
        [sys.executable, "-m", "voicecoach", "render", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def kill_when(process: "subprocess.Popen[bytes]", ready: object) -> None:
    assert callable(ready)
    while process.poll() is None and not ready():
        time.sleep(0.001)
    assert process.poll() is None, "it finished before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_killed_while_writing_leaves_the_old_file_and_the_next_render_cleans_up(tmp_path: Path) -> None:
    destination = tmp_path / "out.m4a"
    destination.write_bytes(b"what stood there before")

    process = start(tmp_path, "feet-morning", "--level", "strong", "-o", "out.m4a")
    kill_when(process, lambda: any(part.stat().st_size > 0 for part in tmp_path.glob(".*out.m4a*")))

    assert destination.read_bytes() == b"what stood there before"
    again = start(tmp_path, "feet-morning", "--level", "strong", "-o", "out.m4a")
    assert again.communicate()[1] is not None
    assert again.returncode == 0
    assert destination.stat().st_size > 100_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "out.m4a"]


def test_killed_while_speaking_leaves_a_cache_that_gives_the_same_bytes(tmp_path: Path) -> None:
    clips = tmp_path / "cache" / "clips"

    process = start(tmp_path, "feet-midday", "-o", "killed.wav")
    kill_when(process, lambda: sum(path.is_file() for path in clips.rglob("*")) > 10)

    assert not (tmp_path / "killed.wav").exists()
    resumed = start(tmp_path, "feet-midday", "-o", "resumed.wav")
    resumed.communicate()
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    other = start(fresh, "feet-midday", "-o", "other.wav")
    other.communicate()
    assert (resumed.returncode, other.returncode) == (0, 0)
    assert (tmp_path / "resumed.wav").read_bytes() == (fresh / "other.wav").read_bytes()
