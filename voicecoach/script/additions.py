"""Texts with an id that a file of translations lacks, added where they belong."""

from collections.abc import Mapping as Map
from collections.abc import Sequence

from voicecoach.script.blocks import scalar
from voicecoach.script.nodes import Mapping, Node, Scalar
from voicecoach.script.places import Path, spelled
from voicecoach.script.records import comments
from voicecoach.script.sheet import Sheet

Tree = dict[str, "Tree | tuple[str, ...]"]
"""What is to be added: keys as the script writes them, and the script's lines at each text."""


def plant(tree: Tree, path: Path, lines: tuple[str, ...]) -> None:
    """Puts one text into a tree."""
    for name in path[:-1]:
        branch = tree.setdefault(name, {})
        assert isinstance(branch, dict)
        tree = branch
    tree[path[-1]] = lines


class Additions:
    """Adds to one sheet; `tag` is how comments name the language of the script."""

    def __init__(self, sheet: Sheet, tag: str) -> None:
        self.sheet = sheet
        self.tag = tag

    def add(self, tree: Tree, top: Mapping) -> None:
        """Adds everything in `tree`, in the maps it belongs to."""
        for name, branch in tree.items():
            key, node = top.key(name), top.get(name)
            if key is None or node is None:
                self.sheet.append(self._written(name, branch, 0), apart=isinstance(branch, dict))
            elif isinstance(branch, dict):
                self._add_inside(key, node, branch)

    def _add_inside(self, key: Scalar, node: Node, tree: Tree) -> None:
        empty = isinstance(node, Scalar) and node.empty
        if not empty and (not isinstance(node, Mapping) or self.sheet.in_brackets(node)):
            return
        inside = node.pairs if isinstance(node, Mapping) else ()
        known: Map[str, tuple[Scalar, Node]] = {_name(key, one): (one, inner) for one, inner in inside}
        indent = inside[0][0].span.col - 1 if inside else key.span.col + 1
        made: list[str] = []
        for name, branch in tree.items():
            found = known.get(spelled(name) if key.text == "cues" else name)
            if found is None:
                made += self._written(name, branch, indent)
            elif isinstance(branch, dict):
                self._add_inside(*found, branch)
        if made:
            self.sheet.extend(key, made)

    def _written(self, name: str, branch: "Tree | tuple[str, ...]", indent: int) -> Sequence[str]:
        margin = " " * indent
        if not isinstance(branch, dict):
            return [*(margin + line for line in comments(self.tag, branch)), f"{margin}{scalar(name)}:"]
        blocks = [self._written(one, deeper, indent + 2) for one, deeper in branch.items()]
        apart = [""] if name == "exercises" else []
        return [f"{margin}{scalar(name)}:", *(line for block in blocks for line in (*apart, *block))]


def _name(parent: Scalar, key: Scalar) -> str:
    return spelled(key.text) if parent.text == "cues" else key.text
