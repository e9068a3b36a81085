"""Ways, phases and conditions: the values of `each`, `tempo`, `breathe` and `when`."""

import re

from voicecoach.routine import Axis, Condition, Phase, Text
from voicecoach.script import conditions, fields, keys, phases
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.script.scope import Scope
from voicecoach.script.suggest import listed, nearest
from voicecoach.source import Span
from voicecoach.units import Milliseconds


def axes(scope: Scope, key: Scalar, node: Node) -> tuple[Axis, ...] | None:
    """The ways an exercise is repeated in: `foot, direction`, a list, or a map of named lists."""
    node = scope.given(node)
    if isinstance(node, Broken):
        return None
    if isinstance(node, Mapping):
        found = [_own_axis(scope, name.text, ways, node.span) for name, ways in node.pairs]
    elif isinstance(node, Sequence):
        found = _listed_axes(scope, node)
    else:
        if node.empty:
            scope.empty(key)
            return None
        names = [name.strip() for name in node.text[:200].split(",")]
        found = [_known_axis(scope, name, node.span) for name in names]
    made = [scope.spoken_axis(axis) for axis in found if axis is not None]
    if len(made) < len(found) or not made:
        if not found:
            scope.empty(key)
        return None
    names = [axis.name for axis in made]
    if len(set(names)) < len(names) or sum(axis.sides for axis in made) > 1:
        what = (
            "'each' names more than one body part"
            if len(set(names)) == len(names)
            else "'each' names the same thing twice"
        )
        scope.problems.error("E033", node.span, what, fix="keep one of them")
        return None
    return tuple(made)


def _listed_axes(scope: Scope, node: Sequence) -> list[Axis | None]:
    words = [item.text.strip() for item in node.items if isinstance(item, Scalar)]
    if len(words) == len(node.items) and not (words and all(word in keys.AXES for word in words)):
        return [_own_axis(scope, "way", node, node.span)] if words else []
    found: list[Axis | None] = []
    for item in node.items:
        if isinstance(item, Scalar):
            found.append(_known_axis(scope, item.text.strip(), item.span))
        elif isinstance(item, Mapping):
            found.extend(_own_axis(scope, name.text, ways, item.span) for name, ways in item.pairs)
        else:
            found.append(None)
    return found


def _known_axis(scope: Scope, name: str, span: Span) -> Axis | None:
    ways = keys.AXES.get(name)
    if ways is not None:
        return Axis(name, ways, span, sides=name in keys.SIDED)
    close = nearest(name, keys.AXES)
    hint = f"did you mean '{close}'? " if close else ""
    scope.problems.error(
        "E033",
        span,
        f"'each: {name[:40]}' is not a known body part",
        fix=f"{hint}known: {', '.join(keys.AXES)}; or give your own list: each: [front, back]",
    )
    return None


def _own_axis(scope: Scope, name: str, node: Node, span: Span) -> Axis | None:
    items = node.items if isinstance(node, Sequence) else (node,)
    ways: list[str] = []
    for item in items:
        if not isinstance(item, Scalar) or not item.text.strip():
            if not isinstance(item, Broken):
                scope.problems.error("E033", item.span, "each way is one piece of text", fix="each: [front, back]")
            return None
        ways.append(" ".join(item.text.split()))
    if not re.fullmatch(r"[a-z_]\w*", name) or (name in keys.WORDS and name not in keys.AXES):
        scope.problems.error(
            "E033", span, f"'{name[:40]}' cannot be the name of an axis", fix="use one word, such as angle"
        )
        return None
    if len(set(ways)) < len(ways):
        scope.problems.error("E033", span, f"'each' lists the same way twice: {listed(ways)}", fix="delete one of them")
        return None
    return Axis(name, tuple(ways), span, sides=name in keys.SIDED and set(ways) <= set(keys.SIDES))


def tempo(scope: Scope, key: Scalar, node: Node) -> tuple[Phase, ...] | None:
    """The phases of one repetition."""
    node = scope.given(node)
    if isinstance(node, Mapping):
        named = _named_phases(scope, node)
        made = None if named is None else scope.checked(node.span, phases.named_tempo(named))
        return None if made is None else _said_phases(scope, node, made)
    found = scope.scalar(key, node, "a tempo such as 3-1-2-0, or a map of phases")
    return None if found is None else scope.checked(found.span, phases.tempo(found.text))


def _said_phases(scope: Scope, node: Mapping, found: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """The phases with their names in every language they are translated into."""
    texts = {name.text: scope.translated(Text((name.text,), name.span)) for name, _ in node.pairs}
    return tuple(
        phase._replace(said=tuple((tag, lines[0]) for tag, lines in texts[phase.name].translations))
        if phase.name in texts
        else phase
        for phase in found
    )


def breath(scope: Scope, key: Scalar, node: Node) -> tuple[Phase, ...] | None:
    """The phases of one breath."""
    node = scope.given(node)
    if isinstance(node, Mapping):
        scope.known(node, "breath", "breath pattern")
        known = tuple(pair for pair in node.pairs if pair[0].text in keys.keys_of("breath"))
        named = _named_phases(scope, Mapping(known, node.span))
        return None if named is None else scope.checked(node.span, phases.named_breath(named))
    found = scope.scalar(key, node, "a breath pattern such as 4-4-4-4, or a map of phases")
    return None if found is None else scope.checked(found.span, phases.breath(found.text))


def _named_phases(scope: Scope, node: Mapping) -> list[tuple[str, Milliseconds]] | None:
    lengths = [(name.text, fields.duration(scope, name, value, gap=True)) for name, value in node.pairs]
    named = [(name, time) for name, time in lengths if time is not None]
    return named if len(named) == len(lengths) else None


def condition(scope: Scope, key: Scalar, node: Node) -> Condition | None:
    """A `when:` condition; the parameters it names must exist."""
    if isinstance(node, Scalar) and not node.empty:
        tree = scope.checked(node.span, conditions.condition(node.text, node.span))
        if tree is not None:
            _check_subjects(scope, tree, node.span)
        return tree
    if isinstance(node, Scalar):
        scope.empty(key)
    elif not isinstance(node, Broken):
        scope.shape(key, node, "a condition")
    return None


def _check_subjects(scope: Scope, tree: Condition, span: Span) -> None:
    for part in tree.parts:
        _check_subjects(scope, part, span)
    if tree.subject and tree.subject not in scope.params:
        scope.unknown_parameter(tree.subject, span)
    elif tree.subject:
        scope.used.add(tree.subject)
    if tree.test == "slot is" and tree.value not in keys.SLOTS:
        scope.problems.error(
            "E027", span, f"unknown slot '{tree.value[:40]}'", fix=f"slots are {', '.join(keys.SLOTS)}"
        )
