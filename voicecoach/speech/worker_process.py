"""A speech library in a process of its own, and the two pipes to it.

There a crash, a hang or an exit of the library costs this program one retry.
"""

import json
import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from math import ceil
from os import environ
from pathlib import Path
from typing import IO, TypeVar

from voicecoach.errors import SpeechError
from voicecoach.speech.refusals import shortened

Answer = TypeVar("Answer")

_CLIP = 1 << 20
"""Bytes of 24 s of speech."""
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])


class LostError(SpeechError):
    """The process ended, or was ended for its silence, while it was asked."""


def command(module: str, *words: str) -> list[str]:
    """The command line of a worker that is a module of this package with a function `main`, wherever that lies."""
    code = f"import sys; sys.path.insert(0, sys.argv.pop(1)); from {module} import main; main(*sys.argv[1:])"
    return [sys.executable, "-P", "-c", code, _PACKAGE_PARENT, *words]


class WorkerProcess:
    """One process and its pipes; requests and answers are described in espeak_worker.py.

    `fix` says what helps if it ends by itself.
    """

    def __init__(self, words: Sequence[str], fix: str) -> None:
        self._fix = fix
        try:
            self.process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**environ, "LC_ALL": "C"},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise SpeechError(
                f"the speech engine's process cannot be started: {error}", "close some programs"
            ) from error
        assert self.process.stdin
        assert self.process.stdout
        self._requests: IO[bytes] = self.process.stdin
        self._answers: IO[bytes] = self.process.stdout
        _widen(self._answers)
        self.end = weakref.finalize(self, _end_process, self.process)

    def greeting(self, timeout: float) -> dict[str, object]:
        """The answer that comes unasked; a refusal is in it."""
        return self._exchange(b"", timeout)[0]

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
            raise LostError(f"the speech engine {reason}", self._fix) from error
        finally:
            timer.cancel()

    def _read(self, size: int) -> bytes:
        if size > 1 << 28:
            raise ValueError(size)
        data = self._answers.read(size)
        if len(data) < size:
            raise LostError("the speech engine stopped", self._fix)
        return data


def twice(ask: Callable[[], Answer], text: str | None = None) -> Answer:
    """What `ask` returns, asked once more if the process was lost; SpeechError, with the text, if it was lost again."""
    try:
        return ask()
    except LostError:
        try:
            return ask()
        except LostError as lost:
            if text is None:
                raise SpeechError(f"{lost}, twice", "try it again, or choose another --engine") from None
            raise SpeechError(
                f"{lost}, twice, on {shortened(text)}", "write the text differently, or choose another --engine"
            ) from None


def _widen(pipe: IO[bytes]) -> None:
    """Room for a whole clip, so that the worker need not wait for its reader in the middle of it."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # a system may allow less, and then it waits
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _CLIP)


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
