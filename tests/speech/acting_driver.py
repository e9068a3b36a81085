"""A driver of pyttsx3 that does what its text says: real processes go wrong with it, each in its own way.

Run in place of the worker, it is the worker with one more driver, `acting`. Words of the text:
`hang`, `die`, `exit`, `raise`, `stop`, `nothing`, `empty`, `cut`, `prose`, `silence`, `noisy` (prints),
`aiff`, `child` (hangs with a process of its own); `once` does it only while the file named by
ACTING_ONCE is not there.
"""

import array
import os
import runpy
import signal
import struct
import subprocess
import sys
import time
import wave
from pathlib import Path

RATE = 22_050
BUZZ = array.array("h", [round(9_000 * (1 - abs(number % 100 - 50) / 25)) for number in range(RATE // 2)])
WORKER = Path(__file__).parents[2] / "voicecoach" / "speech" / "pyttsx3_worker.py"


def buildDriver(proxy):  # noqa: N802
    return ActingDriver(proxy)


class ActingDriver:
    def __init__(self, proxy):
        self.proxy = proxy
        self.looping = False

    def getProperty(self, name):  # noqa: N802
        from pyttsx3.voice import Voice

        anna = Voice("system.anna", "Anna", ["de_DE"], "VoiceGenderFemale")
        return {"voices": [anna], "voice": anna.id}[name]

    def setProperty(self, name, value):  # noqa: N802
        pass

    def save_to_file(self, text, filename):
        words = set(text.lower().rstrip(".").split())
        if "once" in words and not first_time():
            words = set()
        if "exit" in words:
            os._exit(1)
        if "die" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "raise" in words:
            raise OSError("the voice is locked")
        if "child" in words:
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            Path(os.environ["ACTING_CHILD"]).write_text(str(child.pid))
        while words & {"hang", "child"}:
            time.sleep(0.01)
        if "noisy" in words:
            print("Audio saved to", filename, flush=True)
            os.write(2, b"a C library complains\n")
        if "nothing" not in words:
            write(Path(filename), words)
        self.proxy.notify("finished-utterance", completed="stop" not in words)

    def startLoop(self):  # noqa: N802
        self.looping = True
        self.proxy.setBusy(False)
        while self.looping:
            time.sleep(0.001)

    def endLoop(self):  # noqa: N802
        self.looping = False

    def stop(self):
        pass

    def destroy(self):
        pass


def first_time():
    try:
        Path(os.environ["ACTING_ONCE"]).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def write(file, words):
    samples = array.array("h", bytes(len(BUZZ) * 2)) if "silence" in words else BUZZ
    if "empty" in words:
        file.write_bytes(b"")
    elif "prose" in words:
        file.write_text("This is no sound at all.")
    elif "aiff" in words:
        file.write_bytes(aiff(samples))
    else:
        with wave.open(str(file), "wb") as sound:
            sound.setparams((1, 2, RATE, 0, "NONE", "NONE"))
            sound.writeframes(samples.tobytes())
        if "cut" in words:
            os.truncate(file, file.stat().st_size // 2)


def aiff(samples):
    """As macOS writes it: big-endian, whatever the file is called."""
    swapped = array.array("h", samples)
    swapped.byteswap()
    rate = struct.pack(">HQ", 16_383 + 14, RATE << (63 - 14))
    common = struct.pack(">4sIhIh", b"COMM", 18, 1, len(samples), 16) + rate
    sound = struct.pack(">4sIII", b"SSND", 8 + 2 * len(samples), 0, 0) + swapped.tobytes()
    return struct.pack(">4sI4s", b"FORM", 4 + len(common) + len(sound), b"AIFF") + common + sound


if __name__ == "__main__":
    sys.modules["pyttsx3.drivers.acting"] = sys.modules[__name__]
    runpy.run_path(str(WORKER), run_name="__main__")
