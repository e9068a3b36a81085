"""What a running session does next: a state machine without threads, clocks or sound.

The device counts the frames it has taken of the present Route; every question and command is
asked with that count, `heard`. A command answers with the next Transport and what the sound has
to do for it. Only frames that were really taken move the session: a computer that slept, or a
clock that was set, skips nothing.
"""

from typing import Literal, NamedTuple

from voicecoach.player.course import Course
from voicecoach.player.edits import ends_bout, lengthened, spliced
from voicecoach.player.now import Command
from voicecoach.player.route import Interlude, Route, said
from voicecoach.player.seam import seam
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Frames, Milliseconds, frames

AGAIN: Milliseconds = 2_000
"""Back means the bout or exercise before, this soon after the beginning of one."""
LONGER: Milliseconds = 10_000
"""What `+` adds to a rest (language.md C.15)."""

MARGIN: Milliseconds = 500
"""What comes sooner than this is not changed any more: it may be heard before the change is made."""


class Standing(NamedTuple):
    """The place on the timeline in frames, what is left of the interlude in frames, and the line it repeats now."""

    at: Frames
    prelude: Frames
    repeated: Cue | None


class Move(NamedTuple):
    """The answer to a command.

    `sound` says what the sound has to do: nothing, `pause` or `resume` where it is, `jump` to the
    beginning of the new route, or `adjust` to the same place of a changed one. `refusal` tells
    the person why nothing happens.
    """

    transport: "Transport"
    sound: Literal["", "pause", "resume", "jump", "adjust"] = ""
    refusal: str = ""


