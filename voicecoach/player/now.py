"""What the player tells its fronts: one snapshot, cheap enough to ask for many times a second."""

from typing import Literal, NamedTuple, TypeAlias

from voicecoach.routine import Level
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Milliseconds

Mode: TypeAlias = Literal["starting", "playing", "paused", "waiting", "lost", "ended"]
"""`waiting`: a gate wants SPACE. `lost`: the sound device is gone, the session stands still until it is back."""

Command: TypeAlias = Literal[
    "toggle",
    "pause",
    "play",
    "next",
    "back",
    "next exercise",
    "previous exercise",
    "repeat set",
    "longer",
    "mute voice",
    "mute tones",
    "louder",
    "quieter",
    "gentle",
    "steady",
    "strong",
    "quit",
]
"""Everything a person can ask of a running session. `toggle` is SPACE: pause, go on, or say that one is done."""


class Now(NamedTuple):
    """A running session at this moment.

    `timeline` is the session as it now stands, with added rests and changed levels; `at` is the
    place on it in milliseconds. Before a bout goes on after a pause, `prelude` is what is left of
    the ticks and of the line that is said again, in milliseconds, and `repeated` that line;
    otherwise 0 and None. `volume` is in per cent. `level` is what is chosen, which a change makes
    true only from the next exercise on (`level_at`, ms; None if it is true already); `level_here`
    is that of what is being done at `at`. A level is None where the dial is at none.
    """

    mode: Mode
    at: Milliseconds
    timeline: Timeline
    prelude: Milliseconds = 0
    repeated: Cue | None = None
    volume: int = 100
    voice: bool = True
    tones: bool = True
    level: Level | None = None
    level_at: Milliseconds | None = None
    level_here: Level | None = None
    device: str = ""
    trouble: str = ""
    fix: str = ""
