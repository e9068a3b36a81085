from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from mixes import RATE, Tune, mix

from tests.bench.rendering import DENSE
from voicecoach import compile, load, render
from voicecoach.export.aac import packets
from voicecoach.export.aac_encoder import FRAME
from voicecoach.export.aac_process import EncoderProcess
from voicecoach.export.aac_rates import BitRates
from voicecoach.export.aac_request import Request, Streams
from voicecoach.export.pcm import Pcm
from voicecoach.sound.clip import Samples
from voicecoach.sound.mix import Mix
from voicecoach.sound.mixer import pcm16
from voicecoach.units import Frames

APART = 4
"""Runs with fewer silent frames between them are one."""


class Noise:
    """Noise between silences, all lengths in codec frames: every place has the samples that its number gives."""

    rate = RATE

    def __init__(self, *lengths: int, channels: int = 1) -> None:
        """`lengths` are those of silence, noise, silence and so on; a part of a frame is left over at the end."""
        self.channels = channels
        sounding = np.repeat(np.arange(len(lengths)) % 2, lengths)
        noise = np.random.default_rng(len(lengths)).uniform(-0.4, 0.4, (len(sounding) * FRAME, channels))
        samples = (noise * np.repeat(sounding, FRAME)[:, None]).astype(np.float32)[: -FRAME // 3]
        self._samples: Samples = samples[:, 0] if channels == 1 else samples
        self.length: Frames = len(samples)

    def read(self, start: Frames, count: Frames) -> Samples:
        return self._samples[start : start + count]

    def is_silent(self, start: Frames, count: Frames) -> bool:
        return not self.read(start, count).any()


def unseen(_done: int, _total: int) -> None:
    pass


def in_one_go(samples: Pcm, sound: Mix) -> list[bytes]:
    """The packets of one encoder that is given every frame."""
    whole = np.pad(samples, ((0, -len(samples) % FRAME), (0, 0))).astype(np.float32) / np.float32(32_768)
    frames = np.ascontiguousarray(whole.reshape(-1, FRAME, sound.channels).transpose(0, 2, 1))
    rates = BitRates(sound.channels)
    bit_rates = (*rates.next(frames), *rates.next(np.zeros_like(frames[:1])))
    return Streams().packets(Request(sound.rate, sound.channels, True, True, bit_rates, frames.tobytes()))


def run_by_run(sound: Mix) -> list[bytes]:
    """The packets of encoders that are given every frame, but only one run each; the rest is silence to them."""
    samples = pcm16(sound.read(0, sound.length)).reshape(sound.length, sound.channels)
    sounding = np.flatnonzero([samples[n : n + FRAME].any() for n in range(0, len(samples), FRAME)])
    runs = np.split(sounding, np.flatnonzero(np.diff(sounding) > APART) + 1) if len(sounding) else []
    made = in_one_go(np.zeros_like(samples), sound)
    for run in runs:
        alone = np.zeros_like(samples)
        first, end = run[0] * FRAME, (run[-1] + 1) * FRAME
        alone[first:end] = samples[first:end]
        made[max(run[0] - 1, 0) : run[-1] + 3] = in_one_go(alone, sound)[max(run[0] - 1, 0) : run[-1] + 3]
    return made


@pytest.fixture(scope="module")
def processes() -> Iterator[Callable[[int], list[EncoderProcess]]]:
    """So many encoder processes, which run until the last test."""
    started: list[EncoderProcess] = []

    def some(count: int) -> list[EncoderProcess]:
        started.extend(EncoderProcess() for _ in range(count - len(started)))
        return started[:count]

    yield some
    for process in started:
        process.close()


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@pytest.mark.parametrize(
    "lengths",
    [
        (40,),
        (0, 20),
        (1, 20, 1, 3, 2, 3, 3, 3, 4, 3, 5, 30, 6),
        (9, 1, 9, 2, 0),
        (5, 252, 3, 4, 4, 8),
        (5, 255, 5, 256, 5, 257, 5, 600, 5),
        (0, 3, 60, 1),
    ],
)
def test_each_run_has_the_packets_of_an_encoder_that_hears_it_alone(
    lengths: tuple[int, ...], count: int, processes: Callable[[int], list[EncoderProcess]]
) -> None:
    sound = Noise(*lengths)

    made = list(packets(sound, unseen, processes(count)))

    assert len(made) == -(-sound.length // FRAME) + 1
    assert made == run_by_run(sound)


@pytest.mark.parametrize("count", [0, 2])
def test_so_it_is_in_stereo(count: int, processes: Callable[[int], list[EncoderProcess]]) -> None:
    sound = Noise(3, 40, 9, 12, 7, channels=2)

    assert list(packets(sound, unseen, processes(count))) == run_by_run(sound)


@pytest.mark.parametrize("count", [0, 2])
def test_so_it_is_in_a_session(count: int, processes: Callable[[int], list[EncoderProcess]]) -> None:
    assert list(packets(mix(), unseen, processes(count))) == run_by_run(mix())


def test_an_error_while_mixing_ends_it() -> None:
    def stop(_done: int, _total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(packets(Noise(3, 40, 9), stop))


def test_fifteen_minutes_that_are_full_of_speech_take_less_than_5_mb(user_folders: Path) -> None:
    Path("dense.coach.yaml").write_text(DENSE.replace("14m", "3m"), encoding="utf-8")
    session = compile(load("dense.coach.yaml"))

    report = render(session, "dense.m4a", cover=False)

    assert report.speech is not None
    assert report.speech > 0.75
    assert report.size / report.length * 15 * 60_000 < 4_900_000
    assert _noise(report.path, session.mix()) < -25


def test_a_tone_takes_half_as_much_as_noise() -> None:
    tone, noise = (sum(map(len, packets(sound, unseen))) for sound in (Tune(50 * FRAME, RATE, 1), Noise(0, 50)))

    assert 0.45 < tone / noise < 0.6


def _noise(path: Path, sound: Mix) -> float:
    """How loud the difference from the mix is against the mix, in dB."""
    wanted = pcm16(sound.read(0, sound.length)) / 32_768
    with av.open(str(path)) as container:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])[: len(wanted)]
    return float(10 * np.log10(((heard - wanted) ** 2).mean() / (wanted**2).mean()))
