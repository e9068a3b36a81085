"""Where a script has texts that a translation names by id, and how both files write their places."""

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from voicecoach.script import keys
from voicecoach.script.cuetimes import cue_time
from voicecoach.script.fault import Fault
from voicecoach.script.nodes import Mapping, Node, Scalar

Path: TypeAlias = tuple[str, ...]
"""`("exercises", "calf-stretch", "cues", "half")`; cue times in one spelling."""

TOP: Final = ("title", "summary")
"""Texts of a file that a translation names by their key."""


class Place(NamedTuple):
    """One text with an id: its key and its value."""

    path: Path
    key: Scalar
    value: Node

    @property
    def written(self) -> Path:
        """The path with its last key as the file has it."""
        return (*self.path[:-1], self.key.text)


def shown(path: Path) -> str:
    """A written path as messages show it: `calf-stretch.cues.half`."""
    return ".".join(path[1:] if path[0] == "exercises" else path)


def places(top: Mapping) -> Iterator[Place]:
    """Every text with an id in a script, in source order."""
    for key, value in top.pairs:
        if key.text in TOP:
            yield Place((key.text,), key, value)
        elif key.text == "phrases" and isinstance(value, Mapping):
            yield from (Place(("phrases", name.text), name, words) for name, words in value.pairs)
        elif key.text == "exercises" and isinstance(value, Mapping):
            for name, exercise in value.pairs:
                if isinstance(exercise, Mapping):
                    yield from _of_exercise(("exercises", name.text), exercise)


def text_keys(place: keys.Place) -> frozenset[str]:
    """The keys of a place whose values are words."""
    return frozenset(name for name, key in keys.keys_of(place).items() if key.takes == "text")


def spelled(time: str) -> str:
    """A cue time in one spelling, as far as it can be read: `at 50 %` → `percent 50`."""
    found = cue_time(time)
    return time if isinstance(found, Fault) else f"{found.kind} {found.value}".removesuffix(" 0")


def words_of(value: Node) -> Node:
    """The words of a cue, which may stand under `say`."""
    return (value.get("say") or value) if isinstance(value, Mapping) else value


def _of_exercise(path: Path, exercise: Mapping) -> Iterator[Place]:
    texts = text_keys("exercise")
    for key, value in exercise.pairs:
        if key.text in texts:
            yield Place((*path, key.text), key, value)
        elif key.text == "cues" and isinstance(value, Mapping):
            yield from (
                Place((*path, "cues", spelled(time.text)), time, words_of(words)) for time, words in value.pairs
            )
        elif key.text == "stages" and isinstance(value, Mapping):
            for stage, inner in value.pairs:
                if isinstance(inner, Mapping):
                    yield from _of_exercise((*path, "stages", stage.text), inner)
