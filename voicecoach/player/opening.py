"""The beginning of a session as it was mixed before: it can be heard before anything is loaded that mixes.

NumPy and the mixer take as long to load as all else that the first sound needs. So the first seconds are kept beside
the clips, by all that they are made from; the rest is mixed while they are heard.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.player.route import Route
from voicecoach.speech.cache import ClipCache, Entry, key
from voicecoach.timeline import Timeline
from voicecoach.units import SECOND, Frames, Milliseconds, frames

if TYPE_CHECKING:
    from voicecoach.session import Session

LENGTH: Milliseconds = 3 * SECOND
"""So much is kept. What mixes is loaded when a third of it was heard: a screen has come up by then, and a slow machine
has ten times as long as it needs."""

_NEAR: Milliseconds = SECOND
"""How loud a tone is hangs on what sounds up to this long before and after it, and a little less."""

_ROOM = Path(__file__).parents[1]
_LIBRARIES = ("numpy", "soundfile", "soxr")
_MAKERS = (
    "sound",
    "audiofile.py",
    "session.py",
    "timeline.py",
    "units.py",
    "player/opening.py",
    "player/programme.py",
    "player/route.py",
    "speech/shape.py",
)
"""The code that makes samples of cues: changed code makes its own openings."""


class Opening:
    """The first `length` frames of a route, kept once they have been mixed in order.

    `name` tells them from all others, again and again: a file they are made from may be changed meanwhile.
    """

    def __init__(self, cache: ClipCache, name: Callable[[], str | None], length: Frames) -> None:
        self.length = length
        self._cache, self._named = cache, name
        self._name = name()
        self._mixed: list[bytes] = []
        self._done: Frames = 0

    def kept(self) -> bytes | None:
        """All of them as 16-bit samples; None if they are not kept."""
        entry = self._cache.get(self._name) if self._name else None
        return entry.pcm if entry is not None and len(entry.pcm) == 2 * self.length else None

    def mixed(self, start: Frames, pcm: bytes) -> None:
        """Some of them have been mixed; they are kept when they are complete."""
        if start != self._done or self._done >= self.length:
            return
        self._mixed.append(pcm)
        self._done += len(pcm) // 2
        if self._done >= self.length:
            if self._name and self._name == self._named():
                self._cache.put(self._name, Entry({}, b"".join(self._mixed)[: 2 * self.length]))
            self._mixed.clear()


def opening(session: "Session", timeline: Timeline, route: Route, gain: float, length: Frames) -> Opening | None:
    """The opening of a route of `length` frames in which all cues of its interlude and of the timeline are heard.

    None where nothing is kept between sessions.
    """
    cache, rate = session.speaker.cache, timeline.sample_rate
    if cache is None:
        return None
    length = min(frames(LENGTH, rate), length)
    return Opening(cache, lambda: _name(session, timeline, route, gain, length), length)


def _name(session: "Session", timeline: Timeline, route: Route, gain: float, length: Frames) -> str | None:
    """The key of everything that makes the samples; None where some of it cannot be told."""
    rate = timeline.sample_rate
    prelude: Frames = frames(route.interlude.length, rate)
    first = route.start - frames(_NEAR, rate)
    end = route.start + max(length - prelude, 0) + frames(_NEAR, rate)
    near = [cue for cue in timeline.cues if frames(cue.start, rate) < end and frames(cue.end, rate) > first]
    cues = [*route.interlude.cues, *near]
    code, sounds = _code(), [session.digest(cue) for cue in cues]
    if code is None or None in sounds:
        return None
    said = (gain, timeline.options["volume"], len(near), [(cue.kind, cue.start, cue.end, cue.sound) for cue in cues])
    ends = [min(frame, end) for frame in (route.end, frames(timeline.duration, rate))]
    return key("opening", code, rate, length, route.start, prelude, *ends, repr(said), repr(sounds))


def _code() -> str | None:
    """What changes with the code that mixes; None where it lies in no folder."""
    stamps: list[tuple[str, int, int]] = []
    try:
        for library in map(find_spec, _LIBRARIES):
            if library is not None and library.origin is not None:
                status = os.stat(library.origin)
                stamps.append((library.origin, status.st_size, status.st_mtime_ns))
        for name in _MAKERS:
            path = _ROOM / name
            for file in sorted(entry.path for entry in os.scandir(path)) if path.is_dir() else [str(path)]:
                status = os.stat(file)
                if file.endswith(".py"):
                    stamps.append((file, status.st_size, status.st_mtime_ns))
    except OSError:
        return None
    return sha256(repr(stamps).encode("utf-8", "surrogateescape")).hexdigest()
