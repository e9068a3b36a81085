"""Changes of config.toml: comments and unknown keys stay, and a file with a mistake is left as it is."""

from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path

from voicecoach.errors import OutputError, ScriptError
from voicecoach.settings.keys import NAMES
from voicecoach.settings.reading import Loaded

_TITLE = "# Settings of voicecoach. `voicecoach config` lists every key.\n\n"
_BY_HAND = "write it there by hand"


def change(loaded: Loaded, changes: Mapping[str, object], *, mend: bool = False) -> None:
    """Keeps changed values; None forgets one, and a table such as `stages` changes only what it names.

    With `mend`, mistakes in the changed keys may be written over. Raises ScriptError for any other
    mistake in the file, OutputError if it cannot be written, and ValueError for a value that is
    not allowed.
    """
    changed = {".".join(path) for path in _paths(changes)}
    if not loaded.whole or loaded.wrong - (changed if mend else set()):
        raise ScriptError([problem for problem in loaded.problems if problem.severity == "error"])
    wanted = dict(loaded.given)
    for name, value in changes.items():
        new = _plain(value)
        if isinstance(value, Mapping):
            new = _merged(_mapping(wanted.get(name)), value) or None
        if new is None:
            wanted.pop(name, None)
            continue
        kind = NAMES[name].kind
        try:
            kind.check(new)
        except ValueError as error:
            raise ValueError(f"{name} = {new!r}: allowed is {kind.allowed}") from error
        wanted[name] = new
    if wanted != loaded.given:
        _write(loaded.path, _edited(loaded.text, wanted))


def _edited(text: str, wanted: Mapping[str, object]) -> str:
    """The text with other values, and everything else as it was."""
    import tomllib

    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise OutputError(f"config.toml cannot be changed: {error}", _BY_HAND) from error
    before = document.unwrap()
    for name in [name for name in before if name not in wanted]:
        del document[name]
    for name, value in wanted.items():
        if before.get(name) == value:
            continue
        _edit(document, before, name, value)
    made = tomlkit.dumps(document) if text else _TITLE + tomlkit.dumps(document)
    if tomllib.loads(made) != wanted:
        raise OutputError("config.toml cannot be changed without harm to the rest of it", _BY_HAND)
    return made


def _edit(table: "MutableMapping[str, object]", before: Mapping[str, object], name: str, value: object) -> None:
    """Changes one value, in a table only those of its values that differ."""
    inner, old = table.get(name), before.get(name)
    if not (isinstance(value, Mapping) and isinstance(old, Mapping) and isinstance(inner, MutableMapping)):
        table[name] = value
        return
    for gone in [one for one in old if one not in value]:
        del inner[gone]
    for one, new in value.items():
        if old.get(one) != new:
            _edit(inner, old, one, new)


def _merged(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """The old table with what the new one names; None takes away, and so does an empty table."""
    found = dict(old)
    for name, value in new.items():
        found[name] = _merged(_mapping(found.get(name)), value) if isinstance(value, Mapping) else value
    return {name: value for name, value in found.items() if value is not None and value != {}}


def _paths(changes: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """The names of everything that changes, tables too."""
    for name, value in changes.items():
        yield (name,)
        if isinstance(value, Mapping):
            yield from ((name, *rest) for rest in _paths(value))


def _write(path: Path, text: str) -> None:
    """The new file takes the place of the old one, complete or not at all; raises OutputError."""
    import os
    import shutil
    import tempfile

    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(".part", f".{target.name}.", target.parent)
        try:
            with open(handle, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, made)
            os.replace(made, target)
        except BaseException:
            Path(made).unlink(missing_ok=True)
            raise
    except OSError as error:
        what = f"the settings cannot be kept in {path}: {(error.strerror or str(error)).lower()}"
        fix = "make room or allow writing there, or name another folder in VOICECOACH_CONFIG_DIR"
        raise OutputError(what, fix) from error


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple | frozenset) else value


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {}
