"""How long the machine itself stood still, which no program on it can prevent: a virtual one is not always run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.live_figures import MS, Figure, share

TOLD = 0.01
"""Seconds; less is not told."""

# Wakes up every 2 ms on one processor, ahead of everything else there, and tells when that was late.
_WATCHER = """
import os, sys, time
processor, told = int(sys.argv[1]), float(sys.argv[2])
os.sched_setaffinity(0, {processor})
os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(60))
print(0.0, flush=True)
last = time.monotonic()
while True:
    time.sleep(0.002)
    now = time.monotonic()
    if now - last >= told:
        print(now - last, flush=True)
    last = now
"""


@contextmanager
def standstill() -> Iterator[list[float]]:
    """Watches all processors while the block runs; the list is filled at its end.

    It has the seconds of each time that a processor stood still, and is empty where the system does not let it look.
    """
    found: list[float] = []
    watchers = [
        subprocess.Popen(
            [sys.executable, "-c", _WATCHER, str(processor), str(TOLD)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for processor in sorted(os.sched_getaffinity(0))
    ]
    try:
        yield found
    finally:
        for watcher in watchers:
            watcher.terminate()
            found += map(float, watcher.communicate()[0].split())


def figure(found: list[float]) -> Figure:
    """A line of the table."""
    late = [seconds for seconds in found if seconds]
    measured = f"{len(late)} times {MS * TOLD:.0f} ms or more"
    if late:
        measured += f", 90 % of them {MS * share(late, 90):.0f} ms, worst {MS * max(late):.0f} ms"
    return Figure("processors of the machine stood still meanwhile", measured if found else "not measured: needs root")
