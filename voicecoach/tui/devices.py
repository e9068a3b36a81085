"""The window that lists the sound devices, to choose another one in mid-session."""

import threading
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from voicecoach.errors import VoicecoachError
from voicecoach.player.devices import Devices, Outlet
from voicecoach.tui.cells import clean
from voicecoach.tui.dialogs import lines_page
from voicecoach.tui.threads import tell
from voicecoach.tui.trouble import described

LOOKING = "Looking for sound devices …"


class DeviceDialog(ModalScreen[Outlet]):
    """Lists the devices once a thread has found them; gives the one that is chosen, None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,d,q,ctrl+c", "leave", "Neither", show=False),
    ]

    class Found(Message):
        """The devices are known; or they are not, and `trouble` tells why."""

        def __init__(self, outlets: Sequence[Outlet], trouble: tuple[str, ...] = ()) -> None:
            super().__init__()
            self.outlets = tuple(outlets)
            self.trouble = trouble

    def __init__(self, devices: Devices) -> None:
        super().__init__()
        self._devices = devices
        self._outlets: tuple[Outlet, ...] = ()

    def compose(self) -> ComposeResult:
        """The question, a word that it is looking, and the place for the answers."""
        with Vertical(id="box"):
            yield Static(Content("Where is the session to be heard?"), id="question", markup=False)
            yield Static(Content(LOOKING), id="detail", markup=False)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Looks in a thread that does not outlive the program."""
        self.query_one(OptionList).focus()
        threading.Thread(target=self._look, name="devices", daemon=True).start()

    def _look(self) -> None:
        try:
            found = self.Found(self._devices.listed())
        except VoicecoachError as error:
            found = self.Found((), described(error))
        tell(self, found)

    def on_device_dialog_found(self, event: Found) -> None:
        """The present device is the one Enter takes."""
        self._outlets = event.outlets
        detail = event.trouble or ("Enter chooses, Escape leaves it as it is.",)
        self.query_one("#detail", Static).update(lines_page(detail))
        answers = self.query_one(OptionList)
        answers.add_options(Option(Content(_line(outlet))) for outlet in self._outlets)
        present = [outlet.present for outlet in self._outlets]
        answers.highlighted = present.index(True) if True in present else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A device was chosen."""
        self.dismiss(self._outlets[event.option_index])

    def action_leave(self) -> None:
        """The sound stays where it is."""
        self.dismiss(None)


def _line(outlet: Outlet) -> str:
    mark = "●" if outlet.present else " "
    return f"{mark} {clean(outlet.label)}{'  (now)' if outlet.present else ''}"
