"""A short sound on a device, outside of any session."""

import time

from voicecoach.cli import terminal
from voicecoach.errors import DeviceError
from voicecoach.output.backends import Choice
from voicecoach.output.process import AudioProcess
from voicecoach.report import plain
from voicecoach.units import SECOND, milliseconds

_OPEN_WITHIN = 10.0


def hear(sound: bytes, choice: Choice, what: str) -> None:
    """Plays mono 16-bit samples at the mix rate to their end; raises DeviceError if the device does not open.

    `what` is told once it plays, with the device's name; nothing is told if it is empty.
    """
    output = AudioProcess(choice.backend, choice.device)
    try:
        name = output.wait_open(_OPEN_WITHIN)
        written = 2 * output.room()
        output.write(sound[:written])
        if what:
            terminal.say(f"playing {what} on {plain(name)}")
        _wait_for_the_end(output, memoryview(sound)[written:], len(sound) // 2)
    finally:
        output.close()


def _wait_for_the_end(output: AudioProcess, rest: memoryview, end: int) -> None:
    """Until the device has taken everything and a little silence; raises DeviceError if it stops before."""
    patience = time.monotonic() + milliseconds(end, output.rate) / SECOND + _OPEN_WITHIN
    while output.place.frame < end or output.place.idle < output.rate // 5:
        if rest and (room := 2 * output.room()):
            output.write(rest[:room])
            rest = rest[room:]
        if time.monotonic() > patience:
            raise DeviceError("the sound device opened, but does not play", "choose another one: voicecoach devices")
        time.sleep(0.02)
