"""SDL2's audio queue: C code plays what a thread here keeps in store, so that no stall of Python is heard."""

import ctypes
import sys
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from voicecoach.errors import DeviceError
from voicecoach.output.backends import NO_DEVICE_FIX
from voicecoach.output.names import pick
from voicecoach.output.port import Feed
from voicecoach.output.stall import Stall
from voicecoach.units import SECOND, Frames, Milliseconds, frames

STORE: Milliseconds = 250
"""How much is queued ahead: the longest stall of this process that nobody hears."""

PERIOD: Frames = 512
PULSE_PERIOD: Frames = 128
"""Frames that SDL asks for at once: less where PulseAudio stands behind it, which has a store of its own."""

_INSIDE = 2 * PERIOD
"""What SDL and the system behind it hold of what has left the queue."""

NOTICE: Milliseconds = 100
"""So much later is it seen that a device is gone; that is heard again rather than lost."""

FILL: Milliseconds = 24
"""How often the queue is filled when no command comes; one is acted on at once."""

STALLED = 1.0
"""Seconds in which a device takes nothing, although it does not say that it stopped."""

_AUDIO = 0x10
_PULSE = b"pulseaudio"
_OUTPUT = 0
_STOPPED = 0
_WIDTH = 2
_S16 = 0x8010 if sys.byteorder == "little" else 0x9010
_HINTS = {
    b"SDL_NO_SIGNAL_HANDLERS": b"1",
    b"SDL_AUDIO_DEVICE_APP_NAME": b"voicecoach",
    b"SDL_AUDIO_DEVICE_STREAM_NAME": b"session",
}
"""Without the first, SDL would swallow the signals that end this process."""


class _Spec(ctypes.Structure):
    """SDL_AudioSpec."""

    _fields_ = (
        ("freq", ctypes.c_int),
        ("format", ctypes.c_uint16),
        ("channels", ctypes.c_uint8),
        ("silence", ctypes.c_uint8),
        ("samples", ctypes.c_uint16),
        ("padding", ctypes.c_uint16),
        ("size", ctypes.c_uint32),
        ("callback", ctypes.c_void_p),
        ("userdata", ctypes.c_void_p),
    )


