"""Peak memory of a long session against a short one, each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Row

_CHILD = """
import resource, sys
from voicecoach import compile, load, render
render(compile(load(sys.argv[1])), sys.argv[2])
scale = 1e6 if sys.platform == "darwin" else 1e3
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / scale)
"""


def script(minutes: int) -> str:
    """A routine of about that many minutes, with something to say in every one of them."""
    steps = "".join(
        f"  - name: Stretch {number}\n    hold: 25s\n    reps: 2\n    cues: {{half: This is number {number}}}\n"
        for number in range(minutes)
    )
    return f"title: {minutes} minutes\nstop_if: [sharp pain]\nsteps:\n{steps}"


def peaks(minutes: int, suffix: str) -> tuple[float, float]:
    """Peak memory in MB of the main process, and of the largest child: the speech worker."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "long.coach.yaml")
        file.write_text(script(minutes), encoding="utf-8")
        words = [sys.executable, "-c", _CHILD, str(file), str(Path(folder, f"out{suffix}"))]
        printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return float(printed[0]), float(printed[1])


def rows() -> Iterator[Row]:
    """Memory by format; a ratio near 1 means that it does not grow with the session."""
    for suffix in (".wav", ".m4a", ".flac"):
        long, worker = peaks(60, suffix)
        short, _ = peaks(5, suffix)
        yield Row(f"peak memory, 60 minutes to {suffix}", long, "5 minutes", short, "under 150 MB, at most 1.10", "MB")
    yield Row("peak memory of the speech worker, 60 minutes", worker, "our main process", long, "", "MB")
