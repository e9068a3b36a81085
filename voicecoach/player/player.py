"""The player: joins a transport, the mixed sound and an output, and keeps the sound ahead of the ear."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from voicecoach.accompaniment import Accompaniment
from voicecoach.errors import VoicecoachError
from voicecoach.interrupts import load_whole
from voicecoach.output.port import Output, OutputEvent
from voicecoach.player.course import Course
from voicecoach.player.now import Command, Now
from voicecoach.player.performance import Performance
from voicecoach.player.programme import Loudness
from voicecoach.player.transport import Move, Transport
from voicecoach.routine import Level
from voicecoach.session import Session
from voicecoach.units import Frames, Milliseconds, frames

LOOK_EVERY = 0.5
"""Seconds between two looks at the device, at most: a few of those that are ready. Whatever happens wakes it."""
_SOON = 0.01
VOLUME_STEP = 10
_LAST_LOOK = 2.0
"""Seconds that the feeder may take to end."""
_NOT_YET = "one moment: the voice is still being made"

Again = Callable[[Level], Session]
"""Prepares the same session at another level; slow, raises VoicecoachError."""


class Player:
    """Plays one session on one output. Safe from several threads; every method returns at once.

    `again` prepares the session at another level. `slept` counts the seconds the computer was
    asleep, as far as it can tell. While not all speech is made, nothing beyond `sure` (ms) is
    played; `complete` or `fail` ends that. The `accompaniment` is heard under all of it.
    """

    def __init__(
        self,
        session: Session,
        output: Output,
        transport: Transport,
        *,
        loudness: Loudness | None = None,
        level: Level | None = None,
        again: Again | None = None,
        slept: Callable[[], float] = lambda: 0.0,
        sure: Milliseconds | None = None,
        accompaniment: Accompaniment | None = None,
    ) -> None:
        self._level = level
        self._levels: tuple[tuple[Milliseconds, Level | None], ...] = ((0, level),)
        self._again = again
        self._slept = slept
        self._asleep = slept()
        self._device = ""
        self._trouble, self._fix = "", ""
        self._events: deque[OutputEvent] = deque()
        self._lost = self._goes_on = False
        self._notice = ""
        self._failed = False
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._watchers: list[Callable[[], None]] = []
        self._closed = False
        self._playing = Performance(
            session,
            output,
            transport,
            loudness=loudness or Loudness(),
            sure=sure,
            switched=self._wake.set,
            accompaniment=accompaniment,
        )
        self._feeder = threading.Thread(target=self._feed, name="voicecoach-player", daemon=True)
        self._feeder.start()

    # ---- questions ----------------------------------------------------------------------

    def now(self) -> Now:
        """The session at this moment."""
        loudness = self._playing.loudness
        transport, heard = self._playing.present()
        standing = transport.standing(heard)
        rate = frames(1, self._playing.output.rate)
        levels = self._levels
        at = standing.at // rate
        return Now(
            mode="lost"
            if self._lost
            else "starting"
            if self._playing.output.place.state == "starting"
            else transport.mode,
            at=at,
            timeline=transport.timeline,
            prelude=-(-standing.prelude // rate),
            repeated=standing.repeated,
            volume=loudness.volume,
            voice=loudness.voice,
            tones=loudness.tones,
            level=self._level,
            level_at=levels[-1][0] if levels[-1][0] > at else None,
            level_here=next(level for since, level in reversed(levels) if since <= at),
            device=self._device,
            trouble=self._trouble,
            fix=self._fix,
        )

    def done(self) -> tuple[int, int]:
        """How many bouts were done, and how many passed over."""
        before, (transport, heard) = self._playing.ledger, self._playing.present()
        at = transport.at(heard)
        ledger = before.heard(transport.course, at)
        return len(ledger.done), ledger.skipped(transport.course, at)

    def notice(self) -> str:
        """What the person should be told once, empty if nothing; it is forgotten by being asked for."""
        told, self._notice = self._notice, ""
        return told

    def watch(self, changed: Callable[[], None]) -> None:
        """From now on `changed` is called, in any thread, when `now` tells something that time alone did not bring.

        It returns at once, and asks nothing itself.
        """
        self._watchers.append(changed)

    # ---- commands -----------------------------------------------------------------------

    def do(self, command: Command) -> str:
        """Does what the person asks; returns why not, or an empty text."""
        match command:
            case "gentle" | "steady" | "strong":
                return self._change_level(command)
            case "louder":
                return self._adjust(lambda now: now.louder(VOLUME_STEP))
            case "quieter":
                return self._adjust(lambda now: now.louder(-VOLUME_STEP))
            case "mute voice":
                return self._adjust(lambda now: now._replace(voice=not now.voice))
            case "mute tones":
                return self._adjust(lambda now: now._replace(tones=not now.tones))
            case "quit":
                self.close()
                return ""
        if self._playing.sure is not None and command == "longer":
            return _NOT_YET
        if self._lost and command in {"play", "toggle"}:
            return self._trouble or "there is no sound device"
        return self._steer(command)

    def set_volume(self, percent: int) -> None:
        """The volume in per cent, from 0 to 100."""
        self._adjust(lambda now: now.louder(percent - now.volume))

    def seek(self, at: Milliseconds) -> None:
        """Goes to a place of the session."""
        with self._telling():
            self._playing.perform(self._playing.transport.seek(at))

    def complete(self, session: Session) -> None:
        """All speech is made: `session` is the same up to what could be heard so far, and sure to its end."""
        with self._telling():
            self._playing.sure = None
            transport, heard = self._playing.settled()
            course = Course(session.timeline)
            at = transport.at(heard)
            move = Move(transport.replaced(course), "adjust")
            if not transport.course.agrees(course, at):
                move = transport._replace(course=course).seek(transport.course.same_place(at, course))
            self._playing.session = session
            self._playing.perform(move)

    def fail(self, what: str, fix: str) -> None:
        """The rest of the speech cannot be made: what is made is played to its end, and the person is told."""
        with self._telling():
            self._trouble, self._fix, self._failed = what, fix, True

    def close(self) -> None:
        """Ends the sound."""
        self._closed = True
        self._wake.set()
        self._playing.output.close()
        if threading.current_thread() is not self._feeder:
            self._feeder.join(_LAST_LOOK)  # a program that ends while a library is loaded may crash

    def heed(self, event: OutputEvent) -> None:
        """What happened to the device; called from the output's own thread."""
        if event.kind == "restarted":
            return  # the sound goes on by itself
        if event.device:
            self._device = event.device
        if self._lost or event.kind != "opened":  # a device that opens in good time has mended nothing
            self._trouble, self._fix = event.message, event.fix
        self._lost = self._lost or event.kind in {"lost", "failed"}
        self._events.append(event)
        self._wake.set()

    # ---- inside -------------------------------------------------------------------------

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Holds the lock while something is changed, and tells of it afterwards."""
        with self._lock:
            yield
        self._tell()

    def _tell(self) -> None:
        for changed in self._watchers:
            changed()

    def _steer(self, command: Command) -> str:
        transport, heard = self._playing.present()
        silenced = command in {"pause", "toggle"} and transport.obey(command, heard).sound == "pause"
        if silenced:
            self._playing.output.pause()  # at once: the lock may be held for as long as a piece of sound is made
            command = "pause"
        with self._telling():
            transport, heard = self._playing.settled()
            move = transport.obey(command, heard)
            if command == "toggle":
                self._note_done(transport, heard, move)
            if command == "pause":
                self._goes_on = False
            if not self._lost:
                self._trouble, self._fix = "", ""
            self._move_level(transport, heard, move)
            self._playing.perform(move)
            if silenced and self._playing.transport.mode != "paused":
                self._playing.output.resume()  # the session waits or has ended meanwhile
            return move.refusal

    def _move_level(self, transport: Transport, heard: Frames, move: Move) -> None:
        """A rest that is made longer puts off the exercise at which another level begins."""
        at, by = transport.at(heard), move.transport.timeline.duration - transport.timeline.duration
        self._levels = tuple((since + by if since > at else since, level) for since, level in self._levels)

    def _note_done(self, transport: Transport, heard: Frames, move: Move) -> None:
        """SPACE in work that is done until one is done means that it is done."""
        at = transport.at(heard)
        if move.sound == "jump" and transport.mode == "playing" and transport.course.bout_at(at):
            self._playing.ledger = self._playing.ledger.finished(transport.course.unit(at))

    def _adjust(self, change: Callable[[Loudness], Loudness]) -> str:
        with self._telling():
            self._playing.loudness = change(self._playing.loudness)
            self._playing.perform(Move(self._playing.transport, "adjust"))
        return ""

    def _change_level(self, level: Level) -> str:
        if self._again is None:
            return "the level cannot be changed here"
        if self._playing.sure is not None:
            return _NOT_YET
        if level == self._level:
            return ""
        self._level = level
        threading.Thread(
            target=self._prepare_again, args=(level, self._again), name="voicecoach-level", daemon=True
        ).start()
        self._tell()
        return ""

    def _prepare_again(self, level: Level, again: Again) -> None:
        try:
            session, refusal = again(level), ""
        except VoicecoachError as error:
            session, refusal = self._playing.session, f"{level} is not possible: {error.what}"
        with self._telling():
            if self._level != level:
                return
            transport, heard = self._playing.settled()
            move, since = (Move(transport), None) if refusal else transport.change(heard, session.timeline)
            if refusal or move.refusal:
                self._level, self._notice = self._levels[-1][1], refusal or move.refusal
                return
            assert since is not None
            self._playing.ledger = self._playing.ledger.cut(move.transport.course.unit(since))
            self._playing.perform(move)
            self._levels = (*(one for one in self._levels if one[0] < since), (since, level))

    def _feed(self) -> None:
        """The feeder thread: keeps sound ready, and sees where the session is."""
        while not self._closed:
            more = False
            if not (resting := self._playing.stream.resting()):
                load_whole("voicecoach.sound.mixer")  # nobody who presses a key waits for it
            with self._lock:
                before, heeding = self._playing.transport, bool(self._events)
                self._look()
                try:
                    more = not resting and self._playing.stream.fill()
                except (VoicecoachError, OSError) as error:
                    self._stop_for(error)
            if heeding or self._playing.transport is not before:
                self._tell()
            if not more:
                self._wake.wait(self._pause())
                self._wake.clear()

    def _pause(self) -> float:
        """Seconds until the next look: no later than the end of a wait, or of what is played until one."""
        transport, heard = self._playing.present()
        match transport.mode:
            case "waiting":
                left = self._left_to_wait(transport, heard)
            case "playing":
                left = transport.length - heard
            case _:
                left = None
        return LOOK_EVERY if left is None else min(max(left / self._playing.output.rate, _SOON), LOOK_EVERY)

    def _look(self) -> None:
        while self._events:
            self._heed_in_turn(self._events.popleft())
        transport, heard = self._playing.present()
        awake_at, self._asleep = self._asleep, self._slept()
        if transport.mode == "playing" and self._asleep - awake_at > 1:
            self._trouble = "The computer was asleep"
            self._playing.perform(transport.pause())
            return
        self._playing.ledger = self._playing.ledger.heard(transport.course, transport.at(heard))
        if self._failed and transport.mode == "playing" and self._playing.stream.exhausted(heard):
            self._playing.perform(transport.pause())
            return
        if transport.mode == "waiting" and (left := self._left_to_wait(transport, heard)) is not None and left <= 0:
            self._playing.perform(transport.play(heard))
        elif transport.mode != self._playing.transport.mode:
            self._playing.take(transport)

    def _stop_for(self, error: VoicecoachError | OSError) -> None:
        """The sound cannot be made, as when the disk is gone: the session waits, and going on tries again."""
        if self._playing.transport.mode == "playing":
            self._trouble, self._fix = f"the sound could not be made: {error}", "SPACE tries again"
            self._playing.perform(self._playing.transport.pause())

    def _heed_in_turn(self, event: OutputEvent) -> None:
        transport, heard = self._playing.present()
        if event.kind in {"lost", "failed"}:
            self._lost = True
            self._goes_on = self._goes_on or transport.mode == "playing"
            self._playing.perform(transport.pause())
        elif event.kind == "found" and self._lost:
            self._lost = False
            goes_on, self._goes_on = self._goes_on, False
            if goes_on:
                self._playing.perform(transport.play(heard))

    def _left_to_wait(self, transport: Transport, heard: Frames) -> Frames | None:
        """What is left of a wait that the session goes on after by itself; None if it waits for ever."""
        gate = transport.course.gate(transport.at(heard))
        if gate is None or gate.longest is None:
            return None
        return frames(gate.longest, self._playing.output.rate) - self._playing.output.place.idle
