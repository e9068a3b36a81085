"""The sound of a live session: a device that opens early, and that can be changed for another one meanwhile."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.errors import DeviceError
from voicecoach.output.backends import Choice, choose, spelled
from voicecoach.output.port import OutputEvent
from voicecoach.output.process import AudioProcess

if TYPE_CHECKING:
    from voicecoach.live import Live
    from voicecoach.output.listing import Listed
    from voicecoach.player.devices import Outlet

OPEN_WITHIN = 10.0
"""Seconds a sound device may take to open."""

USUAL = "the system's default device"
SILENT, NAMELESS = "null", "simpleaudio"
"""The library that only waits, and the one whose single device has no name to choose it by."""


class Sound:
    """A device that is being opened while the session is prepared; its events reach the player once there is one.

    `chosen` is told what the person chose in mid-session, as `--device` takes it, once it plays. Nothing that takes
    long to import is needed to begin: the device opens while the rest of the program is loaded.
    """

    def __init__(self, device: str, chosen: Callable[[str], None]) -> None:
        """Raises DeviceError for a backend that is not there."""
        self._choice = choose(device)
        self._chosen = chosen
        self._name = ""
        self._live: Live | None = None
        self._waiting: list[OutputEvent] = []
        self._using = threading.Lock()
        self._moving = False
        self._held: OutputEvent | None = None
        self.output: AudioProcess = AudioProcess(
            *self._choice, notify=self._tell, log=locations.cache_dir() / "sound.log"
        )

    def belongs_to(self, live: "Live") -> None:
        """From now on the session hears what happens to the device."""
        self._live = live
        while self._waiting:
            live.player.heed(self._waiting.pop(0))

    def choices_go_to(self, chosen: Callable[[str], None]) -> None:
        """Who is told what the person chose, from now on."""
        self._chosen = chosen

    def listed(self) -> "Sequence[Outlet]":
        """Every device: those of the library that plays by default, playing without sound, and the others.

        Raises DeviceError if the system starts no process that could be asked.
        """
        from voicecoach.output.listing import listing
        from voicecoach.player.devices import Outlet

        try:
            asked = listing()
        except OSError as error:
            raise DeviceError(f"the sound devices cannot be listed: {error}", "close some programs") from error
        found = sorted(asked, key=lambda one: (not one.default, one.backend != SILENT))
        choices = dict(choice for one in found for choice in _choices(one))
        whole = self._whole()
        present = whole if whole in choices else self._choice
        choices.setdefault(present, self._name or spelled(present))
        return [Outlet(spelled(choice), label, choice == present) for choice, label in choices.items()]

    def use(self, name: str) -> str:
        """Moves the sound to another device.

        Raises DeviceError if it does not open; the sound is then back where it was.
        """
        wanted = choose(name)
        with self._using:
            if wanted not in {self._choice, self._whole()} or self.output.place.state == "lost":
                self._move(wanted)
            self._chosen(name)
            return self._name or name

    def _move(self, wanted: Choice) -> None:
        """The session is told of a loss only if the sound is nowhere in the end."""
        self._moving = True
        try:
            self.output.restart(*wanted)
            try:
                self._name = self.output.wait_open(OPEN_WITHIN)
            except DeviceError:
                self.output.restart(*self._choice)
                with suppress(DeviceError):
                    self._name = self.output.wait_open(OPEN_WITHIN)
                raise
            self._choice = wanted
        finally:
            self._moving = False
            held, self._held = self._held, None
            if held is not None:
                self._tell(held)

    def _whole(self) -> Choice:
        """The present choice with the whole name of its device, where a part of it was given."""
        return Choice(self._choice.backend, self._name) if self._choice.device and self._name else self._choice

    def _tell(self, event: OutputEvent) -> None:
        if self._moving and event.kind in {"lost", "failed"}:
            self._held = event
            return
        if event.device:
            self._name, self._held = event.device, None
        if self._live is None:
            self._waiting.append(event)
        else:
            self._live.player.heed(event)


def _choices(listed: "Listed") -> list[tuple[Choice, str]]:
    """What one library offers: its default device, and every device by its name."""
    if listed.backend == SILENT:
        return [(Choice(SILENT), "null (without sound)")]
    library = "" if listed.default else f"{listed.backend}: "
    usual = (Choice(listed.backend), f"{library}{USUAL}")
    if listed.backend == NAMELESS:
        return [usual] if listed.devices else []
    named = [(Choice(listed.backend, device), library + device) for device in listed.devices]
    return [usual, *named] if listed.devices or listed.default else []
