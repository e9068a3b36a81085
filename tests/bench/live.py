"""`python -m tests.bench live`: everything that must hold of a live session, on the recorder rig, as one table.

`--quick` takes two minutes where the figures want fifteen, `--apart` plays the long sessions one after the other
instead of beside one another, which takes an hour. Needs what the tests marked `device` need.
"""

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias, TypeVar

from tests.bench import live_pausing, live_skipping
from tests.bench.live_figures import Figure, table, tell
from tests.bench.live_load import cpu, memory
from tests.bench.live_losses import hogs, losses, under
from tests.bench.live_onsets import held_against, play, silent_session
from tests.bench.live_scripts import Scripts
from tests.bench.live_setting import Setting
from tests.bench.live_standstill import figure, standstill
from tests.bench.live_starting import first_paint, first_sound
from tests.recording import Recording
from tests.rig import Rig
from voicecoach.errors import VoicecoachError
from voicecoach.output.backends import backend

Measurement: TypeAlias = Callable[[], Sequence[Figure]]

Measured = TypeVar("Measured")

APART = 3.0
"""Seconds between two programs that start; nobody starts six on two cores."""

OTHERS = ("sdl", "simpleaudio")
CLOCKED = "simpleaudio"
"""Its place is a clock, set anew every half minute, so it follows that clock and not the sink's."""

_ANSWERS: dict[str, Callable[[Setting, int], Figure]] = {
    "pause, command": live_pausing.by_pipe,
    "pause, key": live_pausing.by_key,
    "skip, command": live_skipping.by_command,
    "skip, key": live_skipping.by_key,
}


class Sizes(NamedTuple):
    """How much is measured: minutes and seconds of sound, and how often something is repeated."""

    minutes: float
    others: float
    hog: float
    presses: int
    commands: int
    starts: int
    cpu: float
    beside: int = 6
    """How many of the long sessions play at a time."""


FULL = Sizes(minutes=15, others=8, hog=40, presses=40, commands=60, starts=15, cpu=60)
QUICK = Sizes(minutes=2, others=1, hog=10, presses=8, commands=10, starts=3, cpu=15)


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench live", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2 minutes instead of 15, and fewer repetitions")
    parser.add_argument("--apart", action="store_true", help="one long session at a time")
    parser.add_argument("--minutes", type=float, help="length of the long sessions")
    chosen = parser.parse_args(words)
    sizes = QUICK if chosen.quick else FULL
    sizes = sizes if chosen.minutes is None else sizes._replace(minutes=chosen.minutes)
    sizes = sizes._replace(beside=1) if chosen.apart else sizes
    begun, load = time.monotonic(), os.getloadavg()[0]
    rig = Rig()
    with ExitStack() as keep:
        folder = Path(keep.enter_context(TemporaryDirectory(prefix="bench")))
        keep.callback(rig.stop)
        rig.start()
        for name in set(os.environ) - set(rig.environment):
            del os.environ[name]
        os.environ.update(rig.environment)
        found = list(_measured(Setting(rig, Scripts(folder)), sizes))
    took = (time.monotonic() - begun) / 60
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {took:.0f} minutes, load before {load:.1f}\n")
    print(table(found))


def _measured(main: Setting, sizes: Sizes) -> Iterator[Figure]:
    """One after the other, but for the long ones, and for the two devices that are not the default."""
    with ExitStack() as keep:

        def beside(device: str, sink: str) -> Setting:
            return main._replace(device=device, sink=keep.enter_context(main.rig.another(sink)))

        others = [beside(name, name) for name in OTHERS if backend(name).installed]
        yield from _long(main, others, beside("miniaudio", "busy"), beside("miniaudio", "stalled"), sizes)
        for name, hog in _hogs(main, sizes).items():
            yield from _at_once({name: hog})
        for name, what in _ANSWERS.items():
            times = sizes.commands if what is live_pausing.by_pipe else sizes.presses
            yield from _at_once({f"{name}, miniaudio": _once(what, main, times)})
            yield from _at_once({f"{name}, {one.device}": _once(what, one, sizes.presses) for one in others})
    last: dict[str, Measurement] = {
        "first sound": lambda: first_sound(main, sizes.starts),
        "first paint": lambda: first_paint(main.scripts.hold(), main.folder, sizes.starts),
        "CPU": lambda: cpu(main.scripts.hold(), main.folder, sizes.cpu),
    }
    for name, measurement in last.items():
        yield from _at_once({name: measurement})


