"""A file of translations brought up to date with its script, line by line: what a translator wrote stays as it is."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from voicecoach.languages import base, english_name, speaks
from voicecoach.script.additions import Additions, Tree, plant
from voicecoach.script.nodes import Mapping, Scalar
from voicecoach.script.pairs import add_pairs
from voicecoach.script.places import Path, places, spelled
from voicecoach.script.records import WAS, comments, record_above
from voicecoach.script.scope import Scope
from voicecoach.script.sheet import Sheet
from voicecoach.script.translation import Translation
from voicecoach.source import Span

_HEAD: Final = """\
# The words of {script} in {language}. Fill in what is empty; above each text stands what the script says.
# When that changes,  voicecoach strings {script} --lang {lang}  says so in a comment  # was: ...
# Delete that comment once the text below it is right again.
translates: {script}
lang: {lang}
"""


class Wanted(NamedTuple):
    """One text of the script: its path with keys as the script writes them, and what it says; no path without an id."""

    path: Path
    lines: tuple[str, ...]


def wanted(said: Scope, top: Mapping, lang: str) -> list[Wanted]:
    """Everything a translator of one script into `lang` has to say, in source order."""
    paths = {place.value.span: place.written for place in places(top)}
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
    sheet = Sheet(text)
    _refresh_comments(sheet, top, translation, texts)
    tree: Tree = {}
    for one in texts:
        by_line = all(line in translation.by_line for line in one.lines)
        if one.path and _spelled(one.path) not in translation.by_path and not by_line:
            plant(tree, one.path, one.lines)
    for path in own_ways:
        plant(tree, path, ())
    Additions(sheet, base(translation.source)).add(tree, top)
    said = (line for one in texts if not one.path for line in one.lines)
    add_pairs(sheet, top, translation, said, frozenset(line for one in texts for line in one.lines))
    return sheet.text()


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


def _refresh_comments(sheet: Sheet, top: Mapping, translation: Translation, texts: Sequence[Wanted]) -> None:
    """Brings the comments up to date that tell what the script says, above every text with an id."""
    today = {_spelled(one.path): one.lines for one in texts if one.path}
    done: set[int] = set()
    for place in places(top):
        entry, line = translation.by_path.get(place.path), place.key.span.line
        if place.path not in today or entry is None or line in done:
            continue
        if not sheet.lines[line - 1][: place.key.span.col - 1].strip():
            done.add(line)
            _refresh(sheet, place.key, base(translation.source), today[place.path], translated=bool(entry.lines))


def _refresh(sheet: Sheet, key: Scalar, tag: str, today: tuple[str, ...], *, translated: bool) -> None:
    record = record_above(sheet.lines, key.span.line, tag)
    was = record.was
    if not was and record.source != today:
        was = record.source
    if was == today or not translated:
        was = ()
    if (record.source, record.was) == (today, was):
        return
    sheet.take_out(record.numbers)
    margin = " " * (key.span.col - 1)
    sheet.put_before(key.span.line, (margin + line for line in (*comments(tag, today), *comments(WAS, was))))


def _spelled(path: Path) -> Path:
    return (*path[:-1], spelled(path[-1])) if len(path) > 1 and path[-2] == "cues" else path
