"""The bar of long work: there from the first that is told of it, and not before."""

import io
import subprocess
import sys
from contextlib import redirect_stderr

import pytest

from voicecoach.cli import terminal

_NEVER_TOLD = """
import io, sys
class Screen(io.StringIO):
    def isatty(self):
        return True
sys.stderr = Screen()
from voicecoach.cli import terminal
with terminal.progress():
    print("rich" in sys.modules)
"""


class Screen(io.StringIO):
    """A terminal that keeps what is written."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("TERM", "xterm-256color")
    return Screen()


def test_work_that_is_never_told_of_draws_nothing(screen: Screen) -> None:
    with redirect_stderr(screen), terminal.progress():
        pass

    assert screen.getvalue() == ""


def test_the_first_that_is_told_is_seen(screen: Screen) -> None:
    with redirect_stderr(screen), terminal.progress() as bar:
        bar("feet: speaking", 0, 12)
        begun = screen.getvalue()
        bar("feet: writing", 3, 4)

    assert "feet: speaking" in begun
    assert "feet: writing" in screen.getvalue()


def test_the_bar_goes_when_the_work_fails(screen: Screen) -> None:
    def work() -> None:
        with redirect_stderr(screen), terminal.progress() as bar:
            bar("feet: writing", 1, 4)
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        work()

    assert screen.getvalue().endswith(("\x1b[2K", "\x1b[?25h"))


def test_what_draws_the_bar_is_not_loaded_before() -> None:
    done = subprocess.run([sys.executable, "-c", _NEVER_TOLD], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
