"""Python's garbage collector, held back where much is made that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_BEGINNING = 200_000
"""Objects made between two collections while the program starts: more than it makes in all until its first screen.

Measured, that is 105,000; at Python's usual 700, a tenth of the start were collections that found nothing to free.
"""


def begin() -> None:
    """The program starts: what it loads stays."""
    gc.set_threshold(_BEGINNING)


def begun() -> None:
    """The program has started: what it loaded is never looked at again, so that later collections are short."""
    gc.freeze()
    gc.set_threshold(*_USUAL)


@contextmanager
def paused() -> Iterator[None]:
    """No full collection inside: each would look at the whole growing session, and find nothing to free."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
