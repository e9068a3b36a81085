"""The music of a live session on one route: it runs on through skips, and rests where the session waits."""

from collections.abc import Iterator
from typing import NamedTuple

from voicecoach.accompaniment import Accompaniment
from voicecoach.interrupts import load_whole
from voicecoach.player.route import Route
from voicecoach.sound.bed import FADE_IN, FADE_OUT, Bed, Envelope, Fall, Rise
from voicecoach.sound.ducking import Ducking, words
from voicecoach.sound.mix import Mix
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Frames, Milliseconds, frames, milliseconds

_REST: Milliseconds = 600
"""The music goes and comes back in this time where the session waits."""


class Underlay(NamedTuple):
    """The music from its frame `since` on; `rested` if the session waited just before."""

    accompaniment: Accompaniment
    since: Frames
    rested: bool

    def under(self, mix: Mix, timeline: Timeline, route: Route, heard: tuple[Cue, ...], length: Frames) -> Bed:
        """The mix of a route of `length` frames, of which the `heard` cues are heard, with the music."""
        load_whole("numpy")
        rate = mix.rate
        spoken = words((*route.interlude.cues, *_moved(heard, route, rate)))
        over = route.end >= frames(timeline.duration, rate)
        envelopes: list[Envelope] = [
            Ducking(spoken, self.accompaniment.duck, rate),
            Rise(-self.since, frames(FADE_IN, rate)),
            Fall(length, frames(FADE_OUT if over else _REST, rate)),
        ]
        if self.rested:
            envelopes.append(Rise(0, frames(_REST, rate)))
        return Bed(mix, self.accompaniment.music, envelopes, self.since)


def _moved(cues: tuple[Cue, ...], route: Route, rate: int) -> Iterator[Cue]:
    """Cues of the timeline at their times on the route, to a millisecond."""
    later = route.interlude.length - milliseconds(route.start, rate)
    for cue in cues:
        if frames(cue.end, rate) > route.start and frames(cue.start, rate) < route.end:
            yield cue._replace(start=cue.start + later, end=cue.end + later)
