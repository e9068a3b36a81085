import os
import sys
from collections.abc import Callable, Iterator

import pytest

from voicecoach.cli.keyboard import keyboard

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """Makes stdin a terminal, and gives what types into it."""
    master, slave = pty.openpty()
    with os.fdopen(slave, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        yield lambda keys: (os.write(master, keys), None)[1]
    os.close(master)


def test_keys_come_one_by_one_without_enter(typed: Callable[[bytes], None]) -> None:
    with keyboard() as keys:
        typed(b" n+")

        assert keys.keys(5) == [" ", "n", "+"]


def test_arrows_have_names_and_other_sequences_are_no_keys(typed: Callable[[bytes], None]) -> None:
    with keyboard() as keys:
        typed(b"\x1b[C\x1b[D\x1bOA\x1b[Bq")
        arrows = keys.keys(5)
        typed(b"\x1b[15~")

        assert arrows == ["right", "left", "up", "down", "q"]
        assert keys.keys(5) == []


def test_escape_alone_is_a_key(typed: Callable[[bytes], None]) -> None:
    with keyboard() as keys:
        typed(b"\x1b")

        assert keys.keys(5) == ["\x1b"]


def test_nothing_pressed_is_no_key(typed: Callable[[bytes], None]) -> None:
    with keyboard() as keys:
        assert keys.keys(0.01) == []


def test_the_terminal_is_as_before_even_after_an_error(typed: Callable[[bytes], None]) -> None:
    import termios

    before = termios.tcgetattr(sys.stdin.fileno())

    def break_off() -> None:
        with keyboard():
            assert termios.tcgetattr(sys.stdin.fileno()) != before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()

    assert termios.tcgetattr(sys.stdin.fileno()) == before


def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull, encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)

        with keyboard() as keys:
            assert keys.keys(0.01) == []
