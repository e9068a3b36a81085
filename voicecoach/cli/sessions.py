"""From a command line and a person's settings to a ready session; Problems are printed with their source lines."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.cli import terminal
from voicecoach.cli.arguments import session_options
from voicecoach.cli.saved import saved_settings
from voicecoach.compiler.options import Options, choose
from voicecoach.engines import EngineName
from voicecoach.errors import ScriptError, SpeechError
from voicecoach.report import plain, text
from voicecoach.session import Progress, Script, Session, checked, prepare, read_script
from voicecoach.settings.completed import applied, saved_stage, taken
from voicecoach.source import Problem
from voicecoach.speech.choice import speaking
from voicecoach.timeline import Timeline

if TYPE_CHECKING:
    from voicecoach.speech.speaker import Speaker
    from voicecoach.speech.takes import Takes


@contextmanager
def speaker(chosen: argparse.Namespace, own: "Takes | None" = None) -> "Iterator[Speaker]":
    """The speaker of `--engine` or the settings, with `own` takes or those of `--takes`; `--estimate` has none."""
    estimate = getattr(chosen, "estimate", False)
    preferred = takes(chosen) if own is None else own
    with speaking("silent" if estimate else engine(chosen), locations.cache_dir() / "clips", preferred) as made:
        if preferred and made.takes is None and not estimate:
            terminal.notes([f"the takes “{preferred.name}” are not heard, because --engine silent says nothing at all"])
        yield made


def takes(chosen: argparse.Namespace) -> "Takes | None":
    """The recorded lines of `--takes`, else those of config.toml, which are told once; None for none.

    Raises SpeechError if there are none called as `--takes` says.
    """
    named: str | None = getattr(chosen, "takes", None)
    saved = saved_settings(chosen)
    name = saved.settings.takes if named is None else named
    if not name or getattr(chosen, "no_takes", True):
        return None
    from voicecoach.speech.takes import existing

    try:
        found = existing(locations.takes_dir(), name)
    except SpeechError as error:
        if named is not None:
            raise
        problem = Problem("warning", "W065", saved.span("takes"), error.what, fix=error.fix)
        _say_once(chosen, text(problem, saved.sources, colour=terminal.coloured()))
        return None
    if named is None:
        _say_once(chosen, f"from {saved.path.name}: takes {plain(name)}")
    return found


def engine(chosen: argparse.Namespace) -> EngineName:
    """The engine of `--engine`, else that of config.toml, which is told once."""
    loaded = saved_settings(chosen)
    named: EngineName | None = chosen.engine
    if named is None and "engine" in loaded.given:
        _say_once(chosen, f"from {loaded.path.name}: engine {loaded.settings.engine}")
    return named or loaded.settings.engine


def read(chosen: argparse.Namespace, name: str) -> Script:
    """Reads one script and prints its errors and warnings; raises ReportedError if it or config.toml has errors."""
    options = session_options(chosen)
    saved_settings(chosen)
    script = read_script(name, settings=options.settings, allow_outside=chosen.allow_outside, lang=options.lang or "")
    report(script)
    return script


def report(script: Script) -> None:
    """Prints what is wrong with a script; raises ReportedError if it cannot be used."""
    problems = [found for found in script.problems if found.severity != "note"]
    try:
        checked(script)
    except ScriptError as error:
        problems = list(dict.fromkeys([*problems, *error.problems]))
        terminal.problems(problems, script.sources)
        raise terminal.ReportedError from error
    terminal.problems(problems, script.sources)


def ready(script: Script, chosen: argparse.Namespace, voice: "Speaker", progress: Progress | None = None) -> Session:
    """The session of a script, spoken and measured; what is wrong with it is printed with its source lines."""
    try:
        session = prepare(script, completed(script, chosen, voice), voice, progress)
    except ScriptError as error:
        terminal.problems(error.problems, script.sources)
        raise terminal.ReportedError from error
    sources = session.script.sources
    terminal.problems(session.compiled.problems, sources)
    if chosen.command_name != "explain":
        audio = chosen.command_name in {"render", "serve"}
        terminal.problems(as_problems(session.timeline, audio_file=audio), sources)
    terminal.notes(voice.takes.troubles if voice.takes else [])
    if voice.problem:
        terminal.say(f"note: clips are not kept between sessions: {voice.problem}")
    return session


def completed(script: Script, chosen: argparse.Namespace, voice: "Speaker") -> Options:
    """The session's options: the command line's, then those of config.toml, which are told once."""
    from voicecoach.cli.saved_voice import saved_voice

    loaded = saved_settings(chosen)
    written, routine = session_options(chosen), checked(script)
    settings, problems = loaded.settings, []
    for name, stage in settings.stages.items():
        if name not in written.stages and saved_stage(routine, name, stage) == "asked":
            what = f"the stage '{stage}' of '{name}' is only entered after a yes; it is not taken from the settings"
            fix = f"to say yes here, add  --stage {name}={stage}"
            problems.append(Problem("warning", "W320", loaded.span("stages", name), what, fix=fix))
    if not written.voice:
        voice_of, more = saved_voice(loaded, choose(routine, written).lang, voice.engine)
        settings = settings._replace(voice=voice_of)
        problems += more
    options = applied(written, settings, routine)
    if words := taken(written, options):
        _say_once(chosen, f"from {loaded.path.name}: {plain(', '.join(words))}")
    for problem in problems:
        _say_once(chosen, text(problem, loaded.sources, colour=terminal.coloured()))
    return options


def _say_once(chosen: argparse.Namespace, line: str) -> None:
    """Says what several routines of one command have in common a single time."""
    said: set[str] = vars(chosen).setdefault("said", set())
    if line not in said:
        said.add(line)
        terminal.say(line)


def as_problems(timeline: Timeline, *, audio_file: bool) -> list[Problem]:
    """The schedule's warnings; those about audio files only where one is made."""
    return [
        Problem(note.severity, note.code, note.source, note.message, fix=note.fix)
        for note in timeline.notes
        if note.severity == "warning" and (audio_file or note.code not in _ONLY_IN_FILES)
    ]


_ONLY_IN_FILES = frozenset({"W310", "W311", "W321"})
"""Warnings that an audio file cannot wait for a person."""
