"""What the device plays: fades, switches and pauses, frame by frame, whatever the size of the blocks.

One voice runs at the place. A command that ends its sound leaves a tail, the next 8 ms of it
fading out, and what begins instead rises in the same 8 ms; tail and rise add up, so a switch is a
crossfade, and a pause at once followed by going on is no change at all. A tail is copied when it
begins: its bank may be written anew from then on.
"""

import threading
from array import array
from collections import deque

from voicecoach.output.memory import Memory, Word
from voicecoach.output.moment import Command, Moment, between
from voicecoach.units import SECOND, Frames, Milliseconds, Rate, frames

FADE: Milliseconds = 8

_LOUDEST, _LOWEST = 32767, -32768
_EVEN: Milliseconds = 100
"""So long does sound that only goes on do so without being remembered anew."""


class Feed:
    """The one reader of a Memory; it goes on where the words in the memory say.

    `ask` may be called by any thread, the rest by one: that of the device.
    """

    def __init__(self, memory: Memory, rate: Rate) -> None:
        self.rate = rate
        self._memory = memory
        self._fade = frames(FADE, rate)
        self._behind = frames(SECOND, rate)
        self._even = frames(_EVEN, rate)
        self._even_until: Frames = 0
        self._waiting: deque[Command] = deque()
        self._asked = threading.Event()
        self._past: deque[Moment] = deque()
        self._generation, self._frame = memory.place
        self._paused, self._idle = memory.status
        self._ended = False
        self._ahead = 0
        self._taken = memory.words[Word.TAKEN]
        self._dry = memory.words[Word.DRY]
        self._acted = memory.words[Word.ACTED]
        self._tail: tuple[int, ...] = ()
        self._rise = self._fade
        self.appear()

    def ask(self, command: Command) -> None:
        """Leaves a command for the next take."""
        self._waiting.append(command)
        self._asked.set()

    def wait(self, seconds: float) -> None:
        """Returns at once if there is something to play, else with the next command, or after so many seconds."""
        if self._frame >= self._memory.written(self._generation):
            self._asked.wait(seconds)

    def rest(self, seconds: float) -> None:
        """Returns with the next command, or after so many seconds; for one thread, which then looks for commands."""
        self._asked.wait(seconds)
        self._asked.clear()

    @property
    def taken(self) -> Frames:
        """All frames taken so far, without those that were taken back."""
        return self._taken

    @property
    def ahead(self) -> Frames:
        """Frames taken that are not heard yet; once a device has set it, `take` and `unwind` keep count."""
        return self._ahead

    @ahead.setter
    def ahead(self, count: Frames) -> None:
        self._ahead = count
        self._publish()

    @property
    def urgent(self) -> bool:
        """True while a command waits."""
        return bool(self._waiting)

    @property
    def jumps(self) -> bool:
        """True while a switch to the beginning of something waits."""
        return any(command.action == "switch" and not command.aligned for command in tuple(self._waiting))

    def cut(self) -> None:
        """What fades out is not taken any more."""
        self._tail = ()

    @property
    def silent(self) -> bool:
        """True when a pause or the end has been acted on and its fade is over."""
        return (self._paused or self._ended) and not self._tail and not self._waiting

    def appear(self) -> None:
        """A device opens in mid-sound: the next frames rise, and nothing that was taken can be unwound."""
        if self._taken:
            self._rise = 0
        self._tail = ()
        self._ahead = 0
        self._past.clear()
        self._even_until = 0

    def take(self, count: Frames) -> bytes:
        """The next `count` frames; with a count of 0 it acts on the commands alone."""
        if self._taken < self._even_until and not self._waiting and not self._ahead:
            sound = self._memory.heard(self._generation, self._frame, count)
            if sound:
                self._frame += count
                self._taken += count
                return sound
        if self._waiting:
            self._obey()
        self._remember(())
        sound = self._next(count, self._memory.written(self._generation))
        self._even_until = self._past[-1].taken + self._even if self._goes_on else 0
        self._ahead += count if self._ahead else 0
        self._publish()
        self._memory.words[Word.TAKES] += 1
        return sound

    @property
    def _goes_on(self) -> bool:
        """True in the middle of sound: the next frames are as written, until a command comes or nothing is written."""
        return not (self._paused or self._ended or self._tail or self._idle) and self._rise == self._fade

    def unwind(self, count: Frames) -> None:
        """Moves back over the last `count` frames; at least a second is remembered.

        Commands acted on meanwhile wait again. A switch is undone only while the bank it left
        still holds its generation; otherwise the sound goes back to where the switch was made.
        """
        self._even_until = 0
        now = self._taken
        target = now - count
        moments = deque((self._moment(()),))
        while self._past and moments[0].taken > target:
            moments.appendleft(self._past.pop())
        while len(moments) > 1 and not self._memory.holds(moments[0].generation):
            moments.popleft()
        start = moments.popleft()
        self._restore(start)
        self._remember(())
        if start.taken < target:
            self._next(target - start.taken, moments[0].frame)
        again = [command for moment in (start, *moments) for command in moment.commands]
        self._waiting.extendleft(reversed(again))
        self._ahead = max(0, self._ahead - (now - self._taken))
        self._publish()

    def _obey(self) -> None:
        commands = []
        while self._waiting:
            commands.append(self._waiting.popleft())
        self._remember(tuple(commands))
        for command in commands:
            self._act(command)
            self._acted = max(self._acted, command.serial)

    def _act(self, command: Command) -> None:
        match command.action:
            case "pause":
                self._leave()
                self._idle = self._idle if self._paused else 0
                self._paused = True
            case "end":
                self._leave()
                self._ended = True
            case "resume" if self._paused:
                self._paused = False
                self._rise = self._idle = 0
            case "switch" if command.generation != self._generation and self._memory.holds(command.generation):
                self._leave()
                first = self._memory.first(command.generation)
                self._frame = max(first, self._frame) if command.aligned else first
                self._generation = command.generation
                self._rise = 0
                self._idle = self._idle if self._paused else 0

    def _leave(self) -> None:
        """What sounds now fades out from here."""
        if self._paused or self._ended:
            return
        count = max(0, min(self._fade, self._memory.written(self._generation) - self._frame))
        sound = array("h", self._memory.frames(self._generation, self._frame, count))
        held = self._fade - self._rise
        fade = self._fade
        falling = [(y - y * held // fade) * (fade - n) // fade for n, y in enumerate(sound)]
        self._tail = _sum(falling, self._tail)

    def _next(self, count: Frames, end: Frames) -> bytes:
        """The sound of `count` frames, of which the voice has those before `end`."""
        self._taken += count
        if self._paused or self._ended:
            self._idle += count if self._paused else 0
            return self._with_tail(bytes(2 * count), count)
        moved = max(0, min(count, end - self._frame))
        sound = self._memory.frames(self._generation, self._frame, moved)
        if self._rise < self._fade:
            sound = self._risen(sound)
        self._frame += moved
        if moved:
            self._idle = 0
        if moved < count:
            self._idle += count - moved
            self._dry += count - moved
            sound += bytes(2 * (count - moved))
        return self._with_tail(sound, count)

    def _risen(self, sound: bytes) -> bytes:
        fade = self._fade
        samples = array("h", sound)
        for n in range(min(len(samples), fade - self._rise)):
            samples[n] -= samples[n] * (fade - self._rise - n) // fade
        self._rise = min(fade, self._rise + len(samples))
        return samples.tobytes()

    def _with_tail(self, sound: bytes, count: Frames) -> bytes:
        if not self._tail:
            return sound
        samples = array("h", sound)
        for n, extra in enumerate(self._tail[:count]):
            samples[n] = max(_LOWEST, min(_LOUDEST, samples[n] + extra))
        self._tail = self._tail[count:]
        return samples.tobytes()

    def _moment(self, commands: tuple[Command, ...]) -> Moment:
        return Moment(
            self._taken,
            self._generation,
            self._frame,
            self._paused,
            self._ended,
            self._rise,
            self._idle,
            self._dry,
            self._tail,
            commands,
        )

    def _remember(self, commands: tuple[Command, ...]) -> None:
        if self._past and self._past[-1].taken == self._taken and not self._past[-1].commands:
            self._past.pop()
        self._past.append(self._moment(commands))
        while len(self._past) > 1 and self._past[1].taken <= self._taken - self._behind:
            self._past.popleft()

    def _restore(self, moment: Moment) -> None:
        self._taken = moment.taken
        self._generation, self._frame = moment.generation, moment.frame
        self._paused, self._ended = moment.paused, moment.ended
        self._rise, self._tail = moment.rise, moment.tail
        self._idle, self._dry = moment.idle, moment.dry

    def _publish(self) -> None:
        """Tells where the sound is for the ear: as far back as the device keeps a store."""
        words = self._memory.words
        heard = self._heard() if self._ahead else self._moment(())
        self._memory.place = (heard.generation, heard.frame)
        self._memory.status = (heard.paused, heard.idle)
        words[Word.TAKEN] = heard.taken
        words[Word.DRY] = heard.dry
        words[Word.ACTED] = self._acted

    def _heard(self) -> Moment:
        target = self._taken - self._ahead
        after = self._moment(())
        for moment in reversed(self._past):
            if moment.taken <= target:
                return between(moment, target, after.frame)
            after = moment
        return after


def _sum(falling: list[int], tail: tuple[int, ...]) -> tuple[int, ...]:
    longer, shorter = (falling, tail) if len(falling) >= len(tail) else (tail, falling)
    both = list(longer)
    for n, extra in enumerate(shorter):
        both[n] += extra
    return tuple(both)
