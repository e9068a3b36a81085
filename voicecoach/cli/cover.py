"""The cover that `--cover` and `--no-cover` ask for."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.cli import terminal
from voicecoach.interrupts import load_whole

if TYPE_CHECKING:
    from voicecoach.export.labels import Picture


def asked_cover(chosen: argparse.Namespace, destinations: Iterable[Path]) -> "Picture | bool":
    """The cover, read before anything is spoken; raises CoverError for a file that cannot be one.

    Those of the `destinations` that have no place for it are told.
    """
    if chosen.cover is None:
        return not chosen.no_cover
    load_whole("PIL._imaging")
    from voicecoach.export.artwork.choice import holds_cover
    from voicecoach.export.artwork.own import read_cover

    picture = read_cover(Path(chosen.cover))
    for destination in destinations:
        if not holds_cover(destination):
            terminal.notes([f"a {destination.suffix} file holds no cover: {destination.name}"])
    return picture
