"""Every tone of a session that the real program plays, found in the recording and held against the plan."""

from statistics import pstdev
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.live_figures import MS, Figure, at_most
from tests.bench.live_setting import Setting
from tests.bench.live_terminal import LARGE, PATIENCE, Program, voicecoach
from tests.recording import RATE, Recording
from tests.rig import wait_until
from voicecoach.compiler.options import Options
from voicecoach.session import Session, prepare, read_script
from voicecoach.sound.mixer import pcm16
from voicecoach.speech.silent import SilentEngine
from voicecoach.speech.speaker import Speaker

SEARCHED = RATE // 4
"""So far from the plan is a tone looked for."""
LENGTH = RATE // 20
"""So much of it is compared."""

_LIKE = 0.8


class Onsets(NamedTuple):
    """Errors in seconds against the plan, relative to the first tone, and the frames by which the last one is off.

    `missing` counts tones that are not where they should be within a quarter of a second.
    """

    device: str
    errors: tuple[float, ...]
    drift: int
    missing: int
    minutes: float

    def figures(self, *, strict: bool) -> list[Figure]:
        """What must be holds for every device but one whose place is a clock."""
        deviation, worst = MS * pstdev(self.errors), MS * max(abs(error) for error in self.errors)
        heard = f"{len(self.errors)} tones in {self.minutes:.0f} minutes, {self.missing} missing"
        measured = f"σ {deviation:.3f} ms, worst {worst:.2f} ms ({heard})"
        limit = "σ at most 1 ms, worst 5 ms"
        drift = Figure(
            f"drift, {self.device}", f"{self.drift} frames", *(("0 frames", self.drift == 0) if strict else ())
        )
        return [
            at_most(f"tone onsets, {self.device}", measured, [(deviation, 1), (worst, 5), (self.missing, 0)], limit),
            drift,
        ]


def play(setting: Setting, script: str) -> Recording:
    """What is heard while the real program plays a script on the full screen, from start to end."""
    words = voicecoach("play", script, "--engine", "silent", "--device", setting.device)
    length = silent_session(script).timeline.duration / MS
    program = Program(words, setting.folder, size=LARGE, sought="How did it feel?", sink=setting.sink)
    with setting.rig.record(setting.sink) as recorder, program:
        wait_until(program.over, f"the session on {setting.device} to end", length + PATIENCE)
        return recorder.so_far()


def held_against(device: str, session: Session, recording: Recording) -> Onsets:
    """Where each tone was heard, and where it should have been."""
    mixer = session.mixer()
    starts = [cue.start * RATE // MS for cue in session.timeline.cues if cue.kind == "tone"]
    heard = np.frombuffer(recording.samples, np.int16).astype(np.float64)
    first = recording.loud_from() - _first_loud(pcm16(mixer.read(starts[0], LENGTH)))
    found: list[int] = []
    for start in starts:
        tone = pcm16(mixer.read(start, LENGTH)).astype(np.float64)
        near = first + start - starts[0] + (found[-1] if found else 0)
        begin = max(0, near - SEARCHED)
        at = _best(heard[begin : near + SEARCHED + LENGTH], tone)
        if at is not None:
            found.append(begin + at - first - start + starts[0])
    errors = tuple((offset - found[0]) / RATE for offset in found)
    minutes = session.timeline.duration / 60_000
    return Onsets(device, errors, found[-1] - found[0], len(starts) - len(found), minutes)


def silent_session(script: str) -> Session:
    """The session as the program prepares it."""
    return prepare(read_script(script), Options(), Speaker(SilentEngine(), None))


def _first_loud(samples: NDArray[np.int16]) -> int:
    return int(np.flatnonzero(samples)[0])


def _best(around: NDArray[np.float64], tone: NDArray[np.float64]) -> int | None:
    """Where `tone` begins in `around`, None if nothing there is like it."""
    size = 1 << (len(around) + len(tone)).bit_length()
    spectrum = np.fft.rfft(around, size) * np.conj(np.fft.rfft(tone, size))
    match = np.fft.irfft(spectrum, size)[: len(around) - len(tone) + 1]
    return int(match.argmax()) if match.max() > _LIKE * np.dot(tone, tone) else None
