"""What each piece of work is called in the timeline."""

import re
from collections import Counter
from collections.abc import Iterator

from voicecoach.routine import BreatheStep, Condition, Routine, Section, Step, WorkStep


def identify(routine: Routine) -> dict[int, str]:
    """The exercise id of every working step, by the step's `id()`.

    It is the library id without namespace, else the step's own id, else a slug of its name,
    else `KIND-n`, counted in source order over the nameless steps of that kind.
    """
    nameless: Counter[str] = Counter()
    found: dict[int, str] = {}
    for step in working_steps(routine.steps):
        kind = step.kind if isinstance(step, WorkStep) else "breathe"
        exercise = step.exercise
        library = step.library if isinstance(step, WorkStep) else None
        known = (library and library.id) or step.head.id or exercise.id
        if not known and exercise.name is not None:
            known = slug(exercise.name.turn(0))
        if not known:
            nameless[kind] += 1
            known = f"{kind}-{nameless[kind]}"
        found[id(step)] = known.rpartition("/")[2]
    return found


def working_steps(steps: tuple[Step, ...]) -> Iterator[WorkStep | BreatheStep]:
    """Every step with bouts, in source order, also inside sections."""
    stack = [iter(steps)]
    while stack:
        for step in stack[-1]:
            if isinstance(step, Section):
                stack.append(iter(step.steps))
                break
            if isinstance(step, WorkStep | BreatheStep):
                yield step
        else:
            stack.pop()


def equipment(routine: Routine) -> frozenset[str]:
    """Everything the routine can do without: what its exercises need, and what its conditions ask for."""
    items: set[str] = set()
    for exercise in [step.exercise for step in working_steps(routine.steps)] + list(routine.exercises.values()):
        items.update(exercise.needs or ())
    waiting: list[Step] = list(routine.steps)
    while waiting:
        step = waiting.pop()
        if isinstance(step, Section):
            waiting += step.steps
        if step.head.when is not None:
            items.update(_asked_for(step.head.when))
    return frozenset(items)


def _asked_for(condition: Condition) -> Iterator[str]:
    if condition.test == "have":
        yield condition.value
    for part in condition.parts:
        yield from _asked_for(part)


def slug(name: str) -> str:
    """A name in lower case with hyphens: `Wall sit` → `wall-sit`; empty if nothing is left."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-_")
