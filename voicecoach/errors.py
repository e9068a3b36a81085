"""Every exception voicecoach raises on purpose.

    VoicecoachError
    ├── ScriptError      the script or an option is wrong; carries every Problem   (exit 2)
    ├── MissingError     something on this machine is missing                      (exit 3)
    │   ├── SpeechError      no engine, no voice, or the engine failed
    │   ├── DownloadError    a voice could not be fetched
    │   └── DeviceError      no sound device, or it failed
    └── OutputError      the output could not be written                           (exit 4)

A wrong script is a value, a list of Problems; it becomes a ScriptError only where a caller
asked for a result that cannot exist. A broken machine is always an exception.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.source import Problem


class VoicecoachError(Exception):
    """Anything that stops voicecoach from doing what was asked; `fix` says what to do about it."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


class ScriptError(VoicecoachError):
    """The script or an option is wrong; `problems` holds every Problem found, in file order."""

    def __init__(self, problems: "Sequence[Problem]") -> None:
        first = next((p for p in problems if p.severity == "error"), problems[0])
        super().__init__(f"{first.code}: {first.what}", first.fix)
        self.problems = tuple(problems)


class MissingError(VoicecoachError):
    """Something on this machine is missing or broken."""


class SpeechError(MissingError):
    """No speech engine or voice is there, or the engine failed."""


class DownloadError(MissingError):
    """A voice, or the list of those there are, could not be fetched."""


class DeviceError(MissingError):
    """No sound device is there, or it failed."""


class OutputError(VoicecoachError):
    """The output could not be written."""
