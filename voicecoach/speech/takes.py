"""Takes: lines that a person recorded, kept by what is said, so that they serve every routine that says it."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from voicecoach.errors import OutputError, SpeechError
from voicecoach.script.suggest import nearest
from voicecoach.speech.engine import RawSpeech
from voicecoach.speech.takefile import FASTEST, TakeFile, TakeFileError, packed, unpacked
from voicecoach.speech.whole_file import write_whole
from voicecoach.speech.wording import base, wording
from voicecoach.units import SECOND, Milliseconds

LONGEST: Milliseconds = 60 * SECOND
"""No take is longer: one take is one line."""
OWN = "own"
"""The name of takes where a person names none."""

_ID = re.compile("[0-9a-f]{16}")
_NAME = re.compile(r"[^\W_][\w -]{0,39}")
_SUFFIX = ".wav"
_GRID = 10
_READ = LONGEST * FASTEST // SECOND * 2 + (1 << 16)
"""Bytes that are read of a file: more than any take has."""


class Take(NamedTuple):
    """One line in a person's own voice; `id` names it by its words, `digest` tells its sound."""

    id: str
    text: str
    lang: str
    length: Milliseconds
    digest: str
    path: Path


def take_id(text: str, lang: str) -> str:
    """The same for all texts of a language that are the same words."""
    return sha256(json.dumps([base(lang), wording(text)]).encode()).hexdigest()[:16]


def is_name(name: str) -> bool:
    """Whether takes can be called so: letters, digits, spaces, `-` and `_`, at most 40, a letter or digit first."""
    return bool(_NAME.fullmatch(name)) and name == name.strip()


def names(root: Path) -> list[str]:
    """Every name that has takes, in order."""
    with suppress(OSError):
        return sorted(folder.name for folder in root.iterdir() if is_name(folder.name) and any(_files(folder)))
    return []


def existing(root: Path, name: str) -> "Takes":
    """The takes of a name; raises SpeechError, with the nearest name, if there are none."""
    known = names(root)
    if name in known:
        return Takes(root, name)
    near = nearest(name, known)
    fix = f"did you mean '{near}'?" if near else f"record some:  voicecoach record ROUTINE --takes {OWN} --mic"
    raise SpeechError(f"there are no takes called '{name}'", fix)


class Takes:
    """The takes of one name, each as it was when it was first asked for; `troubles` tells which cannot be used."""

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self.folder = root / name
        self.troubles: list[str] = []
        self._found: dict[str, Take | None] = {}

    def find(self, text: str, lang: str) -> Take | None:
        """The take of a text in a BCP 47 language; None if there is none that can be used."""
        name = take_id(text, lang)
        if name not in self._found:
            self._found[name] = self._look(self.folder / f"{name}{_SUFFIX}")
        return self._found[name]

    def speech(self, take: Take) -> RawSpeech:
        """The sound of a take that was found; raises SpeechError if it was changed meanwhile."""
        try:
            file = _read(take.path)
        except (OSError, TakeFileError) as error:
            raise SpeechError(f"the take of “{take.text}” cannot be read any more: {_reason(error)}", _AGAIN) from error
        if file.digest != take.digest:
            raise SpeechError(f"the take of “{take.text}” was changed while it was used", _AGAIN)
        return RawSpeech(file.pcm, file.rate)

    def all(self) -> list[Take]:
        """Every take, by language and text."""
        found = [self._look(path) for path in sorted(_files(self.folder))]
        return sorted((take for take in found if take), key=lambda take: (take.lang, wording(take.text), take.id))

    def keep(self, file: TakeFile) -> Take:
        """Keeps a take in the place of one with the same words; raises OutputError."""
        file = file._replace(text=" ".join(file.text.split()), lang=base(file.lang))
        name = take_id(file.text, file.lang)
        path = self.folder / f"{name}{_SUFFIX}"
        write_whole(
            path, packed(file), "make room or allow writing there, or set VOICECOACH_DATA_DIR to another folder"
        )
        self._found[name] = _take(name, path, file)
        return _take(name, path, file)

    def remove(self, take: Take) -> None:
        """Removes a take for good; raises OutputError."""
        self._unlink(take.path)

    def damaged(self) -> list[Path]:
        """The files with the name of a take that cannot be used."""
        ours = (path for path in sorted(_files(self.folder)) if _ID.fullmatch(path.stem) and not path.is_dir())
        return [path for path in ours if not self._look(path)]

    def discard(self, path: Path) -> None:
        """Removes a damaged take for good; raises OutputError."""
        self._unlink(path)

    def _unlink(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"cannot remove {path}: {_reason(error)}", "allow writing to its folder") from error
        self._found.pop(path.stem, None)
        with suppress(OSError):
            self.folder.rmdir()  # succeeds for the last one alone

    def _look(self, path: Path) -> Take | None:
        try:
            file = _read(path)
            if take_id(file.text, file.lang) != path.stem:
                raise TakeFileError("its name is not that of its words")
        except FileNotFoundError:
            return None
        except (OSError, TakeFileError) as error:
            self._tell(f"the take {path} is not used: {_reason(error)}")
            return None
        return _take(path.stem, path, file)

    def _tell(self, trouble: str) -> None:
        if trouble not in self.troubles:
            self.troubles.append(trouble)


_AGAIN = "start again"


def _take(name: str, path: Path, file: TakeFile) -> Take:
    length = -(-len(file.pcm) // 2 * SECOND // (file.rate * _GRID)) * _GRID
    return Take(name, file.text, file.lang, length, file.digest, path)


def _read(path: Path) -> TakeFile:
    if path.exists() and not path.is_file():
        raise TakeFileError("it is not a file")
    with path.open("rb") as file:
        return unpacked(file.read(_READ))


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (path for path in folder.iterdir() if path.suffix == _SUFFIX and not path.name.startswith("."))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
