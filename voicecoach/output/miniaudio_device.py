"""The default device: miniaudio, which opens what the system has and asks for frames from a thread of its own."""

import sys
import traceback
from collections.abc import Generator
from contextlib import suppress
from types import TracebackType
from typing import Any, NamedTuple

from voicecoach.errors import DeviceError
from voicecoach.output.backends import NO_DEVICE_FIX
from voicecoach.output.lean import without
from voicecoach.output.names import pick
from voicecoach.output.port import Feed
from voicecoach.output.stall import Stall
from voicecoach.units import Milliseconds

with without(
    optional="numpy", hollow="urllib.request"
):  # for arrays and radio streams: half of the time until it sounds
    import miniaudio

PERIOD: Milliseconds = 20
"""Silence then comes after 10 to 25 ms. With 10 ms it stutters under load, with 50 it takes 54."""

LOOSE_PERIOD: Milliseconds = 56
"""The period where PulseAudio gets what it asks for, a quarter of this at a time: silence comes after 44 ms (35 with 20
ms in whole periods), nearly three times as much is in store, and the system wakes 71 times a second instead of 200."""

FIRST_SOUND = 0.25
"""Seconds that an open device waits for the first sound before it starts: one that starts with silence has 56 ms of it
in store, and what comes meanwhile is heard so much later."""

_GONE = 1.0
"""Seconds without a callback: under PulseAudio nothing else tells that the device was unplugged."""

_SYSTEMS = {
    "win32": [miniaudio.Backend.WASAPI],
    "darwin": [miniaudio.Backend.COREAUDIO],
    "linux": [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA, miniaudio.Backend.JACK],
}
"""Named outright: left alone, miniaudio plays into nothing where there is no device."""


class _Player(miniaudio.PlaybackDevice):  # type: ignore[misc]  # the library has no types
    """A device whose callback gives PulseAudio what it asks for, instead of collecting a whole period first."""

    def _make_context(self, *asked: Any, **named: Any) -> Any:
        """Called by the library between setting up the description of the device and opening it."""
        context = super()._make_context(*asked, **named)
        if context.backend == miniaudio.lib.ma_backend_pulseaudio and _loosen(self._devconfig):
            self._devconfig.periodSizeInMilliseconds = LOOSE_PERIOD
        return context


def _loosen(description: Any) -> bool:
    """Sets `noFixedSizedCallback` in a ma_device_config; false where it is not sure to be there.

    The library does not name this member of the C struct. In all versions 0.11 it is the last of four flags, behind
    `periods` and one more number.
    """
    ffi = miniaudio.ffi
    at = {name: field.offset for name, field in ffi.typeof(description).fields}
    flag = at["periods"] + _FROM_PERIODS_TO_FLAG
    version: bytes = ffi.string(miniaudio.lib.ma_version_string())
    if not version.startswith(b"0.11.") or not flag < at["dataCallback"] <= flag + ffi.sizeof("void*"):
        return False
    ffi.cast("unsigned char*", ffi.addressof(description))[flag] = 1
    return True


_FROM_PERIODS_TO_FLAG = 11


_CALLBACK = "_internal_data_callback"
"""What the library calls the one function of Python that its C code asks for frames."""


