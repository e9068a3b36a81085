"""`voicecoach config`: what a person chose for all their sessions, where it is kept, and how to change it."""

import argparse
import json
from collections.abc import Mapping

from voicecoach import locations
from voicecoach.cli import DONE, WRONG, terminal
from voicecoach.engines import ENGINES
from voicecoach.errors import ScriptError
from voicecoach.report import plain
from voicecoach.script.fields import is_language
from voicecoach.script.lexicon import can_be_said
from voicecoach.script.suggest import listed, nearest
from voicecoach.settings.keys import KEYS, NAMES, SPELLING, TABLES, Kind, shown
from voicecoach.settings.reading import Loaded, load
from voicecoach.settings.writing import change
from voicecoach.source import COMMAND_LINE, Problem

_LEXICON = "lexicon"
"""The one table that has tables in it: languages, and in each of them words."""


def config(chosen: argparse.Namespace) -> int:
    """Shows every setting, prints one, or changes one."""
    if chosen.unset and (chosen.key or chosen.value):
        raise _mistake(f"--unset {chosen.unset} stands beside another setting", "change one at a time")
    if chosen.path:
        terminal.out(str(locations.settings_file()))
        return DONE
    loaded = load()
    if chosen.unset:
        return _changed(loaded, _name(chosen.unset), None)
    if chosen.value is not None:
        return _changed(loaded, _name(chosen.key), chosen.value)
    terminal.problems(loaded.problems, loaded.sources)
    if chosen.key:
        _one(loaded, _name(chosen.key), as_json=chosen.json)
    elif chosen.json:
        settings = {key.name: _document(loaded, key.name) for key in KEYS}
        _print_json({"file": str(loaded.path), "settings": settings})
    else:
        _table(loaded)
    return WRONG if loaded.failed else DONE


def _table(loaded: Loaded) -> None:
    rows = [("setting", "value", "from", "")]
    for key in KEYS:
        value = shown(loaded.given[key.name]) if _is_given(loaded, key.name) else f"({key.unset})"
        rows.append((key.name, plain(value) or '""', _origin(loaded, key.name), key.doc))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    terminal.out(plain(str(loaded.path)) + ("" if loaded.path.exists() else "  (not there yet)"))
    terminal.out("")
    for row in rows:
        terminal.out("  ".join(f"{cell:<{width}}" for cell, width in zip(row, [*widths, 0], strict=True)).rstrip())
    terminal.say("change one:  voicecoach config level steady   forget it:  voicecoach config --unset level")


def _one(loaded: Loaded, name: str, *, as_json: bool) -> None:
    """Prints the value alone, an empty line if there is none."""
    if as_json:
        _print_json(_document(loaded, name))
        return
    path = _path(name)
    if len(path) > 1:
        value = shown(_inside(loaded, path))
    else:
        value = shown(loaded.given[name] if _is_given(loaded, name) else getattr(loaded.settings, name))
    terminal.out(plain(value or ""))
    unset = NAMES[path[0]].unset
    terminal.say(f"{plain(name)}: from {_origin(loaded, name)}" + ("" if value else f" ({unset})"))


def _changed(loaded: Loaded, name: str, typed: str | None) -> int:
    """Writes one setting; a mistake in this setting is written over, any other one stops it."""
    path = _path(name)
    head, line = path[0], path[-1] if len(path) > 1 else ""
    if loaded.failed and (not loaded.whole or loaded.wrong - {".".join(path[:size]) for size in (1, 2, 3)}):
        terminal.problems(loaded.problems, loaded.sources)
        terminal.say(f"{plain(str(loaded.path))} is left as it is; nothing was changed")
        return WRONG
    if head == _LEXICON and len(path) < 3 and typed is not None:
        what = "lexicon has one setting for each word"
        raise _mistake(what, "write  voicecoach config lexicon.LANGUAGE.WORD SPELLING")
    if head in TABLES and not line and typed is not None:
        form = TABLES[head].form
        what = f"{head} has one setting for each {form.split()[0].lower()}"
        raise _mistake(what, f"write  voicecoach config {head}.{form}")
    value = None if typed is None else _value(name, _kind(path), typed)
    if head in TABLES and line and value is not None and not TABLES[head].name.fullmatch(line):
        raise _mistake(f"{name} {typed}: this name is not possible", f"allowed is {TABLES[head].value.allowed}")
    if head in {"voice", "voices"} and isinstance(value, str):
        _try_voice(value)
    if name == "engine":
        _try_engine(value)
    if name == "takes" and value:
        _try_takes(str(value))
    new: object = value
    for one in reversed(path[1:]):
        new = {one: new}
    change(loaded, {head: new}, mend=True)
    done = f"{name} is forgotten" if value is None else f"{name} = {shown(value)}"
    terminal.say(f"{plain(done)}, in {plain(str(loaded.path))}")
    return DONE


