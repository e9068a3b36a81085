"""What a desktop shows of a session: it takes each bout and each gap for a track, and the session for its length."""

from bisect import bisect_right
from typing import Literal, NamedTuple

from voicecoach.player.now import Mode, Now
from voicecoach.player.scene import Scene
from voicecoach.units import Milliseconds

_STATUS: dict[Mode, Literal["Playing", "Paused", "Stopped"]] = {
    "starting": "Paused",
    "playing": "Playing",
    "paused": "Paused",
    "waiting": "Paused",
    "lost": "Paused",
    "ended": "Stopped",
}
"""A session that waits at a gate stands still, and the key that goes on is then shown as one that plays."""

NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
"""The path that the specification keeps for no track at all."""


class Track(NamedTuple):
    """A bout or a gap as a track. `number` is that of the bout, from 1, or of the next one; 0 is none."""

    path: str = NO_TRACK
    title: str = ""
    artist: str = ""
    album: str = ""
    number: int = 0
    length: Milliseconds = 0


class Display(NamedTuple):
    """Everything that is shown but the place; `alive` until the session has ended."""

    status: Literal["Playing", "Paused", "Stopped"] = "Stopped"
    track: Track = Track()
    volume: int = 100
    alive: bool = False


class Place(NamedTuple):
    """A place on the timeline, true at the moment `seen` (seconds of a clock), moving on from it or not."""

    at: Milliseconds = 0
    seen: float = 0.0
    moving: bool = False

    def reckoned(self, moment: float) -> Milliseconds:
        """The place at another moment."""
        return self.at + round((moment - self.seen) * 1000) if self.moving else self.at


def display(now: Now, scene: Scene, before: Display) -> Display:
    """What to show now. `before` was shown last: a pause does not change the name of what it interrupts."""
    bouts = now.timeline.bouts
    unit = bisect_right(bouts, now.at, key=lambda bout: bout.end)
    working = unit < len(bouts) and bouts[unit].start <= now.at
    path = f"/voicecoach/{'bout' if working else 'gap'}/{unit + 1}"
    nearest = bouts[min(unit, len(bouts) - 1)] if bouts else None
    phase: str = scene.phase
    if phase in {"paused", "no sound"}:
        phase = before.track.album.partition(", ")[0] if before.track.path == path else ""
    track = Track(
        path,
        _joined(scene.what or now.timeline.title, scene.ways),
        _joined(now.timeline.title),
        _joined(phase.capitalize(), nearest.section or "" if nearest else ""),
        min(unit + 1, len(bouts)),
        now.timeline.duration,
    )
    return Display(_STATUS[now.mode], track, now.volume, now.mode != "ended")


def _joined(*texts: str) -> str:
    """Texts on one line, without what a D-Bus string cannot hold: NUL, and halves of characters."""
    lines = (" ".join(text.replace("\0", " ").split()) for text in texts)
    return ", ".join(line for line in lines if line).encode("utf-8", "replace").decode("utf-8")
