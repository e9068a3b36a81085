"""A script and everything it includes, read, checked and put together."""

from collections.abc import Mapping as Map
from typing import NamedTuple

from voicecoach.routine import Routine
from voicecoach.script import files, parser, rules
from voicecoach.script.files import Display, File, FileKind, OutsideError, Read
from voicecoach.script.library import Library
from voicecoach.script.parameters import Parameters
from voicecoach.script.scope import Scope
from voicecoach.script.spoken import WordCheck
from voicecoach.script.steps import StepParser
from voicecoach.script.translating import Sidecars, Translations, no_sidecars
from voicecoach.source import Problem, Problems, Source, in_file_order

__all__ = ["Linked", "OutsideError", "link"]


class Linked(NamedTuple):
    """What became of a script: a Routine unless an error was found or the file holds none.

    `problems` are in file order. `sources` has the text of every file that could be read, by
    name. `kind` is what the entry file is; a library without mistakes has no routine and no error.
    `said` knows everything the entry file says, with its translations.
    """

    routine: Routine | None
    problems: tuple[Problem, ...]
    sources: Map[str, Source]
    kind: FileKind = "routine"
    said: Scope | None = None


def link(
    entry: str,
    read: Read,
    *,
    settings: Map[str, str] | None = None,
    allow_outside: bool = False,
    display: Display = str,
    lang: str = "",
    every_language: bool = False,
    sidecars: Sidecars = no_sidecars,
) -> Linked:
    """Reads the script `entry` and what it includes; never raises for anything a script can hold.

    Names are relative to the routine's folder with `/`, or `voicecoach:NAME`. `read` gives the
    bytes of a name, and raises OSError, or OutsideError for a link that leads out of the folder.
    `settings` are the `--set` values by parameter; `display` turns a name into the path a person
    would type. `sidecars` says which translations lie beside a file. Those into `lang` are used, else
    into the script's own language where it includes files in another; with `every_language` all that
    the script has.
    """
    problems = Problems()
    loaded, sources = files.load(entry, read, problems, display=display, allow_outside=allow_outside)
    file = loaded.get(entry)
    routine, said = None, None
    if file is not None:
        translations = Translations(sidecars, read, display, problems, sources)
        wanted = translations.there(entry) if every_language else (lang or parser.language(file),)
        routine, said = _routine(file, loaded, problems, settings or {}, translations, wanted, display)
    return Linked(
        None if problems.failed else routine,
        in_file_order(problems.found),
        sources,
        file.kind if file is not None else "routine",
        said,
    )


def _routine(  # noqa: PLR0917  one call
    file: File,
    loaded: Map[str, File],
    problems: Problems,
    settings: Map[str, str],
    translations: Translations,
    wanted: tuple[str, ...],
    display: Display,
) -> tuple[Routine | None, Scope | None]:
    params = Parameters(settings, file.name)
    used: set[str] = set()
    usable = {name: one for name, one in loaded.items() if one.kind != "programme"}
    if file.name not in usable:
        return None, None
    scopes: dict[str, Scope] = {}
    for name, one in usable.items():
        lang = parser.language(one)
        scopes[name] = Scope(name, lang, problems, params.nodes, used, translations.of(one, lang, wanted))
    for name, one in usable.items():
        parser.check_version(scopes[name], one)
        params.declare(scopes[name], one.top)
    params.check_settings(scopes[file.name])
    library = Library(file.name, problems)
    for name, one in usable.items():
        parser.collect(scopes[name], one, library)
    scope = scopes[file.name]
    steps = StepParser(library, scopes, parser.own_level(scope, file))
    routine = None
    if file.kind == "routine":
        routine = parser.routine(scope, file, params, library, steps)
    else:
        scope.known(file.top, "library", "library")
    for name, one in usable.items():
        if name != file.name:
            scopes[name].known(one.top, "routine" if one.kind == "routine" else "library", one.kind)
        steps.check_blocks(name)
    exercises = routine.exercises if routine is not None else library.everything()
    library.check_insteads()
    for name, one_scope in scopes.items():
        if one_scope.translations:
            from voicecoach.script.untranslated import report

            whole = name == file.name or usable[name].kind == "library"
            for translation in one_scope.translations:
                report(translation, problems, display(name), whole=whole)
    words = WordCheck(problems, params.nodes, used)
    if routine is not None:
        words.routine(routine)
    else:
        for exercise in exercises.values():
            words.exercise(exercise, exercise.id or "this exercise")
    if routine is not None and not problems.failed:
        problems.found.extend(rules.check(routine))
    if file.kind == "routine" and not problems.failed:
        problems.found.extend(rules.unused_exercises(library))
        problems.found.extend(rules.shadowed_exercises(library))
        problems.found.extend(rules.unused_parameters(params, used, file.name))
    return routine, scope
