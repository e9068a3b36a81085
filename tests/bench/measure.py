"""How a figure is taken: medians of alternating runs, so that a drifting machine does not favour one side."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """One line of the table; times in seconds, `limit` as the issue or the house states it."""

    what: str
    ours: float
    against: str
    floor: float
    limit: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.floor


def alternating(ours: Callable[[], object], floor: Callable[[], object], runs: int = 5) -> tuple[float, float]:
    """Median seconds of both, run in turn after one warm-up each."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for side, work in enumerate((ours, floor)):
            gc.collect()
            begun = time.perf_counter()
            work()
            if number:
                taken[side].append(time.perf_counter() - begun)
    return median(taken[0]), median(taken[1])


def once(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def process(*words: str) -> None:
    """Runs Python with `words` and throws its output away; bytecode is kept, as in an installed program."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, *words],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | ours | floor | floor is | ratio | must be |", "|---|---:|---:|---|---:|---|"]
    lines += [
        f"| {row.what} | {row.ours:.3f} {row.unit} | {row.floor:.3f} {row.unit} | {row.against} | {row.ratio:.2f} "
        f"| {row.limit or '-'} |"
        for row in rows
    ]
    return "\n".join(lines)
