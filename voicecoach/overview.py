"""What a person should know of a routine before starting: equipment, cautions, exercises, length."""

from typing import NamedTuple

from voicecoach.compiler.explain import described
from voicecoach.compiler.options import Options
from voicecoach.compiler.plan import Prescription
from voicecoach.errors import ScriptError
from voicecoach.routine import LEVELS, Routine, Section, Step, Text, WorkStep
from voicecoach.session import Script, checked, estimated, in_language
from voicecoach.units import clock


class ExerciseOverview(NamedTuple):
    """One exercise: its name, position, footwear and equipment in a line, and its dose by level."""

    name: str
    details: str
    doses: tuple[tuple[str, str], ...]


class Overview(NamedTuple):
    """A routine at a glance; `lengths` pairs each level with an estimated length such as `11:20`."""

    title: str
    summary: str
    needs: tuple[str, ...]
    footwear: tuple[str, ...]
    lengths: tuple[tuple[str, str], ...]
    exercises: tuple[ExerciseOverview, ...]
    cautions: tuple[str, ...]
    stop_if: tuple[str, ...]
    advice: tuple[str, ...]


def overview(script: Script, options: Options) -> Overview:
    """The overview of a script at every level; raises ScriptError for a script with errors."""
    script = in_language(script, options.lang)
    routine = checked(script)
    lang = options.lang or routine.lang
    lengths: list[tuple[str, str]] = []
    doses: dict[tuple[str, object], list[tuple[str, str]]] = {}
    for level, dial in LEVELS.items():
        compiled = estimated(script, options._replace(dial=dial))
        if compiled.timeline is None:
            raise ScriptError(compiled.problems)
        lengths.append((level, clock(compiled.timeline.duration // 1000 * 1000)))
        for prescription in compiled.prescriptions:
            doses.setdefault((_name(prescription, lang), prescription.span), []).append(
                (level, described(prescription))
            )
    steps = {step.head.span: step for step in _work(routine.steps)}
    exercises = tuple(
        ExerciseOverview(name, _details(steps.get(span)), tuple(by_level))  # type: ignore[call-overload]
        for (name, span), by_level in doses.items()
    )
    return Overview(
        title=routine.title.turn(0, lang),
        summary=routine.summary.turn(0, lang) if routine.summary else "",
        needs=routine.needs if routine.needs is not None else _needs(routine),
        footwear=(routine.footwear,) if routine.footwear else _footwear(routine),
        lengths=tuple(lengths),
        exercises=exercises,
        cautions=_texts(routine.cautions, lang)
        + tuple(step.exercise.caution.turn(0, lang) for step in steps.values() if step.exercise.caution),
        stop_if=_texts(routine.stop_if, lang),
        advice=_texts(routine.advice, lang),
    )


def _texts(texts: tuple[Text, ...], lang: str) -> tuple[str, ...]:
    return tuple(text.turn(0, lang) for text in texts)


def _name(work: Prescription, lang: str) -> str:
    return work.shown if work.name is None else work.name.turn(0, lang)


def _work(steps: tuple[Step, ...]) -> list[WorkStep]:
    found: list[WorkStep] = []
    for step in steps:
        if isinstance(step, Section):
            found += _work(step.steps)
        elif isinstance(step, WorkStep):
            found.append(step)
    return found


def _details(step: WorkStep | None) -> str:
    if step is None:
        return ""
    exercise = step.exercise
    parts = [exercise.position or "", exercise.footwear or ""]
    return ", ".join([part for part in parts if part and part != "either"] + list(exercise.needs or ()))


def _needs(routine: Routine) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for step in _work(routine.steps) for item in step.exercise.needs or ()))


def _footwear(routine: Routine) -> tuple[str, ...]:
    """What the exercises are done in, in order, such as shoes and then barefoot."""
    worn = (step.exercise.footwear for step in _work(routine.steps))
    return tuple(dict.fromkeys(item for item in worn if item and item != "either"))
