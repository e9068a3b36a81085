"""`when:` conditions (language.md C.7): `or` binds looser than `and`, `and` than `not`."""

import re
from typing import Final

from voicecoach.routine import LEVELS, Condition
from voicecoach.script.fault import Fault
from voicecoach.source import Span

MAX_DEPTH: Final = 30
_TOKEN = re.compile(r"[()]|[^\s()]+")
_JOINTS: Final = ("and", "or", "(", ")")
_FORMS: Final = "use forms like  level at least steady,  have towel,  not have marbles,  joined with and / or"


def condition(text: str, span: Span) -> Condition | Fault:
    """The tree of a condition; `span` and the whole text go with its root."""
    parser = _Parser(text, span)
    try:
        tree = parser.alternatives(0)
    except _Unreadable as error:
        return error.fault
    if parser.rest():
        return parser.unreadable().fault
    return tree._replace(span=span, text=text)


class _Unreadable(Exception):  # noqa: N818
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


class _Parser:
    def __init__(self, text: str, span: Span) -> None:
        self.text = " ".join(text.split())
        self.span = span
        self.tokens = _TOKEN.findall(text)
        self.at = 0

    def unreadable(self) -> _Unreadable:
        return _Unreadable(Fault("E042", f"cannot read the condition '{self.text[:80]}'", fix=_FORMS))

    def rest(self) -> list[str]:
        return self.tokens[self.at :]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *words: str) -> bool:
        if tuple(self.tokens[self.at : self.at + len(words)]) != words:
            return False
        self.at += len(words)
        return True

    def alternatives(self, depth: int) -> Condition:
        parts = [self.conjunction(depth)]
        while self.take("or"):
            parts.append(self.conjunction(depth))
        return parts[0] if len(parts) == 1 else Condition("any", tuple(parts), span=self.span)

    def conjunction(self, depth: int) -> Condition:
        parts = [self.negation(depth)]
        while self.take("and"):
            parts.append(self.negation(depth))
        return parts[0] if len(parts) == 1 else Condition("all", tuple(parts), span=self.span)

    def negation(self, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise self.unreadable()
        if self.take("not"):
            return Condition("not", (self.negation(depth + 1),), span=self.span)
        if self.take("("):
            inside = self.alternatives(depth + 1)
            if not self.take(")"):
                raise self.unreadable()
            return inside
        return self.atom()

    def atom(self) -> Condition:
        for relation in (("is",), ("at", "least"), ("at", "most")):
            if self.take("level", *relation):
                return Condition(" ".join(("level", *relation)), value=self.level(), span=self.span)
        if self.take("have"):
            return Condition("have", value=self.words(), span=self.span)
        if self.take("round", "is", "last"):
            return Condition("round is last", value="last", span=self.span)
        for subject in ("lang", "slot"):
            if self.take(subject, "is"):
                return Condition(f"{subject} is", value=self.words(), span=self.span)
        if re.fullmatch(r"\$[A-Za-z_][\w-]*", self.peek()):
            return self.parameter()
        raise self.unreadable()

    def parameter(self) -> Condition:
        name = self.peek()[1:]
        self.at += 1
        for relation in (("is",), ("at", "least")):
            if self.take(*relation):
                return Condition(" ".join(("param", *relation)), subject=name, value=self.words(), span=self.span)
        raise self.unreadable()

    def level(self) -> str:
        word = self.peek()
        if not word or word in _JOINTS:
            raise self.unreadable()
        if word not in LEVELS:
            raise _Unreadable(Fault("E043", f"unknown level '{word[:40]}'", fix=f"levels are {', '.join(LEVELS)}"))
        self.at += 1
        return word

    def words(self) -> str:
        found: list[str] = []
        while self.peek() and self.peek() not in _JOINTS:
            found.append(self.peek())
            self.at += 1
        if not found:
            raise self.unreadable()
        return " ".join(found)
