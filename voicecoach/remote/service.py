"""The life of a media player on the session bus; needs dbus-fast, so only mpris.py imports it, late."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from dbus_fast import DBusError, NameFlag, RequestNameReply
from dbus_fast.aio import MessageBus

from voicecoach.remote.display import Display
from voicecoach.remote.objects import Player, Root, Shown, metadata
from voicecoach.remote.port import Controls
from voicecoach.units import Milliseconds

NAME = "org.mpris.MediaPlayer2.voicecoach"
PATH = "/org/mpris/MediaPlayer2"

_WHILE_ALIVE = ("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanSeek")
_DEAD_BUS = (OSError, EOFError, ValueError, DBusError)
"""What dbus-fast raises for an address that leads nowhere, and for a bus that breaks off or talks nonsense."""

_LOG = logging.getLogger(__name__)
# A bus that dies, or a client that asks for nonsense, is nothing to write across a terminal that shows a session.
logging.getLogger("dbus_fast").addHandler(logging.NullHandler())


class Service:
    """The session's name on the bus; all its methods belong to `loop`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, bus: MessageBus, player: Player) -> None:
        self.loop = loop
        self._bus = bus
        self._player = player

    def announce(self, before: Display, after: Display, jumped: Milliseconds | None) -> None:
        """Signals what is different now, then the place if it is not where one would reckon it."""
        changed: dict[str, Any] = {}
        if after.status != before.status:
            changed["PlaybackStatus"] = after.status
        if after.track != before.track:
            changed["Metadata"] = metadata(after.track)
        if after.volume != before.volume:
            changed["Volume"] = after.volume / 100
        if after.alive != before.alive:
            changed |= dict.fromkeys(_WHILE_ALIVE, after.alive)
        if changed:
            self._player.emit_properties_changed(changed)
        if jumped is not None:
            self._player.seeked(jumped)

    def leave(self) -> None:
        """Ends the connection, and with it `serve`."""
        self._bus.disconnect()


async def serve(
    address: str, patience: float, shown: Shown, controls: Controls, opened: Callable[[Service], None]
) -> None:
    """Is a media player on the bus at `address` until the connection ends; `opened` hears when it has a name.

    Returns without calling it if there is no bus, or none that answers within `patience` seconds.
    """
    loop = asyncio.get_running_loop()
    # dbus-fast leaves the futures of messages that a dead bus did not take to the garbage collector.
    loop.set_exception_handler(lambda _loop, context: _LOG.debug("%s", context["message"]))
    try:
        async with asyncio.timeout(patience):
            bus = await MessageBus(address).connect()
    except _DEAD_BUS:
        return
    closed: Callable[[], Awaitable[None]] = bus.wait_for_disconnect
    player = Player(shown, controls)
    bus.export(PATH, Root())
    bus.export(PATH, player)
    try:
        async with asyncio.timeout(patience):
            named = await _claim(bus)
        if named:
            opened(Service(loop, bus, player))
        else:
            bus.disconnect()
        await closed()
    except _DEAD_BUS:
        bus.disconnect()


async def _claim(bus: MessageBus) -> bool:
    """Takes the plain name, or one with the process number where another session has it."""
    for name in (NAME, f"{NAME}.instance{os.getpid()}"):
        if await bus.request_name(name, NameFlag.DO_NOT_QUEUE) == RequestNameReply.PRIMARY_OWNER:
            return True
    return False
