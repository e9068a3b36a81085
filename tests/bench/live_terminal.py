"""A program on a pseudo-terminal, whose keys are pressed and whose screen is read as fast as it is written."""

import fcntl
import itertools
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

SIZE = (80, 24)
LARGE = (200, 50)
PATIENCE = 60.0

_numbers = itertools.count()


class Program:
    """Runs from the moment it is made; every one has a history and settings of its own.

    `painted` is the moment, of time.monotonic, at which `sought` had come out.
    """

    def __init__(
        self,
        words: list[str],
        folder: Path,
        *,
        size: tuple[int, int] = SIZE,
        sought: str = "",
        sink: str = "",
    ) -> None:
        self._sought = sought.encode()
        self._painted = threading.Event()
        self.painted = 0.0
        self._tail = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        environment = _environment(folder, sink)
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            words, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(5)
        os.close(self._master)

    def wait_painted(self) -> float:
        """Seconds from the start of the process until `sought` was on the screen."""
        if not self._painted.wait(PATIENCE):
            raise RuntimeError(f"{self._sought!r} never came; the last that did: {self._tail[-500:]!r}")
        return self.painted - self.begun

    def over(self) -> bool:
        """True once `sought` has come out; RuntimeError if the program ended before."""
        if not self._painted.is_set() and self.process.poll() is not None:
            raise RuntimeError(f"the program ended early: {self._tail[-500:]!r}")
        return self._painted.is_set()

    def press(self, keys: str) -> float:
        """Presses keys; returns the moment just before."""
        moment = time.monotonic()
        os.write(self._master, keys.encode())
        return moment

    def _read(self) -> None:
        while True:
            try:
                read = os.read(self._master, 1 << 16)
            except OSError:
                return
            now = time.monotonic()
            self._tail = self._tail[-(1 << 14) :] + read
            if not self._painted.is_set() and self._sought in self._tail:
                self.painted = now
                self._painted.set()


def voicecoach(*words: str) -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", "voicecoach", *words]


def _environment(folder: Path, sink: str) -> dict[str, str]:
    own = folder / f"own{next(_numbers)}"
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PYTHONDONTWRITEBYTECODE")}
    return {
        **kept,
        **({"PULSE_SINK": sink} if sink else {}),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "VOICECOACH_DATA_DIR": str(own / "data"),
        "VOICECOACH_CONFIG_DIR": str(own / "config"),
        "VOICECOACH_CACHE_DIR": str(folder / "cache"),
    }
