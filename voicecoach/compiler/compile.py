"""A routine, the chosen options and the lengths of its speech → one Timeline; a pure function."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from voicecoach.compiler.english import ENGLISH
from voicecoach.compiler.expand import Expander
from voicecoach.compiler.identify import equipment, identify
from voicecoach.compiler.layout import LaidOut, Layout
from voicecoach.compiler.limits import report, too_long
from voicecoach.compiler.locales import LANGUAGES, locale_for
from voicecoach.compiler.options import SCHEDULER, Chosen, Options, choose
from voicecoach.compiler.phrasing import FirstPass, Phrasing
from voicecoach.compiler.plan import Prescription
from voicecoach.compiler.rooms import Rooms
from voicecoach.compiler.sounds import Sounds
from voicecoach.compiler.speech import Measure, SpeechTable
from voicecoach.routine import Routine, Step
from voicecoach.source import COMMAND_LINE, Problem, Problems, in_file_order
from voicecoach.timeline import Option, Timeline
from voicecoach.units import MIX_RATE, Milliseconds
from voicecoach.utterance import Utterance


class Compiled(NamedTuple):
    """The result of a compile.

    `timeline` is None if there are errors among `problems`. `missing` lists the speech nobody
    has measured yet; while it is not empty the timeline is only a guess. `left_out` pairs each
    step that is not in the session with the reason, `prescriptions` are the resolved doses.
    `rooms` tells how long what is said may take.
    """

    timeline: Timeline | None
    problems: tuple[Problem, ...]
    missing: tuple[Utterance, ...]
    chosen: Chosen
    left_out: tuple[tuple[Step, str], ...] = ()
    prescriptions: tuple[Prescription, ...] = ()
    sure: Milliseconds | None = None
    rooms: Rooms = MappingProxyType({})


def compile_routine(
    routine: Routine,
    options: Options,
    measure: Measure,
    *,
    estimated: bool,
    tone_lengths: Mapping[str, Milliseconds] | None = None,
) -> Compiled:
    """Compiles `routine`; `measure` gives the length of an utterance in ms, or None if nobody knows it yet.

    `tone_lengths` gives the length of each tone file in milliseconds, by its path in the script.
    """
    chosen = choose(routine, options)
    problems = Problems()
    ids = identify(routine)
    _check_options(routine, ids, options, problems)
    locale = locale_for(chosen.lang)
    if locale is None:
        problems.warning(
            "W062",
            routine.spans.get("lang", routine.span),
            f"there are no built-in lines in language '{chosen.lang}'; those shown are English",
            fix=f"use --lang with one of {', '.join(LANGUAGES)} if the texts have it; render exits with 3 otherwise",
        )
    locale = locale or ENGLISH
    expander = Expander(routine, chosen, locale, ids, problems)
    if too_long(routine, chosen, options.max_length, expander.may_be_wanted, problems):
        return Compiled(None, in_file_order(problems.found), (), chosen)
    table = SpeechTable(measure, options.voice, chosen.wpm, options.voices, chosen.lexicon)
    pieces = list(expander.expand())
    first: FirstPass | None = None
    while True:
        phrasing = Phrasing(routine, chosen, locale, first)
        layout = Layout(
            table, Sounds(routine.tones, tone_lengths or {}), phrasing.title(), phrasing.chapter, routine.span
        )
        laid_out = layout.lay_out(phrasing.phrase(pieces))
        if first is not None or not phrasing.asked_length:
            break
        first = FirstPass(laid_out.duration, laid_out.at)
    if laid_out.duration == 0 and not problems.failed:
        problems.error(
            "E056",
            routine.spans.get("steps", routine.span),
            "nothing is left of this session: every step is left out or takes no time",
            fix="voicecoach explain  says why; change the level, the equipment or the conditions",
        )
    if laid_out.duration > options.max_length:
        report(routine, laid_out.duration, options.max_length, problems)
    problems.found += laid_out.problems
    timeline = None if problems.failed else _timeline(routine, chosen, laid_out, phrasing.title(), estimated)
    return Compiled(
        timeline,
        in_file_order(list(dict.fromkeys(problems.found))),
        tuple(table.missing),
        chosen,
        tuple(expander.left_out),
        tuple(found for found in expander.prescriptions.values() if found is not None),
        laid_out.sure,
        laid_out.rooms,
    )


def _check_options(routine: Routine, ids: dict[int, str], options: Options, problems: Problems) -> None:
    """Stages and equipment that mean nothing to the routine would otherwise be ignored silently."""
    for item in sorted(options.without - equipment(routine)):
        known = ", ".join(sorted(equipment(routine))) or "nothing"
        problems.warning(
            "W316", COMMAND_LINE, f"--without {item}: no exercise needs it", fix=f"this routine needs: {known}"
        )
    for name, stage in options.stages.items():
        if name not in ids.values():
            known = ", ".join(sorted(set(ids.values()))) or "none"
            problems.error(
                "E030",
                COMMAND_LINE,
                f"--stage {name}={stage}: there is no exercise called '{name}' in this routine",
                fix=f"known exercises: {known}",
            )


def _timeline(routine: Routine, chosen: Chosen, laid_out: LaidOut, title: str, estimated: bool) -> Timeline:
    options = chosen.options
    inputs: dict[str, Option] = {
        "level": chosen.level,
        "dial": chosen.dial,
        "guidance": chosen.guidance,
        "engine": options.engine,
        "voice": options.voice or None,
        "rate": chosen.wpm,
        "volume": chosen.volume,
        "lang": chosen.lang,
        "side": options.side,
        "stages": dict(sorted(options.stages.items())),
        "set": dict(sorted(options.settings.items())),
        "without": tuple(sorted(options.without)),
        "session": options.session,
        "scheduler": SCHEDULER,
    }
    if music := chosen.music:
        inputs["music"] = {"file": music.path, "gain": music.gain, "duck": music.duck}
    if options.takes:
        inputs["takes"] = options.takes
    if chosen.lexicon:
        inputs["lexicon"] = dict(chosen.lexicon)
    return Timeline(
        routine_id=routine.id,
        title=title,
        lang=chosen.lang,
        file=routine.span.file,
        options=inputs,
        sample_rate=MIX_RATE,
        duration=laid_out.duration,
        estimated=estimated,
        segments=tuple(laid_out.segments),
        chapters=tuple(laid_out.chapters),
        bouts=tuple(laid_out.bouts),
        cues=tuple(laid_out.cues),
        notes=tuple(laid_out.notes),
    )
