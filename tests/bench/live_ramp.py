"""A session whose sound is a ramp on the real player, output and screen: `python -m tests.bench.live_ramp`.

Arguments are a script, a device, and the milliseconds for which the interpreter is held, and how
often: `busy.coach.yaml miniaudio 150 300`. Without the last two nothing is held.
"""

import ctypes
import sys
import threading
import time
from typing import Any

import numpy as np

from tests.bench.live_onsets import silent_session
from tests.recording import RAMP
from voicecoach.live import Summary
from voicecoach.output.process import AudioProcess
from voicecoach.player.course import Course
from voicecoach.player.player import Player
from voicecoach.player.transport import start
from voicecoach.routine import Level
from voicecoach.session import Session
from voicecoach.sound.clip import Samples
from voicecoach.timeline import Timeline
from voicecoach.tui.app import Coach
from voicecoach.tui.port import Progress
from voicecoach.units import frames


class RampMixer:
    """Each frame tells its number."""

    def __init__(self, timeline: Timeline) -> None:
        self.rate = timeline.sample_rate
        self.length = frames(timeline.duration, self.rate)

    def read(self, start: int, count: int) -> Samples:
        numbers = np.arange(start, start + count) % RAMP + 1
        return (numbers / 32_768).astype(np.float32)

    def is_silent(self, start: int, count: int) -> bool:
        return False


class RampSession(Session):
    """A session of which nothing but the sound is another."""

    def mixer(self, timeline: Timeline | None = None, *, louder: float = 0.0) -> Any:
        return RampMixer(timeline or self.timeline)


class Run:
    """What the screen is given."""

    devices = None

    def __init__(self, session: Session, device: str) -> None:
        self.session = session
        self.player = Player(session, AudioProcess(device), start(session.timeline))

    def summary(self) -> Summary:
        now, (done, skipped) = self.player.now(), self.player.done()
        bouts, length = len(now.timeline.bouts), now.timeline.duration
        return Summary(now.timeline.title, done, skipped, bouts, now.at, length, now.mode == "ended", (), ())

    def why(self, at_ms: int) -> tuple[str, ...]:
        return tuple(cue.text for cue in Course(self.session.timeline).cues(at_ms - 60_000, at_ms + 60_000))

    def answer(self, answer: str) -> None:
        return

    def close(self) -> None:
        self.player.close()


def main() -> None:
    script, device, *held = sys.argv[1:]
    if held:
        length, every = map(int, held)
        threading.Thread(target=hold, args=(length, every), daemon=True).start()
    run = Run(RampSession(*silent_session(script)), device)
    Coach(_never, list, live=run).run()


def hold(length: int, every: int) -> None:
    """Keeps the interpreter to itself for `length` ms, once in `every` ms."""
    library = ctypes.PyDLL(None)
    while True:
        time.sleep((every - length) / 1000)
        end = time.monotonic() + length / 1000
        while (left := end - time.monotonic()) > 0:
            library.usleep(min(round(left * 1_000_000), 999_999))


def _never(_name: str, _level: Level | None, _progress: Progress) -> Run:
    raise AssertionError("nothing else is to be started")


if __name__ == "__main__":
    main()
