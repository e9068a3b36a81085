"""SDL's queue, played into a file by SDL's own disk driver: needs neither a device nor a sound server."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.output.contract import LONG, SECOND, frames_in, ramp
from tests.output.outputs import wait_until
from voicecoach.errors import DeviceError
from voicecoach.output.process import AudioProcess


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that SDL plays into."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(tmp_path / "disk.raw"))
    return tmp_path / "disk.raw"


@pytest.fixture
def output(disk: Path) -> Iterator[AudioProcess]:
    output = AudioProcess("sdl")
    yield output
    output.close()


def heard(disk: Path) -> list[int]:
    return frames_in(array("h", disk.read_bytes()))


def test_the_queue_plays_every_frame_once(output: AudioProcess, disk: Path) -> None:
    output.wait_open(20)

    output.write(ramp(SECOND))
    wait_until(lambda: output.place.frame == SECOND and output.place.idle > SECOND // 10)
    output.close()

    assert heard(disk) == list(range(SECOND))


def test_a_pause_takes_back_what_is_queued(output: AudioProcess, disk: Path) -> None:
    output.wait_open(20)
    output.write(ramp(LONG))
    wait_until(lambda: output.place.frame > SECOND // 4)

    before = output.place.frame
    output.pause()
    wait_until(lambda: output.place.state == "paused" and output.place.idle > SECOND // 10)
    paused_at = output.place.frame
    output.close()

    assert before <= paused_at < before + SECOND // 5
    assert abs(heard(disk)[-1] - paused_at) <= 2


def test_a_device_that_is_not_there_is_named(disk: Path) -> None:
    output = AudioProcess("sdl", "nobody's headset")

    with pytest.raises(DeviceError) as problem:
        output.wait_open(20)
    output.close()

    assert "nobody's headset" in problem.value.what


def test_a_way_to_play_that_sdl_does_not_know_is_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonsense")
    output = AudioProcess("sdl")

    with pytest.raises(DeviceError) as problem:
        output.wait_open(20)
    output.close()

    assert "no sound device" in problem.value.what
    assert "voicecoach devices" in problem.value.fix
