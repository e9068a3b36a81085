"""`voicecoach record --mic` in a real terminal, with a real microphone: the monitor of the rig's sink."""

import subprocess
import time
from collections.abc import Callable

import pytest

from tests.cli.test_terminal import Terminal, terminal
from tests.reader import reading
from tests.rig import SINK, Rig
from voicecoach import locations
from voicecoach.speech.takes import Takes

__all__ = ["terminal"]

pytestmark = pytest.mark.device
Write = Callable[[str, str], str]

SCRIPT = "title: Neck\nstop_if: [sharp pain]\nsteps:\n  - {name: Neck, hold: 10s, reps: 2, relax: 8s}\n"
RATE = 48_000


def say(rig: Rig, text: str) -> None:
    pcm = (reading(text, before=0.3, after=0.3, level=0.4, rate=RATE) * 32_767).astype("<i2").tobytes()
    command = ["pacat", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "-d", SINK]
    subprocess.run(command, input=pcm, env=rig.environment, check=True, timeout=60)


def test_lines_are_said_kept_skipped_and_heard(rig: Rig, terminal: Terminal, write: Write) -> None:
    name = write("neck.coach.yaml", SCRIPT)
    terminal.run("record", name, "--mic", "--takes", "anna", environment=rig.environment)

    terminal.shows("microphone: Monitor of", "line 1 (1 of 7)", "Stop if you feel sharp pain.", "q: quit")
    terminal.press("s")
    terminal.shows("line 2 (2 of 7), any length", "Neck.")
    terminal.press("Space")
    terminal.shows("any key ends it")
    say(rig, "Neck.")
    terminal.press("Space")
    terminal.shows("k: keep")
    terminal.press("h")
    terminal.shows("playing the take on")
    time.sleep(2)
    terminal.press("k")
    terminal.shows("line 3 (3 of 7)")
    terminal.press("q")
    terminal.shows("recorded for “anna”: 1 of 7 lines", "ended with 0")

    [take] = Takes(locations.takes_dir(), "anna").all()
    assert take.text == "Neck."
    assert 300 < take.length < 600


def test_without_a_microphone_it_ends_with_3_before_anything_is_compiled(terminal: Terminal, write: Write) -> None:
    name = write("neck.coach.yaml", SCRIPT)

    terminal.run("record", name, "--mic", "--device", "studio", environment={"PULSE_SERVER": "unix:/nowhere"})

    screen = terminal.shows("ended with 3")
    assert "microphone" in screen
    assert "fix:" in screen
    assert "speaking" not in screen
