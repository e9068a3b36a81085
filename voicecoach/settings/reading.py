"""config.toml as it is: what it says, what it really holds, and what is wrong with it by its place."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from voicecoach import locations
from voicecoach.script.suggest import listed, nearest
from voicecoach.settings.keys import NAMES, SPELLING, TABLES, Key, Settings, Value, checked_line, shown, wrong_words
from voicecoach.source import Problem, Source, Span


class Loaded(NamedTuple):
    """What is known of config.toml.

    `given` are the keys it really holds, as they are written. `wrong` are the names of those that
    were not taken, dotted for a line of a table; `whole` is False if nothing could be read at all.
    """

    path: Path
    text: str
    settings: Settings
    given: Mapping[str, object]
    problems: tuple[Problem, ...] = ()
    wrong: frozenset[str] = frozenset()
    whole: bool = True

    @property
    def failed(self) -> bool:
        """True if something in the file is wrong; a warning is not."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def sources(self) -> Mapping[str, Source]:
        """The text behind the spans of the problems."""
        name = str(self.path)
        return {name: Source(name, name, self.text)}

    def span(self, *path: str) -> Span:
        """Where the value of a key stands; the whole file if it does not."""
        return _spans(self.path, self.text, path)[1]


def load(path: Path | None = None) -> Loaded:
    """Reads config.toml; what is wrong with it is among the problems, and nothing is raised."""
    path = path or locations.settings_file()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Loaded(path, "", Settings(), {})
    except (OSError, UnicodeDecodeError) as error:
        return _unreadable(path, error)
    import tomllib

    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _unreadable(path, error, text)
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    wrong: set[str] = set()
    for name, value in given.items():
        key = NAMES.get(name)
        if key is None:
            problems.append(_unknown(path, text, name))
            continue
        try:
            values[name] = key.kind.check(value)
        except ValueError:
            found = _wrong(path, text, key, value)
            problems += found.values()
            wrong.update(found)
    problems.sort(key=lambda problem: problem.span)
    known = Settings()._replace(**values)  # type: ignore[arg-type]
    return Loaded(path, text, known, given, tuple(problems), frozenset(wrong))


def _unreadable(path: Path, error: Exception, text: str = "") -> Loaded:
    file = str(path)
    if isinstance(error, OSError):
        what, fix = f"the settings cannot be read: {error.strerror or error}", "allow reading it, or move it away"
        problem = Problem("error", "E070", Span(file, 0, 0), what, fix=fix)
    elif isinstance(error, UnicodeDecodeError):
        what = f"this file is not UTF-8 (byte {error.object[error.start]:#04x} at position {error.start})"
        problem = Problem("error", "E070", Span(file, 0, 0), what, fix="save it as UTF-8")
    elif isinstance(error, RecursionError):
        what = "brackets are nested too deeply"
        problem = Problem("error", "E070", Span(file, 0, 0), what, fix="voicecoach config --help  shows what to write")
    else:
        import tomllib

        from voicecoach.settings.places import split_message

        assert isinstance(error, tomllib.TOMLDecodeError)
        words, place = split_message(text, error)
        what = f"this is not TOML: {words[:1].lower()}{words[1:]}"
        fix = 'write  KEY = VALUE  with text in quotes, such as  level = "steady"'
        problem = Problem("error", "E070", Span(file, *place), what, fix=fix)
    return Loaded(path, text, Settings(), {}, (problem,), whole=False)


def _unknown(path: Path, text: str, name: str) -> Problem:
    near = nearest(name, NAMES)
    fix = f"did you mean '{near}'?" if near else f"known keys: {listed(NAMES, len(NAMES))}"
    return Problem("warning", "W071", _spans(path, text, (name,))[0], f"unknown key '{name}'", fix=fix)


def _wrong(path: Path, text: str, key: Key, value: object) -> dict[str, Problem]:
    """Problems by the name of what is wrong: the key, or each line of a table."""
    if key.name == "lexicon" and isinstance(value, dict):
        return {
            ".".join(place): _problem(path, text, place, _inside(value, place[1:]), _allowed(place))
            for place in ((key.name, *wrong) for wrong in wrong_words(value))
        }
    if key.name not in TABLES or not isinstance(value, dict):
        return {key.name: _problem(path, text, (key.name,), value, key.kind.allowed)}
    found = {}
    for name, inner in value.items():
        try:
            checked_line(key.name, name, inner)
        except ValueError:
            line = (key.name, name)
            found[".".join(line)] = _problem(path, text, line, inner, TABLES[key.name].value.allowed)
    return found


def _inside(value: object, path: tuple[str, ...]) -> object:
    for name in path:
        value = value[name] if isinstance(value, dict) else None
    return value


def _allowed(path: tuple[str, ...]) -> str:
    return NAMES["lexicon"].kind.allowed if len(path) == 2 else SPELLING.allowed


def _problem(path: Path, text: str, key: tuple[str, ...], value: object, allowed: str) -> Problem:
    what = f"{'.'.join(key)} = {shown(value)[:60] or repr(value)}: this value is not possible"
    return Problem("error", "E071", _spans(path, text, key)[1], what, fix=f"allowed is {allowed}")


def _spans(path: Path, text: str, key: tuple[str, ...]) -> tuple[Span, Span]:
    """Where a key and its value stand."""
    from voicecoach.settings.places import place_of

    place = place_of(text, key)
    file = str(path)
    return (Span(file, *place.key), Span(file, *place.value)) if place else (Span(file, 0, 0), Span(file, 0, 0))
