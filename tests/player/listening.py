"""A person who really hears a session: the player over an output that is stepped, frame by frame."""

import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from voicecoach.compiler.options import Options
from voicecoach.estimate import estimate
from voicecoach.output.memory import BANK
from voicecoach.output.port import OutputEvent
from voicecoach.output.stepped import SteppedOutput
from voicecoach.player.now import Command
from voicecoach.player.player import Again, Player
from voicecoach.player.programme import Loudness
from voicecoach.player.transport import start
from voicecoach.routine import LEVELS, Level
from voicecoach.session import Session, prepare, read_script
from voicecoach.sound.mixer import pcm16
from voicecoach.speech.engine import RawSpeech, Voice
from voicecoach.speech.speaker import Speaker
from voicecoach.timeline import Cue
from voicecoach.units import MIX_RATE, SECOND, Frames, Milliseconds, frames
from voicecoach.utterance import Utterance

PATIENCE = 60.0
"""Seconds after which something that should happen has not."""
PER_MS = frames(1, MIX_RATE)


class HummingEngine:
    """Hums each text for as long as it would take to say it."""

    name = "humming"
    estimated = False
    identity = "humming"

    def voices(self) -> Sequence[Voice]:
        return (Voice("hum", "en", "Hum"),)

    def default_voice(self, lang: str) -> str | None:
        return "hum"

    def language(self, voice: str) -> str:
        return "en"

    def speak(self, utterance: Utterance) -> RawSpeech:
        at = np.arange(frames(estimate(utterance.text, utterance.rate), MIX_RATE)) / MIX_RATE
        hum = 6_000 * np.sin(2 * np.pi * (120 + 7 * len(utterance.text)) * at)
        return RawSpeech(hum.astype("<i2").tobytes(), MIX_RATE)

    def close(self) -> None:
        pass


def session(folder: Path, script: str, level: Level = "gentle", speaker: Speaker | None = None) -> Session:
    path = folder / "x.coach.yaml"
    path.write_text(script, encoding="utf-8")
    options = Options(dial=LEVELS[level])
    return prepare(read_script(str(path)), options, speaker or Speaker(HummingEngine()))


def tick_of(found: Session) -> Cue:
    """A ready tick as the session has it."""
    tick = next(cue for cue in found.timeline.cues if cue.tone == "tick")
    return tick._replace(start=0, end=tick.end - tick.start)


def rendered(found: Session) -> "array[int]":
    """What `render` writes of a session."""
    return array("h", pcm16(found.mixer().read(0, frames(found.timeline.duration, MIX_RATE))).tobytes())


def wait_until(condition: Callable[[], bool]) -> None:
    """Waits for something other threads bring about."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, "this never came true"
        time.sleep(0.001)


class Listener:
    """Hears a player's sound only as fast as it is made, so that nothing hangs on this machine's speed."""

    def __init__(
        self,
        found: Session,
        *,
        at: Milliseconds = 0,
        step: Frames = 480,
        output: type[SteppedOutput] = SteppedOutput,
        loudness: Loudness | None = None,
        level: Level | None = None,
        again: Again | None = None,
        slept: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._step = step
        self._slept = slept
        self.looks = 0
        self._told: list[OutputEvent] = []
        self.output = output(notify=self._tell)
        self.player = Player(
            found,
            self.output,
            start(found.timeline, tick_of(found), at),
            loudness=loudness,
            level=level,
            again=again,
            slept=self._look,
            accompaniment=found.accompaniment(),
        )
        for event in self._told:
            self.player.heed(event)

    def looked(self) -> None:
        """Waits until the player has seen where it is and what it was told."""
        seen = self.looks

        def enough() -> bool:
            self.player._wake.set()
            return self.looks > seen + 1

        wait_until(enough)

    @property
    def mode(self) -> str:
        return self.player.now().mode

    @property
    def at(self) -> Milliseconds:
        return self.player.now().at

    def do(self, command: Command) -> str:
        refusal = self.player.do(command)
        self.output.advance(0)
        return refusal

    def seek(self, at: Milliseconds) -> None:
        self.player.seek(at)
        self.output.advance(0)

    def hear(self, count: Frames) -> "array[int]":
        """The next `count` frames that were written; fewer at the end of the session, where it waits, or if lost."""
        heard = bytearray()
        limit = time.monotonic() + PATIENCE
        while len(heard) < 2 * count:
            self.output.advance(0)
            ready = min(self.written_ahead(), self._step, count - len(heard) // 2)
            if ready > 0:
                heard += self.output.advance(ready)
            elif self.mode != "playing":
                break
            else:
                assert time.monotonic() < limit, f"the sound ends at {self.at} ms"
                self.player._wake.set()  # it makes more at its next look: nobody waits for that here
                time.sleep(0.001)
        return array("h", bytes(heard))

    def hear_ms(self, length: Milliseconds) -> "array[int]":
        return self.hear(frames(length, MIX_RATE))

    def hear_to(self, at: Milliseconds) -> "array[int]":
        """Up to a place of the session; nothing may lie between but the timeline."""
        return self.hear_ms(at - self.at)

    def hear_all(self) -> "array[int]":
        """Up to the end, or where it waits."""
        return self.hear(1 << 40)

    def silence(self, count: Frames) -> None:
        """Time that passes while nothing is played."""
        assert not any(array("h", self.output.advance(count)))

    def written_ahead(self) -> Frames:
        """Frames that can be heard at once."""
        return BANK - frames(SECOND, MIX_RATE) - self.output.room()

    def _look(self) -> float:
        self.looks += 1
        return self._slept()

    def _tell(self, event: OutputEvent) -> None:
        player = getattr(self, "player", None)
        if player is None:
            self._told.append(event)
        else:
            player.heed(event)


@contextmanager
def listening(found: Session, **options: object) -> Iterator[Listener]:
    listener = Listener(found, **options)  # type: ignore[arg-type]
    try:
        yield listener
    finally:
        listener.player.close()
