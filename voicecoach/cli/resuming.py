"""What a command line said when a session was begun, so that it can be taken up again by any other."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach import locations
from voicecoach.shelf import Folder

if TYPE_CHECKING:
    from voicecoach.history.entry import Entry

_WORDS: Final[tuple[Mapping[str, type], ...]] = (
    {"engine": str},
    {"takes": str, "no_takes": bool},
    {"music": str, "no_music": bool},
    {"music_gain": int},
    {"set": list},
    {"max_length": str},
)
"""The options that are kept; those that stand together exclude one another."""


def words(chosen: argparse.Namespace, folder: Folder) -> dict[str, object]:
    """What the history keeps of a command line beside the session's own options, and the script's file.

    Files are absolute; that of a routine that comes with voicecoach is found by its id.
    """
    said = {name: getattr(chosen, name, None) for group in _WORDS for name in group}
    kept: dict[str, object] = {name: value for name, value in said.items() if value or type(value) is int}
    if said["music"]:
        kept["music"] = str(Path(said["music"]).absolute())
    if folder.path.absolute() != locations.bundled_scripts().absolute():
        kept["file"] = str((folder.path / folder.entry).absolute())
    return kept


def as_begun(chosen: argparse.Namespace, entry: "Entry") -> argparse.Namespace:
    """A command line with everything that the one of an earlier session said and this one does not."""
    both = argparse.Namespace(**vars(chosen))
    for group in _WORDS:
        now = [getattr(chosen, name, None) for name in group]
        if any(value or type(value) is int for value in now):
            continue
        for name, kind in group.items():
            if type(value := entry.words.get(name)) is kind:
                setattr(both, name, value)
    return both