class MiniaudioDevice:
    """One open device of miniaudio; a process has one at a time."""

    def __init__(self) -> None:
        self._device: miniaudio.PlaybackDevice | None = None
        self._feed: Feed | None = None
        self._stall = Stall()
        self._broken = False

    def open(self, feed: Feed, device: str) -> str:
        """Starts the device; raises DeviceError if there is none, or none of that name."""
        found = _find(device) if device else None
        try:
            self._device = _Player(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=feed.rate,
                buffersize_msec=PERIOD,
                device_id=found.id if found else None,
                backends=_systems(),
                app_name="voicecoach",
            )
            self._device.stop_callback = self._stopped
            self._feed = feed
            feed.wait(FIRST_SOUND)
            self._ask_at_once(feed)
            playing = _frames_of(feed)
            next(playing)
            self._device.start(playing)
        except miniaudio.MiniaudioError as error:
            name = f"the sound device '{found.name}'" if found else "a sound device"
            raise DeviceError(f"{name} could not be opened ({error.args[0]})", NO_DEVICE_FIX) from error
        self._stall = Stall()
        return found.name if found else _default_name(self._device.backend)

    def alive(self) -> bool:
        """False when the callbacks failed, or have not come for a second."""
        return not self._broken and self._feed is not None and self._stall.seconds(self._feed.taken) < _GONE

    def close(self) -> None:
        """Stops and frees the device."""
        if self._device is not None:
            self._device.close()
            self._device = None
            if theirs := getattr(miniaudio, _CALLBACK, None):
                _register(theirs)

    def _stopped(self) -> None:
        self._broken = True

    def _ask_at_once(self, feed: Feed) -> None:
        """Has the C code ask the feed, without three functions of the library and a generator in between.

        On a processor that sleeps from one piece of sound to the next, they are a fifth of all that this process does.
        Where the library calls its function otherwise, it asks in its own way.
        """
        take, copy = feed.take, miniaudio.ffi.memmove

        def give(_device: Any, output: Any, _input: Any, count: int) -> None:
            sound = take(count)
            copy(output, sound, len(sound))

        _register(give, self._failed)

    def _failed(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        """Whatever it is, the thread that asks for frames has nobody above it who could tell."""
        traceback.print_exception(kind, error, where)
        self._broken = True


def _register(give: Any, failed: Any = None) -> None:
    with suppress(miniaudio.ffi.error):  # there is no function of that name
        miniaudio.ffi.def_extern(name=_CALLBACK, onerror=failed)(give)


def _frames_of(feed: Feed) -> Generator[bytes, int, None]:
    """What the library asks for frames in its own way."""
    count = yield b""
    while True:
        count = yield feed.take(count)


_ALSA_NOTHING = b"null\0"
"""What ALSA calls its device that swallows everything."""


class _Found(NamedTuple):
    name: str
    id: Any
    default: bool


def names() -> tuple[str, ...]:
    """The devices of this machine, the default first; raises DeviceError if there is no sound system."""
    return tuple(found.name for found in sorted(_all(), key=lambda found: not found.default))


def _find(name: str) -> _Found:
    found: dict[str, _Found] = {one.name: one for one in reversed(_all())}
    return found[pick(name, tuple(found))]


def _default_name(system: str) -> str:
    try:
        return next((found.name for found in _all() if found.default), system)
    except DeviceError:
        return system


def _all() -> list[_Found]:
    """Asked of the library itself: its own listing fails as a whole for one device that cannot be described."""
    ffi, lib = miniaudio.ffi, miniaudio.lib
    try:
        devices = miniaudio.Devices(_systems())
    except miniaudio.MiniaudioError as error:
        raise DeviceError(f"no sound system answers ({error.args[0]})", NO_DEVICE_FIX) from error
    infos, count = ffi.new("ma_device_info**"), ffi.new("ma_uint32*")
    if lib.ma_context_get_devices(devices._context, infos, count, ffi.NULL, ffi.NULL) != lib.MA_SUCCESS:
        raise DeviceError("the sound system does not tell its devices", NO_DEVICE_FIX)
    found = [_found(ffi, infos[0][index]) for index in range(count[0])]
    return [one for one in found if not bytes(ffi.buffer(one.id)).startswith(_ALSA_NOTHING)]


def _found(ffi: Any, info: Any) -> _Found:
    name = ffi.string(info.name).decode("utf-8", "replace")
    return _Found(name, ffi.new("ma_device_id*", info.id), bool(info.isDefault))


def _systems() -> list[miniaudio.Backend]:
    return _SYSTEMS.get(sys.platform, _SYSTEMS["linux"])
