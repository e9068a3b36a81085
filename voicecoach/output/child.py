"""The process that plays: it keeps a device open, obeys one-line commands, and tells what happens as JSON lines."""

import gc
import json
import os
import stat
import sys
import threading
import time
from contextlib import suppress

from voicecoach.errors import DeviceError
from voicecoach.output.backends import Backend, backend
from voicecoach.output.feed import Feed
from voicecoach.output.memory import DeviceState, Memory, Word
from voicecoach.output.moment import Command
from voicecoach.output.port import Device

_LOOK = 0.25
"""Seconds between two looks whether the device is still there."""
_LOOK_FOR_ONE = 0.1
_RETRY = 0.5
_LONGEST_FADE = 0.3
_STILL_IN_THE_DEVICE = 0.06
_HUNG = 1.0
_URGENCY = 1
"""The lowest real-time priority: enough to come before everything that is not sound."""
_NICE = -11
"""The niceness that PulseAudio gives itself."""
_LONGEST_LOG = 1 << 18


def main() -> None:
    """Plays until its standard input ends; the arguments are memory handle, rate, backend and device name."""
    handle, rate, name, device = sys.argv[1:5]
    _go_first()
    events = os.dup(1)
    os.dup2(2, 1)
    memory = Memory.open(handle)
    feed = Feed(memory, int(rate))
    ending = threading.Event()
    threading.Thread(target=_listen, args=(feed, ending), name="commands", daemon=True).start()
    gc.disable()
    _Player(memory, feed, backend(name), device, events).run(ending)
    sys.stderr.flush()
    # Threads of a sound library may still be running: the interpreter is not taken down around them.
    os._exit(0)


def _go_first() -> None:
    """Comes before programs that compute, where the system lets this user; every thread made from now on does, too.

    Niceness is second best: Linux counts it among the processes of one session only, and this one has its own.
    """
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(_URGENCY))
        return
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICE)


class _Player:
    """Keeps a device open for as long as there is one."""

    def __init__(self, memory: Memory, feed: Feed, kind: Backend, name: str, events: int) -> None:
        self._memory = memory
        self._feed = feed
        self._kind = kind
        self._name = name
        self._events = events
        self._device: Device | None = None
        self._told = ""

    def run(self, ending: threading.Event) -> None:
        again = 0.0
        while not ending.is_set():
            if self._device is not None and not self._device.alive():
                self._lose("the sound device is gone", "plug it in again, or choose another one")
            if self._device is None:
                if time.monotonic() >= again:
                    self._open()
                    again = time.monotonic() + _RETRY
                if self._device is None and self._feed.urgent:
                    self._feed.take(0)
            ending.wait(_LOOK_FOR_ONE if self._device is None else _LOOK)
        self._close()

    def _open(self) -> None:
        device: Device | None = None
        try:
            device = self._kind.make()
            self._feed.appear()
            name = device.open(self._feed, self._name)
        except DeviceError as error:
            if device is not None:
                device.close()
            self._lose(error.what, error.fix)
            gc.collect()
            _shorten_log()
            return
        self._device = device
        self._memory.words[Word.DEVICE] = DeviceState.OPEN
        self._tell("found" if self._told else "opened", device=name)

    def _lose(self, message: str, fix: str) -> None:
        if self._device is not None:
            self._device.close()
            self._device = None
        self._memory.words[Word.DEVICE] = DeviceState.LOST
        if self._told != "lost":
            self._tell("lost", message=message, fix=fix)

    def _close(self) -> None:
        if self._device is None:
            return
        limit = time.monotonic() + _LONGEST_FADE
        while not self._feed.silent and self._device.alive() and time.monotonic() < limit:
            time.sleep(0.005)
        time.sleep(_STILL_IN_THE_DEVICE)
        self._device.close()

    def _tell(self, kind: str, **words: str) -> None:
        self._told = kind
        line = json.dumps({"kind": kind, **words}) + "\n"
        try:
            os.write(self._events, line.encode())
        except OSError:
            return  # nobody listens any more: the end of the input is on its way


def _shorten_log() -> None:
    """Libraries complain at every attempt, and a device may be away for hours."""
    log = os.fstat(2)
    if stat.S_ISREG(log.st_mode) and log.st_size > _LONGEST_LOG:
        os.ftruncate(2, 0)


def _listen(feed: Feed, ending: threading.Event) -> None:
    """Reads commands: `pause 1`, `resume 2`, `switch 3 GENERATION aligned`, `switch 4 GENERATION fresh`, `close`."""
    with os.fdopen(0, "rb", buffering=0) as lines:
        for line in lines:
            words = line.decode("ascii").split()
            match words:
                case ["pause", serial]:
                    feed.ask(Command("pause", int(serial)))
                case ["resume", serial]:
                    feed.ask(Command("resume", int(serial)))
                case ["switch", serial, generation, how]:
                    feed.ask(Command("switch", int(serial), int(generation), how == "aligned"))
                case ["close"]:
                    break
    feed.ask(Command("end"))
    ending.set()
    threading.Timer(_HUNG, os._exit, (1,)).start()


if __name__ == "__main__":
    main()
