"""Outputs with an ear: one that is stepped, and a child process whose null device writes down what it plays."""

import time
from array import array
from collections.abc import Callable
from pathlib import Path

from tests.output.contract import FADE
from voicecoach.output.port import OutputEvent
from voicecoach.output.process import AudioProcess
from voicecoach.output.stepped import SteppedOutput

PATIENCE = 60.0
LONGEST = 1_000_000


def wait_until(condition: Callable[[], bool]) -> None:
    """Waits for a condition that must come true sooner or later."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, "this never came true"
        time.sleep(0.005)


class Stepped:
    """A SteppedOutput whose time passes in small steps."""

    crossing = FADE

    def __init__(self, step: int = 480) -> None:
        self.output = SteppedOutput()
        self._step = step
        self._heard = bytearray()

    def until(self, condition: Callable[[], bool]) -> None:
        """Steps on."""
        while not condition():
            assert len(self._heard) < LONGEST, "this never came true"
            self._heard += self.output.advance(self._step)

    def heard(self) -> "array[int]":
        """What `advance` returned."""
        return array("h", bytes(self._heard))


class Recorded:
    """An AudioProcess on the null device, and the events it told."""

    crossing = FADE

    def __init__(self, folder: Path) -> None:
        self.log = folder / "sound.log"
        self.tape = folder / "tape.raw"
        self.events: list[OutputEvent] = []
        self.output = AudioProcess("null", str(self.tape), notify=self.events.append, log=self.log)

    def until(self, condition: Callable[[], bool]) -> None:
        """Waits in real time."""
        wait_until(condition)

    def heard(self) -> "array[int]":
        """What the null device wrote down."""
        return array("h", self.tape.read_bytes())

    def kinds(self) -> list[str]:
        """The kinds of the events, in order."""
        return [event.kind for event in self.events]

    def child(self) -> int:
        """The process that plays now, or the last one that did."""
        return self.output._children[0].pid
