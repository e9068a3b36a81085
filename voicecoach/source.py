"""Where something stands in a script, and one diagnostic about it."""

from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "note"]


class Span(NamedTuple):
    """A place in one file: `line` and `col` count from 1, in code points; line 0 is the whole file.

    `file` is the file's name relative to the routine's folder, with `/`, or `voicecoach:NAME`.
    """

    file: str
    line: int
    col: int
    length: int = 1


COMMAND_LINE = Span("command line", 0, 0)
"""The place of a mistake in an option."""

NOWHERE = Span("", 0, 0)
"""The place of a value that no script gave."""


class Source(NamedTuple):
    """The text of one file: `name` as in Span.file, `path` as a person would type it."""

    name: str
    path: str
    text: str

    def line(self, number: int) -> str:
        """The text of line `number`, counted from 1, without its end; empty outside the file."""
        lines = self.text.split("\n", number)
        if not 1 <= number <= len(lines):
            return ""
        return lines[number - 1].removesuffix("\r")


class Problem(NamedTuple):
    """One diagnostic: what is wrong, where, why (only if it teaches), and what to type instead."""

    severity: Severity
    code: str
    span: Span
    what: str
    why: str = ""
    fix: str = ""


def in_file_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems sorted by file, line and column, as they are printed."""
    return tuple(sorted(problems, key=lambda p: (p.span.file, p.span.line, p.span.col, p.code)))


class Problems:
    """Collects every Problem of a run, at most one error for each place."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._wrong: set[Span] = set()

    def error(self, code: str, span: Span, what: str, *, why: str = "", fix: str = "") -> None:
        """Notes an error, unless one stands at the same place already: follow-ups teach nothing."""
        if span in self._wrong:
            return
        self._wrong.add(span)
        self.found.append(Problem("error", code, span, what, why, fix))

    def warning(self, code: str, span: Span, what: str, *, why: str = "", fix: str = "") -> None:
        """Notes a warning."""
        self.found.append(Problem("warning", code, span, what, why, fix))

    def note(self, code: str, span: Span, what: str, *, why: str = "", fix: str = "") -> None:
        """Notes something worth knowing that needs no change."""
        self.found.append(Problem("note", code, span, what, why, fix))

    @property
    def failed(self) -> bool:
        """True once an error was found."""
        return any(p.severity == "error" for p in self.found)
