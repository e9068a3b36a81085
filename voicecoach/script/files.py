"""The files of a routine: the script itself and everything it includes."""

import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple, TypeAlias

from voicecoach.script import reader
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.source import Problems, Source, Span

MAX_INCLUDES: Final = 8
BUNDLED: Final = "voicecoach:"

FileKind: TypeAlias = Literal["routine", "library", "programme"]
Read: TypeAlias = Callable[[str], bytes]
Display: TypeAlias = Callable[[str], str]


class OutsideError(Exception):
    """A file that is named inside the routine's folder lies outside it."""


class File(NamedTuple):
    """One file as nodes; `library` is the name before the slash in `feet/calf-stretch`."""

    name: str
    kind: FileKind
    top: Mapping
    library: str


class _Loader:
    def __init__(self, read: Read, display: Display, allow_outside: bool, problems: Problems) -> None:
        self.read = read
        self.display = display
        self.allow_outside = allow_outside
        self.problems = problems
        self.files: dict[str, File] = {}
        self.sources: dict[str, Source] = {}
        self.tried: set[str] = set()

    def load(self, name: str, chain: tuple[tuple[str, Span], ...], span: Span, written: str) -> None:
        self.tried.add(name)
        data = self.bytes_of(name, span, written)
        text = None if data is None else reader.decode(name, data, self.problems)
        if text is None:
            return
        self.sources[name] = Source(name, self.display(name), text)
        node = reader.read(name, text, self.problems)
        file = None if node is None else self._file(name, node)
        if file is None:
            return
        self.files[name] = file
        for path, place in self._includes(file):
            self._include(name, path, place, (*chain, (name, place)))

    def _include(self, name: str, path: str, place: Span, chain: tuple[tuple[str, Span], ...]) -> None:
        target = resolve(name, path)
        if target is None and not self.allow_outside:
            outside(self.problems, path, place)
            return
        target = target or path
        names = [step for step, _ in chain]
        if target in names:
            start = names.index(target)
            circle = " -> ".join([*names[start:], target])
            self.problems.error(
                "E051",
                chain[start][1],
                f"these files include each other: {circle}",
                fix="move the shared exercises into a third file and include it from both",
            )
        elif len(chain) > MAX_INCLUDES:
            what = f"includes are nested more than {MAX_INCLUDES} deep"
            self.problems.error("E055", place, what, fix="include the file directly")
        elif target not in self.tried:
            self.load(target, chain, place, path)

    def bytes_of(self, name: str, span: Span, written: str) -> bytes | None:
        """The bytes of one file, None after a Problem; `written` is how it is named at `span`."""
        called = "the included file " if span.line else ""
        looked = f"looked for {self.display(name)}" if span.line else ""
        try:
            return self.read(name)
        except (FileNotFoundError, NotADirectoryError):
            self.problems.error("E050", span, f"cannot find {called}'{written}'", why=looked)
        except IsADirectoryError:
            self.problems.error("E050", span, f"'{written}' is a folder, not a file", why=looked)
        except OutsideError:
            outside(self.problems, written, span)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.problems.error("E050", span, f"cannot read {called}'{written}': {reason}", why=looked)
        return None

    def _file(self, name: str, node: Node) -> File | None:
        if isinstance(node, Broken):
            return None
        if not isinstance(node, Mapping):
            self.problems.error(
                "E013",
                Span(node.span.file, node.span.line, node.span.col),
                "a routine is a set of  key: value  lines at the top level",
                fix="start with  title: My routine  and a  steps:  list",
            )
            return None
        kind: FileKind = "routine"
        if node.key("steps") is None and node.key("library") is not None:
            kind = "library"
        if programme := node.key("programme"):
            self.problems.error(
                "E015",
                programme.span,
                "this is a programme, and programmes cannot be played yet",
                fix="play one of its sessions",
            )
            kind = "programme"
        return File(name, kind, node, self._library_name(name, node))

    def _library_name(self, name: str, node: Mapping) -> str:
        given = node.get("library")
        if isinstance(given, Scalar) and re.fullmatch(r"[\w.-]+", given.text):
            return given.text
        return stem(name)

    def _includes(self, file: File) -> list[tuple[str, Span]]:
        key, node = file.top.key("include"), file.top.get("include")
        if key is None or node is None or file.kind == "programme":
            return []
        items = node.items if isinstance(node, Sequence) else (node,)
        found: list[tuple[str, Span]] = []
        for item in items:
            if isinstance(item, Scalar) and item.text.strip():
                found.append((item.text.strip(), item.span))
            elif not isinstance(item, Broken):
                what = "'include' takes a path, or a list of paths"
                self.problems.error("E019", item.span, what, fix="write  include: feet-library.coach.yaml")
        return found


def load_mapping(name: str, read: Read, problems: Problems, *, display: Display) -> tuple[Source, Mapping] | None:
    """The top of one file that is no script of its own, with its text; None after a Problem. An empty file is a map."""
    loader = _Loader(read, display, False, problems)
    data = loader.bytes_of(name, Span(name, 0, 0), display(name))
    text = None if data is None else reader.decode(name, data, problems)
    if text is None:
        return None
    source = Source(name, display(name), text)
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n")):
        return source, Mapping((), Span(name, 1, 1))
    node = reader.read(name, text, problems)
    if isinstance(node, Mapping):
        return source, node
    if node is not None and not isinstance(node, Broken):
        what = "a translation is a set of  key: value  lines at the top level"
        problems.error("E013", Span(name, node.span.line, node.span.col), what, fix="start with  translates: ...")
    return source, Mapping((), Span(name, 1, 1), damaged=True)


def load(
    entry: str, read: Read, problems: Problems, *, display: Display, allow_outside: bool
) -> tuple[dict[str, File], dict[str, Source]]:
    """The entry file and everything it includes, in the order of inclusion, with their texts."""
    loader = _Loader(read, display, allow_outside, problems)
    loader.load(entry, (), Span(entry, 0, 0), display(entry))
    return loader.files, loader.sources


def resolve(base: str, path: str) -> str | None:
    """The name of the file that `path` means in file `base`; None if it is outside the project."""
    path = path.replace("\\", "/")
    prefix = ""
    if path.startswith(BUNDLED):
        prefix, path, base = BUNDLED, path.removeprefix(BUNDLED), ""
    elif base.startswith(BUNDLED):
        prefix, base = BUNDLED, base.removeprefix(BUNDLED)
    if path.startswith(("/", "~")) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return None
    parts = base.split("/")[:-1]
    for part in path.split("/"):
        if part == "..":
            if not parts or parts[-1] == "..":
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    name = "/".join(parts)
    return prefix + name.removesuffix(".coach.yaml") if prefix else name


def outside(problems: Problems, path: str, span: Span) -> None:
    """Reports a path that leaves the project (E052)."""
    problems.error(
        "E052",
        span,
        f"'{path}' is outside this project",
        why="routines from other people could otherwise read any file",
        fix="copy it next to the routine, or run with --allow-outside",
    )


def stem(name: str) -> str:
    """The file name without folders and suffix."""
    last = name.removeprefix(BUNDLED).rpartition("/")[2]
    for suffix in (".coach.yaml", ".yaml", ".yml"):
        if last.endswith(suffix) and last != suffix:
            return last.removesuffix(suffix)
    return last
