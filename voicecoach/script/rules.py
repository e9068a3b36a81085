"""Checks of a whole routine: advice about safety, and things that are never used."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from voicecoach.routine import BreatheStep, Dose, Exercise, Routine, Section, Step, WaitStep, WorkStep
from voicecoach.script.library import Library
from voicecoach.script.parameters import Parameters
from voicecoach.source import Problem, Span

Rule = Callable[[Routine], Iterator[Problem]]

_CLOSED_EYES = re.compile(
    r"eyes?[\s-]+(?:are\s+)?(?:closed|shut)|(?:clos|shut)\w*[\s-]+(?:(?:your|the|both)\s+)*eyes?", re.IGNORECASE
)
_TIMES: Final = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}


def check(routine: Routine) -> Iterator[Problem]:
    """Everything the rules find, in the order of the rules."""
    for rule in RULES:
        yield from rule(routine)


def footwear_change_without_a_pause(routine: Routine) -> Iterator[Problem]:
    """W301: bare feet after shoes, or the other way round, with no `wait` between."""
    before: Exercise | None = None
    for step in _in_order(routine.steps):
        if isinstance(step, WaitStep):
            before = None
        if not isinstance(step, WorkStep | BreatheStep) or step.exercise.footwear not in ("shoes", "barefoot"):
            continue
        now = step.exercise
        if before is not None and before.footwear != now.footwear:
            worn, earlier = _worn(now), _worn(before)
            action = "Put your shoes on." if now.footwear == "shoes" else "Take your shoes off."
            yield Problem(
                "warning",
                "W301",
                step.head.span,
                f"'{_called(now)}' is done {worn}, but '{_called(before)}' before it is {earlier}",
                fix=f"put a  wait: {action}  between them",
            )
        before = now


def _worn(exercise: Exercise) -> str:
    return "in shoes" if exercise.footwear == "shoes" else "barefoot"


def closed_eyes_without_a_question(routine: Routine) -> Iterator[Problem]:
    """W302: a stage with closed eyes that does not ask first, or gives no caution."""
    seen: set[Span] = set()
    for exercise in _exercises(routine):
        for stage in exercise.stages or ():
            own = stage.exercise
            how = " ".join(own.how.lines) if own.how else ""
            if own.span in seen or not (_CLOSED_EYES.search(stage.id) or _CLOSED_EYES.search(how)):
                continue
            seen.add(own.span)
            confirmed = own.confirm or exercise.confirm
            cautioned = own.caution or exercise.caution
            missing = [name for name, there in (("confirm", confirmed), ("caution", cautioned)) if not there]
            if missing:
                fixes = {"confirm": "confirm: true", "caution": "a caution line"}
                yield Problem(
                    "warning",
                    "W302",
                    own.span,
                    f"'{stage.id}' is a stage without " + " or ".join(f"'{name}'" for name in missing),
                    why="closing the eyes is the step where people fall",
                    fix="add  "
                    + " and ".join(fixes[name] if name == "caution" else f"{fixes[name]} " for name in missing),
                )


def no_cautions(routine: Routine) -> Iterator[Problem]:
    """W303: nothing tells when to stop."""
    if not routine.cautions and not routine.stop_if and any(isinstance(s, WorkStep) for s in _in_order(routine.steps)):
        yield Problem(
            "warning", "W303", routine.span, "no 'cautions' or 'stop_if'", fix="add at least  stop_if: [sharp pain]"
        )


def one_side_only(routine: Routine) -> Iterator[Problem]:
    """W306: an exercise that is done on one side and never on the other."""
    done: dict[str, set[str]] = {}
    single: list[tuple[WorkStep, str, str]] = []
    for step in _in_order(routine.steps):
        if not isinstance(step, WorkStep):
            continue
        exercise = step.exercise
        axis = next((axis for axis in exercise.each or () if axis.sides), None)
        if axis is None and exercise.side is None:
            continue
        sides = {exercise.side} if exercise.side else set(axis.ways if axis else ())
        done.setdefault(_called(exercise), set()).update(sides)
        if exercise.side in ("left", "right") and "note" not in exercise.spans:
            single.append((step, exercise.side, axis.name if axis else "side"))
    for step, side, axis_name in single:
        other = "right" if side == "left" else "left"
        name = _called(step.exercise)
        if other not in done[name]:
            yield Problem(
                "warning",
                "W306",
                step.head.span,
                f"'{name}' is done on the {side} only, and never on the {other}",
                fix=f"write  each: {axis_name}  (or  note:  why, with  side: {side})",
            )


def far_above_the_library(routine: Routine) -> Iterator[Problem]:
    """W313: a dose at least twice as large as the library's."""
    for step in _in_order(routine.steps):
        if not isinstance(step, WorkStep) or step.library is None:
            continue
        for key in ("hold", "time", "reps", "sets"):
            own: Dose | None = getattr(step.exercise, key)
            usual: Dose | None = getattr(step.library, key)
            if own is None or usual is None or own is usual:
                continue
            times = max(amount.high for _, amount in own.levels) // max(amount.high for _, amount in usual.levels)
            if times >= 2:
                yield Problem(
                    "warning",
                    "W313",
                    own.span,
                    f"{key}: {own.text} is {_TIMES.get(times, f'{times} times')} "
                    f"the library's {usual.text} for '{_called(step.exercise)}'",
                    why="overdoing an exercise can make the inflammation worse",
                    fix="stay near the range, or copy the exercise under your own name",
                )


RULES: Final[tuple[Rule, ...]] = (
    footwear_change_without_a_pause,
    closed_eyes_without_a_question,
    no_cautions,
    one_side_only,
    far_above_the_library,
)


def unused_exercises(library: Library) -> Iterator[Problem]:
    """I308: an exercise of the routine's own that nothing uses."""
    for entry in library.exercises:
        if entry.file == library.entry and (entry.file, entry.id) not in library.used:
            yield Problem("note", "I308", entry.place, f"exercise '{entry.id}' is never used")


def shadowed_exercises(library: Library) -> Iterator[Problem]:
    """I306: an exercise of the routine's own that takes the place of an included one."""
    for own, other in library.shadowed():
        what = f"'{own.id}' replaces the one in {other.file}:{other.place.line}"
        yield Problem("note", "I306", own.place, what)


def unused_parameters(params: Parameters, used: set[str], entry: str) -> Iterator[Problem]:
    """I309: a parameter of the routine's own that nothing uses."""
    for name, key in params.keys.items():
        if key.span.file == entry and name not in used:
            yield Problem("note", "I309", key.span, f"parameter '{name}' is never used")


def _in_order(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        if isinstance(step, Section):
            yield from _in_order(step.steps)


def _exercises(routine: Routine) -> Iterator[Exercise]:
    yield from routine.exercises.values()
    for step in _in_order(routine.steps):
        if isinstance(step, WorkStep):
            yield step.exercise


def _called(exercise: Exercise) -> str:
    return exercise.id or (exercise.name.lines[0] if exercise.name else "exercise")