class Transport(NamedTuple):
    """One state of a running session. `tick` is the sound of one ready tick, None where the routine has none."""

    course: Course
    route: Route
    mode: Literal["playing", "paused", "waiting", "ended"] = "playing"
    tick: Cue | None = None

    # ---- questions ----------------------------------------------------------------------

    @property
    def timeline(self) -> Timeline:
        """The session as it now stands."""
        return self.course.timeline

    @property
    def length(self) -> Frames:
        """Frames of the present route, interlude and all."""
        return self._frames(self.route.interlude.length) + self.route.end - self.route.start

    def standing(self, heard: Frames) -> Standing:
        """Where the session stands after `heard` frames of the route."""
        prelude = self._frames(self.route.interlude.length)
        if heard >= prelude:
            return Standing(min(self.route.start + heard - prelude, self.route.end), 0, None)
        said = (cue for cue in self.route.interlude.cues if cue.kind != "tone")
        now = next((cue for cue in said if self._frames(cue.start) <= heard < self._frames(cue.end)), None)
        return Standing(self.route.start, prelude - heard, now)

    def at(self, heard: Frames) -> Milliseconds:
        """The place on the timeline in milliseconds, rounded down."""
        return self.standing(heard).at // self._frames(1)

    # ---- commands -----------------------------------------------------------------------

    def obey(self, command: Command, heard: Frames) -> Move:
        """The answer to a command that moves the session."""
        if self.mode == "ended":
            return Move(self, refusal="the session is over")
        match command:
            case "toggle":
                return self.toggle(heard)
            case "pause":
                return self.pause()
            case "play":
                return self.play(heard)
            case "next":
                return self.next(heard)
            case "back":
                return self.back(heard)
            case "next exercise":
                return self.next_exercise(heard)
            case "previous exercise":
                return self.previous_exercise(heard)
            case "repeat set":
                return self.repeat_set(heard)
            case "longer":
                return self.longer(heard)
            case _:
                return Move(self)

    def toggle(self, heard: Frames) -> Move:
        """SPACE: go on where the session waits or where one is done before the time, else pause or go on."""
        if self.mode == "paused":
            return self.play(heard)
        at = self.at(heard)
        gate = self.course.gate(at)
        ticking = self.standing(heard).prelude > 0 and self.course.bout_at(at) is not None
        if gate is not None and (self.mode == "waiting" or (self.mode == "playing" and not ticking)):
            return self._go(gate.end, ended=True)
        return self.pause()

    def pause(self) -> Move:
        """The sound falls silent where it is."""
        if self.mode != "playing":
            return Move(self)
        return Move(self._replace(mode="paused"), "pause")

    def play(self, heard: Frames) -> Move:
        """Goes on after a pause, or past a gate that waits."""
        if self.mode == "waiting":
            gate = self.course.gate(self.at(heard))
            return Move(self) if gate is None else self._go(gate.end, ended=True)
        if self.mode != "paused":
            return Move(self)
        if heard == 0:
            return Move(self._replace(mode="playing"), "resume")
        return Move(self._replace(mode="playing", route=self._resumed(heard)), "jump")

    def arrived(self, heard: Frames) -> "Transport":
        """The same at the end of the route: it waits, or the session has ended."""
        if self.mode != "playing" or heard < self.length:
            return self
        over = self.route.end >= self._frames(self.timeline.duration)
        return self._replace(mode="ended" if over else "waiting")

    def seek(self, at: Milliseconds) -> Move:
        """Goes to a place of the timeline; work begins after three ticks, wherever it is entered."""
        return self._go(min(max(at, 0), self.timeline.duration))

    def next(self, heard: Frames) -> Move:
        """The gap of the next bout; where the session waits, it goes on."""
        if self.mode == "waiting":
            return self.play(heard)
        return self._go(self.course.landing(self.course.unit(self.at(heard)) + 1))

    def back(self, heard: Frames) -> Move:
        """The start of this bout; just after it, or in a gap, that of the bout before."""
        at, unit = self.at(heard), self.course.unit(self.at(heard))
        bout = self.course.bout_at(at)
        if bout is not None and at - bout.start >= AGAIN:
            return self._go(bout.start)
        if unit == 0:
            return self._go(0)
        return self._go(self.course.bouts[unit - 1].start)

    def next_exercise(self, heard: Frames) -> Move:
        """The beginning of the next exercise: its name and how it is done; first a wait that stands before it."""
        at = self.at(heard)
        return self._go(self.course.approach(self.course.group_at(at) + 1, at))

    def previous_exercise(self, heard: Frames) -> Move:
        """The beginning of this exercise; just after it, that of the one before."""
        at = self.at(heard)
        group = self.course.group_at(at)
        begin = 0 if group < 0 else self.course.entrance(group)
        return self._go(begin if at - begin >= AGAIN or group < 0 else self.course.entrance(group - 1))

    def repeat_set(self, heard: Frames) -> Move:
        """The set that is being done, or that was done last, from its first bout."""
        at, unit = self.at(heard), self.course.unit(self.at(heard))
        index = unit if self.course.bout_at(at) else unit - 1
        if index < 0:
            return Move(self, refusal="there is no set to repeat yet")
        return self._go(self.course.bouts[self.course.first_of_set(index)].start)

    def longer(self, heard: Frames) -> Move:
        """Ten seconds more of a rest, put in where it is silent for longest before the ready ticks."""
        at = self.at(heard)
        unit, gate, wait = self.course.unit(at), self.course.gate(at), self.course.wait(at)
        if self.mode == "waiting" or (gate is not None and gate.gate == "wait"):
            return Move(self, refusal="the session waits for as long as you like")
        if self.course.bout_at(at) is not None:
            return Move(self, refusal="+ makes a rest longer, and this is no rest")
        if unit >= len(self.course.bouts):
            return Move(self, refusal="there is no work after this, so nothing to rest for")
        ready = self.course.ready(unit)
        end = self.course.bouts[unit].start if ready is None else ready
        if wait is not None and wait.opens is not None and wait.opens < end:
            end = wait.opens
        if at + MARGIN >= end:
            return self._on(lengthened(self.timeline, end, LONGER))._go(end)
        if gate is not None and at + MARGIN < gate.end:
            end = min(end, gate.end)
        longer = self._on(lengthened(self.timeline, self._quiet(at + MARGIN, end), LONGER))
        return Move(longer._replace(route=longer._onward(self.route)), "adjust")

    def change(self, heard: Frames, new: Timeline) -> tuple["Move", Milliseconds | None]:
        """Goes on with another timeline of the same routine from the next exercise on, and says from when."""
        soon = {"playing": MARGIN, "waiting": -1}.get(self.mode, 0)
        found = seam(self.course, self.at(heard) + soon, Course(new))
        if found is None:
            return Move(self, refusal="this is the last exercise: nothing comes after it that could change"), None
        changed = self._on(spliced(self.timeline, found.until, new, found.since))
        return Move(changed._replace(route=changed._onward(self.route)), "adjust"), found.until

    def replaced(self, course: Course) -> "Transport":
        """The same place on a timeline that is the same up to here."""
        other = self._replace(course=course)
        return other._replace(route=other._onward(self.route))

    # ---- routes -------------------------------------------------------------------------

    def _go(self, at: Milliseconds, *, ended: bool = False) -> Move:
        """To a place; what is sounding there has lost its beginning and is left out, ready ticks begin anew.

        An end tone at that place is heard only if the work was `ended` just now.
        """
        gate = self.course.gate(at)
        ready = self.course.ready(self.course.unit(at))
        if gate is not None and gate.holds is not None and gate.holds <= at < gate.end:
            at = gate.holds
        elif ready is not None and ready <= at < self.course.bouts[self.course.unit(at)].start:
            at = ready
        ticks = Interlude() if self.course.bout_at(at) is None else Interlude().ticking(self.tick)
        dropped = frozenset(self.course.sounding(at))
        if not ended:
            dropped |= {cue for cue in self.course.cues(at, at + 1) if ends_bout(cue, at)}
        route = Route(self._frames(at), self._frames(self.course.hold(at)), ticks, dropped)
        return Move(self._replace(route=route, mode="paused" if self.mode == "paused" else "playing"), "jump")

    def _resumed(self, heard: Frames) -> Route:
        """The route after a pause (language.md C.15).

        A must- or should-line that was cut is said again. Work goes on after three ticks, and
        ready ticks that were cut begin anew. An interlude that was cut begins anew as a whole.
        """
        standing = self.standing(heard)
        if standing.prelude:
            return self.route
        at = standing.at // self._frames(1)
        cut = frozenset(
            cue for cue in self.course.sounding(at + 1) if self._frames(cue.start) < standing.at < self._frames(cue.end)
        )
        lines = [cue for cue in cut - self.route.dropped if cue.kind == "speech" and cue.priority in {"must", "should"}]
        interlude = said(sorted(lines, key=lambda cue: cue.start))
        route = Route(standing.at, self.route.end, interlude, cut | self.route.dropped)
        if self.course.bout_at(at) is not None:
            return route._replace(interlude=interlude.ticking(self.tick))
        ready = self.course.ready(self.course.unit(at))
        if ready is not None and ready <= at:
            again = self.course.cues(ready, at + 1)
            heard_out = {cue for cue in again if ends_bout(cue, ready) and self._frames(ready) < standing.at}
            return route._replace(start=self._frames(ready), dropped=frozenset(self.course.sounding(ready)) | heard_out)
        return route

    def _onward(self, route: Route) -> Route:
        """The same route on this timeline, which is the same as the old one up to where it now is."""
        return route._replace(end=self._frames(self.course.hold(route.start // self._frames(1))))

    def _quiet(self, at: Milliseconds, end: Milliseconds) -> Milliseconds:
        """The beginning of the longest silence in `[at, end)`; `end` if there is none."""
        best, quiet_since, longest = end, at, 0
        for cue in (*self.course.sounding(at + 1), *self.course.cues(at + 1, end)):
            if cue.start - quiet_since > longest:
                best, longest = quiet_since, cue.start - quiet_since
            quiet_since = max(quiet_since, cue.end)
        return quiet_since if end - quiet_since > longest else best

    def _on(self, timeline: Timeline) -> "Transport":
        return self._replace(course=Course(timeline))

    def _frames(self, time: Milliseconds) -> Frames:
        return frames(time, self.timeline.sample_rate)


def start(timeline: Timeline, tick: Cue | None = None, at: Milliseconds = 0) -> Transport:
    """A session that is about to play from `at`; `tick` is one ready tick, with times from 0."""
    first = Transport(Course(timeline), Route(0, 0), tick=tick)
    if at:
        return first.seek(at).transport
    return first._replace(route=Route(0, frames(first.course.hold(0), timeline.sample_rate)))
