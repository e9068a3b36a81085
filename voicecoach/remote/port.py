"""The port of everything outside the program that shows a session and has keys of its own."""

from typing import Protocol

from voicecoach.player.now import Command, Now
from voicecoach.player.scene import Scene
from voicecoach.units import Milliseconds


class Controls(Protocol):
    """What a remote may ask of the session; it is called from a thread of the remote's own and must return at once."""

    def do(self, command: Command) -> None:
        """What a key would do."""
        ...

    def seek(self, at: Milliseconds) -> None:
        """Goes to a place of the session's timeline."""
        ...

    def set_volume(self, percent: int) -> None:
        """Sets the volume, from 0 to 100."""
        ...


class Remote(Protocol):
    """Shows the session outside the program, and passes on what is asked there."""

    def start(self, controls: Controls) -> bool:
        """Begins, and says whether there is anything to show the session to; False is nothing to talk about."""
        ...

    def show(self, now: Now, scene: Scene) -> None:
        """What there is to see now, called a few times a second; only changes are passed on, and jumps are found."""
        ...

    def close(self) -> None:
        """Ends it; later calls do nothing."""
        ...
