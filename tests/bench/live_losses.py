"""Samples that were lost or repeated, and gaps, while the program is busy or stands still."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import NamedTuple

from tests.bench.live_figures import MS, Figure
from tests.bench.live_setting import Setting
from tests.bench.live_terminal import LARGE, Program
from tests.recording import RATE, Recording, apart

_BUSY_KEYS = ("c", "?", "\x1b", "w", "\x1b")
_KEY_EVERY = 0.4
_SHORTEST = 4


class Losses(NamedTuple):
    """Counts of frames, and of the breaks between them."""

    frames: int
    lost: int
    repeated: int
    gaps: int
    longest: float

    def figure(self, what: str, *, must: bool) -> Figure:
        """A line of the table; `longest` is the longest gap in seconds."""
        longest = f", longest {MS * self.longest:.0f} ms" if self.gaps else ""
        measured = f"{self.lost} lost, {self.repeated} repeated, {self.gaps} gaps{longest} in {self.frames:,} samples"
        clean = not (self.lost or self.repeated or self.gaps)
        return Figure(what, measured, *(("none", clean) if must else ()))


def losses(recording: Recording) -> Losses:
    """Reads the ramp from where it has risen to its end; before, it resembles itself by chance only."""
    risen = next(iter(recording.runs())).at
    runs = [run for run in recording.runs(_SHORTEST) if run.at >= risen]
    lost = repeated = gaps = longest = 0
    for before, after in pairwise(runs):
        step = apart(after.number, before.end)
        between = after.at - before.at - before.length
        lost += max(0, step)
        repeated += max(0, -step)
        gaps += between > 0
        longest = max(longest, between)
    return Losses(sum(run.length for run in runs), lost, repeated, gaps, longest / RATE)


def under(setting: Setting, seconds: float, *held: int) -> Recording:
    """Plays the ramp on the largest screen for so long; `held` is how long and how often the interpreter stands."""
    words = [sys.executable, "-m", "tests.bench.live_ramp", setting.scripts.busy(), setting.device, *map(str, held)]
    program = Program(words, setting.folder, size=LARGE, sought="Busy", sink=setting.sink)
    with setting.rig.record(setting.sink) as recorder, program:
        program.wait_painted()
        end, pressed = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            time.sleep(_KEY_EVERY)
            program.press(_BUSY_KEYS[pressed % len(_BUSY_KEYS)])
            pressed += 1
        if program.process.poll() is not None:
            raise RuntimeError("the program with the ramp has ended")
        return recorder.so_far()


@contextmanager
def hogs(count: int) -> Iterator[None]:
    """So many processes that never rest."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()
