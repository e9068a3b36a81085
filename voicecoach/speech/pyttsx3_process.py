"""A process of its own for each thing that is asked of pyttsx3, because one that has spoken cannot be relied on.

In one process its second clip may never be written, may be the first one again, or stop everything.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from math import ceil
from pathlib import Path
from threading import Lock
from typing import NamedTuple, cast

from voicecoach.errors import SpeechError
from voicecoach.speech.worker_process import LostError

PROGRAM = (sys.executable, "-P", str(Path(__file__).with_name("pyttsx3_worker.py")))
"""With the paths of this program, but without the folder of the worker: its names would hide others."""

INSTALL = "install it with  pip install pyttsx3, or choose another --engine"


class Driver(NamedTuple):
    """What pyttsx3 is to speak with: one of its drivers, and an espeak-ng in place of the system's.

    The system's own where a name is empty.
    """

    name: str = ""
    library: str = ""
    data_parent: str = ""


class Processes:
    """Asks `program`, each time anew; safe from several threads."""

    def __init__(self, program: tuple[str, ...] = PROGRAM) -> None:
        self._program = program
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()

    @property
    def ids(self) -> tuple[int, ...]:
        """The processes that are working now."""
        with self._lock:
            return tuple(process.pid for process in self._running)

    def ask(self, driver: Driver, request: dict[str, object], timeout: float) -> dict[str, object]:
        """The answer; raises LostError if there is none within `timeout` seconds, SpeechError for a refusal."""
        body = json.dumps(request | {"patience": ceil(timeout) + 5}).encode()
        process = self._start(driver)
        try:
            printed, _ = process.communicate(body, timeout)
        except subprocess.TimeoutExpired:
            raise LostError(f"the speech engine did not answer within {timeout:g} s", INSTALL) from None
        finally:
            _end(process)
            with self._lock:
                self._running.discard(process)
        try:
            answer = json.loads(printed)
        except ValueError:
            raise LostError("the speech engine stopped", INSTALL) from None
        if not isinstance(answer, dict):
            raise LostError("the speech engine stopped", INSTALL)
        return cast("dict[str, object]", answer)

    def end(self) -> None:
        """Ends what is still working; whoever waits for it gets a LostError."""
        with self._lock:
            for process in self._running:
                _end(process, wait=False)

    def _start(self, driver: Driver) -> "subprocess.Popen[bytes]":
        try:
            process = subprocess.Popen(
                [*self._program, *driver],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            what = f"no process can be started to speak: {error.strerror or error}"
            raise SpeechError(what, "close other programs, and try again") from error
        with self._lock:
            self._running.add(process)
        return process


def _end(process: "subprocess.Popen[bytes]", *, wait: bool = True) -> None:
    """Kills it and what it started, where it has not ended by itself."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(ProcessLookupError):  # it ended just now
                os.killpg(process.pid, signal.SIGKILL)
    if wait:
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
