"""The routines that are measured."""

import random
import wave
from array import array
from pathlib import Path

from tests.recording import RATE

_STOP = "stop_if: [sharp pain]\n"


class Scripts:
    """Written into a folder, ready to be played."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _noise(folder / "long.wav", 2.0)
        _noise(folder / "short.wav", 0.2)

    def tones(self, minutes: float) -> str:
        """Nearly one tone a second, of three kinds."""
        reps = round(minutes * 6) + 1
        hold = f"  - {{name: Calf stretch, hold: 7s, relax: 3s, reps: {reps}, cues: {{every 1s: {{tone: tick}}}}}}\n"
        return self._written(f"tones{reps}", f"title: Many tones\n{_STOP}guidance: minimal\nsteps:\n{hold}")

    def gaps(self, sound: str) -> str:
        """Gaps that begin with a sound of noise, `long` or `short`, and silent work between them."""
        none = "tones: {start: none, end: none, tick: none}\n"
        step = f"  - {{tone: {{file: {sound}.wav}}}}\n  - {{name: Work, hold: 30s, ready: 0s}}\n"
        return self._written(f"gaps-{sound}", f"title: Many gaps\n{_STOP}guidance: minimal\n{none}steps:\n{step * 150}")

    def busy(self) -> str:
        """A screen on which something changes all the time: digits, bars, counts, captions and tones."""
        said = "Keep the knee straight and the heel down and breathe on slowly"
        cues = f"{{every 3s: {said}, countdown: 3, at 4s: {{tone: switch}}}}"
        hold = (
            f"  - {{name: Calf stretch, hold: 12s, relax: 3s, reps: 4, sets: 50, rest: 5s, each: leg, cues: {cues}}}\n"
        )
        return self._written("busy", f"title: Busy\n{_STOP}steps:\n{hold}")

    def first(self) -> str:
        """Begins with a tone."""
        steps = "  - tone: start\n  - {name: Hold it, hold: 20s, reps: 3, how: Breathe on.}\n"
        return self._written("first", f"title: Tone first\nsteps:\n{steps}")

    def hold(self) -> str:
        """One long hold."""
        return self._written("hold", f"title: One hold\n{_STOP}steps:\n  - {{name: Calf stretch, hold: 20m}}\n")

    def _written(self, name: str, text: str) -> str:
        path = self.folder / f"{name}.coach.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)


def _noise(path: Path, seconds: float) -> None:
    """No sample of it is near zero, so that its first and last are heard as they are."""
    chosen = random.Random(1)
    samples = array("h", [chosen.choice((-1, 1)) * chosen.randint(2_000, 6_000) for _ in range(round(seconds * RATE))])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
