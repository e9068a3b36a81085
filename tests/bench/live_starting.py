"""From the start of the process to the first sound, and to the first screen."""

import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.live_ear import silences
from tests.bench.live_figures import MS, Figure, at_most
from tests.bench.live_setting import Setting
from tests.bench.live_terminal import Program, voicecoach
from tests.bench.measure import alternating, once, process
from voicecoach.compiler.options import Options
from voicecoach.session import prepare, read_script
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.speaker import Speaker

FACTOR = 1.5
_SOUNDS = 1.6
"""Seconds after which a program that was started has made its first sound."""

BARE_CLICK = """
import array, time
import miniaudio

def play():
    count = yield b""
    click = array.array("h", [12000] * 24).tobytes()
    count = yield click + bytes(2 * count - len(click))
    while True:
        count = yield bytes(2 * count)

device = miniaudio.PlaybackDevice(
    output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=24000, buffersize_msec=20,
    backends=[miniaudio.Backend.PULSEAUDIO],
)
sound = play()
next(sound)
device.start(sound)
time.sleep(600)
"""

LEAN_CLICK = f"""
import sys, types
sys.modules["numpy"], sys.modules["urllib.request"] = None, types.ModuleType("urllib.request")
{BARE_CLICK}"""
"""The same without what miniaudio imports and does not need."""

COMPILE = "import sys, voicecoach; voicecoach.compile(voicecoach.load(sys.argv[1]))"

BARE_SCREEN = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Calf stretch")

Bare().run()
"""


def first_sound(setting: Setting, runs: int) -> list[Figure]:
    """The full screen, plain lines and bare children in turn, with a warm cache."""
    script, folder = setting.scripts.first(), setting.folder
    play = voicecoach("play", script)
    sides = {
        "full screen": play,
        "plain": [*play, "--plain"],
        "bare": [sys.executable, "-c", BARE_CLICK],
        "lean": [sys.executable, "-c", LEAN_CLICK],
    }
    begun: dict[str, list[float]] = {side: [] for side in sides}
    with setting.rig.record(setting.sink) as recorder:
        for _ in range(runs + 1):
            for side, words in sides.items():
                with Program(words, folder) as program:
                    time.sleep(_SOUNDS)
                begun[side].append(program.begun)
                time.sleep(0.3)
        recording = recorder.so_far()
    sounds = [one.ended for one in silences(recording)]
    took = {side: median(_first_after(moment, sounds) for moment in begun[side][1:]) for side in sides}
    inside, alone = _compiling(script, folder, runs)
    floor = (
        f"{_ms(took['bare'])} bare child with miniaudio, {_ms(took['lean'])} without its needless imports; "
        f"compile {_ms(alone)} in a process of its own less `python -c pass`, {_ms(inside)} where it is loaded"
    )
    return [
        _against(f"first sound, {side}", took[side], took["bare"], floor, inside) for side in ("full screen", "plain")
    ]


def first_paint(script: str, folder: Path, runs: int) -> list[Figure]:
    """The session screen on the null device, and the list of routines, against an app with one line of text."""
    sides = {
        "session": (voicecoach("play", script, "--device", "null"), "Calf stretch"),
        "list of routines": (voicecoach(), "Looking for routines"),
        "bare": ([sys.executable, "-c", BARE_SCREEN], "Calf stretch"),
    }
    taken: dict[str, list[float]] = {side: [] for side in sides}
    for _ in range(runs + 1):
        for side, (words, sought) in sides.items():
            with Program(words, folder, sought=sought) as program:
                taken[side].append(program.wait_painted())
    took = {side: median(found[1:]) for side, found in taken.items()}
    floor = f"{_ms(took['bare'])} bare app"
    return [
        _against(f"first paint, {side}", took[side], took["bare"], floor) for side in ("session", "list of routines")
    ]


def _against(what: str, ours: float, bare: float, floor: str, compiling: float = 0.0) -> Figure:
    """Seconds until something comes, held against those of the bare program, and the compile where there is one."""
    most = FACTOR * bare + compiling
    limit = f"at most {_ms(most)}: 1.5 × bare" + (", and the compile" if compiling else "")
    return at_most(what, f"{_ms(ours)} ({ours / bare:.2f} ×); {floor}", [(ours, most)], limit)


def _first_after(moment: float, sounds: list[float]) -> float:
    return min(sound for sound in sounds if sound > moment) - moment


def _compiling(script: str, folder: Path, runs: int) -> tuple[float, float]:
    """Seconds to read and compile in this interpreter, and in a process that must load the compiler for it.

    The second is that of a program that does nothing else, less that of one that does nothing.
    """
    engine = EspeakEngine()
    try:
        speaker = Speaker(engine, ClipCache(folder / "cache" / "clips"))
        inside = median(once(lambda: prepare(read_script(script), Options(), speaker)) for _ in range(runs + 1))
    finally:
        engine.close()
    alone, bare = alternating(lambda: process("-c", COMPILE, script), lambda: process("-c", "pass"), runs)
    return inside, alone - bare


def _ms(seconds: float) -> str:
    return f"{MS * seconds:.0f} ms"
