"""An output without a device or a clock: whoever holds it says when frames are heard."""

import threading

from voicecoach.output.bank_writer import BankWriter
from voicecoach.output.feed import Feed
from voicecoach.output.memory import Memory
from voicecoach.output.moment import Action, Command
from voicecoach.output.port import Notify, OutputEvent, Place, State
from voicecoach.units import MIX_RATE, Frames, Rate

NAME = "stepped"


def _ignore(_event: OutputEvent) -> None:
    """For who does not want to know."""


class SteppedOutput:
    """An Output of this process alone, open from the start; events come in the thread of the caller."""

    def __init__(self, rate: Rate = MIX_RATE, notify: Notify = _ignore) -> None:
        self._rate = rate
        self._notify = notify
        self._memory = Memory.create()
        self._memory.close()
        self._writer = BankWriter(self._memory, rate)
        self._feed = Feed(self._memory, rate)
        self._taking = threading.Lock()
        self._lost = self._closed = False
        notify(OutputEvent("opened", NAME))

    @property
    def rate(self) -> Rate:
        """Frames a second of what is written."""
        return self._rate

    @property
    def place(self) -> Place:
        """Where the sound is."""
        paused, idle = self._memory.status
        state: State = "paused" if paused else "playing"
        if self._lost:
            state = "lost"
        return Place(*self._memory.place, "closed" if self._closed else state, idle)

    def begin(self, first: Frames = 0) -> int:
        """Starts a generation in the bank that is not heard."""
        with self._taking:
            self._feed.take(0)
        heard, _ = self._memory.place
        return self._writer.begin(first, heard)

    def room(self) -> Frames:
        """How many frames the newest generation can take now; 0 once closed."""
        return 0 if self._closed else self._writer.room()

    def write(self, pcm: bytes | memoryview) -> None:
        """Appends frames to the newest generation; raises ValueError for more than `room`."""
        if not self._closed:
            self._writer.write(pcm)

    def switch(self, *, aligned: bool) -> None:
        """The newest generation is heard from the next `advance` on."""
        self._ask("switch", self._writer.newest, aligned=aligned)

    def pause(self) -> None:
        """The next `advance` begins with the fade."""
        self._ask("pause")

    def resume(self) -> None:
        """The next `advance` fades in."""
        self._ask("resume")

    def wait_open(self, timeout: float) -> str:
        """The name; it never has to wait."""
        del timeout
        return NAME

    def close(self) -> None:
        """Ends it; later calls do nothing."""
        self._closed = True

    def advance(self, count: Frames) -> bytes:
        """Lets `count` frames be heard and returns them; none are while the device is lost, or once closed."""
        with self._taking:
            if self._lost or self._closed:
                self._feed.take(0)
                return b""
            return self._feed.take(count)

    def lose(self, message: str = "the sound device is gone") -> None:
        """The device goes away."""
        self._lost = True
        self._notify(OutputEvent("lost", NAME, message, "plug it in again"))

    def find(self) -> None:
        """A device is there again, and plays on."""
        self._lost = False
        self._feed.appear()
        self._notify(OutputEvent("found", NAME))

    def _ask(self, action: Action, generation: int = 0, *, aligned: bool = False) -> None:
        if not self._closed:
            self._feed.ask(Command(action, 0, generation, aligned))
