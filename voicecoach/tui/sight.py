"""What is to be seen of a session, and the roles in which it is drawn."""

from typing import NamedTuple, TypeAlias

from voicecoach.player.scene import Phase, Scene

Run: TypeAlias = tuple[str, str]
"""Text and its role, which is the name of a style."""

Row: TypeAlias = tuple[Run, ...]

HUES: dict[Phase, str] = {
    "hold": "work",
    "move": "work",
    "breathe": "work",
    "get ready": "ready",
    "relax": "rest",
    "rest": "rest",
    "switch": "switch",
    "wait": "wait",
    "paused": "paused",
    "no sound": "lost",
    "listen": "listen",
    "done": "work",
}
"""Which hue stands for which phase; a hue is the role of a filled area, `HUE-digits` that of digits."""


class Sight(NamedTuple):
    """What is to be seen: the scene and what surrounds it.

    `status` are words such as `steady` or `voice off`; `notice` answers a key; `tone` is the role
    of the tone that was just heard, and `flash` is true while it lights up the screen.
    """

    scene: Scene
    title: str
    status: tuple[str, ...] = ()
    captions: bool = True
    notice: str = ""
    trouble: str = ""
    fix: str = ""
    tone: str = ""
    flash: bool = False
