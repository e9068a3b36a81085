"""Where a session can be heard: what a front lists, and how the person's choice reaches the sound."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Outlet(NamedTuple):
    """One device to choose: `name` chooses it, as `--device` takes it, and `label` is for the person.

    `present` is true for the one that is chosen now, even while it is lost.
    """

    name: str
    label: str
    present: bool = False


class Devices(Protocol):
    """The devices of a running session; both methods are slow, so they are called in a thread."""

    def listed(self) -> Sequence[Outlet]:
        """What can be chosen, the present one among it; raises DeviceError if nobody can be asked."""
        ...

    def use(self, name: str) -> str:
        """Moves the sound there, at the same sample, and returns the name of the device.

        Raises DeviceError if it does not open; the sound is then back where it was.
        """
        ...
