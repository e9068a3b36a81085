"""simpleaudio: long silent buffers that its C code reads lazily, and into which sound is written just in time.

simpleaudio plays a buffer from end to end and tells nothing: no position, no pause. So a tape of
silence is started, and the clock tells where it is read; what comes is written ahead of that, and
rewritten when a command takes it back. Shortly before a tape runs out, the next one is started
beside it, and writing moves over to it in a silence. The moment each tape really began counts, so
that neither a slow start nor a device clock that runs fast or slow adds up.

What the C code has read cannot be taken back any more. So a skip is not written behind it: it begins
on a new tape, while the last moment of the old sound ends beside it.
"""

import sys
import threading
import time
from array import array
from types import ModuleType

from voicecoach.errors import DeviceError
from voicecoach.output.backends import NO_DEVICE_FIX
from voicecoach.output.feed import FADE
from voicecoach.output.port import Feed
from voicecoach.units import SECOND, Frames, Milliseconds, Rate, frames

TAPE: Milliseconds = 30 * SECOND
"""At most this long does the clock stand for the device's own."""

BESIDE = 0.25
"""For this share of a tape, its last, the next one plays beside it."""

READ: Milliseconds = 98
"""So far ahead of what is heard the C code has read its buffer, on a device that has no delay of its own."""

BEGUN: Milliseconds = 210
"""So much of a tape the C code reads as soon as it starts."""

CROSSING: Milliseconds = 38
"""So long is the old sound heard beside the new one after a skip: what was read of it less this is waited for, some
60 ms, which is soon enough to be at once."""

PROBE: Milliseconds = 60
PROBES = 3
"""So many short silences are played at the start; the time by which they end late is the device's own delay."""

DELAY: Milliseconds = 60
"""The longest delay that is reckoned with, and the one before it is known."""

STORE: Milliseconds = 250
"""So far beyond that is written: the longest stall of this process that nobody hears."""

BLOCK: Milliseconds = 10
LOOK: Milliseconds = 2

SPARE: Milliseconds = SECOND
"""The end of a tape that is left alone, so that a command can still take back a move to the next one."""

EARLY: Milliseconds = 500
"""A tape that ends so long before its time lost its device."""

LATE: Milliseconds = 5 * SECOND
"""So did one that still plays so long after its time; a little late it is on a machine with too much to do."""

NOTICE: Milliseconds = 70
"""So much later is it seen that a device is gone; that is heard again rather than lost."""

NAME = "the system's default device"

_WIDTH = 2
_DRAINED = 0.4


class _Tape:
    """A buffer that plays; its frames are counted from the moment `epoch`, the start of the first tape."""

    def __init__(
        self,
        library: ModuleType,
        rate: Rate,
        length: Milliseconds,
        epoch: float | None = None,
        begun: bytes = b"",
    ) -> None:
        whole = bytearray(frames(length, rate) * _WIDTH)
        whole[: len(begun)] = begun
        try:
            self._playing = library.play_buffer(whole, 1, _WIDTH, rate)
        except library._simpleaudio.SimpleaudioError as error:
            raise DeviceError(f"no sound device: {error}", NO_DEVICE_FIX) from error
        now = time.monotonic()
        self.epoch = now if epoch is None else epoch
        self.first = round((now - self.epoch) * rate)
        self.end = self.first + frames(length, rate)
        self._pcm = memoryview(whole)

    def write(self, at: Frames, sound: bytes) -> None:
        """Puts sound at frame `at`."""
        start = (at - self.first) * _WIDTH
        self._pcm[start : start + len(sound)] = sound

    def erase(self, start: Frames, end: Frames) -> None:
        """Makes the frames from `start` to `end` silent again."""
        if start < end:
            self.write(start, bytes((end - start) * _WIDTH))

    def fade(self, start: Frames, over: Frames) -> None:
        """What is left fades out within `over` frames from `start` on."""
        start = max(start, self.first)
        over = min(over, self.end - start)
        if over <= 0:
            return
        at = (start - self.first) * _WIDTH
        falling = array("h", bytes(self._pcm[at : at + over * _WIDTH]))
        for n, sample in enumerate(falling):
            falling[n] = sample * (over - n) // over
        self.write(start, falling.tobytes())
        self.erase(start + over, self.end)

    def plays(self) -> bool:
        """True until the C code has played it to its end, or cannot go on."""
        playing: bool = self._playing.is_playing()
        return playing

    def stop(self) -> None:
        """Lets the C code end after what it has read."""
        self._playing.stop()


