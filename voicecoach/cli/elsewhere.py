"""Another sound device in plain lines: a list with numbers, and the digit that chooses from it."""

import threading
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from voicecoach.errors import DeviceError
from voicecoach.player.devices import Devices, Outlet

MOST = 9
"""As many as there are digits."""
_ESCAPE = "\x1b"


class Line(NamedTuple):
    """One line: what it is, and its text."""

    what: str
    text: str


class Elsewhere:
    """Moves a session to another device; what takes time happens in a thread, and `told` has its lines."""

    def __init__(self, devices: Devices | None) -> None:
        self._devices = devices
        self._offered: tuple[Outlet, ...] = ()
        self._more: tuple[Outlet, ...] = ()
        self._busy = ""
        self._lines: deque[Line] = deque()

    def press(self, key: str) -> bool:
        """True if the key was meant for this; a key that leaves the list still does what it always does."""
        offered, self._offered = self._offered, ()
        if offered and key.isdecimal() and 1 <= int(key) <= len(offered):
            outlet = offered[int(key) - 1]
            self._begin(f"opening {outlet.label}", lambda devices: self._use(devices, outlet))
            return True
        if offered and key == "d" and self._more:
            self._offer(self._more)
            return True
        if offered:
            self._note("the sound stays where it is")
            return key.isdecimal() or key in {"d", _ESCAPE}
        if key != "d":
            return False
        if self._devices is None:
            self._note("there is no sound device to choose here")
        else:
            self._begin("looking for sound devices", self._look)
        return True

    def told(self) -> list[Line]:
        """What there is to say, once."""
        return [self._lines.popleft() for _ in range(len(self._lines))]

    def _begin(self, words: str, work: Callable[[Devices], None]) -> None:
        """Does one thing at a time."""
        if self._busy or self._devices is None:
            self._note(self._busy)
            return
        self._busy = words
        self._note(words)
        threading.Thread(target=self._do, args=(work, self._devices), name="devices", daemon=True).start()

    def _do(self, work: Callable[[Devices], None], devices: Devices) -> None:
        try:
            work(devices)
        except DeviceError as error:
            self._note(f"{error.what}{f' ({error.fix})' if error.fix else ''}")
        finally:
            self._busy = ""

    def _look(self, devices: Devices) -> None:
        found = tuple(devices.listed())
        self._busy = ""
        self._offer(found)

    def _offer(self, found: tuple[Outlet, ...]) -> None:
        for number, outlet in enumerate(found[:MOST], 1):
            self._lines.append(Line("device", f"{number} {outlet.label}{' (now)' if outlet.present else ''}"))
        self._more = found[MOST:]
        more = f", d for {len(self._more)} more" if self._more else ""
        self._note(f"press the number of a device{more}; any other key leaves it as it is")
        self._offered = found[:MOST]

    def _use(self, devices: Devices, outlet: Outlet) -> None:
        self._note(f"the sound is on {devices.use(outlet.name)}")

    def _note(self, words: str) -> None:
        self._lines.append(Line("note", words))
