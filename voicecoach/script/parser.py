"""The top level of a script: its nodes to a Routine, or every Problem."""

from collections.abc import Mapping as Map
from typing import Any, Final

from voicecoach.routine import LEVELS, Defaults, Level, Routine, Step, Text
from voicecoach.script import fields, keys, settings
from voicecoach.script.exercises import draft
from voicecoach.script.files import File, stem
from voicecoach.script.keys import Key
from voicecoach.script.lexicon import lexicon
from voicecoach.script.library import Block, Entry, Library
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar
from voicecoach.script.parameters import Parameters
from voicecoach.script.scope import Scope, skipped
from voicecoach.script.steps import MAX_STEPS, StepParser
from voicecoach.source import Problems, Span

_SETTINGS: Final = {
    "voice": settings.voice,
    "tones": settings.tones,
    "announce": settings.announce,
    "phrases": settings.phrases,
    "lexicon": lexicon,
    "defaults": settings.defaults,
    "fit": settings.fit,
    "music": settings.music,
}
_ELSEWHERE: Final = frozenset(
    {"include", "params", "exercises", "blocks", "steps", "voicecoach", "lang", "library", "id"}
)


def language(file: File) -> str:
    """The language of the text in a file."""
    node = file.top.get("lang")
    written = node.text.strip() if isinstance(node, Scalar) else ""
    return written or keys.find("routine", "lang").default


def own_level(scope: Scope, file: File) -> Level:
    """The level of a routine if none is chosen; a wrong one is reported with the other keys."""
    node = file.top.get("level")
    given = scope.params.get(node.text[1:], node) if isinstance(node, Scalar) and node.text[:1] == "$" else node
    for level in LEVELS:
        if isinstance(given, Scalar) and given.text == level:
            return level
    return "gentle"


def collect(scope: Scope, file: File, library: Library) -> None:
    """Takes the exercises and blocks of one file into the library."""
    for name, node in _definitions(scope, file, "exercises"):
        if not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                scope.shape(name, node, "the keys of an exercise, such as  hold: 30s")
            continue
        pairs = scope.known(node, "exercise", "exercise")
        made = draft(scope, pairs, name.span, name.text)
        library.add(Entry(name.text, file.name, file.library, name.span, made))
    for name, node in _definitions(scope, file, "blocks"):
        if not isinstance(node, Broken):
            library.blocks.append(Block(name.text, file.name, file.library, name, node))


def _definitions(scope: Scope, file: File, group: str) -> list[tuple[Scalar, Node]]:
    key, node = file.top.key(group), file.top.get(group)
    if key is None or node is None or isinstance(node, Broken):
        return []
    if isinstance(node, Scalar) and node.empty:
        scope.empty(key)
        return []
    if not isinstance(node, Mapping):
        scope.shape(key, node, f"a map: each of the {group} under its id")
        return []
    found = []
    for name, value in node.pairs:
        if skipped(name.text):
            continue
        if "/" in name.text or name.text != name.text.strip() or not name.text or " " in name.text:
            hint = "-".join(name.text.lower().replace("/", " ").split()) or "my-id"
            scope.problems.error(
                "E027", name.span, f"'{name.text[:40]}' is not an id", fix=f"write for example  {hint}"
            )
            continue
        found.append((name, value))
    return found


def check_version(scope: Scope, file: File) -> None:
    """Reports a file that is written for another version of the language."""
    node = file.top.get("voicecoach")
    if node is None or isinstance(node, Broken):
        return
    written = node.text.strip() if isinstance(node, Scalar) else "?"
    if written != str(keys.LANGUAGE):
        what = (
            f"this routine is written for voicecoach language {written[:20]}; this program understands {keys.LANGUAGE}"
        )
        scope.problems.error("E063", node.span, what, fix="upgrade voicecoach")


def routine(scope: Scope, file: File, params: Parameters, library: Library, steps: StepParser) -> Routine | None:
    """The routine of the entry file; None if it lacks what every routine needs."""
    top = file.top
    first = top.pairs[0][0].span if top.pairs else top.span
    place = Span(first.file, first.line, first.col)
    pairs = scope.known(top, "routine", "routine")
    given = _metadata(scope, pairs)
    title = given.pop("title", None)
    if "title" not in pairs and not top.damaged and not _misspelled_title(scope.problems, file):
        scope.problems.error("E016", place, "this routine has no 'title:'", fix="start with  title: My routine")
    made = _steps(scope, top, pairs, place, steps)
    name = fields.identifier(scope, *pairs["id"][1:]) if "id" in pairs else None
    for key in ("lang",):
        if key in pairs:
            fields.line(scope, *pairs[key][1:])
    for group, dose in _gaps(given.get("defaults")).items():
        steps.check_level(scope, group, dose)
    if not isinstance(title, Text):
        return None
    return Routine(
        id=name or stem(file.name),
        title=title,
        lang=scope.lang,
        span=place,
        steps=made,
        params=params.declared,
        exercises=library.everything(),
        spans={key: one.span for key, (_, one, _) in pairs.items()},
        **given,
    )


def _misspelled_title(problems: Problems, file: File) -> bool:
    return any(
        p.code == "E011" and p.span.file == file.name and "did you mean 'title'?" in p.fix for p in problems.found
    )


def _steps(
    scope: Scope, top: Mapping, pairs: Map[str, tuple[Key, Scalar, Node]], place: Span, steps: StepParser
) -> tuple[Step, ...]:
    node = top.get("steps")
    if node is None or (isinstance(node, Scalar) and node.empty):
        if top.damaged:
            return ()
        scope.problems.error(
            "E014", place, "this routine has no 'steps:'", fix="add  steps:  followed by lines that start with  -"
        )
        return ()
    made = steps.steps(scope, node)
    total = steps.count(made)
    if total > MAX_STEPS:
        what = f"this routine has {total:,} steps with its blocks (limit {MAX_STEPS:,})"
        scope.problems.error("E047", pairs["steps"][1].span, what, fix="use  rounds:  instead of copies")
        return ()
    return made


def _gaps(defaults: object) -> dict[str, Any]:
    if not isinstance(defaults, Defaults):
        return {}
    return {name: getattr(defaults, name) for name in ("ready", "relax", "switch", "rest", "between", "pace")}


def _metadata(scope: Scope, pairs: Map[str, tuple[Key, Scalar, Node]]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, (row, key, node) in pairs.items():
        if name in _ELSEWHERE:
            continue
        value: object
        value = _SETTINGS[name](scope, key, node) if name in _SETTINGS else _plain(scope, row, key, node)
        if value is not None:
            given[name] = value
    return given


def _plain(scope: Scope, row: Key, key: Scalar, node: Node) -> object:
    match row.takes:
        case "text":
            return fields.text(scope, key, node)
        case "texts":
            return fields.texts(scope, key, node)
        case "lines":
            return fields.lines(scope, key, node)
        case "choice":
            return fields.choice(scope, key, node, row.choices)
        case "length":
            return fields.length(scope, key, node)
        case _:
            return fields.line(scope, key, node)
