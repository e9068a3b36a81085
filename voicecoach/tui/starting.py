"""A session that is being made ready: a thread that starts it, and the window that shows how far it is."""

import threading
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from voicecoach.errors import VoicecoachError
from voicecoach.tui.cells import clean
from voicecoach.tui.port import Progress, Running
from voicecoach.tui.threads import tell
from voicecoach.tui.trouble import described


class Started(NamedTuple):
    """What came of a start: a running session, or else lines that say what is wrong (none if it was given up)."""

    running: Running | None
    lines: tuple[str, ...] = ()


class _GivenUpError(Exception):
    """Raised through the starter's progress, so that it does not go on with work nobody wants."""


class Starting(ModalScreen[Started]):
    """Calls `start` in a thread, and shows a bar while its speech is made; Escape gives up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+c,ctrl+q", "give_up", "Give up", show=False),
    ]

    class Moved(Message):
        """So much is done."""

        def __init__(self, phase: str, done: int, total: int) -> None:
            super().__init__()
            self.phase = phase
            self.done = done
            self.total = total

    class Ended(Message):
        """The start is over."""

        def __init__(self, started: Started) -> None:
            super().__init__()
            self.started = started

    def __init__(self, start: Callable[[Progress], Running], title: str) -> None:
        super().__init__()
        self._start = start
        self._session_title = title
        self._given_up = threading.Event()

    def compose(self) -> ComposeResult:
        """A title, a bar, and what is being done."""
        with Vertical(id="box"):
            yield Static(Content(clean(self._session_title)), id="question", markup=False)
            yield Static(Content(""), id="progress", markup=False)
            yield Static(Content("Getting ready"), id="phase", markup=False)

    def on_mount(self) -> None:
        """The start runs in a thread that does not outlive the program."""
        threading.Thread(target=self._run, name="start", daemon=True).start()

    def _run(self) -> None:
        try:
            running = self._start(self._progress)
        except _GivenUpError:
            return
        except (VoicecoachError, OSError) as error:
            self._tell(Started(None, described(error)))
            return
        self._tell(Started(running))

    def _progress(self, phase: str, done: int, total: int) -> None:
        if self._given_up.is_set():
            raise _GivenUpError
        tell(self, self.Moved(phase, done, total))

    def _tell(self, started: Started) -> None:
        """Hands over what was started; what nobody waits for any more is ended."""
        told = not self._given_up.is_set() and tell(self, self.Ended(started))
        if not told and started.running is not None:
            started.running.close()

    def on_starting_moved(self, event: Moved) -> None:
        """Draws the bar."""
        bar = self.query_one("#progress", Static)
        width = max(1, bar.size.width)
        done = width * event.done // event.total if event.total else 0
        bar.update(Content("█" * min(width, done) + "─" * (width - done)), layout=False)
        count = f"{event.phase}  {event.done} of {event.total}" if event.total else event.phase
        self.query_one("#phase", Static).update(Content(clean(count)), layout=False)

    def on_starting_ended(self, event: Ended) -> None:
        """The session is there, or it is not to be."""
        if self._given_up.is_set():
            if event.started.running is not None:
                event.started.running.close()
            return
        self.dismiss(event.started)

    def action_give_up(self) -> None:
        """Back, without a session."""
        self._given_up.set()
        self.dismiss(Started(None))
