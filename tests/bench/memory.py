"""Peak memory of a long session against a short one, each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Row

_CHILD = """
import pathlib, re, sys
from voicecoach import load, render
from voicecoach.compiler.options import Options
from voicecoach.session import prepare
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.speaker import Speaker

def peak(process):
    return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path(f"/proc/{process}/status").read_text())[1]) / 1e3

with EspeakEngine() as engine:
    session = prepare(load(sys.argv[1]), Options(), Speaker(engine, ClipCache(pathlib.Path(sys.argv[3]))))
    worker = peak(engine.process_id)
render(session, sys.argv[2])
print(peak("self"), worker)
"""


def script(minutes: int) -> str:
    """A routine of about that many minutes, with something to say in every one of them."""
    steps = "".join(
        f"  - name: Stretch {number}\n    hold: 25s\n    reps: 2\n    cues: {{half: This is number {number}}}\n"
        for number in range(minutes)
    )
    return f"title: {minutes} minutes\nstop_if: [sharp pain]\nsteps:\n{steps}"


def peaks(minutes: int, suffix: str) -> tuple[float, float]:
    """Peak memory in MB of the main process and of the speech worker, with an empty cache; needs Linux's /proc."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "long.coach.yaml")
        file.write_text(script(minutes), encoding="utf-8")
        words = [sys.executable, "-c", _CHILD, str(file), str(Path(folder, f"out{suffix}")), str(Path(folder, "cache"))]
        printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return float(printed[0]), float(printed[1])


def rows() -> Iterator[Row]:
    """Memory by format; a ratio near 1 means that it does not grow with the session."""
    for suffix in (".wav", ".m4a", ".flac"):
        long, worker = peaks(60, suffix)
        short, _ = peaks(5, suffix)
        yield Row(f"peak memory, 60 minutes to {suffix}", long, "5 minutes", short, "under 150 MB, at most 1.10", "MB")
    yield Row("peak memory of the speech worker, 60 minutes", worker, "our main process", long, "", "MB")
