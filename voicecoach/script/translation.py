"""One translation of one script: what it says for each text, and which texts it lacks (language.md C.12)."""

from typing import Final, NamedTuple

from voicecoach.languages import speaks
from voicecoach.routine import Axis, Text, WayWords
from voicecoach.script import keys
from voicecoach.script.places import Path, Place, shown
from voicecoach.source import Span

SUFFIX: Final = ".coach-text.yaml"
"""How files of translations end, after the script's name and the language."""


class Entry(NamedTuple):
    """Words for one text, empty while there are none; `span` is where they stand, `key` how their key is written.

    `record` has the lines of the script they were made from, as a comment keeps them, and `was`
    those of an older script they were made from.
    """

    lines: tuple[str, ...]
    span: Span
    key: str = ""
    record: tuple[str, ...] = ()
    was: tuple[str, ...] = ()


class Missing(NamedTuple):
    """A text without a translation: what messages call it, and its lines in the script."""

    name: str
    lines: tuple[str, ...]


class Translation:
    """What one file of translations says about a script in language `source`.

    `file` is the script, `name` the file of translations, empty if there is none. `places` has
    each text with an id, by the place of its value in the script; `by_line` has the words for
    texts without one. `said` and `lines` collect what the script says, and `ways` its axes.
    """

    def __init__(self, file: str, source: str, lang: str, name: str = "") -> None:
        self.file = file
        self.source = source
        self.lang = lang
        self.name = name
        self.places: dict[Span, Place] = {}
        self.by_path: dict[Path, Entry] = {}
        self.by_line: dict[str, Entry] = {}
        self.axes: dict[str, dict[str, WayWords]] = {}
        self.axis_spans: dict[tuple[str, str], Span] = {}
        self.ways: dict[str, tuple[str, ...]] = {}
        self.missing: dict[Span | tuple[str, str], Missing] = {}
        self.said: dict[Path, tuple[str, ...]] = {}
        self.lines: dict[str, None] = {}

    def words(self, text: Text) -> tuple[tuple[str, ...], Span] | None:
        """The lines for a text and where they stand; None, and one more is missing, if it is not translated."""
        place = self.places.get(text.span)
        found = None if place is None else self._by_path(place.path, text)
        found = found or self._by_line(text)
        if found is None and not any(speaks(tag, self.lang) for tag, _ in text.translations):
            name = quoted(text.lines[0]) if place is None else shown(place.written)
            self.missing[text.span] = Missing(name, text.lines)
        return found

    def axis(self, axis: Axis) -> Axis:
        """The axis with its words in this language; ways of the author's own that have none are missing."""
        self.ways[axis.name] = tuple(dict.fromkeys((*self.ways.get(axis.name, ()), *axis.ways)))
        own = self.axes.get(axis.name, {})
        if axis.name not in keys.AXES:
            for way in axis.ways:
                if way not in own:
                    self.missing[axis.name, way] = Missing(f"axes.{axis.name}.{way}", (way,))
        return axis._replace(said=(*axis.said, (self.lang, own))) if own else axis

    def stale(self, known: Path | str, entry: Entry) -> tuple[str, ...]:
        """The lines that words were made from, if the script says something else today; else nothing."""
        if entry.was or isinstance(known, str):
            return entry.was
        return entry.record if entry.record and self.said.get(known, entry.record) != entry.record else ()

    def _by_path(self, path: Path, text: Text) -> tuple[tuple[str, ...], Span] | None:
        self.said[path] = text.lines
        entry = self.by_path.get(path)
        return (entry.lines, entry.span) if entry is not None and entry.lines else None

    def _by_line(self, text: Text) -> tuple[tuple[str, ...], Span] | None:
        self.lines.update(dict.fromkeys(text.lines))
        entries = [self.by_line[line] for line in text.lines if line in self.by_line and self.by_line[line].lines]
        if len(entries) < len(text.lines):
            return None
        return tuple(line for entry in entries for line in entry.lines), entries[0].span


def quoted(words: str, longest: int = 40) -> str:
    """Words in quotes for a message, cut if they are long."""
    return f'"{words if len(words) <= longest else words[: longest - 3] + "..."}"'
