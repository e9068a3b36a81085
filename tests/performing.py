"""A live session without a device or a voice: the test lets the frames be heard."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from voicecoach.compiler.options import Options
from voicecoach.history.record import History
from voicecoach.live import Live, Request
from voicecoach.output.stepped import SteppedOutput
from voicecoach.player.devices import Devices
from voicecoach.routine import Level
from voicecoach.session import read_script
from voicecoach.speech.choice import speaking
from voicecoach.units import Milliseconds

PATIENCE = 30.0
"""Seconds after which something that should happen has not."""


class Stage:
    """A running session, and the output its test moves on."""

    def __init__(self, live: Live, output: SteppedOutput) -> None:
        self.live = live
        self.output = output

    def hear_to(self, at: Milliseconds) -> None:
        """Lets it play up to a place, or to where it stands still."""
        self.until(lambda: self.step() >= at or self.live.player.now().mode != "playing")

    def finish(self) -> None:
        """Lets it play to the end, going on wherever it waits."""
        while (mode := self.live.player.now().mode) != "ended":
            if mode in {"waiting", "paused"}:
                self.live.player.do("play")
            self.hear_to(self.live.player.now().timeline.duration)

    def step(self) -> Milliseconds:
        """A tenth of a second more; where the player is late, nothing is lost but silence is heard."""
        self.live.player._wake.set()  # it makes more at its next look: nobody waits for that here
        self.output.advance(2_400)
        return self.live.player.now().at

    def until(self, condition: Callable[[], bool]) -> None:
        """Waits until the threads of the session have brought something about."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "it never came about"
            time.sleep(0.002)


@contextmanager
def performed(
    name: str,
    cache: Path,
    *,
    options: Options | None = None,
    history: History | None = None,
    at: int = 0,
    then: Level | None = None,
    devices: Devices | None = None,
) -> Iterator[Stage]:
    """A session of the silent engine that is about to be heard."""
    with ExitStack() as keep:
        speaker = keep.enter_context(speaking("silent", cache))
        output = SteppedOutput()
        request = Request(read_script(name), options or Options(), name, at, then=then)
        live = Live(request, speaker, output, history=history, keep=keep.pop_all(), devices=devices)
        live.record()
        try:
            yield Stage(live, output)
        finally:
            live.close()