def _at_once(measurements: Mapping[str, Measurement]) -> Iterator[Figure]:
    """The figures of measurements that run beside one another; one that fails is a line of the table, too."""
    with ThreadPoolExecutor(max(1, len(measurements))) as pool:
        for what, running in [(what, pool.submit(work)) for what, work in measurements.items()]:
            try:
                figures = running.result()
            except (RuntimeError, AssertionError, OSError, VoicecoachError) as error:
                figures = [Figure(what, f"not measured: {' '.join(str(error).split())[-200:]}", "-", False)]
            for figure in figures:
                tell(f"{figure.what}: {figure.measured}")
                yield figure


def _long(main: Setting, others: list[Setting], busy: Setting, stalled: Setting, sizes: Sizes) -> Iterator[Figure]:
    """Sessions on sinks of their own, beside one another: no figure is better for it. Then they are looked at."""
    tell(f"onsets, losses and memory, {sizes.minutes:g} minutes")
    seconds = 60 * sizes.minutes
    tones = {main: main.scripts.tones(sizes.minutes)} | {one: one.scripts.tones(sizes.others) for one in others}
    with standstill() as still, ThreadPoolExecutor(sizes.beside) as pool:

        def begun(work: Callable[..., Measured], *words: object) -> Future[Measured]:
            time.sleep(APART)
            return pool.submit(work, *words)

        played = {setting: begun(play, setting, script) for setting, script in tones.items()}
        long = main.scripts.tones(sizes.minutes + 1)
        resident = begun(memory, long, main.folder, seconds, min(60.0, seconds / 2))
        ramps = {
            "samples, busiest screen": begun(under, busy, seconds),
            "samples, stalled 150 ms of every 300": begun(under, stalled, seconds, 150, 300),
        }

    def onsets(setting: Setting, script: str) -> Sequence[Figure]:
        found = held_against(setting.device, silent_session(script), played[setting].result())
        return found.figures(strict=setting.device != CLOCKED)

    for setting, script in tones.items():
        yield from _at_once({f"tone onsets, {setting.device}": partial(onsets, setting, script)})
    for what, ramp in ramps.items():
        yield from _at_once({what: partial(_lost, what, ramp, must=True)})
    yield from _at_once({"memory": resident.result, "standing still": lambda: [figure(still)]})


def _lost(what: str, ramp: Future[Recording], *, must: bool) -> Sequence[Figure]:
    return [losses(ramp.result()).figure(what, must=must)]


def _hogs(main: Setting, sizes: Sizes) -> dict[str, Measurement]:
    def stalled(seconds: int) -> Sequence[Figure]:
        found = losses(under(main, sizes.hog, 1_000 * seconds, 2_000 * seconds))
        return [found.figure(f"samples, stalled {seconds} s of every {2 * seconds}", must=False)]

    def four() -> Sequence[Figure]:
        with hogs(4):
            heard = under(main, sizes.hog)
        return [losses(heard).figure(f"samples, four busy processes, {os.cpu_count()} cores", must=False)]

    tell("harder hogs")
    return {"stalled 1 s": partial(stalled, 1), "stalled 3 s": partial(stalled, 3), "four busy processes": four}


def _once(what: Callable[[Setting, int], Figure], setting: Setting, times: int) -> Measurement:
    return lambda: [what(setting, times)]
