"""An ideal device without sound: it takes every frame on time, and can write down what it took."""

import os
import threading
import time

from voicecoach.errors import DeviceError
from voicecoach.output.port import Feed
from voicecoach.units import SECOND, Milliseconds, frames

PERIOD: Milliseconds = 20
LONGEST_STALL: Milliseconds = SECOND
"""A longer one was a sleep of the machine: what would have been heard meanwhile is not skipped."""


class NullDevice:
    """Takes frames in real time; a `device` is a file that raw 16-bit frames are appended to."""

    def __init__(self) -> None:
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._file = -1

    def open(self, feed: Feed, device: str) -> str:
        """Starts the thread; raises DeviceError if the file cannot be written."""
        if device:
            try:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
                self._file = os.open(device, flags, 0o666)
            except OSError as error:
                what = f"the null device cannot write {device}: {error.strerror or error}"
                raise DeviceError(what, "name a file in a folder that can be written, or leave it out") from error
        self._thread = threading.Thread(target=self._run, args=(feed,), name="null device", daemon=True)
        self._thread.start()
        return f"null ({device})" if device else "null"

    def alive(self) -> bool:
        """True while the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def close(self) -> None:
        """Ends the thread and closes the file."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _run(self, feed: Feed) -> None:
        period = frames(PERIOD, feed.rate)
        due = time.monotonic()
        while not self._closing.wait(max(0.0, due - time.monotonic())):
            late = time.monotonic() - due
            if late * SECOND > LONGEST_STALL:
                due += late
            sound = feed.take(period)
            if self._file >= 0:
                os.write(self._file, sound)
            due += PERIOD / SECOND


def names() -> tuple[str, ...]:
    """The one name there is."""
    return ("null",)
