"""Parameters: what a routine declares, and what `--set` makes of it (language.md C.9)."""

from collections.abc import Mapping as Map
from typing import Literal

from voicecoach.routine import LEVELS, Dose, Param, Range
from voicecoach.script import durations, fields, keys
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.script.scope import Scope, skipped
from voicecoach.script.suggest import listed, nearest
from voicecoach.source import Span


class Parameters:
    """The parameters of all files of a routine; `nodes` are their values, ready to stand in for `$name`."""

    def __init__(self, settings: Map[str, str], entry: str) -> None:
        self.settings = settings
        self.entry = entry
        self.nodes: dict[str, Node] = {}
        self.declared: dict[str, Param] = {}
        self.keys: dict[str, Scalar] = {}

    def declare(self, scope: Scope, top: Mapping) -> None:
        """Takes in the `params:` of one file; a name that is declared already keeps its first meaning."""
        key, node = top.key("params"), top.get("params")
        if key is None or node is None or isinstance(node, Broken):
            return
        if not isinstance(node, Mapping):
            scope.shape(key, node, "a map of names and values, such as  rounds: 4")
            return
        for name, value in node.pairs:
            if not skipped(name.text) and name.text not in self.nodes:
                self._declare_one(scope, name, value)

    def check_settings(self, scope: Scope) -> None:
        """Reports settings for parameters that no file declares."""
        for name, value in self.settings.items():
            if name not in self.nodes:
                close = nearest(name, self.nodes)
                known = listed(self.nodes) or "none"
                fix = f"did you mean '{close}'?" if close else f"parameters: {known}"
                what = f"--set {name}={value}: there is no parameter '{name}'"
                scope.problems.error("E040", Span(self.entry, 0, 0), what, fix=fix)

    def _declare_one(self, scope: Scope, key: Scalar, node: Node) -> None:
        name = key.text
        self.nodes[name] = Broken(node.span)
        if (
            not name.isascii()
            or not name.replace("-", "_").isidentifier()
            or (name in keys.WORDS and name not in _SHARED)
        ):
            what = f"'{name[:40]}' cannot be the name of a parameter"
            why = "it already means something in text" if name in keys.WORDS else ""
            scope.problems.error("E039", key.span, what, why=why, fix="use another word of letters, digits and -")
            return
        value, limits, text_of_help = self._parts(scope, key, node)
        if value is None:
            return
        if not self._within(scope, name, _text(value), value.span, limits, declared=node.span):
            return
        if name in self.settings:
            given = Scalar(self.settings[name], value.span)
            if not self._within(scope, name, given.text, None, limits, declared=node.span):
                return
            value = given
        self.nodes[name] = value
        self.keys[name] = key
        text = _text(value)
        dose, unit = _reading(text)
        as_dose = None if dose is None else Dose(((0, dose),), value.span, text=text)
        self.declared[name] = Param(name, text, value.span, as_dose, unit, text_of_help)

    def _parts(self, scope: Scope, key: Scalar, node: Node) -> tuple[Node | None, "_Limits", str]:
        if isinstance(node, Scalar) and node.empty:
            scope.empty(key)
        if not isinstance(node, Mapping) or all(name.text in LEVELS for name, _ in node.pairs):
            usable = not isinstance(node, Broken) and not (isinstance(node, Scalar) and node.empty)
            return (node if usable else None), _Limits(), ""
        given = scope.known(node, "param", "parameter")
        if "default" not in given:
            if not any(p.span.file == scope.file and p.span.line == node.span.line for p in scope.problems.found):
                what = f"parameter '{key.text}' has no default"
                scope.problems.error("E034", key.span, what, fix="add  default: 4")
            return None, _Limits(), ""
        written = {name: fields.line(scope, *given[name][1:]) for name in ("min", "max", "help") if name in given}
        choices = fields.lines(scope, *given["choices"][1:]) if "choices" in given else None
        limits = _Limits(written.get("min"), written.get("max"), choices or ())
        for name in ("min", "max"):
            text = written.get(name)
            if text is not None and _reading(text)[0] is None:
                what = f"'{name}: {text[:40]}' is neither a count nor a duration"
                scope.problems.error("E035", given[name][2].span, what, fix=f"write for example  {name}: 10")
                limits = _Limits(choices=limits.choices)
        value = given["default"][2]
        if isinstance(value, Scalar) and value.empty:
            scope.empty(given["default"][1])
            return None, limits, ""
        return value, limits, written.get("help") or ""

    def _within(
        self, scope: Scope, name: str, text: str, place: Span | None, limits: "_Limits", *, declared: Span
    ) -> bool:
        wrong = limits.wrong(name, text)
        if wrong is None:
            return True
        if place is None:
            why = f"limits are set at {declared.file}:{declared.line}:{declared.col}"
            span = Span(self.entry, 0, 0)
            scope.problems.error("E044", span, f"--set {name}={text}: {wrong}", why=why)
        else:
            scope.problems.error("E044", place, f"the default of {wrong}")
        return False


_SHARED = frozenset({"hold", "reps", "sets", "rounds", "level", "dose", "minutes"})
"""Words of text that are natural names of parameters too: the parameter wins."""


class _Limits:
    def __init__(self, least: str | None = None, most: str | None = None, choices: tuple[str, ...] = ()) -> None:
        self.least = least
        self.most = most
        self.choices = choices

    def wrong(self, name: str, text: str) -> str | None:
        """What is wrong with a value, None if nothing is."""
        if self.choices and text not in self.choices:
            return f"'{name}' must be one of {', '.join(self.choices)}"
        least, unit = _reading(self.least) if self.least is not None else (None, "")
        most, unit = _reading(self.most) if self.most is not None else (None, unit)
        if least is None and most is None:
            return None
        value, own = _reading(text)
        if value is None or own != unit:
            return f"'{name}' must be a {'count' if unit == 'count' else 'duration'}"
        if (least is None or least.low <= value.low) and (most is None or value.high <= most.high):
            return None
        if least is None:
            return f"'{name}' must be at most {self.most}"
        if most is None:
            return f"'{name}' must be at least {self.least}"
        return f"'{name}' must be between {self.least} and {self.most}"


def _reading(text: str) -> tuple[Range | None, Literal["ms", "count", ""]]:
    number = durations.count(text)
    if isinstance(number, Range):
        return number, "count"
    if text.strip() == "0":
        return Range(0, 0), "count"
    time = durations.duration(text, gap=True)
    return (time, "ms") if isinstance(time, Range) else (None, "")


def _text(node: Node) -> str:
    match node:
        case Scalar():
            return " ".join(node.text.split())
        case Sequence():
            return ", ".join(_text(item) for item in node.items)
        case Mapping():
            return "{" + ", ".join(f"{name.text}: {_text(value)}" for name, value in node.pairs) + "}"
    return ""
