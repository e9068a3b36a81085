"""Loading native modules whole: Ctrl-C in the middle of it can crash the interpreter."""

import signal
import sys
from importlib import import_module
from types import FrameType


def load_whole(*modules: str) -> None:
    """Imports modules; a Ctrl-C meanwhile is kept and strikes when the last one is there.

    Measured with soxr: of 260 interrupts around its import two ended in a segmentation fault.
    """
    missing = [name for name in modules if name not in sys.modules]
    if not missing:
        return
    before = signal.getsignal(signal.SIGINT)
    kept: list[int] = []

    def keep(number: int, _frame: FrameType | None) -> None:
        kept.append(number)

    try:
        signal.signal(signal.SIGINT, keep)
    except ValueError:  # only the main thread is interrupted, and only it may ask
        _import(missing)
        return
    try:
        _import(missing)
    finally:
        signal.signal(signal.SIGINT, before)
        if kept and callable(before):
            before(kept[0], None)


def _import(names: list[str]) -> None:
    for name in names:
        import_module(name)