def _kind(path: tuple[str, ...]) -> Kind:
    if len(path) == 1:
        return NAMES[path[0]].kind
    return SPELLING if path[0] == _LEXICON else TABLES[path[0]].value


def _path(name: str) -> tuple[str, ...]:
    """The names that lead to a setting, outermost first; the last one may have dots in it."""
    return tuple(name.split(".", 2 if name.startswith(f"{_LEXICON}.") else 1))


def _inside(loaded: Loaded, path: tuple[str, ...]) -> object:
    """What is kept behind the path; None if nothing is."""
    value: object = getattr(loaded.settings, path[0])
    for name in path[1:]:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _value(name: str, kind: Kind, typed: str) -> object:
    value = kind.typed(typed)
    try:
        kind.check(value)
    except ValueError as error:
        raise _mistake(f"{name} {typed}: this value is not possible", f"allowed is {kind.allowed}") from error
    return value


def _try_engine(value: object) -> None:
    """Raises SpeechError, with the way to install it, if the engine of that name is not here."""
    from voicecoach.speech.choice import chosen

    if named := next((name for name in ENGINES if name == value), None):
        chosen(named).close()


def _try_voice(name: str) -> None:
    """Raises SpeechError, with near matches, if no engine here has that voice."""
    from voicecoach.cli.voices_find import known

    known(name)


def _try_takes(name: str) -> None:
    """Raises SpeechError, with the nearest name, if nobody has recorded anything under that name."""
    from voicecoach.speech.takes import existing

    existing(locations.takes_dir(), name)


def _name(typed: str) -> str:
    """A setting as it is called in the table; raises ScriptError with the nearest name."""
    head, dot, rest = typed.partition(".")
    head = head.replace("-", "_")
    if head == _LEXICON and dot:
        rest = _word(typed, rest)
    if head in NAMES and (not dot or (head in {*TABLES, _LEXICON} and rest.strip())):
        return f"{head}{dot}{rest.strip()}"
    near = nearest(head, NAMES)
    fix = f"did you mean '{near}'?" if near and near != head else f"settings: {listed(NAMES, len(NAMES))}"
    raise _mistake(f"there is no setting '{typed}'", fix)


def _word(typed: str, rest: str) -> str:
    """A language, and perhaps a word after it; raises ScriptError for another one."""
    tag, dot, word = rest.partition(".")
    if not is_language(tag.strip()) or (dot and not can_be_said(word)):
        raise _mistake(f"there is no setting '{typed}'", "write  voicecoach config lexicon.en.Kegel kaygle")
    return f"{tag.strip().lower()}{dot}{' '.join(word.split())}"


def _is_given(loaded: Loaded, name: str) -> bool:
    """Whether the file has a value for it that was taken."""
    return name in loaded.given and not any(wrong.partition(".")[0] == name for wrong in loaded.wrong)


def _origin(loaded: Loaded, name: str) -> str:
    path = _path(name)
    given = _inside(loaded, path) is not None if len(path) > 1 else _is_given(loaded, name)
    return loaded.path.name if given else "default"


def _document(loaded: Loaded, name: str) -> dict[str, object]:
    path = _path(name)
    return {"value": _plain(_inside(loaded, path)), "from": _origin(loaded, name), "meaning": NAMES[path[0]].doc}


def _plain(value: object) -> object:
    return {name: _plain(inner) for name, inner in value.items()} if isinstance(value, Mapping) else value


def _print_json(document: object) -> None:
    terminal.out(json.dumps(document, ensure_ascii=False, indent=2))


def _mistake(what: str, fix: str) -> ScriptError:
    return ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=fix)])
