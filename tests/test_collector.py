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
    before = gc.get_threshold()
    yield before
    gc.unfreeze()
    gc.set_threshold(*before)


def test_a_command_is_not_held_up_by_collections() -> None:
    done = subprocess.run([sys.executable, "-c", _COUNTED], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "0"


def test_what_was_loaded_is_never_looked_at_again(usual: tuple[int, int, int]) -> None:
    begin()
    assert gc.get_threshold() != usual

    begun()

    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() > 10_000
