"""What is wrong with one value, before its place is known."""

from typing import NamedTuple


class Fault(NamedTuple):
    """The wording of a Problem about a value; the caller knows where the value stands."""

    code: str
    what: str
    why: str = ""
    fix: str = ""
