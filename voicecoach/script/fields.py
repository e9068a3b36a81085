"""One value of the key table after another: nodes to typed values, or a Problem and None."""

import re
from collections.abc import Callable
from typing import Final, TypeVar

from voicecoach.routine import LEVELS, Dose, Level, Range, Text
from voicecoach.script import durations
from voicecoach.script.fault import Fault
from voicecoach.script.keys import Key
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.script.scope import Scope, skipped
from voicecoach.script.suggest import nearest
from voicecoach.units import Milliseconds

_T = TypeVar("_T")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ID = re.compile(r"[\w.-]+(?:/[\w.-]+)?")
_NOUNS: Final = {"work": "a duration", "gap": "a duration", "count": "a count"}


def is_language(tag: str) -> bool:
    """Whether this has the form of a BCP 47 language tag."""
    return bool(_LANGUAGE.fullmatch(tag))


# ---- text ---------------------------------------------------------------------------


def text(scope: Scope, key: Scalar, node: Node) -> Text | None:
    """Words: one line, lines in turn, or a map of languages."""
    if isinstance(node, Mapping):
        found = _translated(scope, key, node)
    else:
        lines = plain_lines(scope, key, node)
        found = Text(lines, node.span) if lines else None
    return None if found is None else scope.translated(found)


def texts(scope: Scope, key: Scalar, node: Node) -> tuple[Text, ...] | None:
    """A list of texts; a single one is a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    found = [text(scope, key, item) for item in items]
    return tuple(item for item in found if item is not None)


def plain_lines(scope: Scope, key: Scalar, node: Node) -> tuple[str, ...]:
    """One line, or lines in turn; none after a Problem."""
    if isinstance(node, Broken):
        return ()
    if isinstance(node, Sequence):
        return tuple(line for item in node.items for line in _turn(scope, key, item))
    if isinstance(node, Mapping):
        scope.shape(key, node, "text")
        return ()
    line = " ".join(node.text.split())
    if not line:
        scope.empty(key)
        return ()
    return (line,)


def _turn(scope: Scope, key: Scalar, node: Node) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        if line := " ".join(node.text.split()):
            return (line,)
        scope.problems.error("E019", node.span, f"an empty line in '{key.text}'", fix="delete it")
    elif isinstance(node, Mapping) and len(node.pairs) == 1:
        first = node.pairs[0][0]
        scope.problems.error(
            "E004",
            first.span,
            "a colon followed by a space inside unquoted text",
            why=f"YAML read '{first.text}' as a new key",
            fix="put the text in double quotes",
        )
    elif not isinstance(node, Broken):
        scope.shape(key, node, "lines of text")
    return ()


def _translated(scope: Scope, key: Scalar, node: Mapping) -> Text | None:
    if len(node.pairs) == 1 and isinstance(only := node.pairs[0][1], Scalar) and only.empty:
        scope.problems.error(
            "E007",
            node.span,
            "text that starts with { must be quoted as a whole",
            why="YAML reads { as the start of a map",
            fix='put the whole text in double quotes, and write \\" for a quote inside it',
        )
        return None
    translations: list[tuple[str, tuple[str, ...]]] = []
    for tag, value in node.pairs:
        if skipped(tag.text):
            continue
        if not is_language(tag.text):
            what = f"'{key.text}' takes text, or text by language; '{tag.text[:40]}' is not a language tag"
            scope.problems.error("E019", tag.span, what, fix="use tags like en, de, pt-BR")
            continue
        if lines := plain_lines(scope, tag, value):
            translations.append((tag.text, lines))
    if not translations:
        if not node.pairs:
            scope.empty(key)
        return None
    by_tag = {tag.lower(): lines for tag, lines in translations}
    own = scope.lang.lower()
    written = by_tag.get(own) or by_tag.get(own.partition("-")[0])
    if written is None:
        first, written = translations[0]
        what = f"there is no text in '{scope.lang}' here; the one in '{first}' is used"
        scope.problems.warning("W064", node.span, what, fix=f"add  {own.partition('-')[0]}: ...")
    return Text(written, node.span, tuple(translations))


def line(scope: Scope, key: Scalar, node: Node) -> str | None:
    """One line of plain text that is never spoken."""
    found = scope.scalar(key, node, "one line of text")
    if found is None:
        return None
    return " ".join(found.text.split()) or None


def lines(scope: Scope, key: Scalar, node: Node) -> tuple[str, ...] | None:
    """A list of plain lines; a single one is a list of one."""
    node = scope.given(node)
    if not isinstance(node, Sequence):
        single = line(scope, key, node)
        return None if single is None else (single,)
    found = [line(scope, key, item) for item in node.items]
    return tuple(item for item in found if item is not None)


def identifier(scope: Scope, key: Scalar, node: Node) -> str | None:
    """An id, perhaps with a library's name before it."""
    found = scope.scalar(key, node, "an id")
    if found is None:
        return None
    name = found.text.strip()
    if not _ID.fullmatch(name):
        hint = re.sub(r"[^\w.-]+", "-", name.lower()).strip("-")[:40]
        scope.problems.error(
            "E027", found.span, f"'{name[:40]}' is not an id", fix=f"write for example  {hint or 'my-id'}"
        )
        return None
    return name


# ---- choices ---------------------------------------------------------------------------


