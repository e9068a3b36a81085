"""What should be heard: a timeline and its samples, and where pieces of them are in a recording."""

from array import array
from pathlib import Path
from typing import NamedTuple

import voicecoach
from tests.recording import RATE, Recording
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Frames, Milliseconds

FADE: Frames = 8 * RATE // 1000
PIECE: Frames = 20 * RATE // 1000

BIT: Frames = 5 * RATE // 1000

_LOUD = 500


class Plan(NamedTuple):
    """A timeline, and the samples that `render` writes of it."""

    timeline: Timeline
    samples: "array[int]"

    def cue(self, name: str) -> Cue:
        """The first cue with that text, tone or sound."""
        return next(
            cue for cue in self.timeline.cues if name in {cue.text, cue.tone, cue.sound.name if cue.sound else ""}
        )

    def loud(self, cue: Cue) -> Frames:
        """The first frame of a cue that is loud, once a sound that begins with the cue has risen."""
        start = at(cue.start) + FADE
        return next(n for n in range(start, at(cue.end)) if abs(self.samples[n]) > _LOUD)

    def where(self, tape: Recording, cue: Cue, after: Frames = 0) -> Frames:
        """The frame of a recording, from `after` on, at which a cue begins; its samples are the very ones.

        The first whole piece of the cue counts: a sink that runs dry breaks some.
        """
        for first in range(self.loud(cue), at(cue.end) - PIECE, PIECE):
            heard = find(tape, self.samples[first : first + PIECE], after)
            if heard is not None:
                return heard - (first - at(cue.start))
        raise AssertionError(f"{cue.text or cue.tone!r} was not heard after frame {after} of the recording")

    def breaks(self, tape: Recording, cue: Cue, heard: Frames, until: Frames) -> tuple[Frames, Frames]:
        """The frame of the plan that is not heard any more, and where in the recording it should have been.

        The cue begins at frame `heard` of the recording. What is heard after some silence, but before frame
        `until`, was only put off by a sink that ran dry.
        """
        first, last = self.loud(cue), at(cue.end)
        zero = heard - at(cue.start)
        while True:
            first += _alike(self.samples[first:last], tape.samples[zero + first : until])
            again = find(tape, self.samples[first : first + BIT], zero + first)
            if again is None or again >= until:
                return first, zero + first
            zero = again - first

    def fades(self, tape: Recording, cue: Cue, heard: Frames, until: Frames) -> Frames:
        """The frame of the plan at which the sound begins to fade out; see `breaks`."""
        import numpy as np

        plan = np.frombuffer(self.samples, np.int16).astype(np.int64)
        taped = np.frombuffer(tape.samples, np.int16).astype(np.int64)
        falling = np.arange(FADE, 0, -1)
        other, recorded = self.breaks(tape, cue, heard, until)
        zero = recorded - other

        def strange(n: Frames) -> int:
            return int(np.abs(taped[zero + n : zero + n + FADE] - plan[n : n + FADE] * falling // FADE).max())

        # Where it is quiet, the fade is not to be told from the plan until it is over.
        begun = min(range(other, other - FADE - 1, -1), key=strange)
        assert strange(begun) <= 1, f"no fade of 8 ms {other / RATE:.3f} s after the beginning"
        return begun

    def silences(self, tape: Recording, start: Frames, end: Frames, after: Frames = 0) -> list[Frames]:
        """How many frames of silence were put in at each place between two frames of the plan.

        Every other sample was heard as it is in the plan, but for the first 8 ms, which rise.
        """
        first, heard = self._sounding(start + FADE, end), after
        put_in: list[Frames] = []
        while first < end:
            again = find(tape, self.samples[first : min(first + BIT, end)], heard)
            assert again is not None, f"frame {first} was not heard after frame {heard} of the recording"
            put_in.append(again - heard)
            same = _alike(self.samples[first:end], tape.samples[again:])
            first, heard = first + same, again + same
            if heard == len(tape.samples):
                break
        assert self._sounding(first, end) == end, "the recording ends before the plan"
        return put_in[1:]

    def _sounding(self, start: Frames, end: Frames) -> Frames:
        return next((n for n in range(start, end) if self.samples[n]), end)


def planned(name: str) -> Plan:
    """The plan of a script; its speech is in the cache from then on."""
    import wave

    session = voicecoach.compile(voicecoach.load(name))
    voicecoach.render(session, Path("plan.wav"))
    with wave.open("plan.wav") as file:
        return Plan(session.timeline, array("h", file.readframes(file.getnframes())))


def at(time: Milliseconds) -> Frames:
    """The frame of a time."""
    return time * RATE // 1000


def find(tape: Recording, piece: "array[int]", after: Frames = 0) -> Frames | None:
    """The first frame from `after` on at which these samples were recorded."""
    whole, sought = tape.samples.tobytes(), piece.tobytes()
    found = whole.find(sought, 2 * after)
    while found % 2:
        found = whole.find(sought, found + 1) if found >= 0 else -2
    return None if found < 0 else found // 2


def _alike(one: "array[int]", other: "array[int]") -> int:
    """How many samples are the same, from the beginning on."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
