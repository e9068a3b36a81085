"""The file of translations of one script, written or brought up to date; nothing a translator wrote is lost."""

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from voicecoach import locations
from voicecoach.errors import OutputError, ScriptError
from voicecoach.languages import canonical
from voicecoach.script import worksheet
from voicecoach.script.files import load_mapping
from voicecoach.script.linker import Linked, link
from voicecoach.script.nodes import Mapping
from voicecoach.script.scope import Scope
from voicecoach.script.sidecar import take_in
from voicecoach.script.translation import Translation
from voicecoach.shelf import Folder, find
from voicecoach.source import COMMAND_LINE, Problem, Problems, Source

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Worksheet(NamedTuple):
    """What became of a file of translations: `problems` say what is still to be done in it.

    `before` is the copy of the file as it was; None if there was none, or nothing was changed.
    """

    path: Path
    written: bool
    before: Path | None
    open_texts: int
    problems: tuple[Problem, ...]
    sources: dict[str, Source]


def update(name: str, lang: str, *, allow_outside: bool = False) -> Worksheet:
    """Writes the translation of the script `name` into `lang` beside it, or adds to it what it lacks.

    Raises ScriptError for a script, a translation or a language that is wrong, and OutputError if the
    file cannot be written; then nothing has changed.
    """
    if not _TAG.fullmatch(lang):
        raise _wrong(f"--lang {lang}: this is not a language tag", "use tags like de, pt-BR")
    path = find(name)
    if path.name.endswith(locations.TRANSLATION):
        raise _wrong(f"{path.name} is a translation itself", "name the script that it translates")
    folder = Folder(path.parent, path.name, allow_outside)
    tag, sidecar = _own(folder, canonical(lang))
    there = sidecar in folder.sidecars(folder.entry).values()
    linked = _linked(folder, tag, sidecar if there else None)
    said, translation = _checked(linked, lang)
    before = _bytes(folder, sidecar) if there else None
    loaded = load_mapping(folder.entry, folder.read, Problems(), display=folder.display)
    assert loaded is not None
    _, top = loaded
    text = worksheet.empty(path.name, tag) if before is None else linked.sources[sidecar].text
    texts, ways = worksheet.wanted(said, top, tag), worksheet.ways(translation)
    fresh = _read(text, sidecar, translation)
    made = worksheet.updated(text, fresh.top, fresh.translation, texts, ways)
    again = _read(made, sidecar, translation)
    if again.problems.failed or not worksheet.same_words(fresh.translation, again.translation):
        raise OutputError(f"{folder.display(sidecar)} cannot be changed without harm to it", "add the texts by hand")
    target = folder.locate(sidecar)
    kept = None
    changed = before is None or made != text
    if changed:
        kept = _write(target, _as_before(made, before), before)
    result = _linked(folder, tag, sidecar)
    mine = tuple(problem for problem in result.problems if problem.span.file == sidecar)
    missing = sum(len(one.missing) for one in result.said.translations) if result.said is not None else 0
    return Worksheet(Path(folder.display(sidecar)), changed, kept, missing, mine, dict(result.sources))


class _Fresh(NamedTuple):
    top: Mapping
    translation: Translation
    problems: Problems


def _read(text: str, name: str, like: Translation) -> _Fresh:
    """One text as a file of translations."""
    problems = Problems()
    loaded = load_mapping(name, lambda _: text.encode(), problems, display=str)
    translation = Translation(like.file, like.source, like.lang, name)
    assert loaded is not None
    take_in(translation, Scope(name, like.lang, problems, {}, set()), loaded[1], text)
    return _Fresh(loaded[1], translation, problems)


def _own(folder: Folder, lang: str) -> tuple[str, str]:
    """The tag and the name of the file for exactly this language."""
    for tag, name in folder.sidecars(folder.entry).items():
        if tag.lower() == lang.lower():
            return tag, name
    return lang, f"{locations.without_suffix(folder.entry)}.{lang}{locations.TRANSLATION}"


def _linked(folder: Folder, lang: str, sidecar: str | None) -> Linked:
    return link(
        folder.entry,
        folder.read,
        allow_outside=folder.allow_outside,
        display=folder.display,
        lang=lang,
        sidecars=lambda name: {lang: sidecar} if name == folder.entry and sidecar else {},
    )


def _checked(linked: Linked, lang: str) -> tuple[Scope, Translation]:
    if any(problem.severity == "error" for problem in linked.problems):
        raise WorksheetError(linked)
    said = linked.said
    if said is None:
        raise _wrong("this file has no texts to translate", "name a routine or a library")
    if said.lang.lower() == lang.lower():
        raise _wrong(f"--lang {lang}: the script itself is in this language", "name the language to translate into")
    translation = next((one for one in said.translations), None) or Translation(said.file, said.lang, lang)
    return said, translation


class WorksheetError(ScriptError):
    """The script or its translation has mistakes; `sources` has their texts."""

    def __init__(self, linked: Linked) -> None:
        super().__init__(linked.problems)
        self.sources = linked.sources


def _wrong(what: str, fix: str) -> ScriptError:
    return ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=fix)])


def _bytes(folder: Folder, sidecar: str) -> bytes:
    """The file as it is."""
    try:
        return folder.inside(sidecar).read_bytes()
    except OSError as error:
        raise OutputError(f"{folder.display(sidecar)} cannot be read: {error.strerror or error}") from error


def _as_before(text: str, before: bytes | None) -> bytes:
    """The text with the line ends and the byte-order mark the file had."""
    if before is None:
        return text.encode()
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return (_BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK) else b"") + text.encode()


def _write(path: Path, made: bytes, before: bytes | None) -> Path | None:
    """The new file takes the place of the old one, which is kept beside it; raises OutputError."""
    target = Path(os.path.realpath(path))
    kept = target.with_name(f"{target.name}~")
    try:
        handle, name = tempfile.mkstemp(".part", f".{target.name}.", target.parent)
        try:
            with open(handle, "wb") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
            if before is None:
                os.chmod(name, 0o666 & ~_umask())
                os.link(name, target)
                os.unlink(name)
                return None
            if target.read_bytes() != before:
                raise OutputError(f"{path} was changed by another program meanwhile", "run the command again")
            shutil.copymode(target, name)
            shutil.copy2(target, kept)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except FileExistsError as error:
        raise OutputError(f"{path} was written by another program meanwhile", "run the command again") from error
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}", "allow writing there") from error
    return kept


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
