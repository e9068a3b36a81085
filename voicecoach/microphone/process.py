"""A microphone that is open from the first line to the last, so that no word waits for it."""

import json
import subprocess
import sys
import threading
import time
import weakref
from array import array
from contextlib import suppress
from pathlib import Path
from typing import IO

from voicecoach.errors import DeviceError
from voicecoach.units import Rate

RATE: Rate = 48_000
WITHOUT = "plug one in or allow its use, or record with a phone and take the files:  --import FOLDER"

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])
_MODULE = "voicecoach.microphone.child"
_GONE = 2.0
"""Seconds without any sound, not even silence: the microphone was unplugged."""
_PATIENCE = 1.0
_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_READ = 8_192
_NEAR = RATE // 10
"""Frames of which the level is told."""


class Microphone:
    """A microphone of this machine by its name, a part of it, or the default one for an empty name.

    The sound is mono, 16 bits, at `RATE`. Every method but `close` raises DeviceError once it is gone.
    """

    def __init__(self, device: str = "") -> None:
        """Starts to open it; raises DeviceError if the system starts no process."""
        code = f"import sys; sys.path.insert(0, sys.argv.pop(1)); from {_MODULE} import main; main()"
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", code, _PACKAGE_PARENT, str(RATE), device],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
                creationflags=_FLAGS,
            )
        except (OSError, ValueError) as error:
            raise DeviceError(f"the process that listens cannot be started: {error}", WITHOUT) from error
        self._changed = threading.Condition()
        self._name = ""
        self._failure: DeviceError | None = None
        self._tape: bytearray | None = None
        self._near = b""
        self._last = time.monotonic()
        self.close = weakref.finalize(self, _end, self._child)
        threading.Thread(target=_hear, args=(weakref.ref(self), self._child), name="microphone", daemon=True).start()

    def wait_open(self, timeout: float) -> str:
        """The name of the microphone as soon as it is open."""
        with self._changed:
            self._changed.wait_for(lambda: self._name or self._failure, timeout)
            if self._name:
                return self._name
            raise self._failure or DeviceError(f"no microphone answered within {timeout:g} s", WITHOUT)

    def level(self) -> float:
        """How loud it is now: the highest sample of the last tenth of a second, full scale at 1."""
        with self._changed:
            self._check()
            near = array("h")
            near.frombytes(self._near)
        return max(map(abs, (max(near, default=0), min(near, default=0)))) / 32_768

    def begin(self) -> None:
        """From now on what is heard is kept."""
        with self._changed:
            self._check()
            self._tape = bytearray()

    def end(self) -> bytes:
        """What was heard since `begin`."""
        with self._changed:
            self._check()
            tape, self._tape = bytes(self._tape or b""), None
            return tape

    def _check(self) -> None:
        if self._failure:
            raise self._failure
        if time.monotonic() - self._last > _GONE:
            raise DeviceError("the microphone is gone", "plug it in again, and start again: what you kept is there")

    def _take(self, sound: bytes) -> None:
        with self._changed:
            self._last = time.monotonic()
            self._near = (self._near + sound)[-2 * _NEAR :]
            if self._tape is not None:
                self._tape += sound

    def _open(self, line: bytes) -> None:
        told = json.loads(line)
        with self._changed:
            self._last = time.monotonic()
            if "microphone" in told:
                self._name = told["microphone"]
            else:
                self._failure = DeviceError(told["what"], told["fix"] or WITHOUT)
            self._changed.notify_all()

    def _lose(self) -> None:
        with self._changed:
            self._failure = self._failure or DeviceError("the process that listens has ended", WITHOUT)
            self._changed.notify_all()


def _hear(owner: "weakref.ref[Microphone]", child: "subprocess.Popen[bytes]") -> None:
    """Passes on what the child says and hears, to its end."""
    assert child.stdout
    with child.stdout as sound:
        first = _line(sound)
        if first and (microphone := owner()):
            microphone._open(first)
            del microphone
        odd = b""
        while read := sound.read(_READ):
            microphone = owner()
            if microphone is None:
                return
            whole, odd = odd + read, b""
            if len(whole) % 2:
                whole, odd = whole[:-1], whole[-1:]
            microphone._take(whole)
            del microphone
    if microphone := owner():
        microphone._lose()


def _line(stream: IO[bytes]) -> bytes:
    line = b""
    while (read := stream.read(1)) and read != b"\n":
        line += read
    return line


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Ends the child, by force after a second."""
    assert child.stdin
    with suppress(OSError):
        child.stdin.close()
    try:
        child.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
