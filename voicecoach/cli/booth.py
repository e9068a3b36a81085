"""One line after the other into the microphone: countdown, level, and then keep it, say it again or skip it."""

import math
from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol, TypeAlias

import numpy as np

from voicecoach.cli.keyboard import Keyboard
from voicecoach.cli.record_reading import Row
from voicecoach.recordings.sheet import room
from voicecoach.report import plain
from voicecoach.speech.recording import LONGEST_RECORDING, Recorded, RecordingError, recorded
from voicecoach.speech.recording import RATE as TAKE_RATE
from voicecoach.units import SECOND

KEYS = "space: record   s: skip   q: quit"
AFTER = "k: keep   a: again   h: hear it   s: skip   q: quit"

_GO, _SKIP, _QUIT = {" ", "\n", "\r"}, {"s", "S"}, {"q", "Q", "\x04", "\x1b"}
_KEEP, _AGAIN, _HEAR = {"k", "K", " ", "\n", "\r"}, {"a", "A"}, {"h", "H"}
_COUNTDOWN = ("3", "2", "1")
_BEAT = 0.6
_LOOK = 0.05
_WIDTH = 30
_LOWEST = -48.0
"""Decibels at the left end of the meter."""

Answer: TypeAlias = Literal["skip", "quit"]


class Listening(Protocol):
    """What is asked of a microphone: sound at the rate of takes."""

    def level(self) -> float:
        """The highest sample of the last moment, full scale at 1."""
        ...

    def begin(self) -> None:
        """From now on what is heard is kept."""
        ...

    def end(self) -> bytes:
        """What was heard since."""
        ...


class Screen(NamedTuple):
    """Where it is told: `say` writes a line, `draw` one that the next replaces, `hear` plays a take."""

    say: Callable[[str], None]
    draw: Callable[[str], None]
    hear: Callable[[bytes], None]


class Booth:
    """Records lines with a microphone and keys."""

    def __init__(self, microphone: Listening, keys: Keyboard, screen: Screen) -> None:
        self._microphone = microphone
        self._keys = keys
        self._screen = screen

    def line(self, row: Row, place: str) -> Recorded | Answer:
        """One line, as often as it is said again; `place` tells how far one is. Raises DeviceError."""
        say = self._screen.say
        say("")
        say(plain(f"line {row.number} ({place}), {room(row.line.room)}:"))
        say(f"    {plain(row.line.text)}")
        while True:
            say(KEYS)
            if (pressed := self._wait(_GO | _SKIP | _QUIT)) not in _GO:
                return "skip" if pressed in _SKIP else "quit"
            made = self._record(row)
            if made is None:
                continue
            answer = self._ask(made)
            if answer is not None:
                return answer

    def _record(self, row: Row) -> Recorded | None:
        """What was said up to the next key, None if that was nothing."""
        for number in _COUNTDOWN:
            self._screen.draw(f"{number} ...")
            self._keys.keys(_BEAT)
        self._microphone.begin()
        waited = 0
        while not self._keys.keys(_LOOK) and waited < LONGEST_RECORDING / SECOND / _LOOK:
            waited += 1
            self._screen.draw(f"{meter(self._microphone.level())}  {waited * _LOOK:4.1f} s   any key ends it")
        samples = np.frombuffer(self._microphone.end(), "<i2").astype(np.float32) / np.float32(32_768)
        self._screen.draw("")
        try:
            made = recorded(samples)
        except RecordingError as error:
            self._screen.say(f"this was no take: {error}")
            return None
        length = len(made.pcm) // 2 * SECOND // TAKE_RATE
        remark = "; it was too loud for the microphone: go farther away" if made.clipped else ""
        if row.line.room is not None and length > row.line.room:
            remark += "; that is longer than it may be"
        self._screen.say(f"{length / SECOND:.1f} s{remark}")
        return made

    def _ask(self, made: Recorded) -> Recorded | Answer | None:
        """What becomes of a take; None if the line is said again."""
        while True:
            self._screen.say(AFTER)
            pressed = self._wait(_KEEP | _AGAIN | _HEAR | _SKIP | _QUIT)
            if pressed in _HEAR:
                self._screen.hear(made.pcm)
                continue
            if pressed in _KEEP:
                return made
            return None if pressed in _AGAIN else "skip" if pressed in _SKIP else "quit"

    def _wait(self, wanted: set[str]) -> str:
        """The next key that means something; the level is shown meanwhile."""
        while True:
            for key in self._keys.keys(_LOOK):
                if key in wanted:
                    self._screen.draw("")
                    return key
            self._screen.draw(meter(self._microphone.level()))


def meter(level: float) -> str:
    """A level as a bar from −48 dB to full scale."""
    decibels = 20 * math.log10(level) if level > 0 else -math.inf
    filled = round(_WIDTH * min(1.0, max(0.0, 1 - decibels / _LOWEST))) if level > 0 else 0
    loud = " too loud" if level >= 0.985 else ""
    return f"[{'#' * filled}{'-' * (_WIDTH - filled)}]{loud}"
