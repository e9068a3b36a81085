"""Problems as text for people, as JSON for programs, and as annotations for GitHub."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from voicecoach.source import Problem, Severity, Source, Span

MAX_LINE: Final = 160
"""The longest piece of a source line that is shown."""

_BEFORE_CARET: Final = 60
_COLOURS: Final[dict[Severity, str]] = {"error": "31", "warning": "33", "note": "36"}
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "notice"}


def text(problem: Problem, sources: Mapping[str, Source], *, colour: bool = False) -> str:
    """One Problem: where and what, the source line with a caret, why, and what to type instead."""
    source = sources.get(problem.span.file)
    severity = _painted(problem.severity, _COLOURS[problem.severity], colour)
    lines = [f"{_place(problem.span, source)}: {severity} {problem.code}: {plain(problem.what)}"]
    lines += _excerpt(problem, source, colour)
    if problem.why:
        lines.append(f"  why: {plain(problem.why)}")
    if problem.fix:
        lines.append(f"  fix: {plain(problem.fix)}")
    return "\n".join(lines)


def texts(problems: Iterable[Problem], sources: Mapping[str, Source], *, colour: bool = False) -> str:
    """Every Problem, each ending in a line break."""
    return "".join(text(problem, sources, colour=colour) + "\n" for problem in problems)


def _place(span: Span, source: Source | None) -> str:
    path = plain(source.path if source else span.file)
    return f"{path}:{span.line}:{span.col}" if span.line else path


def _painted(words: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words


def _excerpt(problem: Problem, source: Source | None, colour: bool) -> list[str]:
    span = problem.span
    line = source.line(span.line) if source and span.line else ""
    if not line.strip():
        return []
    start = min(span.col - 1, len(line))
    end = min(start + max(1, span.length), max(len(line), start + 1))
    line, start, end = _clipped(line, start, end)
    before, under = line[:start], line[start:end]
    padding = "".join("\t" if char == "\t" else " " * _width(char) for char in before)
    carets = "^" * max(1, sum(_width(char) for char in under))
    shown = "".join(_visible_char(char) for char in line)
    return [
        f"{span.line:5d} | {shown}".rstrip(),
        f"      | {padding}{_painted(carets, _COLOURS[problem.severity], colour)}",
    ]


def _clipped(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A piece of an over-long line around the caret, with dots where something was cut."""
    if len(line) <= MAX_LINE:
        return line, start, end
    first = max(0, start - _BEFORE_CARET)
    last = min(len(line), first + MAX_LINE)
    head, tail = ("..." if first else ""), ("..." if last < len(line) else "")
    shift = len(head) - first
    return head + line[first:last] + tail, start + shift, min(end, last) + shift


def plain(words: str) -> str:
    """Text on one line that no terminal takes for a command: control characters are escaped."""
    return "".join("\\t" if char == "\t" else _visible_char(char) for char in words)


def _visible_char(char: str) -> str:
    if char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return char
    if char == "\u200d":
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _width(char: str) -> int:
    if char == "\u200d":
        return 0
    shown = _visible_char(char)
    if len(shown) > 1:
        return len(shown)
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def as_json(problem: Problem, sources: Mapping[str, Source]) -> dict[str, str | int]:
    """One Problem as a JSON object: lines and columns count from 1, in code points; line 0 is the whole file."""
    return {
        "file": _path(problem.span, sources),
        "line": problem.span.line,
        "col": problem.span.col,
        "length": problem.span.length,
        "severity": problem.severity,
        "code": problem.code,
        "what": problem.what,
        "why": problem.why,
        "fix": problem.fix,
    }


def github(problem: Problem, sources: Mapping[str, Source]) -> str:
    """One Problem as the workflow command that GitHub turns into an annotation of a change."""
    span = problem.span
    properties = [f"file={_property(_path(span, sources))}"]
    if span.line:
        properties += [f"line={span.line}", f"col={span.col}"]
    properties.append(f"title={_property(problem.code)}")
    message = [problem.what]
    if problem.why:
        message.append(f"why: {problem.why}")
    if problem.fix:
        message.append(f"fix: {problem.fix}")
    return f"::{_LEVELS[problem.severity]} {','.join(properties)}::{_escaped(chr(10).join(message))}"


def _path(span: Span, sources: Mapping[str, Source]) -> str:
    source = sources.get(span.file)
    return source.path if source else span.file


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _escaped(words).replace(":", "%3A").replace(",", "%2C")
