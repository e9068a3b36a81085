"""What the terminal UI is given: routines to offer, a way to start one, and a running session to steer."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol, TypeAlias

from voicecoach.player.devices import Devices
from voicecoach.player.now import Command, Now
from voicecoach.routine import Level
from voicecoach.units import Milliseconds

Answer: TypeAlias = Literal["easy", "right", "hard", "pain"]
"""How a session felt."""


class Steered(Protocol):
    """A player as the UI steers it; every method returns at once."""

    def now(self) -> Now:
        """The session at this moment."""
        ...

    def do(self, command: Command) -> str:
        """Does a command; a sentence for the person says why not, empty if it was done."""
        ...

    def notice(self) -> str:
        """What the person should be told once, empty if nothing."""
        ...

    def watch(self, changed: Callable[[], None]) -> None:
        """From now on `changed` is called, in any thread, when `now` tells something that time alone did not bring."""
        ...


class Summary(Protocol):
    """What was done in a session, and what its routine says about pain."""

    @property
    def title(self) -> str:
        """The title of the routine."""
        ...

    @property
    def done(self) -> int:
        """Bouts that were done to their end."""
        ...

    @property
    def skipped(self) -> int:
        """Bouts that were left out by the person."""
        ...

    @property
    def bouts(self) -> int:
        """Bouts in the whole session."""
        ...

    @property
    def at_ms(self) -> Milliseconds:
        """Where it ended."""
        ...

    @property
    def length_ms(self) -> Milliseconds:
        """How long the whole session is."""
        ...

    @property
    def finished(self) -> bool:
        """False if it was stopped before its end."""
        ...

    @property
    def advice(self) -> tuple[str, ...]:
        """What the routine advises."""
        ...

    @property
    def stop_if(self) -> tuple[str, ...]:
        """When the routine says to stop, as in `sharp pain`."""
        ...


class Running(Protocol):
    """One run of a session."""

    @property
    def player(self) -> Steered:
        """What plays it."""
        ...

    @property
    def devices(self) -> Devices | None:
        """Where it can be heard; None where there is nothing to choose."""
        ...

    def summary(self) -> Summary:
        """What was done so far."""
        ...

    def why(self, at_ms: Milliseconds) -> tuple[str, ...]:
        """Lines that tell why things are said, or left out, around a time."""
        ...

    def answer(self, answer: str) -> None:
        """Keeps how it felt; may be called after `close`, and again with another answer."""
        ...

    def close(self) -> None:
        """Ends the sound and writes the history; a second call does nothing."""
        ...


Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being made, how much of it is done, and of how much."""

Starter: TypeAlias = Callable[[str, Level | None, Progress], Running]
"""Starts a routine by its name; slow, so it is called in a thread; raises VoicecoachError."""


class Offer(NamedTuple):
    """A routine to choose: `name` is what starts it; `lengths` pairs each level with a length such as `10:23`.

    A `problem` says in a line why it cannot be played.
    """

    name: str
    title: str
    summary: str
    needs: tuple[str, ...]
    lengths: tuple[tuple[str, str], ...]
    last_done: datetime | None
    kind: Literal["bundled", "here", "own"]
    problem: str = ""


Shelf: TypeAlias = Callable[[], Sequence[Offer]]
"""Every routine there is; slow where there are many, so it is called in a thread."""


class View(NamedTuple):
    """How a person wants to see things; `level` is None where each routine decides."""

    captions: bool = True
    flash: bool = True
    theme: str = "dark"
    reduced_motion: bool = False
    level: Level | None = None


class Remember(Protocol):
    """Keeps settings that the person changed, by their names in View."""

    def __call__(self, **changes: object) -> None:
        """Keeps them; must not raise."""
        ...


class Resume(NamedTuple):
    """A session that was cut off at `at_ms` of `of_ms`.

    `go_on` takes it up there; slow, so it is called in a thread, and raises VoicecoachError.
    `settle` is told when the person wants something else instead; it must not raise.
    """

    name: str
    title: str
    level: Level | None
    at_ms: Milliseconds
    of_ms: Milliseconds
    go_on: Callable[[Progress], Running]
    settle: Callable[[Literal["anew", "not now"]], None]


LookBack: TypeAlias = Callable[[], Resume | None]
"""The session that was cut off, None for none; slow, so it is called in a thread; must not raise."""
