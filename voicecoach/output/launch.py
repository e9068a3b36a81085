"""Starting and ending the child process that plays."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from voicecoach.errors import DeviceError
from voicecoach.output.backends import WITHOUT_SOUND, Choice, backend
from voicecoach.output.memory import Memory
from voicecoach.units import Rate

PATIENCE = 1.0
"""Seconds that a child has to fade out and end."""

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])

WINDOWS_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


def command(module: str, function: str, *words: str) -> list[str]:
    """The command line of a child that calls a function of this package, wherever the package lies."""
    code = f"import sys; sys.path.insert(0, sys.argv.pop(1)); from {module} import {function}; {function}()"
    return [sys.executable, "-P", "-c", code, _PACKAGE_PARENT, *words]


def start(choice: Choice, memory: Memory, rate: Rate, log: IO[bytes] | None) -> "subprocess.Popen[bytes]":
    """A child that plays what is in the memory; raises DeviceError if the system starts no process."""
    words = (memory.handle, str(rate), choice.backend, choice.device)
    try:
        return subprocess.Popen(
            command("voicecoach.output.child", "main", *words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if log is None else log,
            bufsize=0,
            env={**os.environ, **backend(choice.backend).environment},
            pass_fds=(memory.descriptor,) if memory.descriptor >= 0 else (),
            start_new_session=True,
            creationflags=WINDOWS_FLAGS,
        )
    except OSError as error:
        raise DeviceError(f"the process that plays the sound cannot be started: {error}", WITHOUT_SOUND) from error


def opened(log: Path | None) -> IO[bytes] | None:
    """The log, begun anew; a folder that cannot be written is no reason to stay silent."""
    if log is None:
        return None
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")
        return log.open("ab")
    except OSError:
        return None


def say(child: "subprocess.Popen[bytes]", line: str) -> None:
    """Sends one command; a dead child is no error here, whoever waits for its end will see it."""
    assert child.stdin
    try:
        os.write(child.stdin.fileno(), f"{line}\n".encode())
    except (OSError, ValueError):
        return


def close_input(child: "subprocess.Popen[bytes]") -> None:
    """Lets a child end by itself."""
    assert child.stdin
    try:
        child.stdin.close()
    except OSError:
        return  # what was still unsent has no reader any more


def end(children: "list[subprocess.Popen[bytes]]", memory: Memory, log: IO[bytes] | None) -> None:
    """Ends every child, by force after a second, and gives back what was shared with them."""
    for child in children:
        close_input(child)
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    memory.close()
    if log is not None:
        log.close()
