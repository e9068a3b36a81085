"""A file of translations brought up to date with its script, line by line: what a translator wrote stays as it is."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from typing import NamedTuple

from voicecoach.languages import base, english_name, speaks
from voicecoach.script.blocks import end_of_block, indent_of, scalar, value
from voicecoach.script.nodes import Mapping, Node, Scalar
from voicecoach.script.nodes import Sequence as List
from voicecoach.script.places import Path, places, spelled
from voicecoach.script.records import WAS, comments, record_above
from voicecoach.script.scope import Scope
from voicecoach.script.suggest import nearest
from voicecoach.script.translation import Entry, Translation
from voicecoach.source import Span

_HEAD = """\
# The words of {script} in {language}. Fill in what is empty; above each text stands what the script says.
# When that changes,  voicecoach strings {script} --lang {lang}  says so in a comment  # was: ...
# Delete that comment once the text below it is right again.
translates: {script}
lang: {lang}
"""
GONE = "# not in the script any more"


class Wanted(NamedTuple):
    """One text of the script: its path with keys as the script writes them, and what it says; no path without an id."""

    path: Path
    lines: tuple[str, ...]


def wanted(said: Scope, top: Mapping, lang: str) -> list[Wanted]:
    """Everything a translator of one script into `lang` has to say, in source order."""
    paths = dict(_written_paths(top))
    return [
        Wanted(paths.get(span, ()), text.lines)
        for span, text in sorted(said.texts.items())
        if not any(speaks(tag, lang) for tag, _ in text.translations)
    ]


def ways(translation: Translation) -> list[Path]:
    """The paths of ways of the author's own that have no words yet."""
    return [("axes", *key) for key in translation.missing if not isinstance(key, Span)]


def empty(script: str, lang: str) -> str:
    """A file of translations without any."""
    return _HEAD.format(script=script, lang=lang, language=english_name(lang))


def updated(
    text: str, top: Mapping, translation: Translation, texts: Sequence[Wanted], own_ways: Sequence[Path]
) -> str:
    """The text of a file of translations with everything the script says now.

    `top` and `translation` are what the text was read as. Lines are only added, but for the comments
    that tell what the script says.
    """
    sheet = _Sheet(text, translation)
    sheet.refresh(top, texts)
    tree: _Tree = {}
    for one in texts:
        by_line = all(line in translation.by_line for line in one.lines)
        if one.path and _spelled(one.path) not in translation.by_path and not by_line:
            _plant(tree, one.path, one.lines)
    for path in own_ways:
        _plant(tree, path, ())
    sheet.add(tree, top)
    sheet.add_pairs(top, texts)
    return sheet.text()


_Tree = dict[str, "_Tree | tuple[str, ...]"]


def _plant(tree: _Tree, path: Path, lines: tuple[str, ...]) -> None:
    for name in path[:-1]:
        branch = tree.setdefault(name, {})
        assert isinstance(branch, dict)
        tree = branch
    tree[path[-1]] = lines


def _spelled(path: Path) -> Path:
    return (*path[:-1], spelled(path[-1])) if len(path) > 1 and path[-2] == "cues" else path


def _written_paths(top: Mapping) -> Iterator[tuple[object, Path]]:
    for place in places(top):
        yield place.value.span, (*place.path[:-1], place.key.text)