def yes_no(scope: Scope, key: Scalar, node: Node) -> bool | None:
    """`true` or `false`."""
    found = scope.scalar(key, node, "true or false")
    if found is None:
        return None
    if found.text in ("true", "false"):
        return found.text == "true"
    meant = "false" if found.text.lower() in ("no", "off", "false", "never", "0", "n") else "true"
    scope.problems.error(
        "E027", found.span, f"'{key.text}' is true or false, not '{found.text[:40]}'", fix=f"write  {key.text}: {meant}"
    )
    return None


def choice(scope: Scope, key: Scalar, node: Node, choices: tuple[str, ...]) -> str | None:
    """One of a few words."""
    found = scope.scalar(key, node, "one of " + ", ".join(choices))
    if found is None or found.text in choices:
        return found.text if found else None
    if choices == tuple(LEVELS):
        scope.problems.error(
            "E043", found.span, f"unknown level '{found.text[:40]}'", fix=f"levels are {', '.join(LEVELS)}"
        )
        return None
    close = nearest(found.text, choices)
    hint = f"did you mean '{close}'? " if close else ""
    what = f"'{key.text}' cannot be '{found.text[:40]}'"
    scope.problems.error("E027", found.span, what, fix=f"{hint}use: {', '.join(choices)}")
    return None


def number(scope: Scope, key: Scalar, node: Node, row: Key) -> int | None:
    """A whole number within the limits of its key."""
    found = scope.scalar(key, node, "a number")
    if found is None:
        return None
    written = found.text.strip().removesuffix("%") if row.name == "volume" else found.text.strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", written):
        scope.problems.error(
            "E035",
            found.span,
            f"'{found.text[:40]}' is not a whole number",
            fix=f"write for example  {key.text}: {row.default or row.least}",
        )
        return None
    if not row.least <= int(written) <= row.most:
        what = f"'{key.text}' must be between {row.least:,} and {row.most:,}"
        scope.problems.error("E027", found.span, what)
        return None
    return int(written)


# ---- doses ---------------------------------------------------------------------------


def dose(scope: Scope, key: Scalar, node: Node, takes: str) -> Dose | None:
    """A `work`, `gap` or `count` value: one Range, or one for each listed level."""
    node = scope.given(node)
    read = _dose_reader(takes)
    if isinstance(node, Mapping):
        return _by_level(scope, key, node, read)
    found = scope.scalar(key, node, f"{_NOUNS[takes]}, or one for each level")
    if found is None:
        return None
    value = scope.checked(found.span, read(found.text, key.text))
    if value is None:
        return None
    return Dose(((0, value),), found.span, text=found.text.strip())


def _dose_reader(takes: str) -> Callable[[str, str], Range | Fault]:
    if takes == "count":
        return durations.count
    gap = takes == "gap"
    return lambda text, key: durations.duration(text, key, gap=gap)


def _by_level(scope: Scope, key: Scalar, node: Mapping, read: Callable[[str, str], Range | Fault]) -> Dose | None:
    levels: list[tuple[int, Range]] = []
    written: list[str] = []
    for level, value in node.pairs:
        if skipped(level.text):
            continue
        if level.text not in LEVELS:
            what = f"unknown level '{level.text[:40]}'"
            scope.problems.error("E043", level.span, what, fix=f"levels are {', '.join(LEVELS)}")
            continue
        found = scope.scalar(level, value, "one value")
        if found is None:
            continue
        amount = scope.checked(found.span, read(found.text, key.text))
        if amount is not None:
            levels.append((LEVELS[level.text], amount))
            written.append(f"{level.text}: {found.text.strip()}")
    if not levels:
        if not node.pairs:
            scope.empty(key)
        return None
    return Dose(tuple(sorted(levels)), node.span, text="{" + ", ".join(written) + "}", per_level=True)


def missing_level(key: str, level: Level, dose: Dose) -> Fault | None:
    """What is wrong with a per-level map that has nothing at or below `level`; None if it has."""
    lowest, amount = min(dose.levels)
    if not dose.per_level or lowest <= LEVELS[level]:
        return None
    high = amount.low
    timed = not re.fullmatch(r"[0-9]+", dose.text.strip("{}").rpartition(": ")[2])
    unit = 1_000 if timed and high >= 1_000 else 1
    grid = 5 * unit if high % (5 * unit) == 0 and high > 5 * unit else unit
    low = max(high * 2 // 3 // grid * grid, min(unit, high))
    value = low if level == "gentle" else (low + high) // 2 // unit * unit
    suffix = ("s" if unit == 1_000 else "ms") if timed else ""
    return Fault(
        "E032",
        f"'{key}' has no value for level '{level}'",
        why="a per-level map must cover every level that is used",
        fix=f"add  {level}: {value // unit}{suffix}  or write a range such as {low // unit}-{high // unit}{suffix}",
    )


def duration(scope: Scope, key: Scalar, node: Node, *, gap: bool = False) -> Milliseconds | None:
    """One duration, no range."""
    found = scope.scalar(key, node, "a duration")
    return None if found is None else scope.checked(found.span, durations.single(found.text, key.text, gap=gap))


def length(scope: Scope, key: Scalar, node: Node) -> Range | None:
    """A target length."""
    found = scope.scalar(key, node, "a duration")
    return None if found is None else scope.checked(found.span, durations.length(found.text))
