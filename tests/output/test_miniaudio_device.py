"""miniaudio's own device without sound, in this process: who asks for frames, and what happens when there are none."""

from collections.abc import Iterator

import miniaudio
import pytest

from tests.output.outputs import wait_until
from voicecoach.output import miniaudio_device
from voicecoach.output.feed import Feed
from voicecoach.output.memory import Memory
from voicecoach.output.miniaudio_device import MiniaudioDevice
from voicecoach.units import Frames

RATE = 24_000


class Broken(Feed):
    """A feed with a fault."""

    def take(self, count: Frames) -> bytes:
        raise ZeroDivisionError(f"{count} frames are too many")


@pytest.fixture(params=["at once", "in the library's own way"])
def device(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[MiniaudioDevice]:
    monkeypatch.setattr(miniaudio_device, "_systems", lambda: [miniaudio.Backend.NULL])
    if request.param != "at once":
        monkeypatch.setattr(miniaudio_device, "_CALLBACK", "_called_otherwise")
    device = MiniaudioDevice()
    yield device
    device.close()


def feed(kind: type[Feed] = Feed) -> Feed:
    memory = Memory.create()
    memory.close()
    memory.append(0, bytes(2 * RATE * 5))
    return kind(memory, RATE)


def test_it_takes_frames_for_as_long_as_it_is_open(device: MiniaudioDevice) -> None:
    sound = feed()
    device.open(sound, "")
    wait_until(lambda: sound.taken > RATE // 2)
    alive = device.alive()
    device.close()
    taken = sound.taken

    device.close()

    assert alive
    assert sound.taken == taken


@pytest.mark.parametrize("device", ["at once"], indirect=True)
def test_a_feed_that_fails_is_told_and_the_device_counts_as_gone(
    device: MiniaudioDevice, capfd: pytest.CaptureFixture[str]
) -> None:
    device.open(feed(Broken), "")

    wait_until(lambda: not device.alive())

    assert "frames are too many" in capfd.readouterr().err


def test_once_it_is_closed_the_library_asks_in_its_own_way_again(device: MiniaudioDevice) -> None:
    device.open(feed(), "")
    device.close()
    other = miniaudio.PlaybackDevice(nchannels=1, backends=[miniaudio.Backend.NULL])
    asked: list[int] = []

    def theirs() -> Iterator[bytes]:
        count = yield b""
        while True:
            asked.append(count)
            count = yield bytes(2 * count)

    sound = theirs()
    next(sound)
    with other:
        other.start(sound)
        wait_until(lambda: len(asked) > 2)
