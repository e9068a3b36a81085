"""Loading a module without others that it wants and that are not needed here."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without(optional: str, hollow: str) -> Iterator[None]:
    """Within the block the module `optional` cannot be imported, and `hollow` is an empty one.

    A module that is loaded already stays as it is.
    """
    absent: dict[str, ModuleType | None] = {optional: None, hollow: ModuleType(hollow)}
    absent = {name: module for name, module in absent.items() if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # None is how the interpreter is told that there is none
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
