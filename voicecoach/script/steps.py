"""Steps: nodes to the Step kinds, with every `use` looked up and every block inserted."""

import re
from typing import Final

from voicecoach.routine import (
    BreatheStep,
    Dose,
    Exercise,
    Level,
    RestStep,
    Section,
    Step,
    StepHead,
    Text,
    WorkStep,
)
from voicecoach.script import fields, keys
from voicecoach.script.cues import cues
from voicecoach.script.exercises import Draft, Pairs, kind_fault, overlay, too_short
from voicecoach.script.fault import Fault
from voicecoach.script.kinds import kind_of, pairs_of
from voicecoach.script.library import Block, Entry, Library
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.script.scope import Scope
from voicecoach.script.simplesteps import head_of, simple_step, step_draft
from voicecoach.script.suggest import nearest
from voicecoach.source import Span

MAX_STEPS: Final = 20_000
MAX_SECTIONS: Final = 10
_GLUED = re.compile(r"([a-z]+)(\s*:\s*|\s+)(\S.*)", re.DOTALL)


class StepParser:
    """Parses the steps of one routine and of the blocks it inserts."""

    def __init__(self, library: Library, scopes: dict[str, Scope], level: Level) -> None:
        self.library = library
        self.scopes = scopes
        self.level = level
        self.circles: set[frozenset[str]] = set()
        self.counted: dict[int, int] = {}
        self._blocks: dict[tuple[str, str, Span | None], Section] = {}
        self._open_blocks: list[Block] = []

    def steps(self, scope: Scope, node: Node, work: Dose | None = None, depth: int = 0) -> tuple[Step, ...]:
        """The steps of a list; `work` is the length of stations written as plain text."""
        if not isinstance(node, Sequence):
            if not isinstance(node, Broken):
                what = "'steps' is a list: every step starts with '- '"
                scope.problems.error("E019", node.span, what, fix="write each step as  - hold: 30s")
            return ()
        if depth > MAX_SECTIONS:
            what = f"sections are nested more than {MAX_SECTIONS} deep"
            scope.problems.error("E048", node.span, what, fix="move the inner steps into a block")
            return ()
        found = (self._step(scope, item, work, depth) for item in node.items)
        return tuple(step for step in found if step is not None)

    def count(self, steps: tuple[Step, ...]) -> int:
        """How many steps there are with all sections and inserted blocks, before rounds."""
        total = 0
        for step in steps:
            total += 1
            if isinstance(step, Section):
                if id(step) not in self.counted:
                    self.counted[id(step)] = self.count(step.steps)
                total += self.counted[id(step)]
        return total

    def check_blocks(self, file: str) -> None:
        """Parses the blocks of a file that nothing inserts, for their mistakes."""
        for block in self.library.blocks:
            if block.file == file and not any(key[:2] == (file, block.id) for key in self._blocks):
                self._inserted(block, None, block.key.span)

    # ---- one step

    def _step(self, scope: Scope, node: Node, work: Dose | None, depth: int) -> Step | None:
        match node:
            case Scalar():
                return self._bare(scope, node, work)
            case Mapping():
                return self._mapped(scope, node, work, depth)
            case Sequence():
                scope.problems.error("E019", node.span, "a step is a map of keys, not a list", fix="take out one '- '")
        return None

    def _bare(self, scope: Scope, node: Scalar, work: Dose | None) -> Step | None:
        given = scope.given(node) if node.text[1:] in scope.params else node
        if not isinstance(given, Scalar):
            return None
        name = given.text.strip()
        if not name:
            scope.problems.error(
                "E018", node.span, "this step is empty", fix="delete the dash, or write a step after it"
            )
            return None
        found = self.library.exercise(name, scope.file)
        if found is None and self._glued(scope, node, name, work):
            return None
        if isinstance(found, Entry):
            return self._use(scope, StepHead(node.span), found, Draft(Exercise(node.span), scope.file))
        if found is None and work is not None:
            return self._station(scope, node, name, work)
        self.library.report(found or self.library.unknown(name), node.span)
        return None

    def _glued(self, scope: Scope, node: Scalar, name: str, work: Dose | None) -> bool:
        """Reports `hold 30s` and `hold:30s`, which YAML reads as plain text."""
        match = _GLUED.fullmatch(name)
        if match is None or node.quoted or match.group(1) not in (*keys.KINDS, "name"):
            return False
        key, between, rest = match.groups()
        if ":" not in between and work is not None and not rest[0].isdigit():
            return False
        col = node.span.col + len(key)
        if "\xa0" in between:
            self._no_break_space(scope, node, key, col)
            return True
        what = f"no space after ':' in '{name[:40]}'" if ":" in between else f"missing ':' after '{key}'"
        place = Span(node.span.file, node.span.line, col + (":" in between))
        scope.problems.error("E005", place, what, fix=f"write  - {key}: {rest[:60]}")
        return True

    def _no_break_space(self, scope: Scope, node: Scalar, key: str, col: int) -> None:
        place = Span(node.span.file, node.span.line, col)
        scope.problems.error(
            "E064",
            place,
            f"a no-break space (U+00A0) after '{key}'",
            why="it looks like a space but YAML does not treat it as one; often pasted from a web page",
            fix="retype the space",
        )

    def _station(self, scope: Scope, node: Scalar, name: str, work: Dose) -> Step:
        close = nearest(name.lower().replace(" ", "-"), self.library.ids())
        if close:
            what = f"'{name[:40]}' is read as a plain station; there is an exercise called '{close}'"
            scope.problems.warning("W314", node.span, what, fix=f"did you mean '{close}'?")
        words = " ".join(name.replace("-", " ").split()) or name
        title = scope.translated(Text((words[0].upper() + words[1:],), node.span))
        exercise = Exercise(node.span, name=title, time=work, spans={"name": node.span})
        return WorkStep(StepHead(node.span), exercise, "time", plain=True)

    def _mapped(self, scope: Scope, node: Mapping, work: Dose | None, depth: int) -> Step | None:
        if not node.pairs:
            scope.problems.error("E018", node.span, "this step is empty", fix="add for example  hold: 30s")
            return None
        first = node.pairs[0][0].span
        place = Span(first.file, first.line, first.col)
        kind = kind_of(scope, node, place)
        if kind is None:
            return None
        pairs = pairs_of(scope, node, kind)
        head = head_of(scope, pairs, place)
        if kind == "use":
            return self._used(scope, head, pairs, node, work)
        if kind == "section":
            return self._section(scope, head, pairs, depth)
        if kind in ("hold", "time", "reps"):
            own = step_draft(scope, pairs, place, node)
            return self._work(scope, head, own, own.exercise, None)
        step = simple_step(scope, kind, head, pairs, node)
        if isinstance(step, RestStep):
            self.check_level(scope, "rest", step.length)
        if isinstance(step, BreatheStep):
            self.check_level(scope, "for", step.length)
            self.check_level(scope, "cycles", step.cycles)
        return step

    # ---- use

    def _used(self, scope: Scope, head: StepHead, pairs: Pairs, node: Mapping, work: Dose | None) -> Step | None:
        _, key, value = pairs["use"]
        if isinstance(value, Mapping):
            return self._insert(scope, head, pairs, value, work)
        own = step_draft(scope, pairs, head.span, node)
        named = scope.scalar(key, value, "the id of an exercise, or {block: id}")
        if named is None:
            return None
        name = named.text.strip()
        found = self.library.exercise(name, scope.file)
        if isinstance(found, Entry):
            return self._use(scope, head, found, own)
        fault = found or self.library.unknown(name)
        if found is None and isinstance(self.library.block(name, scope.file), Block):
            fault = fault._replace(fix=f"'{name}' is a block: write  use: {{block: {name}}}")
        self.library.report(fault, named.span)
        return None

    def _use(self, scope: Scope, head: StepHead, entry: Entry, own: Draft) -> Step | None:
        self.library.used.add((entry.file, entry.id))
        library = self.library.resolved(entry)
        exercise = overlay(library, own.exercise._replace(id=entry.id))
        if (entry.file, entry.id) in self.library.incomplete:
            return None
        return self._work(scope, head, own, exercise, library)

    def _work(
        self, scope: Scope, head: StepHead, own: Draft, exercise: Exercise, library: Exercise | None
    ) -> Step | None:
        if wrong := kind_fault(exercise, "an exercise"):
            key, what, why, fix = wrong
            blamed = key if key in own.exercise.spans else {"time": "hold", "reps": "time"}[key]
            if blamed in own.exercise.spans:
                scope.problems.error("E017", own.exercise.spans[blamed], what, why=why, fix=fix)
            return None
        self._check(scope, own, exercise)
        kind = "hold" if exercise.hold else "time" if exercise.time else "reps" if exercise.reps else None
        if kind is None:
            if not {"hold", "time", "reps"} & set(exercise.spans):
                why = f"'{exercise.id}' has no hold, reps or time of its own" if library else ""
                what = "this step does not say what to do"
                scope.problems.error("E018", head.span, what, why=why, fix="add for example  hold: 30s")
            return None
        for key, kinds in (("tempo", ("reps",)), ("pace", ("reps",)), ("until", ("time",))):
            if key in own.exercise.spans and kind not in kinds:
                what = f"'{key}' does not go with '{kind}'"
                scope.problems.error("E017", own.exercise.spans[key], what, fix=f"it goes with: {kinds[0]}")
        return WorkStep(head, exercise, kind, library=library)  # type: ignore[arg-type]

    def _check(self, scope: Scope, own: Draft, exercise: Exercise) -> None:
        called = exercise.id or (exercise.name.lines[0] if exercise.name else "this exercise")
        if exercise.stage is not None:
            _check_stage(scope, own, exercise, called)
        if "instead" in own.exercise.spans and own.exercise.instead:
            self.library.check_instead(own, called, self.circles)
        if exercise.alternate and not exercise.each and "each" not in exercise.spans:
            scope.problems.error(
                "E028", exercise.place("alternate"), "'alternate' needs 'each'", fix="add for example  each: leg"
            )
        for key in ("first", "side"):
            _check_way(scope, own, exercise, key)
        self._check_levels(scope, exercise)

    def _check_levels(self, scope: Scope, thing: Exercise | Section) -> None:
        for key in (
            "hold",
            "reps",
            "time",
            "sets",
            "pace",
            "ready",
            "relax",
            "switch",
            "rest",
            "rounds",
            "work",
            "between",
        ):
            self.check_level(scope, key, getattr(thing, key, None))

    def check_level(self, scope: Scope, key: str, dose: Dose | None) -> None:
        """Reports a per-level map that has nothing for the routine's own level."""
        if dose is not None and dose.per_level and (fault := fields.missing_level(key, self.level, dose)):
            scope.fault(dose.span, fault)

    # ---- sections and blocks

    def _section(self, scope: Scope, head: StepHead, pairs: Pairs, depth: int) -> Step | None:
        doses: dict[str, Dose | None] = {}
        for name in ("rounds", "work", "between", "rest"):
            if name in pairs:
                row, key, value = pairs[name]
                doses[name] = fields.dose(scope, key, value, row.takes)
        if (work := doses.get("work")) is not None:
            too_short(scope.problems, "work", work, pairs["work"][1].span)
        clock = fields.choice(scope, *pairs["clock"][1:], pairs["clock"][0].choices) if "clock" in pairs else None
        title = fields.text(scope, *pairs["section"][1:])
        rules = cues(scope, *pairs["cues"][1:]) if "cues" in pairs else ()
        if "steps" not in pairs:
            scope.problems.error(
                "E014",
                head.span,
                "this section has no 'steps:'",
                fix="add  steps:  followed by lines that start with  -",
            )
            return None
        stations = work or (_guess(pairs["work"][1].span) if "work" in pairs else None)
        section = Section(
            head,
            self.steps(scope, pairs["steps"][2], stations, depth + 1),
            title=title,
            strict=clock == "strict",
            cues=rules,
            spans={name: key.span for name, (_, key, _) in pairs.items()},
            **doses,
        )
        self._check_levels(scope, section)
        return section

    def _insert(self, scope: Scope, head: StepHead, pairs: Pairs, value: Mapping, work: Dose | None) -> Step | None:
        for name, (_, key, _) in pairs.items():
            if name not in ("use", "when", "optional", "id", "note"):
                what = f"'{name}' does not go with a block"
                scope.problems.error("E017", key.span, what, fix="put the block into a section, or write its steps out")
        given = scope.known(value, "block", "use")
        if "block" not in given:
            if not any(p.span.line == value.span.line for p in scope.problems.found):
                scope.problems.error("E019", value.span, "'use' takes an id, or {block: id}")
            return None
        block = fields.identifier(scope, *given["block"][1:])
        if block is None:
            return None
        found = self.library.block(block, scope.file)
        span = given["block"][2].span
        if not isinstance(found, Block):
            self.library.report(found or self._unknown_block(block), span)
            return None
        section = self._inserted(found, work, span)
        return None if section is None else section._replace(head=head)

    def _unknown_block(self, name: str) -> Fault:
        known = [block.id for block in self.library.blocks]
        close = nearest(name, known)
        fix = f"did you mean '{close}'?" if close else f"known blocks: {', '.join(known[:12]) or 'none'}"
        return Fault("E030", f"there is no block called '{name}'", fix=fix)

    def _inserted(self, block: Block, work: Dose | None, span: Span) -> Section | None:
        key = (block.file, block.id, work.span if work else None)
        if key in self._blocks:
            return self._blocks[key]
        scope = self.scopes[block.file]
        if block in self._open_blocks:
            names = [one.id for one in self._open_blocks[self._open_blocks.index(block) :]]
            circle = " -> ".join([*names, block.id])
            scope.problems.error("E054", span, f"these blocks insert each other: {circle}", fix="write one of them out")
            return None
        if len(self._open_blocks) >= keys.MAX_BLOCKS:
            what = f"blocks are nested more than {keys.MAX_BLOCKS} deep"
            scope.problems.error("E054", span, what, fix="write the innermost one out")
            return None
        self._open_blocks.append(block)
        steps = self.steps(scope, block.steps, work)
        self._open_blocks.pop()
        self._blocks[key] = Section(StepHead(block.key.span), steps)
        return self._blocks[key]


