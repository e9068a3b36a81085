"""A real device on the recorder rig."""

import os
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.output.contract import FADE
from tests.recording import RATE, Run, ramp
from tests.rig import Recorder, wait_until
from voicecoach.output.backends import backend
from voicecoach.output.port import OutputEvent
from voicecoach.output.process import AudioProcess

CROSSING = {"simpleaudio": RATE * 60 // 1000}
"""It has read 98 ms when a switch comes; the new sound begins after 60, on a tape that starts some ms late."""


class Live:
    """A device on the rig, recorded, and the events it told."""

    def __init__(self, kind: str, recorder: Recorder, log: Path | None = None) -> None:
        self.kind = kind
        self.crossing = CROSSING.get(kind, FADE)
        self.recorder = recorder
        self.events: list[OutputEvent] = []
        self.output = AudioProcess(kind, notify=self.events.append, log=log)
        self._next = 0

    def until(self, condition: Callable[[], bool]) -> None:
        """Waits in real time."""
        wait_until(condition, "the output to get there", 60)

    def heard(self) -> "array[int]":
        """Every sample the sink played since the recording began."""
        return self.recorder.so_far().samples

    def runs(self) -> list[Run]:
        """The unbroken stretches of the ramp."""
        return self.recorder.so_far().runs()

    def write(self, programme: Callable[[int, int], bytes] = ramp) -> None:
        """Writes the next second of the programme, or as much of it as there is room for."""
        count = min(self.output.room(), RATE)
        self.output.write(programme(count, self._next))
        self._next += count

    def play(self, seconds: float) -> None:
        """Writes the ramp and lets so many seconds of it be recorded."""
        target = self.recorder.frames + round(seconds * RATE)
        while self.recorder.frames < target:
            self.write()
            self.recorder.wait(min(RATE // 2, target - self.recorder.frames))

    def child(self) -> int:
        """The process that plays."""
        return self.output._children[0].pid

    def state(self, wanted: str) -> None:
        """Waits for a state of the output."""
        wait_until(lambda: self.output.place.state == wanted, f"{self.kind} to be {wanted}", 30)


def check_installed(name: str) -> None:
    """Skips where the backend is not installed; fails in CI."""
    kind = backend(name)
    if kind.installed:
        return
    reason = f"{name} is missing: {kind.install}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
