"""The kinds of sound output there are, and which of them is meant."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from voicecoach.errors import DeviceError
from voicecoach.output.port import Device


class Backend(NamedTuple):
    """One kind of output; `module` is what must be installed for it, `environment` what its process needs.

    `home` is the module of this package with a class named `device` and with `names()`, which
    lists the devices, the default one first where that is known; both load the sound library.
    """

    name: str
    what: str
    module: str
    home: str
    device: str
    install: str = ""
    environment: Mapping[str, str] = MappingProxyType({})

    @property
    def installed(self) -> bool:
        """True if what it needs can be imported; nothing is loaded to find out."""
        return not self.module or find_spec(self.module) is not None

    def make(self) -> Device:
        """A device, not yet open; loads the sound library. Raises DeviceError if it is not there."""
        device: Device = getattr(self._load(), self.device)()
        return device

    def names(self) -> tuple[str, ...]:
        """The devices there are; loads the sound library. Raises DeviceError if they cannot be listed."""
        listed: Callable[[], tuple[str, ...]] = self._load().names
        return listed()

    def _load(self) -> ModuleType:
        try:
            return import_module(f"voicecoach.output.{self.home}")
        except (ImportError, OSError) as error:
            raise DeviceError(f"the sound library '{self.name}' cannot be loaded: {error}", self.install) from error


_SIMPLEAUDIO_ENVIRONMENT = {"PYTHONMALLOC": "malloc"}
"""It frees memory without the interpreter's lock, which only the C allocator forgives."""

_SDL_ENVIRONMENT = {"PULSE_LATENCY_MSEC": "56"}
"""What PulseAudio keeps: it goes on for half of this when a machine stands still. By itself SDL asks for one period."""

BACKENDS: tuple[Backend, ...] = (
    Backend(
        "miniaudio",
        "the default where it is installed",
        "miniaudio",
        "miniaudio_device",
        "MiniaudioDevice",
        "install it with `pip install miniaudio`, or choose --device sdl",
    ),
    Backend(
        "sdl",
        "the default elsewhere",
        "sdl2dll",
        "sdl_device",
        "SdlDevice",
        "install it with `pip install pysdl2-dll`",
        MappingProxyType(_SDL_ENVIRONMENT),
    ),
    Backend(
        "simpleaudio",
        "the system's default device only",
        "simpleaudio",
        "simpleaudio_device",
        "SimpleaudioDevice",
        "install it with `pip install 'voicecoach[simpleaudio]'`",
        MappingProxyType(_SIMPLEAUDIO_ENVIRONMENT),
    ),
    Backend("null", "plays silently, in real time; null:FILE writes what it plays", "", "null_device", "NullDevice"),
)

WITHOUT_SOUND = "`voicecoach render` makes a file, `--device null` plays without sound"
NO_DEVICE_FIX = f"see `voicecoach devices` for what is there; {WITHOUT_SOUND}"


class Choice(NamedTuple):
    """A backend, and the name of one of its devices; "" is its default."""

    backend: str
    device: str = ""


def backend(name: str, table: Sequence[Backend] = BACKENDS) -> Backend:
    """The backend of that name; raises DeviceError with the nearest one."""
    found = next((backend for backend in table if backend.name == name.lower()), None)
    if found is not None:
        return found
    names = [backend.name for backend in table]
    near = _near(name, names)
    raise DeviceError(
        f"unknown sound library '{name}'", f"did you mean '{near[0]}'?" if near else f"choose {', '.join(names)}"
    )


def default(table: Sequence[Backend] = BACKENDS) -> Backend:
    """The backend taken where none is named; raises DeviceError if none is installed."""
    for name in ("miniaudio", "sdl"):
        if backend(name, table).installed:
            return backend(name, table)
    raise DeviceError("no sound library is installed", f"install one: `pip install miniaudio`; {WITHOUT_SOUND}")


def choose(text: str = "", table: Sequence[Backend] = BACKENDS) -> Choice:
    """What is meant by `--device`: a BACKEND, BACKEND:DEVICE NAME, or the name of a device of the default backend.

    Raises DeviceError for a backend that is not installed, and for what is nearly a backend's name.
    """
    head, colon, tail = (part.strip() for part in text.partition(":"))
    names = [backend.name for backend in table]
    if head.lower() in names:
        chosen = backend(head, table)
        if not chosen.installed:
            raise DeviceError(f"the sound library '{chosen.name}' is not installed", chosen.install)
        return Choice(chosen.name, tail)
    if not colon and _near(head, names, 0.8):
        backend(head, table)
    return Choice(default(table).name, text.strip())


def spelled(choice: Choice, table: Sequence[Backend] = BACKENDS) -> str:
    """The shortest text by which `choose` finds this choice."""
    try:
        if choose(choice.device, table) == choice:
            return choice.device
    except DeviceError:
        pass  # the device is called nearly like a sound library
    return f"{choice.backend}:{choice.device}" if choice.device else choice.backend


def _near(name: str, names: Sequence[str], cutoff: float = 0.6) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name.lower(), names, 1, cutoff)
