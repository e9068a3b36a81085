"""The samples of one route: its interlude and then the timeline, as the device gets them."""

from typing import TYPE_CHECKING, NamedTuple

from voicecoach.interrupts import load_whole
from voicecoach.player.route import Route
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Frames, Milliseconds, frames

if TYPE_CHECKING:
    from voicecoach.session import Session
    from voicecoach.sound.mixer import Mixer


class Loudness(NamedTuple):
    """What the person wants to hear: volume in per cent, speech, tones."""

    volume: int = 100
    voice: bool = True
    tones: bool = True

    @property
    def gain(self) -> float:
        """The factor on every sample: squared, so that each step of the volume sounds alike."""
        return (self.volume / 100) ** 2

    def louder(self, by: int) -> "Loudness":
        """The volume `by` per cent higher, or lower, within 0 to 100."""
        return self._replace(volume=min(max(self.volume + by, 0), 100))

    def lets(self, cue: Cue) -> bool:
        """Whether a cue is heard at all."""
        return self.tones if cue.kind == "tone" else self.voice


class Programme:
    """16-bit mono samples by the frames of a route; the same ones that `render` writes, at full volume.

    `length` is that of the route, of which the frames before `sure` can be read: up to the time
    `sure` (ms) all speech is known, None if it is known to the end.
    """

    def __init__(
        self,
        session: "Session",
        timeline: Timeline,
        route: Route,
        loudness: Loudness,
        sure: Milliseconds | None = None,
    ) -> None:
        load_whole("numpy")
        rate = timeline.sample_rate
        heard = tuple(cue for cue in timeline.cues if loudness.lets(cue) and cue not in route.dropped)
        before = tuple(cue for cue in route.interlude.cues if loudness.lets(cue))
        self._route = route
        self._gain = loudness.gain
        self._prelude: Frames = frames(route.interlude.length, rate)
        self._main = session.mixer(timeline._replace(cues=heard))
        self._before = session.mixer(timeline._replace(cues=before, duration=route.interlude.length))
        self.length: Frames = self._prelude + route.end - route.start
        known = self.length if sure is None else self._prelude + frames(sure, rate) - route.start
        self.sure: Frames = min(max(known, 0), self.length)

    def read(self, start: Frames, count: Frames) -> bytes:
        """Frames `[start, start + count)` of the route, which must not go beyond `sure`."""
        inside = max(min(self._prelude - start, count), 0)
        rest = max(start - self._prelude, 0)
        return self._part(self._before, start, inside) + self._part(
            self._main, self._route.start + rest, count - inside
        )

    def _part(self, mixer: "Mixer", start: Frames, count: Frames) -> bytes:
        if count <= 0:
            return b""
        if self._gain == 0 or mixer.is_silent(start, count):
            return bytes(2 * count)
        from voicecoach.sound.mixer import pcm16

        samples = mixer.read(start, count)
        return pcm16(samples if self._gain == 1 else samples * samples.dtype.type(self._gain)).tobytes()
