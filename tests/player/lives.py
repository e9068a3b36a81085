"""A person who listens to a session and gives commands, without any sound."""

from dataclasses import dataclass, field

from tests.compiler.compiling import timeline
from voicecoach.compiler.speech import Measure
from voicecoach.player.ledger import Ledger
from voicecoach.player.now import Command, Now
from voicecoach.player.transport import Move, Transport, start
from voicecoach.source import NOWHERE
from voicecoach.timeline import Bout, Cue, Sound, Timeline
from voicecoach.units import Frames, Milliseconds, frames

TICK = Cue("tone", 0, 60, "clock", NOWHERE, tone="tick", sound=Sound("tick"))
"""One ready tick."""

STRETCH = """\
title: T
steps:
  - name: Calf stretch
    hold: 10s
    reps: 2
    each: foot
    how: Lean in.
    cues: {half: Breathe}
  - rest: 20s
  - name: Toe raise
    time: 12s
  - say: Well done.
"""
"""Every line of speech lasts 500 ms.

Calf stretch is announced at 0 and is done at 4500 and 19500 (left), 35500 and 50500 (right), each for 10 s.
Ready ticks begin 3 s before each. Toe raise is announced at 80500 and done from 84250 to 96250.
"""

MOMENTS = {
    "first words": 100,
    "first ticks": 2_000,
    "start of a hold": 5_000,
    "hold": 10_000,
    "second hold": 26_000,
    "relax": 15_100,
    "switch": 31_000,
    "rest": 70_000,
    "last ticks": 83_000,
    "last work": 90_000,
    "last words": 96_800,
}
"""A time of each kind in that session."""

READY = [(0, "tick"), (1_000, "tick"), (2_000, "tick")]
"""What is heard before work goes on."""

GATES = """\
title: T
steps:
  - wait: Ready?
    audio: 0s
  - wait: Really?
    max: 20s
  - time: 20s
    name: Pick up
    until: done
  - rest: 20s
    until: done
  - name: Squat
    time: 5s
"""
"""Waits hold at 750 and 1500 (its silence ends at 11500). Pick up, 15250 to 35250, and the rest to 55250
are done when one is done; then Squat, 59000 to 64000, and the end at 64400."""


def spoken(script: str, lengths: dict[str, int] | Measure | None = None, **options: object) -> Timeline:
    """The script with lines of 500 ms, but for those of other `lengths`."""
    return timeline(script, {} if lengths is None else lengths, **options)


@dataclass
class Walk:
    """A transport and what was heard of its route; `covered` is the sound of the timeline that was heard, in frames."""

    transport: Transport
    heard: Frames = 0
    covered: list[tuple[Frames, Frames]] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def at(self) -> Milliseconds:
        return self.transport.at(self.heard)

    @property
    def mode(self) -> str:
        return self.transport.mode

    @property
    def prelude(self) -> Milliseconds:
        return self.transport.standing(self.heard).prelude // 24

    @property
    def bout(self) -> Bout | None:
        return self.transport.course.bout_at(self.at)

    def __post_init__(self) -> None:
        self.ledger = self.ledger.jumped(self.at)
        self.transport = self.transport.arrived(0)

    def hear(self, count: Milliseconds) -> None:
        """Lets time pass; only a session that plays moves."""
        self.hear_frames(frames(count, 24_000))

    def hear_frames(self, count: Frames) -> None:
        if self.mode == "playing":
            before = self.transport.standing(self.heard).at
            self.heard = min(self.heard + count, self.transport.length)
            after = self.transport.standing(self.heard).at
            if after > before:
                self.covered.append((before, after))
            self.ledger = self.ledger.heard(self.transport.course, self.at)
        self.transport = self.transport.arrived(self.heard)

    def hear_to(self, at: Milliseconds) -> None:
        """Lets it play on to a place."""
        while self.at < at:
            assert self.mode == "playing", f"it stands at {self.at} ms"
            left = frames(at, 24_000) - self.transport.standing(self.heard).at
            self.hear_frames(left + self.transport.standing(self.heard).prelude)

    def do(self, command: Command) -> str:
        return self.take(self.transport.obey(command, self.heard))

    def seek(self, at: Milliseconds) -> None:
        self.take(self.transport.seek(at))

    def change(self, new: Timeline) -> Milliseconds | None:
        move, since = self.transport.change(self.heard, new)
        self.take(move)
        return since

    def take(self, move: Move) -> str:
        self.transport = move.transport
        if move.sound == "jump":
            self.heard = 0
            self.ledger = self.ledger.jumped(self.at)
        self.transport = self.transport.arrived(self.heard)
        return move.refusal

    def finish(self) -> None:
        """Hears the rest, and goes on wherever the session waits."""
        for _ in range(10_000):
            if self.mode == "ended":
                return
            if self.mode in {"waiting", "paused"}:
                self.do("play")
            self.hear(60_000)
        raise AssertionError("the session has no end")

    def worked(self) -> list[Frames]:
        """How much of each bout was heard."""
        return [
            sum(max(0, min(end, bout.end * 24) - max(start, bout.start * 24)) for start, end in self.covered)
            for bout in self.transport.timeline.bouts
        ]

    def interlude(self) -> list[tuple[Milliseconds, str]]:
        """What is heard before the timeline goes on."""
        return [(cue.start, cue.text or cue.tone) for cue in self.transport.route.interlude.cues]

    def heard_next(self, length: Milliseconds) -> list[tuple[Milliseconds, str]]:
        """What begins in so much of the timeline from here on, and is not left out."""
        route, at = self.transport.route, self.at
        return [
            (cue.start, cue.text or cue.tone)
            for cue in self.transport.course.cues(at, min(at + length, route.end // 24))
            if cue not in route.dropped
        ]

    def now(self) -> Now:
        """As a player tells it."""
        standing = self.transport.standing(self.heard)
        mode = self.transport.arrived(self.heard).mode
        return Now(mode, standing.at // 24, self.transport.timeline, -(-standing.prelude // 24), standing.repeated)


def walk(script: str | Timeline, at: Milliseconds = 0, *, tick: Cue | None = TICK) -> Walk:
    """A person at the beginning of a session, or somewhere in it (without any prelude)."""
    found = spoken(script) if isinstance(script, str) else script
    walked = Walk(start(found, tick))
    walked.hear_to(at)
    walked.covered.clear()
    return walked
