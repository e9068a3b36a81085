"""Prints how well speech survives a format, in wide-band PESQ: `python -m tests.speech_quality .m4a`.

The figures of voicecoach/export/aac_rates.py come from here. It needs the package `pesq`, which is built with a C
compiler and numpy: `pip install cython numpy setuptools`, then `pip install --no-build-isolation pesq`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import soxr

from tests.bench.rendering import DENSE
from voicecoach import Options, Session, compile, load
from voicecoach import render as render_session
from voicecoach.export.audio import render
from voicecoach.export.labels import Labels
from voicecoach.export.tags import Tags
from voicecoach.sound.clip import Samples
from voicecoach.sound.mixer import pcm16

ROUTINE = "feet-evening"
VOICES = ("", "en-us", "en-us+Annie", "en-us+f3", "en-us+m3")
RATE = 24_000
PESQ_RATE = 16_000

_PAUSE = np.zeros(RATE // 2, np.float32)
_SECONDS = 7
"""A passage is over with the line in which it gets this long; PESQ wants some seconds."""


class Passages:
    """Lines with pauses between them, as a mix; `bounds` tells where each passage begins and ends."""

    rate = RATE
    channels = 1

    def __init__(self, lines: list[Samples]) -> None:
        told: list[Samples] = [_PAUSE]
        self.bounds: list[tuple[int, int]] = []
        begin = at = len(_PAUSE)
        for line in lines:
            told += [line, _PAUSE]
            at += len(line) + len(_PAUSE)
            if at - begin > _SECONDS * RATE:
                self.bounds.append((begin - len(_PAUSE) // 2, at - len(_PAUSE) // 2))
                begin = at
        self.samples: Samples = (pcm16(np.concatenate(told)) / 32_768).astype(np.float32)
        self.length = len(self.samples)

    def read(self, start: int, count: int) -> Samples:
        block = self.samples[start : start + count]
        return np.pad(block, (0, count - len(block)))

    def is_silent(self, start: int, count: int) -> bool:
        return not self.read(start, count).any()


def main(suffix: str = ".m4a") -> None:
    """A line for each voice, one for all of them, and how large fifteen dense minutes are."""
    with TemporaryDirectory() as folder:
        everything = []
        for voice in VOICES:
            scores = list(_scores(compile(load(ROUTINE), Options(voice=voice)), Path(folder, f"a{suffix}")))
            print(f"{voice or 'default':12} mean {np.mean(scores):.3f}, worst {min(scores):.3f}", flush=True)
            everything += scores
        print(f"{'all':12} mean {np.mean(everything):.3f}, worst {min(everything):.3f}")
        script = Path(folder, "dense.coach.yaml")
        script.write_text(DENSE.replace("14m", "15m"), encoding="utf-8")
        report = render_session(compile(load(script)), Path(folder, f"b{suffix}"))
        print(f"dense: {report.size / report.length * 900_000 / 1e6:.2f} MB in 15 minutes, with cover and lyrics")


def _scores(session: Session, path: Path) -> Iterator[float]:
    from pesq import pesq

    clips = [session.clip(cue).samples for cue in session.timeline.cues if cue.kind == "speech"]
    lines = {clip.tobytes(): clip for clip in clips if len(clip) > RATE}
    passages = Passages(list(lines.values()))
    render(passages, Labels(Tags("x")), path)
    heard = _decoded(path)
    for begin, end in passages.bounds:
        said, got = (soxr.resample(sound[begin:end], RATE, PESQ_RATE) for sound in (passages.samples, heard))
        yield float(pesq(PESQ_RATE, said, got, "wb"))


def _decoded(path: Path) -> Samples:
    resampler = av.AudioResampler("fltp", "mono", RATE)
    with av.open(str(path)) as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


if __name__ == "__main__":
    main(*sys.argv[1:])
