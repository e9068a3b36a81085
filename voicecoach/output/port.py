"""The two ports of sound output: what the player asks of it, and what a device asks of the feed."""

from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol, TypeAlias

from voicecoach.units import Frames, Rate

State: TypeAlias = Literal["starting", "playing", "paused", "lost", "closed"]
"""`starting`: no device is open yet. `lost`: the device, or the process that plays, is gone for now."""


class Place(NamedTuple):
    """Where the sound is.

    A generation is one run of frames written without a break; `frame` is the next of its frames
    the device will consume. While paused, `frame` is where the fade-out began: resuming starts
    there. `idle` counts the frames of silence the device took since it reached the end of what
    was written, or since it was paused, so that waiting can be measured by the device's clock.
    """

    generation: int
    frame: Frames
    state: State
    idle: Frames


class OutputEvent(NamedTuple):
    """Something that happened to the device; `message` and `fix` are for the person.

    `restarted` comes when the process that plays had died and another one goes on at once at the
    same frame. `opened` comes with the device's name when it plays for the first time, `lost` when it went
    away, `found` when one plays again (perhaps another), `failed` when nothing will play any more.
    """

    kind: Literal["opened", "lost", "found", "failed", "restarted"]
    device: str = ""
    message: str = ""
    fix: str = ""


Notify: TypeAlias = Callable[[OutputEvent], None]
"""Called from a thread of the output's own; it must return at once."""


class Output(Protocol):
    """Plays mono 16-bit frames in one of two banks, while the other can be filled anew.

    Commands return at once. The newest generation is the one that `write` appends to.
    """

    @property
    def rate(self) -> Rate:
        """Frames a second of what is written."""
        ...

    @property
    def place(self) -> Place:
        """Where the sound is now; cheap."""
        ...

    def begin(self, first: Frames = 0) -> int:
        """Starts a new generation in the bank that is not heard; its first frame is numbered `first`."""
        ...

    def room(self) -> Frames:
        """How many frames the newest generation can take now."""
        ...

    def write(self, pcm: bytes | memoryview) -> None:
        """Appends frames to the newest generation; raises ValueError for more than `room`."""
        ...

    def switch(self, *, aligned: bool) -> None:
        """The newest generation is heard from now on, by a short crossfade.

        Aligned: it goes on at the frame with the number that is due (volume, muting). Otherwise
        it begins at its first frame. A paused output stays paused, at the new place.
        """
        ...

    def pause(self) -> None:
        """Fades out within a few milliseconds and stays where the fade began."""
        ...

    def resume(self) -> None:
        """Fades in and goes on."""
        ...

    def wait_open(self, timeout: float) -> str:
        """The name of the open device; raises DeviceError if there is none within `timeout` seconds."""
        ...

    def close(self) -> None:
        """Fades out and ends the process; later calls do nothing."""
        ...


class Feed(Protocol):
    """What a device plays, inside the audio process: fades, switches and pauses are already in it."""

    rate: Rate
    ahead: Frames
    """Frames taken that are not heard yet: a device with a store of its own sets it, and the place lies so far back."""

    @property
    def taken(self) -> Frames:
        """All frames that were taken so far."""
        ...

    def take(self, count: Frames) -> bytes:
        """The next `count` frames, 16-bit mono, silence where nothing is to be heard; moves the place on."""
        ...

    def unwind(self, count: Frames) -> None:
        """The last `count` frames taken will not be heard after all: the place moves back over them."""
        ...

    def wait(self, seconds: float) -> None:
        """Returns at once if there is something to play, else with the next command, or after so many seconds."""
        ...

    def rest(self, seconds: float) -> None:
        """Returns with the next command, or after so many seconds; for one thread, which then looks for commands."""
        ...

    @property
    def urgent(self) -> bool:
        """True once a command has come that `take` has not yet acted on: a device with a queue drops it now."""
        ...

    @property
    def jumps(self) -> bool:
        """True if one of these begins another sound."""
        ...

    def cut(self) -> None:
        """What fades out is not taken: a device has read that much of it that it ends there by itself."""
        ...


class Device(Protocol):
    """One kind of sound output inside the audio process."""

    def open(self, feed: Feed, device: str) -> str:
        """Starts to play `feed` on the device of that name ("" is the default) and returns its full name.

        Raises DeviceError if there is none, with the fix.
        """
        ...

    def alive(self) -> bool:
        """False once the device no longer takes frames; called four times a second or more."""
        ...

    def close(self) -> None:
        """Stops at once and frees the device; may be called when it is lost."""
        ...
