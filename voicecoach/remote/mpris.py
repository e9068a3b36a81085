"""Media keys of a Linux desktop (MPRIS over D-Bus): headsets, KDE Connect and playerctl hold the session."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from voicecoach.player.now import Now
from voicecoach.player.scene import Scene
from voicecoach.remote.display import Display, Place, display
from voicecoach.remote.port import Controls
from voicecoach.units import Milliseconds

if TYPE_CHECKING:
    from voicecoach.remote.service import Service

SLACK: Milliseconds = 1_000
"""Desktops show whole seconds and reckon the place themselves; they are told when they are further off than this."""

_PATIENCE = 2.0
_FAREWELL = 2.0
"""Seconds for the bus to answer, and for the thread to end."""


class Mpris:
    """A Remote in a thread with an event loop of its own, so that the front may have one or none.

    Without a session bus, or without dbus-fast, `start` returns False; a bus that dies ends it quietly.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, patience: float = _PATIENCE) -> None:
        self._clock = clock
        self._patience = patience
        self._display = Display()
        self._place = Place()
        # What a desktop that was told everything so far takes for the place.
        self._reckoned = Place()
        self._service: Service | None = None
        self._thread: Thread | None = None

    def start(self, controls: Controls) -> bool:
        """Claims a name on the session bus and waits: 0.1 s if nothing is loaded yet, twice `patience` at worst.

        Desktops see at once what was shown before. It starts again after `close`.
        """
        address = session_bus()
        if not address:
            return False
        opened: SimpleQueue[Service | None] = SimpleQueue()
        self._thread = Thread(target=self._run, args=(address, controls, opened), name="mpris", daemon=True)
        self._thread.start()
        self._service = opened.get()
        return self._service is not None

    def show(self, now: Now, scene: Scene) -> None:
        """Passes on what has changed; about 20 µs if nothing has."""
        moment = self._clock()
        before = self._display
        after = display(now, scene, before)
        self._display = after
        self._place = Place(now.at, moment, now.mode == "playing" and not now.prelude)
        playing = after.status == "Playing"
        reckoned = self._reckoned.reckoned(moment)
        jumped = after.track.path != before.track.path or abs(reckoned - now.at) > SLACK
        if jumped or playing != self._reckoned.moving:
            self._reckoned = Place(now.at if jumped else reckoned, moment, playing)
        if jumped or after != before:
            self._post(lambda service: service.announce(before, after, now.at if jumped else None))

    def close(self) -> None:
        """Leaves the bus."""
        self._post(lambda service: service.leave())
        self._service = None
        if self._thread is not None:
            self._thread.join(_FAREWELL)
            self._thread = None

    def _post(self, what: "Callable[[Service], None]") -> None:
        service = self._service
        if service is None:
            return
        with suppress(RuntimeError):  # the bus has died, and its loop is closed
            service.loop.call_soon_threadsafe(what, service)

    def _shown(self) -> tuple[Display, Milliseconds]:
        shown, place = self._display, self._place
        return shown, min(max(place.reckoned(self._clock()), 0), shown.track.length)

    def _run(self, address: str, controls: Controls, opened: "SimpleQueue[Service | None]") -> None:
        try:
            import asyncio

            from voicecoach.remote.service import serve

            asyncio.run(serve(address, self._patience, self._shown, controls, opened.put))
        except ImportError:  # dbus-fast comes with voicecoach on Linux only
            pass
        finally:
            opened.put(None)  # an answer in any case; the first one counts


def session_bus() -> str:
    """The address of the user's session bus; empty if there is none."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if address or not folder:
        return address
    from urllib.parse import quote

    socket = Path(folder, "bus")
    return f"unix:path={quote(str(socket))}" if socket.is_socket() else ""
