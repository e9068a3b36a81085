"""Why YAML could not read a script, told from the source line instead of in YAML's own words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from voicecoach.source import Problem, Span

_KEY = re.compile(r"^[ ]*(?:- +)*([^\s:#\"'\[{][^:#]*?):(?=\s|$)")
_FIRST_WORD = re.compile(r"^[ ]*(?:- +)*([\w-]+)")
_DASHED = re.compile(r"^[ ]*(-[^\W\d_][\w -]*):")
_VALUE = re.compile(r"(?:^[ ]*(?:- +)+|: +)(?=[\[{\"'])")
_OPEN_QUOTE = {'"': re.compile(r"(?:- +|: +)(\")(?:[^\"\\]|\\.)*$"), "'": re.compile(r"(?:- +|: +)(')[^']*$")}
_QUOTE_IT = "put the whole text in double quotes"
_QUOTE_ALL = 'put the whole text in double quotes, and write \\" for a quote inside it'
_MEANING = {
    "*": "YAML reads *word as a reference to an anchor",
    "&": "YAML reads &word as the name of an anchor",
    "!": "YAML reads !word as a type tag, and scripts have no types",
    ">": "YAML reads > as the start of a block of text",
    "|": "YAML reads | as the start of a block of text",
    "[": "YAML reads [ as the start of a list",
    "{": "YAML reads { as the start of a map",
    '"': "the quotes end before the text does",
    "'": "the quotes end before the text does",
}


class Failure(NamedTuple):
    """What a YAML parser says about a text it cannot read; lines and columns count from 0."""

    problem: str
    context: str
    line: int
    col: int
    context_line: int
    context_col: int


def diagnose(name: str, text: str, failure: Failure) -> Problem:
    """The one Problem that explains a failure to the author of the text."""
    return _Case(name, text.split("\n"), failure).problem()


class _Case:
    def __init__(self, name: str, lines: Sequence[str], failure: Failure) -> None:
        self.name = name
        self.lines = lines
        self.failure = failure
        self.line = self._text(failure.line)
        self.above = failure.line - 1
        while self.above > 0 and not self._text(self.above).strip():
            self.above -= 1

    def problem(self) -> Problem:
        """The first explanation that fits, from the most to the least specific."""
        for explain in (
            self._tab,
            self._no_break_space,
            self._dash,
            self._open_quote,
            self._special_start,
            self._colon,
            self._missing_colon,
            self._partly_quoted,
            self._open_bracket,
            self._uneven,
        ):
            if found := explain():
                return found
        what = self.failure.problem or "the text ends too early"
        return self._error(
            "E010",
            self.failure.line,
            self.failure.col,
            f"YAML cannot read this line: {what}",
            fix="look at the quotes, brackets and indentation of this line and the one above it",
        )

    def _text(self, line: int) -> str:
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def _error(
        self, code: str, line: int, col: int, what: str, *, why: str = "", fix: str = "", length: int = 1
    ) -> Problem:
        return Problem("error", code, Span(self.name, line + 1, col + 1, length), what, why, fix)

    def _tab(self) -> Problem | None:
        for number in dict.fromkeys((self.failure.line, self.failure.context_line)):
            indent = re.match(r"^[ \t]*", self._text(number))
            if indent and "\t" in indent.group():
                return self._error(
                    "E003",
                    number,
                    indent.group().index("\t"),
                    "tab used for indentation",
                    why="YAML only allows spaces for indentation",
                    fix="replace each tab with two spaces",
                )
        return None

    def _no_break_space(self) -> Problem | None:
        for number in dict.fromkeys((self.failure.line, self.failure.context_line, self.above)):
            line = self._text(number)
            before = re.match(r"^[ \xa0]*\xa0[ \xa0]*(?:- )?([\w-]*)", line)
            after = re.match(r"^[ ]*(?:- +)*([\w-]+:)\xa0", line)
            if before:
                col, where = line.index("\xa0"), f"before '{before.group(1)}'"
            elif after:
                col, where = after.end() - 1, f"after '{after.group(1)}'"
            else:
                continue
            return self._error(
                "E064",
                number,
                col,
                f"a no-break space (U+00A0) {where}",
                why="it looks like a space but YAML does not treat it as one; often pasted from a web page",
                fix="retype the indentation" if before else "retype the space",
            )
        return None

    def _dash(self) -> Problem | None:
        match = _DASHED.match(self.line)
        if not match:
            return None
        return self._error(
            "E012",
            self.failure.line,
            match.start(1),
            f"no space after '-' in '{match.group(1)}:'",
            why="a step is a dash, a space, then the key",
            fix=f"write  - {self.line[match.start(1) + 1 :].strip()[:60]}",
            length=len(match.group(1)),
        )

    def _open_quote(self) -> Problem | None:
        fix = "add the closing quote"
        if "quoted scalar" in self.failure.context and "end of stream" in self.failure.problem:
            line, col = self.failure.context_line, self.failure.context_col
            return self._error("E009", line, col, "this quote is never closed", fix=fix)
        for pattern in _OPEN_QUOTE.values():
            match = pattern.search(self._text(self.above)) if self.above < self.failure.line else None
            if match and "block" in self.failure.context:
                return self._error("E009", self.above, match.start(1), "this quote is never closed", fix=fix)
        return None

    def _special_start(self) -> Problem | None:
        context, line, col = self.failure.context, self.failure.line, self.failure.col
        if "alias" in context or "anchor" in context or "block scalar" in context or "tag" in context:
            line, col = self.failure.context_line, self.failure.context_col
        elif "cannot start any token" not in self.failure.problem:
            return None
        sign = self._text(line)[col : col + 1]
        if not sign:
            return None
        why = _MEANING.get(sign, "that character has a special meaning in YAML")
        return self._error(
            "E007", line, col, f"text may not start with '{sign}' unless it is quoted", why=why, fix=_QUOTE_IT
        )

    def _colon(self) -> Problem | None:
        if "mapping values are not allowed" not in self.failure.problem:
            return None
        key = _KEY.match(self.line)
        if key is None or key.end() - 1 < self.failure.col:
            return self._colon_in_text(key)
        above = self._text(self.above)
        if self.above == self.failure.line or not above.strip():
            return None
        if glued := re.match(r"^[ ]*(?:- +)*(([\w-]+):(\S+))", above):
            return self._error(
                "E005",
                self.above,
                glued.start(3),
                f"no space after ':' in '{glued.group(1)}'",
                fix=f"write  {glued.group(2)}: {glued.group(3)}",
            )
        upper = _KEY.match(above)
        if upper is None:
            return self._no_colon_on(self.above)
        return self._error(
            "E006",
            self.failure.line,
            self.failure.col,
            "this line is indented further than the one above it",
            why="every key of one step must start in the same column",
            fix=f"line it up with '{upper.group(1)}'",
        )

    def _colon_in_text(self, key: re.Match[str] | None) -> Problem:
        start = key.end() if key else len(self.line) - len(self.line.lstrip(" -"))
        read = self.line[start : self.failure.col].strip()
        value = self.line[start:].strip().replace("\\", "\\\\").replace('"', '\\"')
        quoted = f'{key.group(1)}: "{value}"' if key else f'"{value}"'
        return self._error(
            "E004",
            self.failure.line,
            self.failure.col,
            "a colon followed by a space inside unquoted text",
            why=f"YAML read '{read}' as a new key",
            fix=f"put the text in quotes:  {quoted}",
        )

    def _missing_colon(self) -> Problem | None:
        if "simple key" not in self.failure.context:
            return None
        return self._no_colon_on(self.failure.context_line)

    def _no_colon_on(self, number: int) -> Problem | None:
        line = self._text(number)
        word = _FIRST_WORD.match(line)
        if word is None:
            return None
        dash = "- " if line.lstrip().startswith("-") else ""
        rest = line[word.end() :].strip()
        written = f"{dash}{word.group(1)}: {rest}".rstrip()
        return self._error("E005", number, word.end(), f"missing ':' after '{word.group(1)}'", fix=f"write  {written}")

    def _partly_quoted(self) -> Problem | None:
        if "block" not in self.failure.context:
            return None
        for match in _VALUE.finditer(self.line[: self.failure.col]):
            sign = self.line[match.end()]
            what = f"text that starts with {sign} must be quoted as a whole"
            return self._error("E007", self.failure.line, match.end(), what, why=_MEANING[sign], fix=_QUOTE_ALL)
        return None

    def _open_bracket(self) -> Problem | None:
        if "flow" not in self.failure.context:
            return None
        line, col = self.failure.context_line, self.failure.context_col
        sign = self._text(line)[col : col + 1]
        closing = {"[": "]", "{": "}"}.get(sign)
        if closing is None or line == self.failure.line:
            return None
        return self._error("E009", line, col, f"this '{sign}' is never closed", fix=f"add the closing '{closing}'")

    def _uneven(self) -> Problem | None:
        if "block" not in self.failure.context or self.above == self.failure.line:
            return None
        indent, above = _indent(self.line), _indent(self._text(self.above))
        item = self.line.lstrip().startswith("-")
        upper = _KEY.match(self._text(self.above))
        if item:
            why, fix = "every item of one list must start in the same column", "line it up with the '-' above"
        elif upper:
            why, fix = "every key of one step must start in the same column", f"line it up with '{upper.group(1)}'"
            above = upper.start(1)
        else:
            return None
        if indent == above:
            return None
        how = "further" if indent > above else "less"
        what = f"this line is indented {how} than the one above it"
        return self._error("E006", self.failure.line, indent, what, why=why, fix=fix)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
