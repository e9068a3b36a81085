"""The real program in a real terminal: keys go in, and what a person sees comes out."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from voicecoach.history.record import History
from voicecoach.settings import read

pytestmark = pytest.mark.device
Write = Callable[[str, str], str]
PATIENCE = 60.0

SCRIPT = """\
title: Desk break
stop_if: [sharp pain]
steps:
  - {name: Neck stretch, hold: 30s, reps: 2, each: side, how: Sit tall.}
  - {name: Stand up, reps: 5, pace: 4s}
"""


class Terminal:
    """A terminal of 80 by 24 with the program in it."""

    def __init__(self) -> None:
        self._server = f"voicecoach-{uuid.uuid4().hex[:8]}"

    def run(self, *words: str, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        """Starts the program; its exit code is printed when it has ended."""
        command = shlex.join([sys.executable, "-m", "voicecoach", *words])
        settings = {name: value for name, value in os.environ.items() if name.startswith("VOICECOACH_")}
        settings |= {name: value for name, value in environment.items() if name in {"PULSE_SERVER", "HOME"}}
        given = shlex.join(f"{name}={value}" for name, value in settings.items())
        line = f"cd {shlex.quote(os.getcwd())} && env {given} {command}; echo ended with $?; sleep 100"
        self._tmux("-f", os.devnull, "new-session", "-d", "-s", "v", "-x", "80", "-y", "24", line)

    def press(self, *keys: str) -> None:
        """Presses keys as tmux names them."""
        self._tmux("send-keys", "-t", "v", *keys)

    def screen(self) -> str:
        """What is on the screen."""
        return self._tmux("capture-pane", "-p", "-t", "v")

    def shows(self, *words: str) -> str:
        """Waits until all the words are on the screen."""
        until = time.monotonic() + PATIENCE
        while not all(word in (screen := self.screen()) for word in words):
            assert time.monotonic() < until, f"{words} never came:\n{screen}"
            time.sleep(0.05)
        return screen

    def hides(self, words: str) -> None:
        """Waits until the words are gone: a key that follows Escape at once would be another key."""
        until = time.monotonic() + PATIENCE
        while words in (screen := self.screen()):
            assert time.monotonic() < until, f"{words} stayed:\n{screen}"
            time.sleep(0.05)

    def end(self) -> None:
        self._tmux("kill-server", check=False)

    def _tmux(self, *words: str, check: bool = True) -> str:
        command = ["tmux", "-L", self._server, *words]
        return subprocess.run(command, check=check, capture_output=True, text=True, timeout=PATIENCE).stdout


@pytest.fixture
def terminal(user_folders: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        reason = "tmux is not installed: apt-get install tmux"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    opened = Terminal()
    yield opened
    opened.end()


def test_a_session_is_held_by_keys_from_start_to_answer(terminal: Terminal, write: Write) -> None:
    terminal.run("play", write("desk.coach.yaml", SCRIPT), "--device", "null", "--engine", "silent")

    terminal.shows("Neck stretch", "Hold 1 of 2")
    terminal.press("Right")
    terminal.shows("Hold 2 of 2")
    terminal.press("Space")
    terminal.shows("SPACE goes on")
    terminal.press("n")
    terminal.press("Space")
    terminal.shows("Stand up", "5 repetitions")
    terminal.press("?")
    terminal.shows("Repeat this set")
    terminal.press("Escape")
    terminal.hides("Repeat this set")
    terminal.press("q")
    terminal.shows("Stop the session here?")
    terminal.press("n")
    terminal.hides("Stop the session here?")
    terminal.press("q")
    terminal.shows("Stop the session here?")
    terminal.press("y")
    terminal.shows("How did it feel?", "sharp pain")
    terminal.press("h", "Enter")
    terminal.shows("ended with 0")

    [entry] = History().entries()
    assert (entry.outcome, entry.answer, entry.routine) == ("stopped", "hard", "desk")
    assert entry.skipped > 0


def test_a_routine_is_chosen_from_all_there_are(terminal: Terminal, write: Write, user_folders: Path) -> None:
    write("desk.coach.yaml", SCRIPT)

    (user_folders.parent / "config").mkdir()
    (user_folders.parent / "config" / "config.toml").write_text('device = "null"\n')
    terminal.run()
    terminal.shows("Morning foot stretches", "Desk break")
    terminal.press("/")
    time.sleep(0.5)  # nobody types on in the same millisecond
    terminal.press("desk")
    terminal.hides("Morning foot stretches")
    terminal.press("Enter")
    time.sleep(0.5)
    terminal.press("Enter")
    terminal.shows("Neck stretch")
    terminal.press("C-q")

    terminal.shows("ended with 0")


def test_a_script_with_mistakes_is_told_before_the_screen_opens(terminal: Terminal, write: Write) -> None:
    terminal.run("play", write("wrong.coach.yaml", "title: T\nsteps: [{hodl: 3s}]\n"))

    screen = terminal.shows("ended with 2")

    assert "wrong.coach.yaml:2:" in screen
    assert "hold" in screen


def test_plain_lines_take_keys_too(terminal: Terminal, write: Write) -> None:
    terminal.run("play", write("desk.coach.yaml", SCRIPT), "--plain", "--device", "null", "--engine", "silent")

    terminal.shows("keys: SPACE")
    terminal.press("Right")
    terminal.shows("hold 2 of 2")
    terminal.press("Space")
    terminal.shows("paused:")
    terminal.press("q")
    terminal.press("y")

    terminal.shows("Stopped at", "ended with 0")


def test_the_sound_moves_to_another_device_and_both_it_and_the_volume_are_remembered(
    terminal: Terminal, write: Write
) -> None:
    name = write("desk.coach.yaml", SCRIPT)
    terminal.run("play", name, "--plain", "--device", "null:tape.raw", "--engine", "silent")
    terminal.shows("get ready")

    terminal.press("d")
    screen = terminal.shows("press the number")
    while not (found := re.findall(r"device: (\d) null \(without sound\)", screen)):
        terminal.press("d")
        screen = terminal.shows("null (without sound)")
    terminal.press(found[-1])
    terminal.shows("the sound is on null")
    terminal.press("Down")
    terminal.shows("volume 90 %")
    terminal.press("q", "q")
    terminal.shows("ended with 0")

    settings, _ = read()
    assert (settings.device, settings.volume) == ("null", 90)


def test_settings_that_cannot_be_kept_are_told_when_the_screen_is_gone(
    terminal: Terminal, write: Write, tmp_path: Path
) -> None:
    terminal.run("play", write("desk.coach.yaml", SCRIPT), "--device", "null", "--engine", "silent")
    terminal.shows("Neck stretch")
    (tmp_path / "config").write_text("")

    terminal.press("c")
    terminal.shows("Captions off")
    terminal.press("q")
    terminal.shows("Stop the session here?")
    terminal.press("y")
    terminal.shows("How did it feel?")
    terminal.press("q")

    screen = terminal.shows("ended with 0")
    assert screen.count("note: config.toml was not changed") == 1
