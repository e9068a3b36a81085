"""What is around a media player: its bus, a desktop that listens to it, and playerctl."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, NamedTuple

NAME = "org.mpris.MediaPlayer2.voicecoach"
PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
PATIENCE = 20.0


class Bus(NamedTuple):
    daemon: "subprocess.Popen[bytes]"
    address: str
    folder: Path

    def kill(self) -> None:
        self.daemon.kill()
        self.daemon.wait()


def playerctl(*words: str, player: str = "voicecoach") -> str:
    """What playerctl prints; its complaint if it has one."""
    done = subprocess.run(
        ["playerctl", "-p", player, *words], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return (done.stdout or done.stderr).strip()


@contextmanager
def following(*words: str) -> "Iterator[SimpleQueue[str]]":
    """The lines of `playerctl --follow`, as they come."""
    lines: SimpleQueue[str] = SimpleQueue()
    command = ["playerctl", "-p", "voicecoach", "--follow", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as follower:
        assert follower.stdout
        pipe = follower.stdout
        reader = Thread(target=lambda: [lines.put(line.strip()) for line in pipe])
        reader.start()
        try:
            yield lines
        finally:
            follower.kill()
            reader.join()


class Program(NamedTuple):
    """A session in a process of its own."""

    process: "subprocess.Popen[str]"

    def move(self) -> None:
        """On to the next bout."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.line().isdecimal()

    def line(self) -> str:
        """The next line of its stdout."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def end(self) -> str:
        """Closes it; what it wrote on stderr."""
        said = self.process.communicate(timeout=PATIENCE)[1]
        assert self.process.returncode == 0
        return said


@contextmanager
def alone() -> Iterator[Program]:
    """Without pytest around it, which would keep what is logged from the terminal."""
    with subprocess.Popen(
        [sys.executable, "-W", "always", "-m", "tests.remote.alone"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        program = Program(process)
        assert program.line() == "True"
        yield program
        process.kill()


class Desktop:
    """A program on the bus in a thread of its own: it hears signals, and calls methods."""

    def __init__(self, address: str) -> None:
        self.signals: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._ready = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._listen(address)))
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    def next_signal(self) -> tuple[str, Any]:
        """The next signal: what has changed, by name, or the place of a Seeked in milliseconds."""
        return self.signals.get(timeout=PATIENCE)

    def call(self, member: str, signature: str = "", *body: object, interface: str = PLAYER) -> Any:
        """Calls a method of the player; its answer, or the name of its error."""
        from dbus_fast import Message, MessageType

        message = Message(
            destination=NAME, path=PATH, interface=interface, member=member, signature=signature, body=list(body)
        )
        answer = asyncio.run_coroutine_threadsafe(self._bus.call(message), self._loop).result(PATIENCE)
        assert answer
        if answer.message_type is MessageType.ERROR:
            return answer.error_name
        return answer.body[0] if answer.body else None

    def put(self, name: str, signature: str, value: object) -> Any:
        """Sets a property."""
        from dbus_fast import Variant

        return self.call("Set", "ssv", PLAYER, name, Variant(signature, value), interface=PROPERTIES)

    def ask(self, name: str) -> Any:
        """Reads a property."""
        return self.call("Get", "ss", PLAYER, name, interface=PROPERTIES).value

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._bus.disconnect)
        self._thread.join(PATIENCE)

    async def _listen(self, address: str) -> None:
        from dbus_fast import Message
        from dbus_fast.aio import MessageBus

        self._loop = asyncio.get_running_loop()
        self._bus = await MessageBus(address).connect()
        self._bus.add_message_handler(self._hear)
        rule = f"type='signal',path='{PATH}'"
        await self._bus.call(
            Message(
                destination="org.freedesktop.DBus",
                path="/org/freedesktop/DBus",
                interface="org.freedesktop.DBus",
                member="AddMatch",
                signature="s",
                body=[rule],
            )
        )
        self._ready.set()
        await self._bus.wait_for_disconnect()

    def _hear(self, message: Any) -> None:
        if message.member == "PropertiesChanged":
            self.signals.put((message.member, {name: value.value for name, value in message.body[1].items()}))
        elif message.member == "Seeked":
            self.signals.put((message.member, message.body[0] // 1000))
