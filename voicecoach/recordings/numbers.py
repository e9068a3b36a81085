"""The numbers of a routine's lines: once a line has a number, no other line ever gets it.

So a file called 07.wav means the same line after the script was changed, and at every level.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from voicecoach.compiler.identify import slug
from voicecoach.errors import MissingError, OutputError
from voicecoach.speech.takes import take_id
from voicecoach.speech.whole_file import write_whole

FOLDER = ".numbers"
"""Among the takes; no takes can be called so."""

_FORMAT = "voicecoach-lines/1"


class Numbers:
    """The numbers of one routine, kept in a file; `problem` says why they could not be kept.

    Raises MissingError for a file that cannot be read: numbers given anew might belong to other lines.
    """

    def __init__(self, takes: Path, routine: str) -> None:
        name = f"{slug(routine)[:60] or 'session'}-{sha256(routine.encode('utf-8', 'replace')).hexdigest()[:8]}.json"
        self.path = takes / FOLDER / name
        self.problem = ""
        self._lines = _read(self.path)

    def known(self) -> Mapping[int, tuple[str, str]]:
        """Language and text behind every number that was given so far."""
        return dict(enumerate(self._lines, 1))

    def give(self, wordings: Iterable[tuple[str, str]]) -> dict[str, int]:
        """The number of each line by the id of its take; those that have none get the next ones, for good."""
        given = {take_id(text, lang): number for number, (lang, text) in self.known().items()}
        before, asked = len(self._lines), []
        for lang, text in wordings:
            name = take_id(text, lang)
            asked.append(name)
            if name not in given:
                self._lines.append((lang, text))
                given[name] = len(self._lines)
        if len(self._lines) > before:
            self._write()
        return {name: given[name] for name in asked}

    def _write(self) -> None:
        lines = [{"lang": lang, "text": text} for lang, text in self._lines]
        document = json.dumps({"format": _FORMAT, "lines": lines}, ensure_ascii=False, indent=1) + "\n"
        try:
            fix = "allow writing there, or set VOICECOACH_DATA_DIR to another folder"
            write_whole(self.path, document.encode("utf-8", "replace"), fix)
        except OutputError as error:
            self.problem = error.what


def _read(path: Path) -> list[tuple[str, str]]:
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or "it is damaged") from error
    match document:
        case {"format": "voicecoach-lines/1", "lines": list(lines)}:
            found = [(line["lang"], line["text"]) for line in lines if _is_line(line)]
            if len(found) == len(lines):
                return found
    raise _unreadable(path, "it is damaged")


def _is_line(line: object) -> bool:
    return isinstance(line, dict) and all(isinstance(line.get(name), str) for name in ("lang", "text"))


def _unreadable(path: Path, reason: str) -> MissingError:
    what = f"the numbers of the lines cannot be read from {path}: {reason}"
    return MissingError(what, "move it away, and print the lines anew before you record by number")
