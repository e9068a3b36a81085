"""The exercise keys: nodes to Exercise, and one Exercise laid over another."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from voicecoach.routine import CueRule, Dose, Exercise, Stage
from voicecoach.script import fields as values
from voicecoach.script import ways
from voicecoach.script.cues import cues
from voicecoach.script.keys import Key
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar
from voicecoach.script.scope import Scope
from voicecoach.source import Problems, Span
from voicecoach.units import SECOND, Milliseconds

SHORTEST_BOUT: Final[Milliseconds] = 2 * SECOND
"""A start tone and an end tone need this long to be heard apart."""

Pairs = dict[str, tuple[Key, Scalar, Node]]
_FIELDS: Final = frozenset(Exercise._fields)
_MERGED_APART: Final = frozenset({"span", "id", "cues", "spans"})


class Draft(NamedTuple):
    """An Exercise as one map gives it; `use` is the exercise it builds on, `values` where its values stand."""

    exercise: Exercise
    file: str
    use: Scalar | None = None
    values: tuple[tuple[str, Span], ...] = ()

    def value(self, key: str) -> Span:
        """Where the value of `key` stands."""
        return dict(self.values).get(key) or self.exercise.place(key)


def draft(scope: Scope, pairs: Pairs, span: Span, name: str | None = None, *, note: Span | None = None) -> Draft:
    """Reads the exercise keys among `pairs`; other keys are left to the caller."""
    given: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    places: list[tuple[str, Span]] = []
    use: Scalar | None = None
    for key, (row, key_node, node) in pairs.items():
        if key == "use":
            use = node if isinstance(node, Scalar) else None
            continue
        if key not in _FIELDS or key == "id":
            continue
        spans[key] = key_node.span
        places.append((key, node.span))
        value = _value(scope, row, key_node, node)
        if value is not None:
            given[key] = value
            if key in ("hold", "time") and isinstance(value, Dose):
                too_short(scope.problems, key, value, key_node.span)
    if note is not None:
        spans["note"] = note
    return Draft(Exercise(span, id=name, spans=spans, **given), scope.file, use, tuple(places))


def _value(scope: Scope, row: Key, key: Scalar, node: Node) -> object:
    match row.takes:
        case "text":
            return values.text(scope, key, node)
        case "work" | "gap" | "count":
            return values.dose(scope, key, node, row.takes)
        case "cues":
            return cues(scope, key, node)
        case "choice":
            return values.choice(scope, key, node, row.choices)
        case "yes-no":
            return values.yes_no(scope, key, node)
        case "lines":
            return values.lines(scope, key, node)
        case "axes":
            return ways.axes(scope, key, node)
        case "tempo":
            return ways.tempo(scope, key, node)
        case "id":
            return values.identifier(scope, key, node)
        case "stages":
            return _stages(scope, key, node)
        case _:
            return values.line(scope, key, node)


def too_short(problems: Problems, key: str, dose: Dose, span: Span) -> None:
    """Reports work that is over before its own tones are (E029)."""
    shortest = min(amount.low for _, amount in dose.levels)
    if shortest >= SHORTEST_BOUT:
        return
    seconds, rest = divmod(shortest, SECOND)
    shown = f"{seconds}.{rest:03d}".rstrip("0").rstrip(".")
    called = {"hold": "a hold", "time": "a timed bout", "work": "a station"}[key]
    problems.error(
        "E029",
        span,
        f"{called} of {shown} s is shorter than its own tones",
        fix="use at least 2s, or  reps: 10  with  pace: 1s",
    )


def _stages(scope: Scope, key: Scalar, node: Node) -> tuple[Stage, ...] | None:
    if not isinstance(node, Mapping) or not node.pairs:
        if not isinstance(node, Broken):
            scope.shape(key, node, "a map of stages, such as  free: {how: ...}")
        return None
    found: list[Stage] = []
    for name, value in node.pairs:
        if isinstance(value, Mapping):
            pairs = scope.known(value, "stage", "stage")
            found.append(Stage(name.text, draft(scope, pairs, name.span).exercise))
        elif isinstance(value, Scalar) and value.empty:
            found.append(Stage(name.text, Exercise(name.span)))
        elif not isinstance(value, Broken):
            scope.shape(name, value, "the keys of a stage, such as  how: ...")
    return tuple(found) or None


def overlay(base: Exercise, over: Exercise) -> Exercise:
    """`base` with every key that `over` gives replaced; cues are merged moment by moment."""
    changes: dict[str, Any] = {}
    for name in _FIELDS - _MERGED_APART:
        value = getattr(over, name)
        if value is not None:
            changes[name] = value
    cue_rules = merged_cues(base.cues, over.cues) if over.cues else base.cues
    return base._replace(
        **changes, span=over.span, id=over.id or base.id, cues=cue_rules, spans={**base.spans, **over.spans}
    )


def merged_cues(base: Iterable[CueRule], over: Iterable[CueRule]) -> tuple[CueRule, ...]:
    """Cues by moment: the later ones replace the earlier.

    A removal stays in the result: it also keeps away a section's cue or the default countdown.
    """
    rules = {rule.when: rule for rule in base}
    for rule in over:
        rules[rule.when] = rule
    return tuple(rules.values())


def kind_fault(exercise: Exercise, called: str) -> tuple[str, str, str, str] | None:
    """What keeps an exercise from having one kind: (key to blame, what, why, fix); None if nothing does."""
    if exercise.hold and exercise.time:
        return (
            "time",
            f"{called} cannot have both 'hold' and 'time'",
            "hold is for a position you keep, time for a movement you repeat",
            "keep one of them",
        )
    if exercise.time and exercise.reps:
        return (
            "reps",
            f"{called} cannot have both 'time' and 'reps'",
            "time ends the work by the clock, reps by counting",
            "keep one of them",
        )
    return None
