"""The built-in sounds as numbers: what they are made of and how long they are.

Free of numpy, so the compiler can ask for lengths. Every sound keeps its energy between 500 Hz
and 4 kHz: below, a phone's speaker gives nothing; above, an older ear hears little.
The partials of a struck sound stand in no simple ratio: then it is like itself at lag 0 only and
can be found in a mix to the sample.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from voicecoach.timeline import Sound
from voicecoach.units import Milliseconds


class Partial(NamedTuple):
    """One sine of a note; `hz` glides evenly to `to_hz`, if given, over the note's length."""

    hz: float
    share: float = 1.0
    decay: Milliseconds = 0
    to_hz: float = 0.0
    """`share` is the amplitude beside the other partials; `decay` the time to fall to 1/e, 0 for a steady partial."""


class Note(NamedTuple):
    """Partials that begin together `at` ms into the sound and end `length` later."""

    at: Milliseconds
    length: Milliseconds
    partials: tuple[Partial, ...]
    attack: Milliseconds = 6
    release: Milliseconds = 30


class Recipe(NamedTuple):
    """A built-in sound: its notes, and the highest sample of its file in dBFS."""

    length: Milliseconds
    peak: float
    notes: tuple[Note, ...]


BUILT_IN = "voicecoach:audio/"
"""What stands before `bell.wav` when the file of a built-in sound is read."""

LONGEST: Milliseconds = 2000
"""A sound from a file is cut to this."""

ROLE_LENGTHS: Mapping[str, Milliseconds] = MappingProxyType(
    {"start": 200, "end": 400, "tick": 60, "in": 200, "hold": 200, "out": 200, "switch": 400}
)
"""How long a sound is in a role, whatever its own length; `done` and `tone:` steps play it in full."""

SILENT = "none"
"""The name of the sound that is no sound."""


def _ring(hz: float, decay: Milliseconds, *overtones: tuple[float, float]) -> tuple[Partial, ...]:
    """A struck note: overtones of (ratio, share) fade faster the higher they are."""
    partials = (Partial(hz * ratio, share, round(decay / ratio**0.5)) for ratio, share in ((1.0, 1.0), *overtones))
    return tuple(partials)


RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "bell": Recipe(
            1000, -6.0, (Note(0, 1000, _ring(1245, 350, (1.4, 0.7), (1.94, 0.57), (2.52, 0.7)), release=150),)
        ),
        "chime": Recipe(
            1200,
            -5.5,
            (
                Note(0, 500, _ring(1661, 140, (1.42, 0.6)), release=200),
                Note(150, 1050, _ring(932, 450, (1.67, 0.5), (2.01, 0.4), (2.59, 0.7)), attack=8, release=200),
            ),
        ),
        "click": Recipe(60, -6.0, (Note(0, 60, (Partial(2800, 1.0, 45, 1100),), attack=5, release=15),)),
        "soft": Recipe(200, -7.0, (Note(0, 200, _ring(740, 0, (1.53, 0.3), (2.31, 0.15)), attack=40, release=100),)),
        "double": Recipe(
            350,
            -7.0,
            (
                Note(0, 130, _ring(1397, 90, (1.56, 0.4)), release=40),
                Note(190, 160, _ring(1397, 90, (1.56, 0.4)), release=60),
            ),
        ),
        "fanfare": Recipe(
            1200,
            -11.0,
            (
                Note(0, 200, _ring(784, 0, (2.0, 0.5), (3.0, 0.3)), attack=12, release=40),
                Note(200, 200, _ring(988, 0, (2.0, 0.5), (3.0, 0.3)), attack=12, release=40),
                Note(400, 800, _ring(1175, 0, (2.0, 0.5), (3.0, 0.3)), attack=12, release=350),
            ),
        ),
        "whistle": Recipe(
            600,
            -12.0,
            (
                Note(0, 140, (Partial(2000, to_hz=2500),), attack=20, release=20),
                Note(140, 460, (Partial(2350), Partial(2500, 0.6)), attack=20, release=120),
            ),
        ),
        "gong": Recipe(
            2000,
            -6.0,
            (Note(0, 2000, _ring(523, 900, (1.19, 0.7), (1.57, 0.6), (2.03, 0.5), (2.71, 0.35)), 15, 500),),
        ),
        "woodblock": Recipe(120, -6.0, (Note(0, 120, _ring(1050, 80, (1.72, 0.3)), attack=5, release=40),)),
        "rise": Recipe(200, -9.0, (Note(0, 200, (Partial(620, to_hz=1500), Partial(1330, 0.3, 0, 3200)), 20, 60),)),
        "fall": Recipe(200, -9.0, (Note(0, 200, (Partial(1500, to_hz=620), Partial(3200, 0.3, 0, 1330)), 20, 60),)),
    }
)

NAMES: tuple[str, ...] = (*RECIPES, SILENT)
"""Every built-in sound."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "start": "bell",
        "end": "chime",
        "tick": "click",
        "in": "rise",
        "hold": "soft",
        "out": "fall",
        "switch": SILENT,
        "done": SILENT,
    }
)
"""The sound of each role in a script that does not choose."""


def natural_length(name: str) -> Milliseconds:
    """How long a built-in sound is in full; 0 for `none`. Raises ValueError for an unknown name."""
    if name == SILENT:
        return 0
    if name not in RECIPES:
        raise ValueError(f"unknown sound {name!r}; the sounds are {', '.join(NAMES)}")
    return RECIPES[name].length


def role_length(role: str, sound: Sound) -> Milliseconds:
    """How long `sound` is in `role`: the role's length if it has one, else in full.

    A wave in a role without a length has the length of `end`. Raises ValueError for a sound from
    a file: its length is its own and takes reading.
    """
    if sound.path:
        raise ValueError(f"{sound.path} has a length of its own")
    if sound.name == SILENT and not sound.wave:
        return 0
    if role in ROLE_LENGTHS:
        return ROLE_LENGTHS[role]
    return ROLE_LENGTHS["end"] if sound.wave else natural_length(sound.name)
