"""The recorder rig: a PulseAudio server of its own, whose one sink is recorded as the sound would be heard.

The sink runs at the rate and with the one channel of the programme, at full volume, so that the server neither
resamples nor mixes: what was written comes back bit by bit. A programme of ramp samples tells each frame's number.
Its clock is no wall clock: compare frames with frames, and use `Recording.heard` only against moments on a clock.
"""

import os
import shutil
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.recording import RAMP, RATE, Recording, Run, apart, ramp

__all__ = ["RAMP", "RATE", "SINK", "Recorder", "Recording", "Rig", "Run", "apart", "ramp", "wait_until"]

SINK = "rig"
INSTALL = "apt-get install --no-install-recommends pulseaudio pulseaudio-utils libasound2-plugins"

_PATIENCE = 20.0
_URGENCY = 5
"""PulseAudio's own real-time priority."""
_FORMAT = ("--format=s16le", f"--rate={RATE}", "--channels=1")
_SERVER = (
    *("-n", "--system=false", "--daemonize=no", "--use-pid-file=false", "--exit-idle-time=-1"),
    *("--realtime=false", "--high-priority=false", "--log-level=debug"),
    "--disable-shm=true",
)
"""Without shared memory, because PulseAudio 16 aborts with it now and then when a client is killed in mid-sound
(`memblock_replace_import`), and killed clients are what some tests are about."""

_PLUG = (f"rate={RATE}", "channels=1", "format=s16le", "norewinds=1")

# Stamps every read with the clock that all processes share, and is busy with nothing else.
_STAMPER = """
import os, struct, sys, time
samples, stamps = open(sys.argv[1], "ab", 0), open(sys.argv[2], "ab", 0)
total = 0
while read := os.read(0, 65536):
    now = time.monotonic_ns()
    total += len(read)
    samples.write(read)
    stamps.write(struct.pack("qq", now, total // 2))
"""


