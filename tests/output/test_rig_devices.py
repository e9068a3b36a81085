"""The real devices on the recorder rig: what is heard, frame by frame."""

import math
import os
import signal
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from tests.output.contract import OutputContract
from tests.output.live import Live, check_installed
from tests.recording import RAMP, RATE, Recording, Run, apart, ramp
from tests.rig import Rig
from voicecoach.errors import DeviceError
from voicecoach.output.backends import backend
from voicecoach.output.process import AudioProcess

pytestmark = pytest.mark.device

Heard = TypeVar("Heard")

KINDS = ["miniaudio", "sdl", "simpleaudio"]
FADE = 192


# Where simpleaudio's threads end, only the C allocator is safe: hence a process for it.
TOGGLING = """
import sys, time
from tests.output.live import Live, check_installed
from tests.recording import RAMP, RATE, Recording, Run, apart, ramp
from tests.rig import Rig
from voicecoach.output.feed import Command, Feed
from voicecoach.output.memory import Memory
from voicecoach.output.simpleaudio_device import SimpleaudioDevice

memory = Memory.create()
bars = [ramp(5_500, n * 6_000) + bytes(2 * 500) for n in range(40)]
memory.append(0, b"".join(bars))
feed, device = Feed(memory, RATE), SimpleaudioDevice(tape=6_000)
device.open(feed, "")
for serial in range(1, 81, 2):
    time.sleep(0.11)
    feed.ask(Command("pause", serial))
    time.sleep(0.04)
    feed.ask(Command("resume", serial + 1))
time.sleep(0.5)
sys.exit(not device.alive())
"""


def on_time(listen: Callable[[], tuple[Heard, bytes]]) -> Heard:
    """What was heard; once more, and once more, if ALSA says in the log that the machine was too busy to play."""
    for _ in range(3):
        heard, log = listen()
        if b"underrun" not in log:
            break
    return heard


@pytest.fixture(params=KINDS)
def live(request: pytest.FixtureRequest, rig: Rig) -> Iterator[Live]:
    check_installed(request.param)
    with rig.record() as recorder:
        live = Live(request.param, recorder)
        try:
            yield live
        finally:
            live.output.close()
            rig.plug()


class TestDevices(OutputContract):
    @pytest.fixture
    def played(self, live: Live) -> Live:
        return live


