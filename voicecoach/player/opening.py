"""The beginning of a session as it was mixed before: it can be heard before anything is loaded that mixes.

NumPy and the mixer take as long to load as all else that the first sound needs. So the first seconds are kept beside
the clips, by all that they are made from; the rest is mixed while they are heard.
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.player.route import Route
from voicecoach.speech.cache import ClipCache, Entry, key
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import SECOND, Frames, Milliseconds, frames

if TYPE_CHECKING:
    from voicecoach.session import Session

LENGTH: Milliseconds = 2 * SECOND
"""So much is kept: ten times what loading takes on a slow machine."""

_NEAR: Milliseconds = SECOND
"""How loud a tone is hangs on what sounds up to this long before and after it, and a little less."""

_ROOM = Path(__file__).parents[1]
_MAKERS = ("sound", "audiofile.py", "session.py", "player/programme.py", "speech/shape.py")
"""The code that makes samples of cues: changed code makes its own openings."""


class Opening:
    """The first `length` frames of a route, kept under a name once they have been mixed in order."""

    def __init__(self, cache: ClipCache, name: str, length: Frames) -> None:
        self.length = length
        self._cache, self._name = cache, name
        self._mixed: list[bytes] = []
        self._done: Frames = 0

    def kept(self) -> bytes | None:
        """All of them as 16-bit samples; None if they are not kept."""
        entry = self._cache.get(self._name)
        return entry.pcm if entry is not None and len(entry.pcm) == 2 * self.length else None

    def mixed(self, start: Frames, pcm: bytes) -> None:
        """Some of them have been mixed; they are kept when they are complete."""
        if start != self._done or self._done >= self.length:
            return
        self._mixed.append(pcm)
        self._done += len(pcm) // 2
        if self._done >= self.length:
            self._cache.put(self._name, Entry({}, b"".join(self._mixed)[: 2 * self.length]))
            self._mixed.clear()


def opening(session: "Session", timeline: Timeline, route: Route, gain: float, length: Frames) -> Opening | None:
    """The opening of a route of `length` frames in which all cues of its interlude and of the timeline are heard.

    None where nothing is kept between sessions.
    """
    cache, code = session.speaker.cache, _code()
    if cache is None or code is None:
        return None
    rate = timeline.sample_rate
    length = min(frames(LENGTH, rate), length)
    prelude: Frames = frames(route.interlude.length, rate)
    first = route.start - frames(_NEAR, rate)
    end = route.start + max(length - prelude, 0) + frames(_NEAR, rate)
    near = [cue for cue in timeline.cues if frames(cue.start, rate) < end and frames(cue.end, rate) > first]
    made = key(
        "opening",
        code,
        rate,
        length,
        repr((gain, timeline.options["volume"], route.start, route.interlude.length)),
        *(min(frame, end) for frame in (route.end, frames(timeline.duration, rate))),
        *(part for cue in route.interlude.cues for part in _sound(session, cue)),
        "timeline",
        *(part for cue in near for part in _sound(session, cue)),
    )
    return Opening(cache, made, length)


def _sound(session: "Session", cue: Cue) -> tuple[str | int, ...]:
    """When a cue is heard, and what its samples are made from."""
    return cue.kind, cue.start, cue.end, repr(cue.sound), session.digest(cue)


def _code() -> str | None:
    """What changes with the code that mixes; None where it lies in no folder."""
    stamps: list[tuple[str, int, int]] = []
    try:
        for name in _MAKERS:
            path = _ROOM / name
            for file in sorted(entry.path for entry in os.scandir(path)) if path.is_dir() else [str(path)]:
                status = os.stat(file)
                if file.endswith(".py"):
                    stamps.append((file, status.st_size, status.st_mtime_ns))
    except OSError:
        return None
    return sha256(repr(stamps).encode("utf-8", "surrogateescape")).hexdigest()
