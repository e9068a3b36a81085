"""What a script file is made of: text, lists and maps, each with its place."""

from typing import NamedTuple, TypeAlias

from voicecoach.source import Span


class Scalar(NamedTuple):
    """One piece of text as written; `quoted` is true for quoted and block text, which is never a value."""

    text: str
    span: Span
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """True where the script gives a key and then nothing."""
        return not self.text and not self.quoted


class Sequence(NamedTuple):
    """A list."""

    items: "tuple[Node, ...]"
    span: Span


class Mapping(NamedTuple):
    """A map with text keys, in source order and without duplicates; merge keys are already applied.

    `damaged` is true if some of its keys were reported and left out: what is missing is no news then.
    """

    pairs: "tuple[tuple[Scalar, Node], ...]"
    span: Span
    damaged: bool = False

    def get(self, key: str) -> "Node | None":
        """The value of `key`, None if it is not there."""
        for name, value in self.pairs:
            if name.text == key:
                return value
        return None

    def key(self, key: str) -> Scalar | None:
        """The place where `key` is written, None if it is not there."""
        for name, _ in self.pairs:
            if name.text == key:
                return name
        return None


class Broken(NamedTuple):
    """Stands for a value that was reported already: it is skipped without another word."""

    span: Span


Node: TypeAlias = Scalar | Sequence | Mapping | Broken
