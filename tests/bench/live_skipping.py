"""From the wish to skip to the first sample of what is landed on."""

import random
import time

from tests.bench.live_ear import until_loud
from tests.bench.live_figures import Figure, delays
from tests.bench.live_onsets import silent_session
from tests.bench.live_pausing import output_on
from tests.bench.live_setting import Setting
from tests.bench.live_terminal import LARGE, Program, voicecoach
from voicecoach.player.player import Player
from voicecoach.player.transport import start

MOST = 100


def by_command(setting: Setting, times: int) -> Figure:
    """The player is told, in this process."""
    chance = random.Random(setting.device)
    session = silent_session(setting.scripts.gaps("short"))
    commands = []
    with setting.rig.record(setting.sink) as recorder:
        player = Player(session, output_on(setting), start(session.timeline))
        try:
            time.sleep(3)
            for _ in range(times):
                commands.append(time.monotonic())
                player.do("next")
                time.sleep(chance.uniform(0.7, 1.1))
            recording = recorder.so_far()
        finally:
            player.close()
    return delays(f"skip, command to sound, {setting.device}", until_loud(commands, recording), 95, MOST)


def by_key(setting: Setting, times: int) -> Figure:
    """The right arrow on the terminal of the real program."""
    chance = random.Random(setting.device)
    commands = []
    words = voicecoach("play", setting.scripts.gaps("short"), "--engine", "silent", "--device", setting.device)
    program = Program(words, setting.folder, size=LARGE, sought="Many gaps", sink=setting.sink)
    with setting.rig.record(setting.sink) as recorder, program:
        program.wait_painted()
        time.sleep(3)
        for _ in range(times):
            commands.append(program.press("\x1b[C"))
            time.sleep(chance.uniform(0.7, 1.1))
        recording = recorder.so_far()
    return delays(f"skip, key to sound, {setting.device}", until_loud(commands, recording), 95, MOST)
