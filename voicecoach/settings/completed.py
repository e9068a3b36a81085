"""The options of one session, completed from a person's settings where the command line left them open."""

from voicecoach.compiler.identify import equipment, identify, working_steps
from voicecoach.compiler.lexicon import Lexicon
from voicecoach.compiler.options import Options
from voicecoach.routine import LEVELS, Routine, WorkStep
from voicecoach.settings.keys import Settings


def applied(options: Options, settings: Settings, routine: Routine | None = None) -> Options:
    """The options with the settings in every place that is still open.

    Equipment is missing if either says so. Of a routine that is given, only what it knows is
    taken: its equipment, its stages (see `saved_stage`), and the first side only where none of its
    exercises has a first side of its own.
    """
    stages, without = dict(settings.stages), frozenset(settings.without)
    side = settings.side
    if routine is not None:
        without &= equipment(routine)
        stages = {name: stage for name, stage in stages.items() if saved_stage(routine, name, stage) == "taken"}
        if any(step.exercise.first for step in working_steps(routine.steps)):
            side = None
    return options._replace(
        dial=LEVELS[settings.level] if options.dial is None and settings.level else options.dial,
        stages={**stages, **options.stages},
        without=options.without | without,
        side=options.side or side,
        voice=options.voice or settings.voice or "",
        wpm=options.wpm or settings.pace,
        lexicon=options.lexicon or _spoken(settings, options, routine),
    )


def _spoken(settings: Settings, options: Options, routine: Routine | None) -> Lexicon:
    """The spellings for the language of the session."""
    lang = options.lang or (routine.lang if routine else "")
    base = lang.partition("-")[0].lower()
    return {tag: words for tag, words in settings.lexicon.items() if not lang or tag.partition("-")[0] == base}


def saved_stage(routine: Routine, name: str, stage: str) -> str:
    """What becomes of a saved stage in a routine: `taken`, `written`, `unknown`, or `asked`.

    A stage that a step itself writes stays (`written`). One that needs a yes is never taken from
    the settings (`asked`). `unknown` is an exercise or stage that the routine does not have.
    """
    ids = identify(routine)
    steps = [step for step in working_steps(routine.steps) if ids[id(step)] == name and isinstance(step, WorkStep)]
    known = [{found.id: found for found in step.exercise.stages or ()} for step in steps]
    if not steps or not all(stage in names for names in known):
        return "unknown"
    if any(_written_on(step) for step in steps):
        return "written"
    return "asked" if any(names[stage].exercise.confirm for names in known) else "taken"


def taken(before: Options, after: Options) -> tuple[str, ...]:
    """What was completed, in words: `level steady`, `without towel`."""
    found: list[str] = []
    if before.dial != after.dial:
        found += [f"level {level}" for level, dial in LEVELS.items() if dial == after.dial]
    found += [f"stage {name}={stage}" for name, stage in after.stages.items() if name not in before.stages]
    found += [f"without {item}" for item in sorted(after.without - before.without)]
    if before.side != after.side:
        found.append(f"{after.side} side first")
    if before.voice != after.voice:
        found.append(f"voice {after.voice}")
    if before.wpm != after.wpm:
        found.append(f"pace {after.wpm}")
    if before.lexicon != after.lexicon:
        found.append("lexicon")
    return tuple(found)


def _written_on(step: WorkStep) -> bool:
    """Whether the step itself chooses a stage, not only its library."""
    return bool(step.exercise.stage) and (step.library is None or step.library.stage != step.exercise.stage)
