"""The terminal UI as a whole: which screen follows which."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.command import Provider
from textual.screen import Screen

from voicecoach.routine import Level
from voicecoach.tui.commands import Commands
from voicecoach.tui.dialogs import Choice, Dialog, Reading, lines_page
from voicecoach.tui.end import EndScreen
from voicecoach.tui.home import HomeScreen
from voicecoach.tui.keys import END, HOME, SESSION, Key
from voicecoach.tui.port import Offer, Progress, Remember, Resume, Running, Shelf, Starter, View
from voicecoach.tui.session import SessionScreen
from voicecoach.tui.starting import Started, Starting
from voicecoach.tui.themes import THEMES, phase_colours, theme_name
from voicecoach.units import SECOND, clock

_RESUME = (
    Choice("y", "go on where it stopped", "go on"),
    Choice("s", "start it anew", "anew"),
    Choice("n", "not now", "not now"),
)


def _forget(**_changes: object) -> None:
    """Keeps nothing."""


def _local_time() -> datetime:
    return datetime.now().astimezone()


class Coach(App[None]):
    """Home, session and end; with a running session given, it begins there and ends after it.

    Sessions are closed when they end; whoever started them closes them too, for an app that ended otherwise.
    """

    CSS_PATH: ClassVar[Path] = Path(__file__).with_name("coach.tcss")
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}

    def __init__(
        self,
        start: Starter,
        shelf: Shelf,
        *,
        live: Running | None = None,
        settings: View | None = None,
        remember: Remember = _forget,
        resume: Resume | None = None,
        time: Callable[[], datetime] = _local_time,
    ) -> None:
        super().__init__()
        self.title = "voicecoach"
        self._start = start
        self._shelf = shelf
        self._live = live
        self._view = settings or View()
        self._keep = remember
        self._resume = resume
        self._clock = time
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_name(self._view.theme, set(self.available_themes))
        if self._view.reduced_motion:
            self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of the phases in themes that do not know them."""
        return phase_colours(self.current_theme.dark)

    # ---- which screen -------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """The session if one runs already, else home."""
        if self._live is not None:
            return self._session_screen(self._live)
        return HomeScreen(self._shelf, self._view, self._remember, self._play, self._clock)

    def on_mount(self) -> None:
        """Asks about a session that was cut off."""
        if self._resume is not None and self._live is None:
            self.call_after_refresh(self._ask, self._resume)

    def _ask(self, resume: Resume) -> None:
        at, of = (clock(time // SECOND * SECOND) for time in (resume.at_ms, resume.of_ms))
        detail = f"{resume.title}, at {at} of {of}"

        def settle(answer: str | None) -> None:
            if answer == "go on":
                self._begin(resume.title, resume.go_on)
            elif answer == "anew":
                resume.settle("anew")
                self._begin(resume.title, partial(self._start, resume.name, resume.level))
            elif answer == "not now":
                resume.settle("not now")

        self.push_screen(Dialog("A session was cut off. Go on with it?", detail, _RESUME), settle)

    def _play(self, offer: Offer, level: Level | None) -> None:
        self._begin(offer.title, partial(self._start, offer.name, level))

    def _begin(self, title: str, start: Callable[[Progress], Running]) -> None:
        """Starts a session, then shows it or says why it could not be started."""

        def show(started: Started | None) -> None:
            if started is None:
                return
            if started.running is None:
                if started.lines:
                    self.push_screen(Reading(f"{title} cannot be played", lines_page(started.lines)))
                return
            self.push_screen(self._session_screen(started.running))

        self.push_screen(Starting(start, title), show)

    def _session_screen(self, running: Running) -> SessionScreen:
        return SessionScreen(running, self._view, self._remember, lambda: self._end(running))

    def _end(self, running: Running) -> None:
        """From the session to its end; the sound is closed meanwhile."""
        while self.screen.is_modal:
            self.pop_screen()
        end = EndScreen(running, self._left)
        threading.Thread(target=running.close, name="close").start()
        if self._live is not None:
            self.push_screen(end)
        else:
            self.switch_screen(end)

    def _left(self) -> None:
        if self._live is not None:
            self.exit()
            return
        self.pop_screen()
        if isinstance(self.screen, HomeScreen):
            self.screen.restock()

    # ---- settings -----------------------------------------------------------------------

    def _remember(self, **changes: object) -> None:
        self._view = self._view._replace(**changes)  # type: ignore[arg-type]  # the names are those of View
        self._keep(**changes)

    def theme_choices(self) -> tuple[str, ...]:
        """Names of themes: ours first."""
        ours = [theme.name for theme in THEMES]
        others = sorted(name for name in self.available_themes if name not in ours)
        return (*(name.removeprefix("voicecoach-") for name in ours), *others)

    def action_use_theme(self, name: str) -> None:
        """Changes the colours, from now on."""
        self.theme = theme_name(name, set(self.available_themes))
        self._remember(theme=name)

    # ---- keys ---------------------------------------------------------------------------

    def keys_of(self, screen: Screen[Any]) -> Sequence[Key]:
        """The keys of a screen, for the palette."""
        if isinstance(screen, SessionScreen):
            return SESSION
        if isinstance(screen, HomeScreen):
            return HOME
        return END if isinstance(screen, EndScreen) else ()
