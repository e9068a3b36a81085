"""Sound from a child process: a busy or stalled program does not interrupt it, and its crash is not the program's."""

import json
import subprocess
import threading
import time
import weakref
from collections import deque
from pathlib import Path

from voicecoach.errors import DeviceError
from voicecoach.output.backends import NO_DEVICE_FIX, Choice, backend
from voicecoach.output.bank_writer import BankWriter
from voicecoach.output.launch import PATIENCE, close_input, end, opened, say, start
from voicecoach.output.memory import DeviceState, Memory, Word
from voicecoach.output.moment import Action, Command
from voicecoach.output.port import Notify, OutputEvent, Place, State
from voicecoach.units import MIX_RATE, Frames, Rate

_DEATHS, _DEATHS_WITHIN = 3, 10.0
_ACT_PATIENCE = 0.1


def _ignore(_event: OutputEvent) -> None:
    """For who does not want to know."""


class AudioProcess:
    """An Output whose device lives in a child process, started at once and open a little later.

    What the child and the sound library say for people to debug goes to the file `log`. A child
    that dies is replaced by one that goes on at the same frame; after three deaths within ten
    seconds the output has failed, until `restart`. Where no device can be opened at first, that
    is told as `lost`, and tried again until `opened`.
    """

    def __init__(
        self, kind: str, device: str = "", rate: Rate = MIX_RATE, notify: Notify = _ignore, log: Path | None = None
    ) -> None:
        """Raises DeviceError for an unknown or missing backend; everything else comes as an event."""
        self._choice = _checked(kind, device)
        self._rate = rate
        self._notify = notify
        self._memory = Memory.create()
        self._writer = BankWriter(self._memory, rate)
        self._changed = threading.Condition()
        self._serial = 0
        self._unacted: deque[Command] = deque()
        self._heard = 0
        self._deaths: deque[float] = deque(maxlen=_DEATHS)
        self._name = ""
        self._opened = False
        self._failure: OutputEvent | None = None
        self._closed = False
        self._child: subprocess.Popen[bytes] | None = None
        self._leaving: subprocess.Popen[bytes] | None = None
        self._children: list[subprocess.Popen[bytes]] = []
        self._log = opened(log)
        self._end = weakref.finalize(self, end, self._children, self._memory, self._log)
        self._launch()

    @property
    def rate(self) -> Rate:
        """Frames a second of what is written."""
        return self._rate

    @property
    def place(self) -> Place:
        """Where the sound is, read from the shared memory."""
        while True:
            place = self._memory.place
            paused, idle = self._memory.status
            if self._memory.place == place:
                return Place(*place, self._state(paused=paused), idle)

    def begin(self, first: Frames = 0) -> int:
        """Starts a generation in the bank that is not heard; a switch just asked for is awaited for a moment.

        A switch that is still not acted on then is given up.
        """
        patience = time.monotonic() + _ACT_PATIENCE
        while self._switches() and self.place.state in {"playing", "paused"} and time.monotonic() < patience:
            time.sleep(0.002)
        if self._switches():
            self._heard = self.place.generation
        return self._writer.begin(first, self._heard)

    def room(self) -> Frames:
        """How many frames the newest generation can take now; 0 once closed."""
        return 0 if self._closed else self._writer.room()

    def write(self, pcm: bytes | memoryview) -> None:
        """Appends frames to the newest generation; raises ValueError for more than `room`."""
        if not self._closed:
            self._writer.write(pcm)

    def switch(self, *, aligned: bool) -> None:
        """The newest generation is heard from now on."""
        self._heard = self._writer.newest
        self._ask("switch", self._heard, aligned=aligned)

    def pause(self) -> None:
        """Fades out and stays where the fade began."""
        self._ask("pause")

    def resume(self) -> None:
        """Fades in and goes on."""
        self._ask("resume")

    def wait_open(self, timeout: float) -> str:
        """The name of the open device.

        Raises DeviceError as soon as the first attempt to open one has failed, or after `timeout` seconds.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._name or self._failure or self._closed, timeout)
            if self._name:
                return self._name
            failure = self._failure or OutputEvent("failed", message=f"no sound device answered within {timeout:g} s")
            raise DeviceError(failure.message, failure.fix or NO_DEVICE_FIX)

    def restart(self, kind: str, device: str = "") -> None:
        """Goes on at the same frame on another device, or on the same one anew; returns before it is open.

        Raises DeviceError for an unknown or missing backend. The event `found` tells that it plays.
        """
        choice = _checked(kind, device)
        with self._changed:
            if self._closed:
                return
            self._choice = choice
            self._name, self._failure = "", None
            self._deaths.clear()
            if self._child is None:
                self._launch()
                return
            self._leaving = self._child
            say(self._child, "close")
            timer = threading.Timer(PATIENCE, self._child.kill)
            timer.daemon = True
            timer.start()

    def close(self) -> None:
        """Fades out and ends the process, by force after a second."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._end()

    def _state(self, *, paused: bool) -> State:
        if self._closed:
            return "closed"
        match self._memory.words[Word.DEVICE]:
            case DeviceState.OPEN:
                return "paused" if paused else "playing"
            case DeviceState.LOST:
                return "lost"
        return "starting"

    def _switches(self) -> bool:
        """True while a switch is not acted on."""
        acted = self._memory.words[Word.ACTED]
        with self._changed:
            return any(command.action == "switch" and command.serial > acted for command in self._unacted)

    def _ask(self, action: Action, generation: int = 0, *, aligned: bool = False) -> None:
        with self._changed:
            if self._closed:
                return
            self._serial += 1
            command = Command(action, self._serial, generation, aligned)
            self._forget_acted()
            self._unacted.append(command)
            if self._child is not None:
                say(self._child, _line(command))

    def _forget_acted(self) -> None:
        acted = self._memory.words[Word.ACTED]
        while self._unacted and self._unacted[0].serial <= acted:
            self._unacted.popleft()

    def _launch(self) -> None:
        """Starts a child and tells it what no other has acted on; raises DeviceError."""
        child = start(self._choice, self._memory, self._rate, self._log)
        self._child = child
        self._children[:] = [child]
        self._forget_acted()
        for command in self._unacted:
            say(child, _line(command))
        threading.Thread(target=_watch, args=(weakref.ref(self), child), name="sound events", daemon=True).start()

    def _hear(self, child: "subprocess.Popen[bytes]", event: OutputEvent) -> None:
        """An event of a child; what one says that is about to leave is of no interest."""
        with self._changed:
            if child is self._leaving:
                return
            if event.kind == "lost":
                self._name, self._failure = "", event
            else:
                event = event._replace(kind="found" if self._opened else "opened")
                self._name, self._failure, self._opened = event.device, None, True
            self._changed.notify_all()
        self._notify(event)

    def _bury(self, child: "subprocess.Popen[bytes]") -> None:
        """A child has ended: another one takes its place, unless that is in vain."""
        code = child.wait()
        close_input(child)
        with self._changed:
            if self._closed:
                return
            self._child, self._name = None, ""
            self._memory.words[Word.DEVICE] = DeviceState.LOST
            expected = child is self._leaving
            if not expected:
                self._deaths.append(time.monotonic())
            hopeless = len(self._deaths) == _DEATHS and self._deaths[-1] - self._deaths[0] < _DEATHS_WITHIN
        if hopeless:
            self._fail(f"the process that plays the sound stopped {_DEATHS} times in a row (code {code})")
            return
        if not expected:
            self._notify(OutputEvent("restarted", message="the process that plays the sound was started again"))
        with self._changed:
            if self._closed or self._child is not None:
                return
            try:
                self._launch()
            except DeviceError as error:
                failure = error
            else:
                return
        self._fail(failure.what, failure.fix)

    def _fail(self, message: str, fix: str = NO_DEVICE_FIX) -> None:
        event = OutputEvent("failed", message=message, fix=fix)
        with self._changed:
            self._failure = event
            self._changed.notify_all()
        self._notify(event)


def _checked(kind: str, device: str) -> Choice:
    chosen = backend(kind)
    if not chosen.installed:
        raise DeviceError(f"the sound library '{chosen.name}' is not installed", chosen.install)
    return Choice(chosen.name, device)


def _line(command: Command) -> str:
    if command.action != "switch":
        return f"{command.action} {command.serial}"
    return f"switch {command.serial} {command.generation} {'aligned' if command.aligned else 'fresh'}"


def _watch(owner: "weakref.ref[AudioProcess]", child: "subprocess.Popen[bytes]") -> None:
    """Hears a child's events to its end."""
    assert child.stdout
    with child.stdout as lines:
        for line in lines:
            output = owner()
            if output is not None:
                output._hear(child, OutputEvent(**json.loads(line)))
            del output
    output = owner()
    if output is not None:
        output._bury(child)
