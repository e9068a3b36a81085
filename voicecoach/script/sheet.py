"""The lines of a file that is edited by hand, and what is to be put before, after or in place of them."""

from collections.abc import Iterable

from voicecoach.script.blocks import end_of_block
from voicecoach.script.nodes import Node, Scalar


class Sheet:
    """Collects changes to a text by line number, counted from 1, and applies them all at once."""

    def __init__(self, text: str) -> None:
        self.lines = text.rstrip("\n").split("\n")
        self._before: dict[int, list[str]] = {}
        self._after: dict[int, list[str]] = {}
        self._gone: set[int] = set()
        self._end: list[str] = []

    def text(self) -> str:
        """The text with every change."""
        made: list[str] = []
        for number, line in enumerate(self.lines, 1):
            made += self._before.get(number, ())
            if number not in self._gone:
                made.append(line)
            made += self._after.get(number, ())
        return "\n".join([*made, *self._end]) + "\n"

    def put_before(self, number: int, lines: Iterable[str]) -> None:
        """Adds lines before one."""
        self._before.setdefault(number, []).extend(lines)

    def take_out(self, numbers: Iterable[int]) -> None:
        """Removes lines."""
        self._gone.update(numbers)

    def extend(self, key: Scalar, lines: Iterable[str]) -> None:
        """Adds lines after everything that belongs to a key."""
        end = end_of_block(self.lines, key.span.line, key.span.col - 1)
        self._after.setdefault(end, []).extend(lines)

    def append(self, lines: Iterable[str], *, apart: bool = False) -> None:
        """Adds lines at the end of the file; `apart` leaves an empty line before them, as the first ones do."""
        self._end += ["", *lines] if apart or not self._end else lines

    def in_brackets(self, node: Node) -> bool:
        """Whether a list or map is written in brackets: nothing can be added to it line by line."""
        return self.lines[node.span.line - 1][node.span.col - 1 : node.span.col] in ("{", "[")

    def begins_line(self, line: int, col: int) -> bool:
        """Whether nothing but a dash stands before a place."""
        return self.lines[line - 1][: col - 1].strip() in ("", "-")
