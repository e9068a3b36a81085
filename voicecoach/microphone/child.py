"""The process that listens: one line of JSON about the microphone, then its sound, until its standard input ends."""

import json
import os
import queue
import sys
import threading
from collections.abc import Generator
from typing import Any, NamedTuple, NoReturn

PERIOD = 20
"""Milliseconds that the device collects before they are handed on."""


def main() -> None:
    """Listens; the arguments are the rate and the name of a microphone, or a part of it."""
    rate, wanted = int(sys.argv[1]), sys.argv[2]
    out = os.dup(1)
    os.dup2(2, 1)  # what a sound library prints is no sound
    threading.Thread(target=_end_with_the_input, name="input", daemon=True).start()
    heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    try:
        device, name = _opened(rate, wanted, heard)
    except ImportError:
        _fail(out, "the sound library miniaudio is not installed", "pip install miniaudio")
    except _NoMicrophoneError as error:
        _fail(out, str(error), error.fix)
    _write(out, json.dumps({"microphone": name}).encode() + b"\n")
    while device:  # held: the library stops a device that nobody holds
        _write(out, heard.get())


class _NoMicrophoneError(Exception):
    """No microphone can be opened."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.fix = fix


class _Found(NamedTuple):
    name: str
    id: Any
    default: bool


def _opened(rate: int, wanted: str, heard: "queue.SimpleQueue[bytes]") -> tuple[Any, str]:
    """A microphone that runs, and its name."""
    import miniaudio

    systems = {
        "win32": [miniaudio.Backend.WASAPI],
        "darwin": [miniaudio.Backend.COREAUDIO],
    }.get(sys.platform, [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA, miniaudio.Backend.JACK])
    try:
        known = _microphones(miniaudio, systems)
        found = _pick(wanted, known) if wanted else None
        device = miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=rate,
            buffersize_msec=PERIOD,
            device_id=found.id if found else None,
            backends=systems,
            app_name="voicecoach",
        )
        listening = _listen(heard)
        next(listening)
        device.start(listening)
    except miniaudio.MiniaudioError as error:
        raise _NoMicrophoneError(f"no microphone can be opened ({error.args[0]})") from error
    usual = next((one.name for one in known if one.default), device.backend)
    return device, found.name if found else usual


def _listen(heard: "queue.SimpleQueue[bytes]") -> Generator[None, bytes, None]:
    while True:
        sound = yield
        heard.put(bytes(sound))


def _microphones(miniaudio: Any, systems: list[Any]) -> list[_Found]:
    """Every microphone, asked of the library itself: its own listing fails as a whole for one it cannot describe."""
    ffi, lib = miniaudio.ffi, miniaudio.lib
    devices = miniaudio.Devices(systems)
    infos, count = ffi.new("ma_device_info**"), ffi.new("ma_uint32*")
    if lib.ma_context_get_devices(devices._context, ffi.NULL, ffi.NULL, infos, count) != lib.MA_SUCCESS:
        raise _NoMicrophoneError("the sound system does not tell its microphones")
    found = []
    for index in range(count[0]):
        info = infos[0][index]
        name = ffi.string(info.name).decode("utf-8", "replace")
        found.append(_Found(name, ffi.new("ma_device_id*", info.id), bool(info.isDefault)))
    return found


def _pick(wanted: str, known: list[_Found]) -> _Found:
    sought = wanted.casefold()
    same = [one for one in known if one.name.casefold() == sought]
    fitting = same or [one for one in known if sought in one.name.casefold()]
    if same or len(fitting) == 1:
        return fitting[0]
    names = "; ".join(one.name for one in fitting or known)
    if fitting:
        raise _NoMicrophoneError(f"several microphones are called '{wanted}'", f"write more of the name: {names}")
    fix = f"choose one of these: {names}" if names else "plug one in, or switch it on"
    raise _NoMicrophoneError(f"there is no microphone called '{wanted}'", fix)


def _end_with_the_input() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)  # threads of the sound library may still be running


def _fail(out: int, what: str, fix: str) -> NoReturn:
    _write(out, json.dumps({"what": what, "fix": fix}).encode() + b"\n")
    os._exit(0)


def _write(out: int, content: bytes) -> None:
    try:
        while content:
            content = content[os.write(out, content) :]
    except OSError:
        os._exit(0)  # nobody listens any more
