"""A compiled session, its moments, and controls that note what is asked."""

from collections.abc import Mapping
from functools import cache
from queue import SimpleQueue
from typing import NamedTuple

from tests.compiler.compiling import timeline
from voicecoach.player.now import Command, Mode, Now
from voicecoach.player.scene import Phase, Scene
from voicecoach.remote.mpris import Mpris
from voicecoach.timeline import Bout, Timeline
from voicecoach.units import Milliseconds

SCRIPT = """
title: Legs
steps:
  - section: Floor
    rounds: 2
    steps:
      - {name: Calf stretch, hold: 10s, each: leg}
      - {name: Bridge, hold: 10s}
"""

PHASES: Mapping[Mode, Phase] = {"paused": "paused", "waiting": "wait", "lost": "no sound", "ended": "done"}


@cache
def legs(title: str = "Legs") -> Timeline:
    return timeline(SCRIPT.replace("Legs", title))


def moment(at: Milliseconds, mode: Mode = "playing", session: Timeline | None = None, **rest: int) -> tuple[Now, Scene]:
    """The session at a place, as its front would ask for it and show it."""
    session = session or legs()
    bout = next((bout for bout in session.bouts if at < bout.end), session.bouts[-1])
    phase = PHASES.get(mode, "hold" if bout.start <= at < bout.end else "get ready")
    scene = Scene(
        phase,
        what=bout.name,
        ways=", ".join(f"{way} {axis}" for axis, way in bout.ways),
        seconds=None,
        counts=(),
        caption="",
        bout_share=0.0,
        session_share=at / session.duration,
        chapters=(),
        chapter="",
        elapsed_ms=at,
        length_ms=session.duration,
        next="",
        hint="",
        tone="",
    )
    return Now(mode, at, session)._replace(**rest), scene


def bout(number: int) -> Bout:
    return legs().bouts[number - 1]


class Notepad:
    """Controls that note what is asked of them."""

    def __init__(self) -> None:
        self.asked: SimpleQueue[tuple[str, object]] = SimpleQueue()

    def do(self, command: Command) -> None:
        self.asked.put(("do", command))

    def seek(self, at: Milliseconds) -> None:
        self.asked.put(("seek", at))

    def set_volume(self, percent: int) -> None:
        self.asked.put(("volume", percent))

    def next(self) -> tuple[str, object]:
        """The next thing that is asked."""
        return self.asked.get(timeout=20.0)


class StoppedClock:
    """A clock that moves when a test moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


START = bout(2).start
AT = START + 1000
"""Where a held session stands."""


class Held(NamedTuple):
    """A running session in its second bout, at a time that stands still."""

    remote: Mpris
    asked: Notepad
    clock: StoppedClock
