"""YAML text to nodes: the subset of YAML a script may use, with every place kept.

Nodes are built from parser events with an explicit stack, so that neither nested brackets
nor aliases can cost more than the text itself.
"""

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.source import Problems, Span

if TYPE_CHECKING:
    from voicecoach.script.diagnosis import Failure

MAX_BYTES: Final = 4_000_000
MAX_DEPTH: Final = 50
MAX_ALIAS_ENTRIES: Final = 1_000
MAX_ALIAS_DEPTH: Final = 20
MAX_NODES: Final = 300_000
LARGEST_FIGURE: Final = 10**12
EVENTS_AFTER_ALIAS_LIMIT: Final = 10_000
TOO_DEEP: Final = "exceeded maximum nesting depth"
"""What newer versions of libyaml say of a thousand open brackets, before they tell of the first of them."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_EXTRA_BREAKS = str.maketrans("\x85\u2028\u2029\ufeff", "    ")
_DASHED_KEY = re.compile(r"-[^\W\d_][\w -]*")


def decode(name: str, data: bytes, problems: Problems) -> str | None:
    """The text of a file, None (and a Problem) if it is too large or not UTF-8."""
    place = Span(name, 1, 1)
    if len(data) > MAX_BYTES:
        size = f"{len(data):,} bytes (limit {MAX_BYTES:,})"
        problems.error("E049", Span(name, 0, 0), f"this file is too large: {size}")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.error("E065", place, "this file is not UTF-8 but UTF-16", fix="save it as UTF-8 in your editor")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"this file is not UTF-8 (byte 0x{data[error.start]:02x} at position {error.start})"
        problems.error("E065", place, what, fix="save it as UTF-8 in your editor")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(name: str, text: str, problems: Problems) -> Node | None:
    """The top node of a script, None if the text could not be read; every reason is in `problems`."""
    if len(text) > MAX_BYTES:
        what = f"this file is too large: {len(text):,} characters (limit {MAX_BYTES:,})"
        problems.error("E049", Span(name, 0, 0), what)
        return None
    if forbidden := _FORBIDDEN.search(text):
        problems.error(
            "E002",
            _place(name, text, forbidden.start()),
            f"a control character (U+{ord(forbidden.group()):04X}) in the text",
            fix="delete it; if the whole file looks like this, it is not a script",
        )
        return None
    builder = _Builder(name, text, problems)
    try:
        node = builder.run(text.translate(_EXTRA_BREAKS))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if error.problem == TOO_DEEP and mark is not None and mark.index < len(text):
            return read(name, text[: mark.index], problems)
        from voicecoach.script.diagnosis import diagnose

        problems.found.append(diagnose(name, text, _failure(error)))
        return None
    except yaml.YAMLError as error:
        problems.error("E010", Span(name, 1, 1), f"YAML cannot read this file: {error}")
        return None
    if builder.stopped:
        return None
    if node is None or (isinstance(node, Scalar) and node.empty):
        problems.error("E001", Span(name, 1, 1), "the file is empty", fix="start with:  title: My routine")
        return None
    return node


def _place(name: str, text: str, index: int) -> Span:
    before = text[:index]
    return Span(name, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def _failure(error: yaml.MarkedYAMLError) -> "Failure":
    from voicecoach.script.diagnosis import Failure

    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    return Failure(
        problem=error.problem or "",
        context=error.context or "",
        line=mark.line if mark else 0,
        col=mark.column if mark else 0,
        context_line=context.line if context else 0,
        context_col=context.column if context else 0,
    )


class _Open:
    """A list or map that is being built; `entries` and `depth` count what its aliases would expand to."""

    def __init__(self, is_map: bool, span: Span, anchor: str | None, entries: int = 1, depth: int = 0) -> None:
        self.is_map = is_map
        self.span = span
        self.anchor = anchor
        self.children: list[Node] = []
        self.entries = entries
        self.depth = depth


class _Anchor(NamedTuple):
    node: Node
    entries: int
    depth: int


class _Builder:
    def __init__(self, name: str, text: str, problems: Problems) -> None:
        self.name = name
        self.lines = text.split("\n")
        self.problems = problems
        self.stopped = False
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Anchor] = {}
        self.root: Node | None = None
        self.expanded = 0
        self.worst: tuple[int, Span] | None = None
        self.grace = EVENTS_AFTER_ALIAS_LIMIT
        self.nodes = 0

    def run(self, text: str) -> Node | None:
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop("E010", self._span(event, 3), "a second document starts here", "keep one routine a file")
            elif isinstance(event, yaml.NodeEvent):
                self._begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(self.stack.pop())
            if self.worst is not None:
                self.grace -= 1
            if self.stopped or self.grace < 0:
                break
        if self.worst is not None:
            self._report_aliases(*self.worst)
        return self.root

    def _begin(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop("E049", Span(self.name, 0, 0), f"this file is too large: more than {MAX_NODES:,} entries")
            return
        if isinstance(event, yaml.AliasEvent):
            self._alias(event)
            return
        tag = getattr(event, "tag", None)
        span = self._span(event)
        if isinstance(event, yaml.ScalarEvent):
            node: Node = Scalar(event.value, span, quoted=event.style is not None and event.style != "")
            if tag is not None:
                node = self._tagged(span)
            self._add(node, event.anchor, 1, 0)
            return
        if tag is not None:
            self._tagged(span)
        if len(self.stack) >= MAX_DEPTH:
            what = f"this is nested more than {MAX_DEPTH} levels deep"
            self._stop("E048", span, what, "use fewer brackets, or move parts into blocks")
            return
        self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), span, event.anchor))

    def _tagged(self, span: Span) -> Broken:
        self.problems.error(
            "E007",
            span,
            "text may not start with '!' unless it is quoted",
            why="YAML reads !word as a type tag, and scripts have no types",
            fix="put the whole text in double quotes",
        )
        return Broken(span)

    def _alias(self, event: yaml.AliasEvent) -> None:
        span = self._span(event)
        name = event.anchor or ""
        if any(frame.anchor == name for frame in self.stack):
            self.problems.error("E046", span, f"the alias '*{name}' contains itself", fix="write the steps out")
            self._add(Broken(span), None, 1, 0)
            return
        anchor = self.anchors.get(name)
        if anchor is None:
            self.problems.error(
                "E007",
                span,
                "text may not start with '*' unless it is quoted",
                why="YAML reads *word as a reference to an anchor",
                fix="put the whole text in double quotes",
            )
            self._add(Broken(span), None, 1, 0)
            return
        self.expanded += anchor.entries
        if anchor.depth >= MAX_ALIAS_DEPTH and self.worst is None:
            what = f"aliases are nested more than {MAX_ALIAS_DEPTH} deep"
            self._stop("E046", span, what, "write the steps out, or use rounds:")
        if self.expanded > MAX_ALIAS_ENTRIES:
            figure = anchor.entries if anchor.entries > MAX_ALIAS_ENTRIES else self.expanded
            if self.worst is None or figure > self.worst[0]:
                self.worst = (figure, span)
        self._add(anchor.node, None, anchor.entries, anchor.depth + 1)

    def _report_aliases(self, entries: int, span: Span) -> None:
        figure = f"{entries:,}" if entries < LARGEST_FIGURE else f"more than {LARGEST_FIGURE:,}"
        what = f"this alias would expand to {figure} entries (limit {MAX_ALIAS_ENTRIES:,})"
        self._stop("E046", span, what, "write the steps out, or use rounds:")

    def _add(self, node: Node, anchor: str | None, entries: int, depth: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = _Anchor(node, entries, depth)
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        frame.children.append(node)
        frame.entries = min(frame.entries + entries, LARGEST_FIGURE)
        frame.depth = max(frame.depth, depth)

    def _close(self, frame: _Open) -> None:
        node: Node = self._mapping(frame) if frame.is_map else Sequence(tuple(frame.children), frame.span)
        self._add(node, frame.anchor, frame.entries, frame.depth)

    def _mapping(self, frame: _Open) -> Node:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        merged: list[Node] = []
        broken = False
        for key, value in zip(frame.children[::2], frame.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                broken = True
                if not isinstance(key, Broken):
                    self.problems.error("E019", key.span, "a key is one word, not a list or a map")
            elif key.text == "<<" and not key.quoted:
                merged.append(value)
            elif self._sound_key(key):
                if key.text in pairs:
                    self._duplicate(pairs[key.text][0], key)
                else:
                    pairs[key.text] = (key, value)
            else:
                broken = True
        own = tuple(pairs)
        for source in merged:
            self._merge(source, pairs)
        if broken and not pairs:
            return Broken(frame.span)
        inherited = [pair for name, pair in pairs.items() if name not in own]
        return Mapping(tuple([pairs[name] for name in own] + inherited), frame.span, damaged=broken)

    def _merge(self, source: Node, pairs: dict[str, tuple[Scalar, Node]]) -> None:
        sources = source.items if isinstance(source, Sequence) else (source,)
        for part in sources:
            if isinstance(part, Mapping):
                for key, value in part.pairs:
                    pairs.setdefault(key.text, (key, value))
            elif not isinstance(part, Broken):
                self.problems.error("E019", part.span, "'<<' takes a map, such as *name", fix="write  <<: *name")

    def _sound_key(self, key: Scalar) -> bool:
        if "\xa0" in key.text and not key.quoted:
            word = key.text.replace("\xa0", " ").strip()
            self.problems.error(
                "E064",
                Span(key.span.file, key.span.line, key.span.col + key.text.index("\xa0")),
                f"a no-break space (U+00A0) {'after' if key.text.endswith(chr(0xA0)) else 'before'} '{word}'",
                why="it looks like a space but YAML does not treat it as one; often pasted from a web page",
                fix="retype the indentation",
            )
            return False
        if not key.quoted and _DASHED_KEY.fullmatch(key.text):
            self.problems.error(
                "E012",
                key.span,
                f"no space after '-' in '{key.text}:'",
                why="a step is a dash, a space, then the key",
                fix=f"write  - {self._after_dash(key)}",
            )
            return False
        return True

    def _after_dash(self, key: Scalar) -> str:
        return self.lines[key.span.line - 1][key.span.col :].strip()[:60]

    def _duplicate(self, first: Scalar, second: Scalar) -> None:
        place = f"{first.span.file}:{first.span.line}:{first.span.col}"
        self.problems.error(
            "E008",
            second.span,
            f"'{second.text}' is given twice in the same block",
            why=f"first given at {place}; YAML would silently keep only the second",
            fix="delete one of them, or start a new step with '- '",
        )

    def _stop(self, code: str, span: Span, what: str, fix: str = "") -> None:
        self.problems.error(code, span, what, fix=fix)
        self.stopped = True

    def _span(self, event: yaml.Event, length: int = 0) -> Span:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return Span(self.name, 1, 1)
        if not length:
            if getattr(event, "style", None) in ("|", ">"):
                length = 1
            elif start.line == end.line:
                length = end.column - start.column
            elif isinstance(event, yaml.ScalarEvent) and start.line < len(self.lines):
                length = len(self.lines[start.line].rstrip()) - start.column
        if isinstance(event, yaml.CollectionStartEvent):
            length = 1
        return Span(self.name, start.line + 1, start.column + 1, max(1, length))