class Recorder:
    """A recording that runs: `stop` ends it, `frames` tells how far it is."""

    def __init__(self, folder: Path, environment: dict[str, str], sink: str) -> None:
        self._samples, self._stamps = folder / "samples", folder / "stamps"
        for path in (self._samples, self._stamps):
            path.write_bytes(b"")
        self._tap = subprocess.Popen(
            ["parec", "-d", f"{sink}.monitor", "--latency-msec=2", "--raw", *_FORMAT],
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert self._tap.stdout
        self._stamper = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _STAMPER, str(self._samples), str(self._stamps)],
            stdin=self._tap.stdout,
            env=environment,
        )
        self._tap.stdout.close()

    @property
    def frames(self) -> int:
        """Frames recorded so far."""
        return self._samples.stat().st_size // 2

    def wait(self, frames: int) -> None:
        """Returns once `frames` frames more are recorded."""
        target = self.frames + frames
        wait_until(lambda: self.frames >= target, f"{frames} frames to be recorded", _PATIENCE + frames / RATE)

    def so_far(self) -> Recording:
        """What is recorded up to now."""
        stamps = array("q")
        raw = self._stamps.read_bytes()
        stamps.frombytes(raw[: len(raw) // 16 * 16])
        pairs = tuple(zip(stamps[::2], stamps[1::2], strict=True))
        samples = array("h")
        samples.frombytes(self._samples.read_bytes()[: 2 * (pairs[-1][1] if pairs else 0)])
        return Recording(samples, pairs)

    def stop(self) -> Recording:
        """Ends the recording and returns it."""
        self._tap.terminate()
        self._tap.wait(_PATIENCE)
        self._stamper.wait(_PATIENCE)
        return self.so_far()


class Rig:
    """A sound server for one test run, in a folder of its own that nothing else on the machine looks into."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="rig")
        self.home = Path(self._folder.name)
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "PULSE_SINK", "PULSE_SOURCE")
        } | {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home)}
        self.environment.pop("PULSE_SERVER", None)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server and plugs the sink in."""
        socket = self.home / "socket"
        with (self.home / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                ["pulseaudio", *_SERVER, "-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"],
                stdout=log,
                stderr=log,
                env=self.environment,
            )
        self.environment["PULSE_SERVER"] = f"unix:{socket}"
        wait_until(self._answers, "the sound server to answer", told=self._log)
        self._go_first()
        self.plug()

    @property
    def threads(self) -> list[int]:
        """The server's threads: one for itself, and one for each sink."""
        assert self._server
        return [int(thread.name) for thread in Path(f"/proc/{self._server.pid}/task").iterdir()]

    def _go_first(self) -> None:
        """Gives the server the priority that sound servers have on a desktop, where the machine allows it.

        It gives up any priority while it starts; the threads of sinks that are plugged in later inherit it.
        """
        with suppress(OSError):
            for thread in self.threads:
                os.sched_setscheduler(thread, os.SCHED_RR, os.sched_param(_URGENCY))

    def revive(self) -> None:
        """Starts the server again if it has crashed, so that one test's trouble is not that of all that follow."""
        if self._server and self._server.poll() is not None:
            self.start()

    def stop(self) -> None:
        """Ends the server and removes its folder."""
        if self._server:
            self._server.terminate()
            try:
                self._server.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        self._server = None
        self._folder.cleanup()

    def plug(self) -> None:
        """Gives the server its sink; no effect while there is one."""
        if not self._plugged():
            self._control("load-module", "module-null-sink", f"sink_name={SINK}", *_PLUG)
            self._control("set-default-sink", SINK)

    def unplug(self) -> None:
        """Takes all sinks away, as a pulled plug does."""
        if self._plugged():
            self._control("unload-module", "module-null-sink")

    @contextmanager
    def another(self, name: str) -> Iterator[str]:
        """One more sink while the block runs; a program started with PULSE_SINK set to its name plays on it."""
        number = self._control("load-module", "module-null-sink", f"sink_name={name}", *_PLUG).strip()
        try:
            yield name
        finally:
            self._control("unload-module", number)

    def streams(self) -> int:
        """How many streams play on the server now."""
        return len(self._control("list", "short", "sink-inputs").splitlines())

    def dry(self) -> int:
        """How often a stream had nothing ready when the sink was due: the machine was busy, and silence was put in."""
        return (self.home / "server.log").read_text(errors="replace").count("nderrun o")

    @contextmanager
    def record(self, sink: str = SINK) -> Iterator[Recorder]:
        """Records all that a sink plays; the recording runs when the block begins."""
        with TemporaryDirectory(prefix="tape", dir=self.home) as folder:
            recorder = Recorder(Path(folder), self.environment, sink)
            try:
                wait_until(lambda: recorder.frames > 0, "the recording to begin")
                yield recorder
            finally:
                recorder.stop()

    def _plugged(self) -> bool:
        return any(line.split("\t")[1] == SINK for line in self._control("list", "short", "sinks").splitlines())

    def _answers(self) -> bool:
        assert self._server
        assert self._server.poll() is None, "the sound server ended: " + self._log()
        return subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False).returncode == 0

    def _control(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"pactl {' '.join(words)}: {done.stderr}{self._log()}"
        return done.stdout

    def _log(self) -> str:
        return (self.home / "server.log").read_text(errors="replace")[-2000:]


def wait_until(
    true: Callable[[], bool], what: str, patience: float = _PATIENCE, told: Callable[[], str] = lambda: ""
) -> None:
    """Returns as soon as `true()`; fails after `patience` seconds, with `what` it waited for and what was `told`."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, f"waited {patience:g} s for {what} {told()}"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def sound_server() -> Iterator[Rig]:
    """The rig's server, one for the whole run; a skip where its programs are missing, a failure in CI."""
    missing = [name for name in ("pulseaudio", "pactl", "parec") if not shutil.which(name)]
    if missing:
        reason = f"the recorder rig needs {', '.join(missing)}: {INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    rig = Rig()
    try:
        rig.start()
        yield rig
    finally:
        rig.stop()


@pytest.fixture
def rig(sound_server: Rig, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """The rig with its sink plugged in; programs that the test starts play on it."""
    sound_server.revive()
    sound_server.plug()
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "PULSE_SINK", "PULSE_SOURCE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_RUNTIME_DIR", "PULSE_SERVER"):
        monkeypatch.setenv(name, sound_server.environment[name])
    return sound_server
