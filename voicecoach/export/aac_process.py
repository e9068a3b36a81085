"""AAC encoders in processes of their own, so that a session is mixed and measured while it is encoded.

Threads would take turns: for each packet, which is made in 60 µs, they would wait for Python twice.
"""

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from voicecoach.errors import OutputError
from voicecoach.export.aac_request import Request, Streams, answered, send
from voicecoach.units import MINUTE, Milliseconds

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])
_CODE = "import sys; sys.path.insert(0, sys.argv.pop(1)); from voicecoach.export.aac_worker import main; main()"

_PROCESSORS = os.cpu_count() or 1
_MOST = 4
"""Processes that are started. What mixes needs less than one processor beside them."""

_SHORT: Milliseconds = 2 * MINUTE
"""What is not longer is encoded before a process has begun."""


class Answering(Protocol):
    """Answers requests in the order it was asked; those of one stream follow each other."""

    asked: int
    """Frames whose packets were not taken yet."""

    def ask(self, request: Request) -> None:
        """Has frames encoded."""

    def answer(self) -> list[bytes]:
        """The packets of the oldest request that was not answered."""


class Here:
    """Encodes in this process, as it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._streams = Streams()
        self._made: deque[list[bytes]] = deque()

    def ask(self, request: Request) -> None:
        """Encodes frames."""
        self._made.append(self._streams.packets(request))

    def answer(self) -> list[bytes]:
        """The packets of the oldest request that was not answered."""
        return self._made.popleft()


class EncoderProcess:
    """One process; raises OSError if the system starts none."""

    def __init__(self) -> None:
        self.asked = 0
        self._sizes: deque[int] = deque()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CODE, _PACKAGE_PARENT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self.process.stdin
        assert self.process.stdout
        self._requests, self._answers = self.process.stdin, self.process.stdout
        self._due: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._sender = threading.Thread(target=self._send, name="voicecoach-aac", daemon=True)
        self._sender.start()

    def ask(self, request: Request) -> None:
        """Has frames encoded; returns at once."""
        self._sizes.append(len(request.bit_rates))
        self.asked += self._sizes[-1]
        self._due.put(request)

    def answer(self) -> list[bytes]:
        """The packets of the oldest request that was not answered; raises OutputError if the process is gone."""
        self.asked -= self._sizes.popleft()
        packets = answered(self._answers)
        if packets is None:
            what = f"the process that encodes the sound stopped (code {self.process.wait()})"
            raise OutputError(what, "close some programs, and try it again")
        return packets

    def close(self) -> None:
        """Ends the process, whatever it was asked."""
        self.process.kill()
        self._due.put(None)
        self._sender.join()
        self._answers.close()
        self.process.wait()

    def _send(self) -> None:
        """The sending thread: a process that waits for its answers to be taken takes no requests."""
        with suppress(OSError), self._requests as pipe:  # who takes the answers meets it, and tells
            while request := self._due.get():
                send(request, pipe)


_around: ContextVar[Sequence[EncoderProcess] | None] = ContextVar("encoders", default=None)


@contextmanager
def encoders(length: Milliseconds) -> Iterator[Sequence[EncoderProcess]]:
    """Encoders for all that is written inside, `length` in all; an inner block has those of the outer one.

    There are none if it is short, on a machine with one processor, or where the system starts no process.
    """
    if (outer := _around.get()) is not None:
        yield outer
        return
    own = _started() if length > _SHORT else []
    token = _around.set(own)
    try:
        yield own
    finally:
        _around.reset(token)
        for process in own:
            process.close()


def _started() -> list[EncoderProcess]:
    started: list[EncoderProcess] = []
    with suppress(OSError):
        while len(started) < min(_MOST, _PROCESSORS) and _PROCESSORS > 1:
            started.append(EncoderProcess())
    return started
