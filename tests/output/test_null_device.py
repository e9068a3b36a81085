"""The ideal device: on time, and behind by nothing but a sleep of the machine."""

import threading
import time
from pathlib import Path

import pytest

from tests.output.outputs import wait_until
from voicecoach.errors import DeviceError
from voicecoach.output.null_device import PERIOD, NullDevice
from voicecoach.units import SECOND

RATE = 24_000
BLOCK = RATE * PERIOD // SECOND


class Held:
    """A feed that can be held up, as a busy machine does."""

    rate = RATE
    ahead = 0
    urgent = False

    def __init__(self) -> None:
        self.taken = 0
        self.held = False
        self.go_on = threading.Event()

    def take(self, count: int) -> bytes:
        self.held = not self.go_on.is_set()
        self.go_on.wait()
        self.held = False
        self.taken += count
        return bytes(2 * count)

    def unwind(self, count: int) -> None:
        self.taken -= count


def hold_up(feed: Held, seconds: float) -> None:
    """Lets the device wait for its first frames."""
    wait_until(lambda: feed.held)
    until = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() > until)
    feed.go_on.set()


def test_after_a_stall_it_is_on_time_again() -> None:
    feed, device = Held(), NullDevice()
    begun = time.monotonic()
    device.open(feed, "")

    hold_up(feed, 0.7)
    wait_until(lambda: feed.taken >= (time.monotonic() - begun) * RATE - 5 * BLOCK)

    device.close()
    assert feed.taken <= (time.monotonic() - begun) * RATE + 2 * BLOCK


def test_what_a_sleep_of_the_machine_left_out_is_played_afterwards() -> None:
    feed, device = Held(), NullDevice()
    begun = time.monotonic()
    device.open(feed, "")

    hold_up(feed, 0.1)
    feed.go_on.clear()
    hold_up(feed, 1.5)
    wait_until(lambda: feed.taken > RATE // 2)

    late = (time.monotonic() - begun) * RATE - feed.taken
    device.close()
    assert late > RATE


def test_it_is_alive_until_it_is_closed() -> None:
    feed, device = Held(), NullDevice()
    feed.go_on.set()
    before = device.alive()
    device.open(feed, "")
    opened = device.alive()

    device.close()

    assert [before, opened, device.alive()] == [False, True, False]


def test_a_tape_in_a_missing_folder_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"the null device cannot write .*tape\.raw: No such file or directory"):
        NullDevice().open(Held(), str(tmp_path / "missing" / "tape.raw"))
