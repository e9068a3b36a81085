"""Real sessions for the UI's tests: compiled, mixed and played, but heard only as far as a test lets them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic, sleep

from rich.style import Style
from textual.pilot import Pilot

from voicecoach.compiler.options import Options
from voicecoach.errors import DeviceError
from voicecoach.live import Live, Request
from voicecoach.output.port import OutputEvent
from voicecoach.output.stepped import SteppedOutput
from voicecoach.player.devices import Devices, Outlet
from voicecoach.routine import LEVELS, Level
from voicecoach.session import read_script
from voicecoach.speech.silent import SilentEngine
from voicecoach.speech.speaker import Speaker
from voicecoach.tui.app import Coach
from voicecoach.tui.port import Offer, Progress

PATIENCE = 20.0
"""Seconds until a test gives up."""

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)

SCRIPT = """
voicecoach: 1
title: Two stretches
stop_if: [sharp pain]
advice: [Ice helps.]
steps:
  - wait: Sit down. Press space when you are ready.
    audio: 10s
  - hold: 15s
    name: Calf stretch
    reps: 2
    sets: 2
    relax: 8s
    rest: 20s
    each: leg
    how: Lean against the wall.
  - time: 30s
    name: March
"""


class Rehearsal:
    """A running session, and the output that lets time pass."""

    def __init__(
        self,
        folder: Path,
        script: str = SCRIPT,
        *,
        at: int = 0,
        level: Level | None = None,
        devices: Devices | None = None,
    ) -> None:
        path = folder / "two.coach.yaml"
        path.write_text(script, encoding="utf-8")
        self._live: Live | None = None
        self.output = SteppedOutput(notify=self._heed)
        options = Options() if level is None else Options(dial=LEVELS[level])
        speaker = Speaker(SilentEngine(), None)
        request = Request(read_script(str(path)), options, str(path), at)
        self.live = Live(request, speaker, self.output, devices=devices)
        self._live = self.live

    def hear(self, milliseconds: int) -> None:
        """Lets exactly so much of the session be heard; it must be playing."""
        rest, deadline = self.output.rate * milliseconds // 1_000, monotonic() + PATIENCE
        while rest > 0:
            assert monotonic() < deadline, "the session does not play on"
            before = self.output.place
            self.output.advance(min(rest, self.output.rate // 100))
            after = self.output.place
            moved = after.frame - before.frame if after.generation == before.generation else 0
            rest -= moved
            if not moved:
                self.live.player._wake.set()  # it makes more at its next look: nobody waits for that here
                sleep(0.002)

    def pass_by(self, milliseconds: int) -> None:
        """Lets time pass for the device, whether or not the session plays."""
        for _ in range(0, milliseconds, 10):
            self.output.advance(self.output.rate // 100)

    def _heed(self, event: OutputEvent) -> None:
        if self._live is not None:
            self._live.player.heed(event)


class Cabinet:
    """Three devices and more, of which the broken one does not open; `moved` are those that did.

    Without `found` it looks for ever, without `opened` it is opening for ever.
    """

    def __init__(self, more: int = 0) -> None:
        self.more = more
        self.moved: list[str] = []
        self.found, self.opened = Event(), Event()
        self.found.set()
        self.opened.set()

    def listed(self) -> Sequence[Outlet]:
        assert self.found.wait(PATIENCE)
        present = self.moved[-1] if self.moved else "speakers"
        names = {"speakers": "Speakers", "sdl:head [b]set": "sdl: head [b]set", "broken": "Broken radio"}
        names |= {f"more {n}": f"Device {n}" for n in range(self.more)}
        return [Outlet(name, label, name == present) for name, label in names.items()]

    def use(self, name: str) -> str:
        assert self.opened.wait(PATIENCE)
        if name == "broken":
            raise DeviceError("the radio is broken", "repair it")
        self.moved.append(name)
        return name.rpartition(":")[2]


OFFERS: Sequence[Offer] = (
    Offer(
        "feet-morning",
        "Morning foot stretches",
        "Three gentle stretches for pain in the ball of the foot.",
        ("a chair", "a wall"),
        (("gentle", "10:22"), ("steady", "10:22"), ("strong", "12:48")),
        datetime(2026, 3, 13, 7, 0, tzinfo=UTC),
        "bundled",
    ),
    Offer(
        "box-breathing",
        "Box breathing",
        "Four calm minutes.",
        (),
        (("gentle", "4:20"), ("steady", "4:20"), ("strong", "4:20")),
        None,
        "bundled",
    ),
    Offer("broken", "broken.coach.yaml", "", (), (), None, "here", "broken.coach.yaml:3:5: unknown key 'hodl'"),
)


def shelf() -> Sequence[Offer]:
    """Three offers, at once."""
    return OFFERS


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Waits for something that a thread or a timer brings about."""
    deadline = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < deadline, "it never came"
        await pilot.pause(0.02)


def seen(app: Coach) -> str:
    """The screen as text, as a person sees it."""
    return "\n".join("".join(text for text, _ in row) for row in picture(app))


def picture(app: Coach) -> list[list[tuple[str, Style]]]:
    """The screen as rows of text and style."""
    strips = app.screen._compositor.render_strips(app.size)
    return [[(segment.text, segment.style or Style()) for segment in strip] for strip in strips]


def never(_name: str, _level: Level | None, _progress: Progress) -> Live:
    """For a UI that is not to start anything."""
    raise AssertionError("nothing is to be started")
