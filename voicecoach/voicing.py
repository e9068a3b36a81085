"""Which voice speaks: the session's own, and those that single lines ask for."""

from typing import TYPE_CHECKING

from voicecoach.compiler.locales import has_locale
from voicecoach.compiler.options import Options, choose
from voicecoach.errors import SpeechError
from voicecoach.routine import Routine, SayStep, Section, Step
from voicecoach.source import COMMAND_LINE, Problem, Problems, Span
from voicecoach.speech.choice import more_voices
from voicecoach.speech.engine import owner

if TYPE_CHECKING:
    from voicecoach.speech.engine import SpeechEngine


def voiced(routine: Routine, options: Options, engine: "SpeechEngine") -> tuple[Options, list[Problem]]:
    """The engine's voice for the session and for single lines; what the script asks for in vain is a warning.

    Raises SpeechError if no voice speaks the session's language, or `--voice` is none.
    """
    problems = Problems()
    if engine.estimated:
        return options._replace(engine=engine.name, voice=""), []
    lang = choose(routine, options).lang
    default = engine.default_voice(lang)
    voice = options.voice
    if voice:
        spoken = engine.language(voice)
        if _base(spoken) != _base(lang):
            problems.warning(
                "W063",
                COMMAND_LINE,
                f"--voice {voice}: this voice speaks '{spoken}', the session is in '{lang}'",
                fix=f"leave --voice out, or take {default}" if default else "leave --voice out",
            )
    elif routine.voice.name:
        voice = _known(routine.voice.name, routine.voice.span, default, engine, problems)
        if voice != default and _base(spoken := engine.language(voice)) != _base(lang):
            problems.warning(
                "W063",
                routine.voice.span,
                f"the voice '{voice}' speaks '{spoken}', the session is in '{lang}'; " + _instead(default),
                fix=f"--voice {voice}  takes it all the same",
            )
            voice = default or ""
    else:
        voice = default or ""
    if not has_locale(lang):
        raise SpeechError(
            f"voicecoach has no built-in lines in language '{lang}'",
            "choose --lang en if the texts have English, or --engine silent for the tones alone",
        )
    if not voice:
        raise SpeechError(
            f"no voice for language '{lang}' is installed",
            f"{more_voices(engine.name)}; or choose another --lang or --engine: no voice reads another language",
        )
    others = {
        step.voice: _known(step.voice, step.head.span, voice, engine, problems)
        for step in all_steps(routine.steps)
        if isinstance(step, SayStep) and step.voice
    }
    return options._replace(engine=owner(engine, voice).name, voice=voice, voices=others), problems.found


def _instead(default: str | None) -> str:
    return f"using '{default}'" if default else "it is not used"


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _known(name: str, span: Span, default: str | None, engine: "SpeechEngine", problems: Problems) -> str:
    try:
        engine.language(name)
    except SpeechError as error:
        problems.warning(
            "W061",
            span,
            f"the voice '{name}' is not installed; " + _instead(default),
            fix=error.fix,
        )
        return default or ""
    return name


def all_steps(steps: tuple[Step, ...]) -> "list[Step]":
    """Every step, those inside sections too, in no order that matters."""
    found: list[Step] = []
    waiting = list(reversed(steps))
    while waiting:
        step = waiting.pop()
        found.append(step)
        if isinstance(step, Section):
            waiting.extend(reversed(step.steps))
    return found