def test_for_half_a_minute_no_frame_is_lost_and_every_tone_stands_where_it_belongs(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # All at once, each on a sink of its own. simpleaudio is heard across the end of its first tape.
    tone = array("h", [round(9_000 * math.sin(n * n / 9_000)) for n in range(RATE // 10)]).tobytes()
    bars = (tone + bytes(2 * RATE - len(tone))) * 24

    def tones(count: int, first: int) -> bytes:
        return bars[2 * first :][: 2 * count].ljust(2 * count, b"\0")

    def listen() -> tuple[dict[str, Recording], bytes]:
        log = tmp_path / "sound.log"
        with ExitStack() as stack:
            lives = []
            for kind in KINDS:
                check_installed(kind)
                monkeypatch.setenv("PULSE_SINK", stack.enter_context(rig.another(kind)))
                live = Live(kind, stack.enter_context(rig.record(kind)), log if kind == "simpleaudio" else None)
                stack.callback(live.output.close)
                lives.append(live)
            for live in lives:
                live.output.wait_open(20)
            for _ in range(50):
                for live in lives:
                    live.write(tones if live.kind == "simpleaudio" else ramp)
                lives[0].recorder.wait(RATE // 2)
            for live in lives:
                assert [event.kind for event in live.events] == ["opened"], live.kind
            return {live.kind: live.recorder.so_far() for live in lives}, log.read_bytes()

    heard = on_time(listen)

    for kind in ("miniaudio", "sdl"):
        runs = heard[kind].runs(shortest=4)
        jumps = [apart(after.number, before.number + before.length) for before, after in pairwise(runs)]
        assert runs[0].number == 0, kind
        assert set(jumps) <= {0}, kind
        assert sum(run.length for run in runs) > 23 * RATE, kind
    onsets = heard["simpleaudio"].onsets(tone, most=24)
    places = [onset - onsets[0] - n * RATE for n, onset in enumerate(onsets)]
    assert max(map(abs, places)) <= 5 * RATE // 1000


def test_a_pause_falls_silent_soon_and_goes_on_at_the_same_frame(live: Live) -> None:
    live.output.wait_open(20)
    live.play(0.5)
    before = live.recorder.frames

    asked = time.monotonic()
    live.output.pause()
    live.recorder.wait(RATE // 2)
    live.output.resume()
    live.play(0.5)

    tape = live.recorder.so_far()
    quiet = tape.silent_from(before, RATE // 4)
    loud = tape.loud_from(quiet + RATE // 4)
    first = next(run for run in live.runs() if run.at >= loud)
    last = [run for run in live.runs() if run.at < quiet][-1]
    assert tape.heard(quiet) - asked < 0.25
    assert (first.number - (first.at - loud)) % RAMP == last.end


def test_a_switch_is_heard_soon(live: Live) -> None:
    live.output.wait_open(20)
    live.play(0.5)
    before = live.recorder.frames

    live.output.begin(20_000)
    live.output.write(ramp(RATE, 20_000))
    asked = time.monotonic()
    live.output.switch(aligned=False)
    live.recorder.wait(RATE // 2)

    tape = live.recorder.so_far()
    new = next(run for run in tape.runs() if run.at > before)
    assert 20_000 < new.number <= 20_000 + live.crossing
    assert tape.heard(new.at - (new.number - 20_000)) - asked < 0.25


def test_two_switches_one_after_the_other_leave_the_last(live: Live) -> None:
    live.output.wait_open(20)
    live.play(1)

    for first in (10_000, 20_000, 5_000):
        last = live.output.begin(first)
        live.output.write(ramp(RATE, first))
        live.output.switch(aligned=False)
    live.until(lambda: live.output.place.generation == last and live.output.place.idle > RATE // 4)

    numbers = [run.number for run in live.runs()]
    assert any(number in range(5_000, 5_001 + live.crossing) for number in numbers[-3:])
    assert live.runs()[-1].end == 5_000 + RATE


def test_unplugged_it_is_lost_and_plugged_in_it_goes_on(live: Live, rig: Rig) -> None:
    live.output.wait_open(20)
    live.play(1)

    rig.unplug()
    live.state("lost")
    stopped = live.output.place
    last = live.runs()[-1]
    child = live.child()
    os.kill(child, signal.SIGSTOP)  # so that the recording runs before the device is found
    rig.plug()
    with rig.record() as live.recorder:
        os.kill(child, signal.SIGCONT)
        live.state("playing")
        live.play(1)
        first = live.runs()[0]

    assert [event.kind for event in live.events] == ["opened", "lost", "found"]
    assert abs(apart(stopped.frame, last.number + last.length)) < RATE // 5
    assert abs(apart(first.number - FADE, stopped.frame)) <= 2


def test_a_killed_child_is_followed_by_one_that_goes_on(live: Live) -> None:
    live.output.wait_open(20)
    live.play(1)

    killed_at = live.recorder.frames
    os.kill(live.child(), signal.SIGKILL)
    live.until(lambda: [event.kind for event in live.events] == ["opened", "restarted", "found"])
    live.play(1)

    before = [run for run in live.runs() if run.at < killed_at][-1]
    after = next(run for run in live.runs() if run.at > killed_at)
    assert abs(apart(after.number - FADE, before.number + before.length)) < RATE // 10


def test_pauses_while_one_tape_follows_another_lose_nothing(rig: Rig) -> None:
    check_installed("simpleaudio")
    environment = {**os.environ, **backend("simpleaudio").environment, "PYTHONPATH": os.pathsep.join(sys.path)}

    def listen() -> tuple[list[Run], bytes]:
        with rig.record() as recorder:
            done = subprocess.run(
                [sys.executable, "-c", TOGGLING], env=environment, stderr=subprocess.PIPE, timeout=60, check=False
            )
            assert done.returncode == 0, done.stderr
            return recorder.so_far().runs(shortest=4), done.stderr

    runs = on_time(listen)

    breaks = [apart(after.number, before.number + before.length) for before, after in pairwise(runs)]
    assert len(runs) > 30
    assert min(breaks) > -RATE // 100
    assert max(breaks) < 500 + 2 * FADE + RATE // 100


def test_without_a_sink_there_is_no_device(rig: Rig) -> None:
    rig.unplug()
    output = AudioProcess("miniaudio")
    try:
        with pytest.raises(DeviceError) as problem:
            output.wait_open(20)
    finally:
        output.close()
        rig.plug()

    assert "voicecoach devices" in problem.value.fix


def test_simpleaudio_plays_on_the_default_device_only(rig: Rig) -> None:
    check_installed("simpleaudio")
    output = AudioProcess("simpleaudio", "headset")
    try:
        with pytest.raises(DeviceError) as problem:
            output.wait_open(20)
    finally:
        output.close()

    assert problem.value.what == "simpleaudio plays on the system's default device only"
    assert "--device 'miniaudio:headset'" in problem.value.fix