class _Sheet:
    """The lines of a file, and what is to be put before, after or in place of them, by line number from 1."""

    def __init__(self, text: str, translation: Translation) -> None:
        self.lines = text.rstrip("\n").split("\n")
        self.translation = translation
        self.tag = base(translation.source)
        self._before: dict[int, list[str]] = {}
        self._after: dict[int, list[str]] = {}
        self._gone: set[int] = set()
        self._end: list[str] = []

    def text(self) -> str:
        """The file as it is to be."""
        made: list[str] = []
        for number, line in enumerate(self.lines, 1):
            made += self._before.get(number, ())
            if number not in self._gone:
                made.append(line)
            made += self._after.get(number, ())
        return "\n".join([*made, *self._end]) + "\n"

    # ---- comments

    def refresh(self, top: Mapping, texts: Sequence[Wanted]) -> None:
        """Brings the comments up to date that tell what the script says, above every text with an id."""
        today = {_spelled(one.path): one.lines for one in texts if one.path}
        for place in places(top):
            if place.path not in today or not self._has_its_own_line(place.key):
                continue
            entry = self.translation.by_path.get(place.path)
            if entry is not None:
                self._refresh(place.key, today[place.path], translated=bool(entry.lines))

    def _refresh(self, key: Scalar, today: tuple[str, ...], *, translated: bool) -> None:
        record = record_above(self.lines, key.span.line, self.tag)
        was = record.was
        if not was and record.source and record.source != today and translated:
            was = record.source
        if was == today or not translated:
            was = ()
        if (record.source, record.was) == (today, was):
            return
        self._gone.update(record.numbers)
        margin = " " * (key.span.col - 1)
        made = [*comments(self.tag, today), *comments(WAS, was)]
        self._before.setdefault(key.span.line, []).extend(margin + line for line in made)

    def _has_its_own_line(self, key: Scalar) -> bool:
        return not self.lines[key.span.line - 1][: key.span.col - 1].strip()

    # ---- texts without an id

    def add_pairs(self, top: Mapping, texts: Sequence[Wanted]) -> None:
        """Adds a pair for each line that has none; one for a line that was changed begins with the old translation."""
        by_line = self.translation.by_line
        said = list(dict.fromkeys(line for one in texts if not one.path for line in one.lines))
        everything = {line for one in texts for line in one.lines}
        new = [line for line in said if line not in by_line]
        old = {line: entry for line, entry in by_line.items() if line not in everything}
        taken: set[str] = set()
        made: list[list[str]] = []
        for line in new:
            close = nearest(line, (one for one in old if one not in taken and old[one].lines))
            if close is not None:
                taken.add(close)
            made.append(self._pair(line, close, old[close].lines if close is not None else ()))
        for entry in old.values():
            self._mark_gone(entry)
        if made:
            self._append_pairs(top, made)

    def _pair(self, line: str, was: str | None, words: tuple[str, ...]) -> list[str]:
        one_language = base(self.translation.lang) == self.tag
        source = self.translation.source if one_language else self.tag
        said = f"{self.translation.lang}: {value(words)}" if words else f"{self.translation.lang}:"
        return [*([] if was is None else comments(WAS, [was])), f"- {source}: {scalar(line)}", f"  {said}"]

    def _mark_gone(self, entry: Entry) -> None:
        number, col = entry.span.line, entry.span.col
        line = self.lines[number - 1]
        marked = number > 1 and self.lines[number - 2].strip() == GONE
        if line[: col - 1].strip() in ("", "-") and not marked:
            self._before.setdefault(number, []).append(" " * indent_of(line) + GONE)

    def _append_pairs(self, top: Mapping, pairs: list[list[str]]) -> None:
        key, node = top.key("texts"), top.get("texts")
        if key is None:
            self._append(["", "texts:", *("  " + line for pair in pairs for line in pair)])
            return
        if isinstance(node, List) and self._is_flow(node):
            return
        indent = 2
        if isinstance(node, List) and node.items:
            indent = indent_of(self.lines[node.items[0].span.line - 1])
        end = end_of_block(self.lines, key.span.line, key.span.col - 1)
        self._after.setdefault(end, []).extend(" " * indent + line for pair in pairs for line in pair)

    # ---- texts with an id

    def add(self, tree: _Tree, top: Mapping) -> None:
        """Adds everything in `tree` that the file does not have, in the maps it belongs to."""
        for name, branch in tree.items():
            key, node = top.key(name), top.get(name)
            if key is None or node is None:
                made = self._written(name, branch, 0)
                self._append(["", *made] if isinstance(branch, dict) or not self._end else made)
            elif isinstance(branch, dict):
                self._add_inside(key, node, branch)

    def _add_inside(self, key: Scalar, node: Node, tree: _Tree) -> None:
        if isinstance(node, Mapping) and node.pairs and self._is_flow(node):
            return
        if not isinstance(node, Mapping) and not (isinstance(node, Scalar) and node.empty):
            return
        pairs: Map[str, tuple[Scalar, Node]] = {}
        indent = key.span.col + 1
        if isinstance(node, Mapping) and node.pairs:
            pairs = {_name(key, one): (one, inner) for one, inner in node.pairs}
            indent = node.pairs[0][0].span.col - 1
        made: list[str] = []
        for name, branch in tree.items():
            found = pairs.get(spelled(name) if key.text == "cues" else name)
            if found is None:
                made += self._written(name, branch, indent)
            elif isinstance(branch, dict):
                self._add_inside(*found, branch)
        if made:
            end = end_of_block(self.lines, key.span.line, key.span.col - 1)
            self._after.setdefault(end, []).extend(made)

    def _written(self, name: str, branch: "_Tree | tuple[str, ...]", indent: int) -> list[str]:
        margin = " " * indent
        if not isinstance(branch, dict):
            return [*(margin + line for line in comments(self.tag, branch)), f"{margin}{scalar(name)}:"]
        blocks = [self._written(one, deeper, indent + 2) for one, deeper in branch.items()]
        apart = [""] if name == "exercises" else []
        return [f"{margin}{scalar(name)}:", *(line for block in blocks for line in (*apart, *block))]

    def _append(self, lines: list[str]) -> None:
        self._end += lines

    def _is_flow(self, node: Node) -> bool:
        return self.lines[node.span.line - 1][node.span.col - 1 : node.span.col] in ("{", "[")


def _name(parent: Scalar, key: Scalar) -> str:
    return spelled(key.text) if parent.text == "cues" else key.text


def same_words(before: Translation, after: Translation) -> bool:
    """Whether every translation of `before` stands unchanged in `after`."""
    paths = all(
        not entry.lines or (path in after.by_path and after.by_path[path].lines == entry.lines)
        for path, entry in before.by_path.items()
    )
    lines = all(
        not entry.lines or (line in after.by_line and after.by_line[line].lines == entry.lines)
        for line, entry in before.by_line.items()
    )
    return paths and lines and all(after.axes.get(axis) == words for axis, words in before.axes.items() if words)
