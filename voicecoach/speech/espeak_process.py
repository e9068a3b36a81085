"""The pipe to the process of the bundled speech library."""

import json
import struct
import subprocess
import sys
import threading
import weakref
from dataclasses import dataclass
from math import ceil
from os import environ
from pathlib import Path
from typing import IO

from voicecoach.errors import SpeechError

INSTALL = "install it with `pip install espeakng-loader`, or install espeak-ng with your system's package manager"

_WORKER = Path(__file__).with_name("espeak_worker.py")


@dataclass(frozen=True, slots=True)
class Source:
    """A library to load, and its data folder; None where the library knows its own."""

    library: str
    data: Path | None = None


class LostError(SpeechError):
    """The process ended, or was ended for its silence, while it was asked."""


class EspeakProcess:
    """One process, and the two pipes to it."""

    version: str
    data: Path

    def __init__(self, source: Source) -> None:
        parent = str(source.data.parent) if source.data else ""
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_WORKER), source.library, parent],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environ, "LC_ALL": "C"},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self.process.stdin
        assert self.process.stdout
        self._requests: IO[bytes] = self.process.stdin
        self._answers: IO[bytes] = self.process.stdout
        self.end = weakref.finalize(self, _end_process, self.process)

    def greet(self, timeout: float) -> None:
        """Reads what the library says of itself; SpeechError if it could not be loaded."""
        head, _ = self._exchange(b"", timeout)
        if "error" in head:
            raise SpeechError(f"espeak-ng could not start: {head['error']} {head.get('detail')}", INSTALL)
        self.version = str(head["version"])
        self.data = Path(str(head["data"]))

    def ask(self, request: dict[str, object], timeout: float) -> tuple[dict[str, object], bytes]:
        """Sends a request and waits for its answer."""
        body = json.dumps(request | {"patience": ceil(timeout) + 5}).encode()
        return self._exchange(struct.pack(">I", len(body)) + body, timeout)

    def _exchange(self, request: bytes, timeout: float) -> tuple[dict[str, object], bytes]:
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self.process.kill()

        timer = threading.Timer(timeout, expire)
        timer.daemon = True
        timer.start()
        try:
            if request:
                self._requests.write(request)
                self._requests.flush()
            head_size, pcm_size = struct.unpack(">II", self._read(8))
            head = json.loads(self._read(head_size))
            return head, self._read(pcm_size)
        except (OSError, ValueError, LostError) as error:
            reason = f"did not answer within {timeout:g} s" if expired.is_set() else "stopped"
            raise LostError(f"the speech engine {reason}", INSTALL) from error
        finally:
            timer.cancel()

    def _read(self, size: int) -> bytes:
        if size > 1 << 28:
            raise ValueError(size)
        data = self._answers.read(size)
        if len(data) < size:
            raise LostError("the speech engine stopped", INSTALL)
        return data


def _end_process(process: "subprocess.Popen[bytes]") -> None:
    """Closing its input ends a healthy worker; one that does not go is killed."""
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:
            pass  # what was still unsent has no reader any more
    try:
        process.wait(1.0)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