class SimpleaudioDevice:
    """The system's default device, played by simpleaudio."""

    def __init__(self, tape: Milliseconds = TAPE) -> None:
        import simpleaudio

        self._length = tape
        self._library: ModuleType = simpleaudio
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._lost = False
        self._last: Frames = sys.maxsize
        self._next: _Tape | None = None
        self._before: _Tape | None = None
        self._leaving: list[tuple[Frames, _Tape]] = []
        self._moved: Frames = 0
        self._probe: _Tape | None = None
        self._probes = 0
        self._delay: Frames = 0

    def open(self, feed: Feed, device: str) -> str:
        """Starts the first tape; raises DeviceError if there is no device, or one is named."""
        if device:
            fix = f"leave the name out, or choose another sound library: --device 'miniaudio:{device}'"
            raise DeviceError("simpleaudio plays on the system's default device only", fix)
        self._feed = feed
        self._read, self._store = frames(READ + DELAY, feed.rate), frames(STORE, feed.rate)
        self._spare, self._early, self._late = (frames(time, feed.rate) for time in (SPARE, EARLY, LATE))
        self._beside = round(frames(self._length, feed.rate) * BESIDE)
        self._silence = bytes(frames(BLOCK, feed.rate) * _WIDTH)
        _Tape(self._library, feed.rate, PROBE)  # raises where there is no device, before a frame is taken for it
        begun = feed.take(self._read + self._store)
        self._written = len(begun) // _WIDTH
        try:
            self._tape = _Tape(self._library, feed.rate, self._length, begun=begun)
        except DeviceError:
            feed.unwind(self._written)
            raise
        self._thread = threading.Thread(target=self._run, name="simpleaudio tape", daemon=True)
        self._thread.start()
        return NAME

    def alive(self) -> bool:
        """False once a tape ended long before or played on long after its time."""
        return self._thread is not None and self._thread.is_alive() and not self._lost

    def close(self) -> None:
        """Ends the thread and the tapes; what was written and not heard goes back to the feed."""
        if self._thread is None:
            return
        self._closing.set()
        self._thread.join()
        self._thread = None
        if not self._lost:
            time.sleep(self._read / self._feed.rate)
        heard = min(self._heard(), self._last)
        self._feed.unwind(max(0, self._written - heard))
        self._feed.ahead = 0
        tapes = [*self._tapes(), *(tape for _, tape in self._leaving)]
        for tape in tapes:
            tape.stop()
        limit = time.monotonic() + _DRAINED
        while any(tape.plays() for tape in tapes) and time.monotonic() < limit:
            time.sleep(0.005)

    def _run(self) -> None:
        try:
            while not self._closing.wait(LOOK / SECOND):
                heard = self._heard()
                if self._probes < PROBES:
                    self._listen(heard)
                if self._feed.jumps:
                    self._jump(heard)
                elif self._feed.urgent:
                    self._take_back(self._limit(heard))
                elif not self._room(heard):
                    continue
                if self._is_off(heard):
                    break
                if self._leaving:
                    self._end_silent(heard)
                if self._next is None and self._tape.end - heard < self._beside:
                    self._next = _Tape(self._library, self._feed.rate, self._length, self._tape.epoch)
                self._fill(heard)
        except DeviceError as error:
            print(error.what, file=sys.stderr)
        finally:
            if not self._closing.is_set():
                self._last = self._heard() - frames(NOTICE, self._feed.rate)
                self._lost = True

    def _heard(self) -> Frames:
        return round((time.monotonic() - self._tape.epoch) * self._feed.rate)

    def _tapes(self) -> list[_Tape]:
        """Those that play, or will."""
        return [tape for tape in (self._before, self._tape, self._next) if tape]

    def _is_off(self, heard: Frames) -> bool:
        """True if a tape does not play when it should, or plays when it should not."""
        for tape in self._tapes():
            plays = tape.plays()
            if not plays and heard < tape.end - self._early:
                print(f"a tape ended {tape.end - heard} frames before its time", file=sys.stderr)
                return True
            if plays and heard > tape.end + self._late:
                print(f"a tape still plays {heard - tape.end} frames after its time", file=sys.stderr)
                return True
            if not plays and tape is self._before:
                self._before = None
        return heard + self._read + self._store > self._tape.end

    def _listen(self, heard: Frames) -> None:
        """Plays one probe after the other; what they tell decides where a command can still be heard."""
        if self._probe is None:
            self._probe = _Tape(self._library, self._feed.rate, PROBE, self._tape.epoch)
            return
        delay = heard - self._probe.end
        limit = frames(DELAY, self._feed.rate)
        if self._probe.plays() and delay < limit:
            return
        self._delay = max(self._delay, min(delay, limit))
        self._probe = None
        self._probes += 1
        if self._probes == PROBES:
            self._read = frames(READ, self._feed.rate) + self._delay

    def _limit(self, heard: Frames) -> Frames:
        """What lies before this was read already."""
        return max(heard + self._read, self._tape.first + frames(BEGUN, self._feed.rate))

    def _take_back(self, start: Frames) -> None:
        """Makes the tape silent from `start` on and gives its frames back, so that a command is heard at once."""
        if self._written <= start:
            return
        self._feed.unwind(self._written - start)
        if self._before and start < self._moved:
            self._tape.erase(self._moved, self._written)
            self._next, self._tape, self._before = self._tape, self._before, None
            self._written = self._moved + len(self._silence) // _WIDTH
        self._tape.erase(start, self._written)
        self._written = start

    def _jump(self, heard: Frames) -> None:
        """What the command wants begins on a new tape; what was read of the others ends meanwhile."""
        feed = self._feed
        read = self._limit(heard)
        lead = read - heard - frames(CROSSING, feed.rate)
        feed.unwind(max(0, self._written - heard - lead))
        feed.take(0)
        feed.cut()
        sound = feed.take(self._read + self._store)
        try:
            new = _Tape(self._library, feed.rate, self._length, self._tape.epoch, bytes(lead * _WIDTH) + sound)
        except DeviceError:
            feed.unwind(len(sound) // _WIDTH)
            self._written = heard
            raise
        fade = frames(FADE, feed.rate)
        for tape in self._tapes():
            tape.fade(read, fade)
            self._leaving.append((read + fade, tape))
        self._tape, self._before, self._next = new, None, None
        self._written = new.first + lead + len(sound) // _WIDTH
        feed.ahead = self._written - new.first

    def _end_silent(self, heard: Frames) -> None:
        """Ends tapes of which nothing more is heard."""
        for silent, tape in self._leaving:
            if heard >= silent:
                tape.stop()
        self._leaving = [(silent, tape) for silent, tape in self._leaving if tape.plays()]

    def _room(self, heard: Frames) -> bool:
        """True if another block fits before the end of the store."""
        return self._written + len(self._silence) // _WIDTH <= heard + self._read + self._store

    def _fill(self, heard: Frames) -> None:
        """Writes what fits before the end of the store; what was not written in time comes later, not never."""
        self._written = max(self._written, heard + self._read)
        block = len(self._silence) // _WIDTH
        while self._room(heard):
            sound = self._feed.take(block)
            if self._next and (sound == self._silence or self._tape.end - self._written < self._spare):
                sound = self._move(self._next, sound)
            self._tape.write(self._written, sound)
            self._written += block
        self._feed.ahead = self._written - heard

    def _move(self, to: _Tape, sound: bytes) -> bytes:
        """Writes on the next tape from now on: this sound fades out on one and, returned, in on the other."""
        falling = array("h", sound)
        rising = array("h", sound)
        for n, sample in enumerate(rising):
            falling[n] = sample * (len(falling) - n) // len(falling)
            rising[n] -= falling[n]
        self._tape.write(self._written, falling.tobytes())
        self._before, self._moved = self._tape, self._written
        self._tape, self._next = to, None
        return rising.tobytes()


def names() -> tuple[str, ...]:
    """The one device simpleaudio plays on; it cannot say which that is."""
    return (NAME,)
