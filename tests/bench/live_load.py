"""What a running session costs: CPU and memory of the program and its audio child."""

import sys
import time
from pathlib import Path

from tests.bench.live_figures import Figure, at_most
from tests.bench.live_processes import resident, seconds_used
from tests.bench.live_starting import LEAN_CLICK
from tests.bench.live_terminal import Program, voicecoach

FACTOR = 2.0
_SETTLED = 8.0
"""Seconds until a program does nothing any more but what it always does."""

BARE_DIGITS = """
from textual.app import App
from textual.widgets import Digits

class Bare(App):
    count = 0

    def compose(self):
        yield Digits("0")

    def on_mount(self):
        self.set_interval(0.25, self.step)

    def step(self):
        self.count += 1
        self.query_one(Digits).update(str(self.count))

Bare().run()
"""


def cpu(script: str, folder: Path, seconds: float) -> list[Figure]:
    """A hold on the session screen at 80×24, on the default device and on none, beside the bare app."""
    play = voicecoach("play", script, "--engine", "silent", "--device")
    with (
        Program([*play, "miniaudio"], folder, sought="One hold") as ours,
        Program([*play, "null"], folder, sought="One hold") as silent,
        Program([sys.executable, "-c", BARE_DIGITS], folder) as bare,
        Program([sys.executable, "-c", LEAN_CLICK], folder) as device,
    ):
        for program in (ours, silent):
            program.wait_painted()
        time.sleep(_SETTLED)
        pids = [program.process.pid for program in (ours, silent, bare, device)]
        before = [seconds_used(pid) for pid in pids]
        begun = time.monotonic()
        time.sleep(seconds)
        elapsed = time.monotonic() - begun
        used = [(seconds_used(pid) - start) / elapsed * 100 for pid, start in zip(pids, before, strict=True)]
    limit = f"at most 2 × the bare app ({used[2]:.2f} %)"
    return [
        at_most("CPU, miniaudio", _per_cent(used[0], used[2]), [(used[0], FACTOR * used[2])], limit),
        Figure("CPU, null device", _per_cent(used[1], used[2])),
        Figure("CPU, a bare child with miniaudio that plays silence", _per_cent(used[3], used[2])),
    ]


def memory(script: str, folder: Path, seconds: float, first: float) -> list[Figure]:
    """MB of both processes, `first` seconds after the start and at the end."""
    words = voicecoach("play", script, "--engine", "silent", "--device", "null")
    with Program(words, folder, sought="Many tones") as program:
        program.wait_painted()
        time.sleep(first)
        before = resident(program.process.pid)
        time.sleep(max(0.0, seconds - first))
        after = resident(program.process.pid)
    shown = " + ".join(f"{start:.1f}" for start in before), " + ".join(f"{end:.1f}" for end in after)
    measured = f"{shown[0]} MB after {first / 60:.1f} minutes, {shown[1]} MB after {seconds / 60:.1f}"
    return [at_most("memory, program + child", measured, [(sum(after), 1.05 * sum(before))], "flat: at most 5 % more")]


def _per_cent(used: float, bare: float) -> str:
    return f"{used:.2f} % ({used / bare:.2f} ×)"
