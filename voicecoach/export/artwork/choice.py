"""Which cover a file gets: the drawn one, the person's own, or none."""

from pathlib import Path
from typing import TypeAlias

from voicecoach.export.labels import Picture
from voicecoach.interrupts import load_whole
from voicecoach.timeline import Timeline

Cover: TypeAlias = "Picture | str | Path | bool"
"""True: drawn from the timeline. False: none. Else a picture, or the JPEG or PNG file of one."""

_WITHOUT = frozenset({".wav"})


def holds_cover(destination: Path) -> bool:
    """Whether a file of that suffix has a place for a cover."""
    return destination.suffix.lower() not in _WITHOUT


def chosen(cover: Cover, timeline: Timeline, destination: Path) -> Picture | None:
    """The picture that goes into `destination`; nothing is drawn or read for a file without a place for it.

    Raises CoverError for a file that is no picture.
    """
    if cover is False or not holds_cover(destination):
        return None
    if isinstance(cover, Picture):
        return cover
    load_whole("PIL._imaging", "PIL._imagingft")
    if cover is True:
        from voicecoach.export.artwork.drawn import draw_cover

        return draw_cover(timeline)
    from voicecoach.export.artwork.own import read_cover

    return read_cover(Path(cover))
