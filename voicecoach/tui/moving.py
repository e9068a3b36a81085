"""The sound moves to another device in mid-session."""

import threading

from textual.message import Message
from textual.message_pump import MessagePump

from voicecoach.errors import VoicecoachError
from voicecoach.player.devices import Devices, Outlet
from voicecoach.tui.cells import clean
from voicecoach.tui.threads import tell
from voicecoach.tui.trouble import described


class Moved(Message):
    """The sound is on the device `name`; or it is not, and `trouble` tells why and what to do."""

    def __init__(self, name: str, trouble: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.name = name
        self.trouble = trouble


def move(screen: MessagePump, devices: Devices, outlet: Outlet) -> None:
    """Moves the sound in a thread; the screen gets a Moved when that is over."""

    def run() -> None:
        try:
            moved = Moved(devices.use(outlet.name))
        except VoicecoachError as error:
            moved = Moved("", described(error))
        tell(screen, moved)

    threading.Thread(target=run, name="device", daemon=True).start()


def opening(outlet: Outlet) -> str:
    """What is said while a device is being opened."""
    return f"Opening {clean(outlet.label)} …"
