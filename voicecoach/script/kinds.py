"""What kind a step is, and which keys go with it (language.md C.3)."""

from voicecoach.script import keys
from voicecoach.script.exercises import Pairs
from voicecoach.script.keys import Place
from voicecoach.script.nodes import Mapping
from voicecoach.script.scope import Scope, skipped
from voicecoach.script.suggest import nearest
from voicecoach.source import Span


def kind_of(scope: Scope, node: Mapping, place: Span) -> Place | None:
    """The key that decides what a step is; None if there is none, or a second one beside it."""
    for kind in keys.KINDS:
        if node.key(kind) is not None:
            return None if _two_kinds(scope, node, kind, place) else kind
    _report_no_kind(scope, node, place)
    return None


def _report_no_kind(scope: Scope, node: Mapping, place: Span) -> None:
    everywhere = {name: row for kind in keys.KINDS for name, row in keys.keys_of(kind).items()}
    unknown = [key for key, _ in node.pairs if key.text not in everywhere and not skipped(key.text)]
    for key in unknown:
        scope.unknown_key(key, "step", everywhere)
    if node.damaged or any(nearest(key.text, keys.KINDS) for key in unknown):
        return
    scope.problems.error(
        "E018",
        place,
        "this step does not say what to do",
        why="a step needs one of: use, hold, reps, time, rest, say, tone, wait, breathe, section",
        fix="add for example  hold: 30s",
    )


def _two_kinds(scope: Scope, node: Mapping, kind: str, place: Span) -> bool:
    present = [key.text for key, _ in node.pairs if key.text in keys.KINDS]
    others = [name for name in present if name != kind and name not in keys.ALLOWED_PAIRS.get(kind, ())]
    if kind == "use" and {"hold", "time"} <= set(present):
        others, kind = ["time"], "hold"
    if not others:
        return False
    pair = [name for name in present if name in (kind, others[0])]
    if set(pair) <= {"hold", "time", "reps"}:
        hold = "hold" in pair
        scope.problems.error(
            "E017",
            place,
            f"an exercise cannot have both '{'hold' if hold else 'time'}' and '{'time' if hold else 'reps'}'",
            why="hold is for a position you keep, time for a movement you repeat"
            if hold
            else "time ends the work by the clock, reps by counting",
            fix="keep one of them",
        )
    else:
        what = f"one step cannot be both '{pair[0]}' and '{pair[1]}'"
        scope.problems.error("E017", place, what, fix="split it into two steps")
    return True


def pairs_of(scope: Scope, node: Mapping, kind: Place) -> Pairs:
    """The keys of a step of one kind; reports those that do not go with it."""
    rows = keys.keys_of(kind)
    found: Pairs = {}
    for key, value in node.pairs:
        if key.text in rows:
            found[key.text] = (rows[key.text], key, value)
        elif kinds := keys.kinds_with(key.text):
            what = f"'{key.text}' does not go with '{kind}'"
            scope.problems.error("E017", key.span, what, fix=f"it goes with: {', '.join(kinds)}")
        elif not skipped(key.text):
            scope.unknown_key(key, "step", rows)
    return found
