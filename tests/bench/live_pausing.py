"""From the wish for silence to silence: the command to the audio child, and the key on the terminal."""

import os
import random
import threading
import time

from tests.bench.live_ear import until_silent
from tests.bench.live_figures import Figure, delays
from tests.bench.live_setting import Setting
from tests.bench.live_terminal import LARGE, Program, voicecoach
from tests.recording import RATE, ramp
from voicecoach.output.process import AudioProcess

MOST = {"simpleaudio": 120}
WORST = 250

_launching = threading.Lock()


def output_on(setting: Setting) -> AudioProcess:
    """A real output that plays on a sink of the rig."""
    with _launching:
        os.environ["PULSE_SINK"] = setting.sink
        output = AudioProcess(setting.device)
        del os.environ["PULSE_SINK"]
    output.wait_open(20)
    return output


def by_pipe(setting: Setting, times: int) -> Figure:
    """The command is stamped just before it is written to the child's pipe."""
    chance = random.Random(setting.device)
    commands, written = [], 0
    with setting.rig.record(setting.sink) as recorder:
        output = output_on(setting)
        try:
            for _ in range(times + 1):
                count = min(output.room(), 2 * RATE)
                output.write(ramp(count, written))
                written += count
                time.sleep(chance.uniform(0.4, 0.6))
                commands.append(time.monotonic())
                output.pause()
                time.sleep(chance.uniform(0.4, 0.5))
                output.resume()
            recording = recorder.so_far()
        finally:
            output.close()
    return delays(
        f"pause, command to silence, {setting.device}", until_silent(commands[1:], recording), 95, _most(setting.device)
    )


def by_key(setting: Setting, times: int) -> Figure:
    """SPACE while a long sound plays; then to the next one, which begins when SPACE goes on."""
    chance = random.Random(setting.device)
    commands = []
    words = voicecoach("play", setting.scripts.gaps("long"), "--engine", "silent", "--device", setting.device)
    program = Program(words, setting.folder, size=LARGE, sought="Many gaps", sink=setting.sink)
    with setting.rig.record(setting.sink) as recorder, program:
        program.wait_painted()
        time.sleep(3)
        for _ in range(times + 1):
            commands.append(program.press(" "))
            time.sleep(0.4)
            program.press("\x1b[C")
            time.sleep(0.3)
            program.press(" ")
            time.sleep(chance.uniform(0.5, 1.4))
        recording = recorder.so_far()
    heard = until_silent(commands[1:], recording)
    return delays(f"pause, key to silence, {setting.device}", heard, 90, _most(setting.device), WORST)


def _most(device: str) -> int:
    return MOST.get(device, 60)
