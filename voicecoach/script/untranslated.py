"""What a translation lacks, what is out of date in it, and what in it is about nothing: W066 to W069."""

from typing import Final

from voicecoach.languages import english_name, speaks
from voicecoach.script import keys
from voicecoach.script.files import BUNDLED, stem
from voicecoach.script.places import Path, shown
from voicecoach.script.suggest import listed, nearest
from voicecoach.script.translation import SUFFIX, Entry, Translation, quoted
from voicecoach.source import Problems, Span

_SHOWN: Final = 6
"""How many missing texts a message names."""


def report(translation: Translation, problems: Problems, display: str, *, whole: bool) -> None:
    """Reports on one translation after its script was read; `display` is the script's path.

    `whole` is false for an included routine, whose steps nobody reads.
    """
    if translation.missing and not speaks(translation.source, translation.lang):
        _missing(translation, problems, display)
    known = {place.path for place in translation.places.values()}
    for path, entry in translation.by_path.items():
        if path not in known:
            _unknown_place(translation, problems, path, entry)
        else:
            _stale(translation, problems, path, entry, display)
    if not whole:
        return
    for line, entry in translation.by_line.items():
        if line not in translation.lines:
            _unknown_line(translation, problems, line, entry)
        else:
            _stale(translation, problems, line, entry, display)
    _axes(translation, problems)


def _missing(translation: Translation, problems: Problems, display: str) -> None:
    count = len(translation.missing)
    names = listed((missing.name for missing in translation.missing.values()), _SHOWN)
    counted = "1 text has" if count == 1 else f"{count} texts have"
    does = "adds to the file what is missing" if translation.name else "writes a file for them"
    problems.warning(
        "W067",
        Span(translation.name or translation.file, 0, 0),
        f"{counted} no {english_name(translation.lang)} translation: {names}",
        why=f"{'it' if count == 1 else 'they'} will be spoken in {english_name(translation.source)}",
        fix="" if translation.file.startswith(BUNDLED) else f"{_command(translation, display)}  {does}",
    )


def _stale(translation: Translation, problems: Problems, known: Path | str, entry: Entry, display: str) -> None:
    if not entry.lines or not (was := translation.stale(known, entry)):
        return
    if entry.was:
        fix = "bring this up to date, then delete the comment  # was:  above it"
    else:
        fix = f"{_command(translation, display)}  writes above it what is said now"
    problems.warning(
        "W068",
        entry.span,
        f"the {english_name(translation.source)} text has changed since this was translated",
        why=f"it was made from {quoted(' / '.join(was), 120)}",
        fix=fix,
    )


def _unknown_line(translation: Translation, problems: Problems, line: str, entry: Entry) -> None:
    close = nearest(line, (one for one in translation.lines if one not in translation.by_line))
    problems.warning(
        "W069",
        entry.span,
        f"{quoted(line)} is not said in {_script(translation)}",
        fix=f"did you mean {quoted(close, 120)}?" if close else "delete it if it is of no use any more",
    )


def _unknown_place(translation: Translation, problems: Problems, path: Path, entry: Entry) -> None:
    name, there = _first_unknown(translation, (*path[:-1], entry.key))
    close = nearest(name, there)
    problems.warning(
        "W066",
        entry.span,
        f"'{name}' does not exist in {_script(translation)}",
        fix=f"did you mean '{close}'?" if close else "delete it if it is of no use any more",
    )


def _first_unknown(translation: Translation, path: Path) -> tuple[str, list[str]]:
    """The part of a written path that the script does not have, and what it has in its place."""
    places = [place.written for place in translation.places.values()]
    for length in range(1, len(path)):
        if not any(place[:length] == path[:length] for place in places):
            return path[length - 1], [
                place[length - 1] for place in places if place[: length - 1] == path[: length - 1]
            ]
    return shown(path), [shown(place) for place in places if place[:-1] == path[:-1]]


def _axes(translation: Translation, problems: Problems) -> None:
    for (axis, way), span in translation.axis_spans.items():
        ways = translation.ways.get(axis) or keys.AXES.get(axis)
        if ways is None:
            close = nearest(axis, translation.ways)
            what, known = f"there is no axis '{axis}' in {_script(translation)}", tuple(translation.ways)
        elif way not in ways:
            close = nearest(way, ways)
            what, known = f"'{axis}' has no way '{way}'", ways
        else:
            continue
        fix = f"did you mean '{close}'?" if close else f"known: {listed(known) or 'none'}"
        problems.warning("W066", span, what, fix=fix)


def _script(translation: Translation) -> str:
    """The file name of the script."""
    if not translation.file.startswith(BUNDLED):
        return translation.file.rpartition("/")[2]
    return f"{stem(translation.name.removesuffix(SUFFIX)).removesuffix(f'.{translation.lang}')}.coach.yaml"


def _command(translation: Translation, display: str) -> str:
    return f"voicecoach strings {display} --lang {translation.lang}"
