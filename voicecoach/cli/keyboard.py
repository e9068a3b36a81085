"""Single keys from the terminal, without Enter; none where stdin is no terminal."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_ARROWS = {"[A": "up", "[B": "down", "[C": "right", "[D": "left"}
_WINDOWS_ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}
_POLL = 0.01


class Keyboard(Protocol):
    """Where keys come from."""

    def keys(self, wait: float) -> list[str]:
        """The keys pressed by now, or within `wait` seconds; arrows are `up down left right`."""
        ...


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """The terminal's keys one by one; the terminal is as before when the block ends, however it ends."""
    if not sys.stdin.isatty():
        yield _NoKeyboard()
    elif sys.platform == "win32":
        yield _Windows()
    else:
        import termios
        import tty

        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        try:
            tty.setcbreak(terminal)
            yield _Posix(terminal)
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


class _NoKeyboard:
    def keys(self, wait: float) -> list[str]:
        """None, after waiting."""
        time.sleep(wait)
        return []


class _Posix:
    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._over = False

    def keys(self, wait: float) -> list[str]:
        """What was pressed; none any more once the terminal is gone."""
        import select

        if self._over:
            time.sleep(wait)
            return []
        ready, _, _ = select.select([self._terminal], [], [], wait)
        if not ready:
            return []
        try:
            read = os.read(self._terminal, 256)
        except OSError:
            read = b""
        self._over = not read
        return list(_split(read.decode("utf-8", "replace")))


def _split(text: str) -> Iterator[str]:
    """Keys of a run of characters: an arrow is an escape and two more, and Escape is one alone."""
    rest = text
    while rest:
        if rest[0] == "\x1b" and (arrow := _ARROWS.get(rest[1:3].replace("O", "["))):
            yield arrow
            rest = rest[3:]
        elif rest[0] == "\x1b":
            if len(rest) == 1:
                yield rest
            rest = "" if rest[1:2] in {"[", "O"} else rest[1:]
        else:
            yield rest[0]
            rest = rest[1:]


class _Windows:
    def keys(self, wait: float) -> list[str]:
        """What was pressed, looked for a hundred times a second."""
        import msvcrt  # mypy knows its functions on Windows alone

        pressed: list[str] = []
        until = time.monotonic() + wait
        while not pressed and time.monotonic() < until:
            while msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
                key: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
                if key in {"\x00", "\xe0"}:
                    key = _WINDOWS_ARROWS.get(msvcrt.getwch(), "")  # type: ignore[attr-defined,unused-ignore]
                if key:
                    pressed.append(key)
            if not pressed:
                time.sleep(_POLL)
        return pressed
