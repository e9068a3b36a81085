"""A session bus of its own for a test, and what listens to it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.remote.desktop import Bus, Desktop
from tests.remote.sessions import AT, Held, Notepad, StoppedClock, moment
from voicecoach.remote.mpris import Mpris

PROGRAMS = {"dbus-daemon": "dbus-daemon", "playerctl": "playerctl"}


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """A dbus-daemon that only this test knows; in CI a missing program is a failure."""
    for program, package in PROGRAMS.items():
        if shutil.which(program) is None:
            reason = f"{program} is missing: apt-get install --no-install-recommends {package}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
    with TemporaryDirectory(prefix="bus") as folder:
        address = f"unix:path={Path(folder, 'bus')}"
        command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}", "--print-address=1"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
            try:
                assert daemon.stdout
                assert daemon.stdout.readline().startswith(address.encode())
                monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
                yield Bus(daemon, address, Path(folder))
            finally:
                daemon.kill()


@pytest.fixture
def desktop(bus: Bus) -> Iterator[Desktop]:
    """Hears every signal on the bus."""
    listening = Desktop(bus.address)
    yield listening
    listening.close()


@pytest.fixture
def held(bus: Bus) -> Iterator[Held]:
    clock, asked = StoppedClock(), Notepad()
    remote = Mpris(clock)
    remote.show(*moment(AT))
    assert remote.start(asked)
    yield Held(remote, asked, clock)
    remote.close()