def _guess(span: Span) -> Dose:
    """Stands for a `work` that was reported already, so that its stations are not reported too."""
    return Dose(((0, keys.default_breathing()),), span)


def _check_stage(scope: Scope, own: Draft, exercise: Exercise, called: str) -> None:
    known = [stage.id for stage in exercise.stages or ()]
    if exercise.stage in known or ("stages" in exercise.spans and not known):
        return
    fix = f"stages: {', '.join(known)}" if known else "it has no stages; delete this line"
    scope.problems.error("E031", own.value("stage"), f"'{called}' has no stage '{exercise.stage}'", fix=fix)


def _check_way(scope: Scope, own: Draft, exercise: Exercise, key: str) -> None:
    way = getattr(exercise, key)
    if way is None or (key not in own.exercise.spans and "each" not in own.exercise.spans):
        return
    if not exercise.each and "each" in exercise.spans:
        return
    if not exercise.each and key == "first":
        place = exercise.place(key)
        scope.problems.error("E028", place, f"'{key}' needs 'each'", fix="add for example  each: leg")
        return
    ways = [one for axis in exercise.each or () for one in axis.ways] or list(keys.SIDES)
    if way not in ways:
        what = f"'{key}' cannot be '{way[:40]}'"
        scope.problems.error("E027", own.value(key), what, fix=f"use: {', '.join(ways)}")
