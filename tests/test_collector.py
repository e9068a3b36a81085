"""The collector is quiet while the program starts, and usual again once it has started."""

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from voicecoach.collector import begin, begun

_COUNTED = """
import gc, sys
from voicecoach.cli import run
begun = []
gc.callbacks.append(lambda phase, found: begun.append(phase))
run(["plan", "feet-morning", "--estimate"])
print(begun.count("start"), file=sys.stderr)
"""


@pytest.fixture
def usual() -> Iterator[tuple[int, int, int]]:
    """Python's own thresholds; a command that another test ran in this process may have left others."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(*before)


def test_a_command_is_not_held_up_by_collections() -> None:
    done = subprocess.run([sys.executable, "-c", _COUNTED], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "0"


def test_what_was_loaded_is_never_looked_at_again(usual: tuple[int, int, int]) -> None:
    begin()
    held_back = gc.get_threshold()

    begun()

    assert held_back[0] > 100 * usual[0]
    assert gc.get_threshold()[0] < held_back[0] // 50
    assert gc.get_freeze_count() > 10_000
