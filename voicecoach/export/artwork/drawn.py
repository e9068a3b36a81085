"""A cover drawn for a session: its title and length in a ring that shows what is done when.

The ring is the timeline, clockwise from the top. Work is green and broad, rests are blue and
narrower, what is only said is grey and thin, waits are amber dots. So it can be read in grey too.
"""

import io
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from voicecoach.export.artwork.lettering import Inscription, write_round
from voicecoach.export.artwork.letters import Letters, legible
from voicecoach.export.artwork.ring import BROAD, OUTER, outlines
from voicecoach.export.artwork.stretches import Kind, stretches
from voicecoach.export.labels import Picture
from voicecoach.timeline import Timeline
from voicecoach.units import HOUR, MINUTE, SECOND, Milliseconds

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE: Final = 1_000
"""Pixels of each side."""

_FINE: Final = 3
"""Drawn so many times larger, then made smaller: smooth edges."""

_QUALITY: Final = 90


class _Look(NamedTuple):
    """The colour of a kind, and how broad it is on the ring."""

    colour: str
    breadth: float


_LOOKS: Final[dict[Kind, _Look]] = {
    "work": _Look("#5ee08a", 1.0),
    "rest": _Look("#6cb8ff", 0.42),
    "talk": _Look("#8496a5", 0.17),
    "wait": _Look("#ffb25c", 0.17),
}
_GROUNDS: Final = (
    ("#0a1a2c", "#16324d"),
    ("#191432", "#2f2858"),
    ("#26122b", "#452350"),
    ("#08201f", "#133d3b"),
    ("#06202b", "#0f4256"),
    ("#171c2e", "#2d3656"),
)
"""Dark grounds: at the rim, and in the middle."""

_INK: Final = "#ffffff"
_QUIET: Final = "#b9c7d3"

_INSIDE: Final = 0.95
"""How much of the circle inside the ring the words may take."""


def draw_cover(timeline: Timeline) -> Picture:
    """The cover of a session: a JPEG of SIDE by SIDE pixels, the same bytes for the same timeline
    and release of Pillow.

    Letters are those of the font that comes along: Latin, Greek and Cyrillic. A title in other
    letters is drawn with a font of this machine that has them all, if there is one. What no font has,
    as pictures, is left out; if nothing is left of the title, the length stands alone.
    """
    from PIL import Image, ImageOps

    dark, light = _ground(timeline.routine_id)
    glow = ImageOps.invert(Image.radial_gradient("L")).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    image = ImageOps.colorize(glow, dark, light)
    for kind, look in _LOOKS.items():
        mask = _ring(timeline, kind, look.breadth)
        if place := mask.getbbox():
            image.paste(look.colour, place, mask.crop(place))
    title = Inscription(legible(timeline.title), _INK)
    length = Inscription(Letters(length_words(timeline.duration)), _QUIET)
    write_round(image, title, length, (OUTER - BROAD) * SIDE * _INSIDE)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(file.getvalue(), "image/jpeg", SIDE, SIDE)


def _ring(timeline: Timeline, kind: Kind, breadth: float) -> "Image":
    """All stretches of one kind, white on black."""
    from PIL import Image, ImageDraw

    side = SIDE * _FINE
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    for stretch in stretches(timeline):
        if stretch.kind == kind:
            for outline in outlines(stretch, timeline.duration, breadth):
                draw.polygon([(x * side, y * side) for x, y in outline], 255)
    return image.reduce(_FINE)


def length_words(length: Milliseconds) -> str:
    """A length in a few characters: `10 min`, `1 h 5`, and `45 s` under a minute."""
    if length < MINUTE:
        return f"{max(1, round(length / SECOND))} s"
    minutes = round(length / MINUTE)
    if length < HOUR and minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" + (f" {minutes % 60}" if minutes % 60 else "")


def _ground(routine_id: str) -> tuple[str, str]:
    """The ground that is always the same for a routine, so that covers side by side differ."""
    return _GROUNDS[sha256(routine_id.encode("utf-8", "surrogatepass")).digest()[0] % len(_GROUNDS)]
