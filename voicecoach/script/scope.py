"""What the parser knows while it reads one file, and the checks every map goes through."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from typing import TYPE_CHECKING, TypeVar

from voicecoach.languages import speaks
from voicecoach.routine import Axis, Text
from voicecoach.script import keys
from voicecoach.script.fault import Fault
from voicecoach.script.keys import Key, Place
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.script.suggest import nearest
from voicecoach.source import Problems, Span

if TYPE_CHECKING:
    from voicecoach.script.translation import Translation

_T = TypeVar("_T")
_PARAMETER = re.compile(r"\$([A-Za-z_][\w-]*)", re.ASCII)


class Scope:
    """One file being parsed; `params` and `used` are shared by all files of a routine.

    `texts` has everything the file says, by its place, and `axes` its ways.
    """

    def __init__(  # noqa: PLR0917  what all files share, and what is this one's own
        self,
        file: str,
        lang: str,
        problems: Problems,
        params: Map[str, Node],
        used: set[str],
        translations: "Iterable[Translation]" = (),
    ) -> None:
        self.file = file
        self.lang = lang
        self.problems = problems
        self.params = params
        self.used = used
        self.translations = tuple(translations)
        self.texts: dict[Span, Text] = {}
        self.axes: dict[str, Axis] = {}

    def translated(self, text: Text) -> Text:
        """The text with the words of every translation of this file."""
        self.texts[text.span] = text
        for translation in self.translations:
            found = translation.words(text)
            if found is None:
                continue
            lines, span = found
            if not text.translations and speaks(self.lang, translation.lang):
                text = text._replace(translations=((self.lang, text.lines),))
            kept = tuple(pair for pair in text.translations if pair[0].lower() != translation.lang.lower())
            text = text._replace(
                translations=(*kept, (translation.lang, lines)), places=(*text.places, (translation.lang, span))
            )
        return text

    def spoken_axis(self, axis: Axis) -> Axis:
        """The axis with the words of every translation of this file."""
        self.axes.setdefault(axis.name, axis)
        for translation in self.translations:
            axis = translation.axis(axis)
        return axis

    def fault(self, span: Span, fault: Fault) -> None:
        """Reports what is wrong with the value at `span`."""
        self.problems.error(fault.code, span, fault.what, why=fault.why, fix=fault.fix)

    def checked(self, span: Span, value: _T | Fault) -> _T | None:
        """The value, or None after reporting what is wrong with it."""
        if isinstance(value, Fault):
            self.fault(span, value)
            return None
        return value

    def given(self, node: Node) -> Node:
        """The node, or the value of the parameter it names, placed where it is used."""
        if not isinstance(node, Scalar) or node.quoted:
            return node
        match = _PARAMETER.fullmatch(node.text)
        if match is None:
            return node
        name = match.group(1)
        value = self.params.get(name)
        if value is None:
            self.unknown_parameter(name, node.span)
            return Broken(node.span)
        self.used.add(name)
        if isinstance(value, Scalar):
            return Scalar(value.text, node.span, value.quoted)
        if isinstance(value, Sequence):
            return Sequence(value.items, node.span)
        if isinstance(value, Mapping):
            return Mapping(value.pairs, node.span, value.damaged)
        return value

    def unknown_parameter(self, name: str, span: Span) -> None:
        """Reports the use of a parameter that is not declared."""
        close = nearest(name, self.params)
        fix = f"did you mean ${close}?" if close else f"declare it:  params: {{{name}: ...}}"
        self.problems.error("E040", span, f"unknown parameter '${name}'", fix=fix)

    def scalar(self, key: Scalar, node: Node, takes: str) -> Scalar | None:
        """The text of a value that must be one piece of text; `takes` says in the message what it is."""
        node = self.given(node)
        if isinstance(node, Scalar):
            if node.empty:
                self.empty(key)
                return None
            return node
        if not isinstance(node, Broken):
            self.shape(key, node, takes)
        return None

    def empty(self, key: Scalar) -> None:
        """Reports a key without a value."""
        self.problems.error(
            "E019", key.span, f"'{key.text}' has no value", fix="write a value after the colon, or delete the key"
        )

    def shape(self, key: Scalar, node: Node, takes: str) -> None:
        """Reports a list or map where something else is expected."""
        found = {Sequence: "a list", Mapping: "a map"}.get(type(node), "a single value")
        self.problems.error("E019", node.span, f"'{key.text}' takes {takes}, not {found}")

    def known(self, node: Mapping, place: Place, called: str) -> dict[str, tuple[Key, Scalar, Node]]:
        """The pairs of a map whose keys may stand in `place`; reports the others, skips notes."""
        rows = keys.keys_of(place)
        found: dict[str, tuple[Key, Scalar, Node]] = {}
        for key, value in node.pairs:
            row = rows.get(key.text)
            if row is not None:
                if row.takes != "note":
                    found[key.text] = (row, key, value)
            elif not skipped(key.text):
                self.unknown_key(key, called, rows)
        return found

    def unknown_key(self, key: Scalar, called: str, rows: Map[str, Key]) -> None:
        """Reports a key that means nothing where it stands."""
        close = nearest(key.text, rows)
        own = "your own keys may start with x-"
        fix = f"did you mean '{close}'?  ({own})" if close else own
        self.problems.error("E011", key.span, f"unknown key '{key.text}' in {called}", fix=fix)


def skipped(key: str) -> bool:
    """True for keys that are an author's own business."""
    return key.startswith("x-") or key == "note"
