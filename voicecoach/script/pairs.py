"""Texts without an id in a file of translations: pairs of the script's words and those of the language."""

from collections.abc import Iterable

from voicecoach.languages import base
from voicecoach.script.blocks import indent_of, scalar, value
from voicecoach.script.nodes import Mapping
from voicecoach.script.nodes import Sequence as List
from voicecoach.script.records import WAS, comments
from voicecoach.script.sheet import Sheet
from voicecoach.script.suggest import nearest
from voicecoach.script.translation import Entry, Translation

GONE = "# not in the script any more"


def add_pairs(
    sheet: Sheet, top: Mapping, translation: Translation, said: Iterable[str], everywhere: frozenset[str]
) -> None:
    """Adds a pair for each line of `said` that has none, and marks those whose words are not among `everywhere`.

    A line that was changed begins with the old translation.
    """
    by_line = translation.by_line
    old = {line: entry for line, entry in by_line.items() if line not in everywhere}
    taken: set[str] = set()
    made: list[str] = []
    for line in dict.fromkeys(said):
        if line in by_line:
            continue
        close = nearest(line, (one for one in old if one not in taken and old[one].lines))
        taken.add(close or "")
        made += _pair(translation, line, close, old[close].lines if close is not None else ())
    for line, entry in by_line.items():
        _mark(sheet, entry, gone=line in old)
    if made:
        _append(sheet, top, made)


def _pair(translation: Translation, line: str, was: str | None, words: tuple[str, ...]) -> list[str]:
    tag = base(translation.source)
    source = translation.source if base(translation.lang) == tag else tag
    said = f"{translation.lang}: {value(words)}" if words else f"{translation.lang}:"
    return [*([] if was is None else comments(WAS, [was])), f"- {source}: {scalar(line)}", f"  {said}"]


def _mark(sheet: Sheet, entry: Entry, *, gone: bool) -> None:
    """Puts the comment above a pair that is of no use any more, and takes it away where it is again."""
    number = entry.span.line
    marked = number > 1 and sheet.lines[number - 2].strip() == GONE
    if marked and not gone:
        sheet.take_out([number - 1])
    elif gone and not marked and sheet.begins_line(number, entry.span.col):
        sheet.put_before(number, [" " * indent_of(sheet.lines[number - 1]) + GONE])


def _append(sheet: Sheet, top: Mapping, lines: list[str]) -> None:
    key, node = top.key("texts"), top.get("texts")
    if key is None:
        sheet.append(["texts:", *("  " + line for line in lines)], apart=True)
        return
    if isinstance(node, List) and sheet.in_brackets(node):
        return
    items = node.items if isinstance(node, List) else ()
    indent = indent_of(sheet.lines[items[0].span.line - 1]) if items else 2
    sheet.extend(key, (" " * indent + line for line in lines))
