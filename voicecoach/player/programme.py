"""The samples of one route: its interlude and then the timeline, as the device gets them."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.interrupts import load_whole
from voicecoach.player.opening import opening
from voicecoach.player.route import Route
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Frames, Milliseconds, frames

if TYPE_CHECKING:
    from voicecoach.player.underlay import Underlay
    from voicecoach.session import Session
    from voicecoach.sound.clip import Samples
    from voicecoach.sound.mix import Mix
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

    With music under it (`underlay`) a file is the same in stereo and at a higher rate.
    `length` is that of the route, of which the frames before `sure` can be read: up to the time
    `sure` (ms) all speech is known, None if it is known to the end. Where `begins` a session, its first
    seconds are kept for the next time; the first `ready` frames were, and nothing is loaded or mixed for them.
    """

    def __init__(
        self,
        session: "Session",
        timeline: Timeline,
        route: Route,
        loudness: Loudness,
        sure: Milliseconds | None = None,
        *,
        underlay: "Underlay | None" = None,
        begins: bool = False,
    ) -> None:
        rate = timeline.sample_rate
        heard = tuple(cue for cue in timeline.cues if loudness.lets(cue) and cue not in route.dropped)
        timeline = timeline._replace(cues=heard)
        before = tuple(cue for cue in route.interlude.cues if loudness.lets(cue))
        self._gain = loudness.gain
        prelude: Frames = frames(route.interlude.length, rate)
        self.length: Frames = prelude + route.end - route.start
        known = self.length if sure is None else prelude + frames(sure, rate) - route.start
        self.sure: Frames = min(max(known, 0), self.length)
        self._session, self._timeline, self._underlay = session, timeline, underlay
        self._route = route = route._replace(interlude=route.interlude._replace(cues=before))
        plain = begins and underlay is None
        self._opening = opening(session, timeline, route, self._gain, self.sure) if plain else None
        self._kept = (self._opening.kept() if self._opening else None) or b""
        self.ready: Frames = len(self._kept) // 2

    def read(self, start: Frames, count: Frames) -> bytes:
        """Frames `[start, start + count)` of the route, which must not go beyond `sure`."""
        if start + count <= self.ready:
            return self._kept[2 * start : 2 * (start + count)]
        pcm = self._mixed(start, count)
        if self._opening is not None and not self._kept:
            self._opening.mixed(start, pcm)
        return pcm

    @cached_property
    def _mix(self) -> "Mix":
        load_whole("numpy")
        session, timeline, route = self._session, self._timeline, self._route
        joined = _Joined(
            session.mixer(timeline._replace(cues=route.interlude.cues, duration=route.interlude.length)),
            session.mixer(timeline),
            route.start,
            self.sure,
        )
        if self._underlay is None:
            return joined
        return self._underlay.under(joined, timeline, route, timeline.cues, self.length)

    def _mixed(self, start: Frames, count: Frames) -> bytes:
        if self._gain == 0 or self._mix.is_silent(start, count):
            return bytes(2 * count)
        from voicecoach.sound.mixer import pcm16

        samples = self._mix.read(start, count)
        return pcm16(samples if self._gain == 1 else samples * samples.dtype.type(self._gain)).tobytes()


class _Joined:
    """All of one mix, then the other from frame `begin` on; `length` frames of both."""

    channels = 1

    def __init__(self, first: "Mixer", then: "Mixer", begin: Frames, length: Frames) -> None:
        self.rate, self.length = then.rate, length
        self._first, self._then, self._begin = first, then, begin

    def read(self, start: Frames, count: Frames) -> "Samples":
        """Frames `[start, start + count)`, silence past the end."""
        import numpy as np

        parts = [mixer.read(at, some) for mixer, at, some in self._parts(start, count)]
        return np.pad(np.concatenate([np.zeros(0, np.float32), *parts]), (0, count - sum(map(len, parts))))

    def is_silent(self, start: Frames, count: Frames) -> bool:
        """True if no cue sounds in these frames."""
        return all(mixer.is_silent(at, some) for mixer, at, some in self._parts(start, count))

    def _parts(self, start: Frames, count: Frames) -> "Iterator[tuple[Mixer, Frames, Frames]]":
        """What is read of either mix: from where, and how much."""
        count = max(min(count, self.length - start), 0)
        inside = max(min(self._first.length - start, count), 0)
        if inside:
            yield self._first, start, inside
        if count > inside:
            yield self._then, self._begin + max(start - self._first.length, 0), count - inside