class SdlDevice:
    """One of SDL's devices, fed through its queue."""

    def __init__(self) -> None:
        self._sdl = _library()
        self._id = 0
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._lost = False
        self._stall = Stall()
        self._moved = 0

    def open(self, feed: Feed, device: str) -> str:
        """Opens the device and fills its queue; raises DeviceError if there is none."""
        known = names() if device else ()
        name = pick(device, known) if device else ""
        period = PULSE_PERIOD if self._sdl.SDL_GetCurrentAudioDriver() == _PULSE else PERIOD
        wanted = _Spec(freq=feed.rate, format=_S16, channels=1, samples=period)
        asked = name.encode() if name else None
        self._id = self._sdl.SDL_OpenAudioDevice(asked, _OUTPUT, ctypes.byref(wanted), None, 0)
        if not self._id:
            raise DeviceError(f"no sound device: {_error(self._sdl)}", NO_DEVICE_FIX)
        self._feed = feed
        self._store = frames(STORE, feed.rate)
        self._top_up()
        self._sdl.SDL_PauseAudioDevice(self._id, 0)
        self._thread = threading.Thread(target=self._run, name="sdl queue", daemon=True)
        self._thread.start()
        return name or _default_name(self._sdl) or "the default device"

    def alive(self) -> bool:
        """False once the device says that it stopped, or takes nothing from a full queue for a second."""
        return not self._lost and self._stall.seconds(self._moved) < STALLED

    def close(self) -> None:
        """Ends the thread and the device; what was still queued goes back to the feed."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._id:
            self._sdl.SDL_PauseAudioDevice(self._id, 1)
            self._feed.unwind(self._queued() + (frames(NOTICE, self._feed.rate) if self._lost else 0))
            self._feed.ahead = 0
            self._sdl.SDL_CloseAudioDevice(self._id)
            self._id = 0

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                self._feed.rest(FILL / SECOND)
                if self._feed.urgent:
                    self._take_back()
                if self._sdl.SDL_GetAudioDeviceStatus(self._id) == _STOPPED:
                    return
                self._top_up()
        except DeviceError as error:
            print(error.what, file=sys.stderr)
        finally:
            self._lost = not self._closing.is_set()

    def _take_back(self) -> None:
        """What the device has not yet got is taken back, so that a command is heard at once."""
        self._sdl.SDL_LockAudioDevice(self._id)
        try:
            queued = self._queued()
            self._sdl.SDL_ClearQueuedAudio(self._id)
            self._feed.unwind(queued)
            self._queue(self._store)
        finally:
            self._sdl.SDL_UnlockAudioDevice(self._id)

    def _top_up(self) -> None:
        missing = self._store - self._queued()
        if missing > 0 and not self._feed.urgent:
            self._queue(missing)
            self._moved += missing
        self._feed.ahead = self._queued() + _INSIDE

    def _queue(self, count: Frames) -> None:
        sound = self._feed.take(count)
        if self._sdl.SDL_QueueAudio(self._id, sound, len(sound)):
            raise DeviceError(f"SDL cannot queue sound: {_error(self._sdl)}", NO_DEVICE_FIX)

    def _queued(self) -> Frames:
        size: int = self._sdl.SDL_GetQueuedAudioSize(self._id)
        return size // _WIDTH


def names() -> tuple[str, ...]:
    """The devices there are, the default one first where SDL knows it."""
    sdl = _library()
    count = sdl.SDL_GetNumAudioDevices(_OUTPUT)
    found = [sdl.SDL_GetAudioDeviceName(n, _OUTPUT).decode(errors="replace") for n in range(count)]
    default = _default_name(sdl)
    return tuple(sorted(found, key=lambda name: name != default))


def _default_name(sdl: ctypes.CDLL) -> str:
    name, spec = ctypes.c_char_p(), _Spec()
    if sdl.SDL_GetDefaultAudioInfo(ctypes.byref(name), ctypes.byref(spec), _OUTPUT) or not name.value:
        return ""
    return name.value.decode(errors="replace")


def _error(sdl: ctypes.CDLL) -> str:
    said: bytes = sdl.SDL_GetError()
    return said.decode(errors="replace") or "SDL gives no reason"


def _path() -> Path:
    """The library inside the wheel, which is found but not imported: its own code would only warn."""
    spec = find_spec("sdl2dll")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("pysdl2-dll is not installed")
    inside = {"win32": "SDL2.dll", "darwin": "SDL2.framework/SDL2"}.get(sys.platform, "libSDL2-2.0.so")
    return Path(spec.submodule_search_locations[0], "dll", inside)


@cache
def _library() -> ctypes.CDLL:
    """SDL with its audio started; raises DeviceError if it has no way to play here."""
    sdl = ctypes.CDLL(str(_path()))
    sdl.SDL_GetError.restype = ctypes.c_char_p
    sdl.SDL_GetAudioDeviceName.restype = ctypes.c_char_p
    sdl.SDL_GetCurrentAudioDriver.restype = ctypes.c_char_p
    sdl.SDL_GetQueuedAudioSize.restype = ctypes.c_uint32
    sdl.SDL_OpenAudioDevice.restype = ctypes.c_uint32
    sdl.SDL_OpenAudioDevice.argtypes = (ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    sdl.SDL_QueueAudio.argtypes = (ctypes.c_uint32, ctypes.c_char_p, ctypes.c_uint32)
    for name, value in _HINTS.items():
        sdl.SDL_SetHint(name, value)
    if sdl.SDL_InitSubSystem(_AUDIO):
        raise DeviceError(f"no sound device: {_error(sdl)}", NO_DEVICE_FIX)
    return sdl
