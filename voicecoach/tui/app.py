"""The terminal UI as a whole: which screen follows which."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.command import Provider
from textual.message import Message
from textual.screen import Screen

from voicecoach.routine import Level
from voicecoach.tui.commands import Commands
from voicecoach.tui.keys import Key
from voicecoach.tui.port import LookBack, Offer, Progress, Remember, Resume, Running, Shelf, Starter, View
from voicecoach.tui.themes import THEMES, phase_colours, theme_name
from voicecoach.tui.threads import tell
from voicecoach.units import SECOND, clock

if TYPE_CHECKING:
    from voicecoach.tui.session import SessionScreen
    from voicecoach.tui.starting import Started


def _forget(**_changes: object) -> None:
    """Keeps nothing."""


def _style(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.tcss")


def _local_time() -> datetime:
    return datetime.now().astimezone()


class Coach(App[None]):
    """Home, session and end; with a running session given, it begins there and ends after it.

    Sessions are closed when they end; whoever started them closes them too, for an app that ended otherwise.
    Each screen is loaded when it is wanted, so that the first one does not wait for the others; once that
    one is there, `seen` is called in a thread, and then `resume`.
    """

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}

    class CutOff(Message):
        """There is a session that was cut off."""

        def __init__(self, resume: Resume) -> None:
            super().__init__()
            self.resume = resume

    def __init__(
        self,
        start: Starter,
        shelf: Shelf,
        *,
        live: Running | None = None,
        settings: View | None = None,
        remember: Remember = _forget,
        resume: LookBack | None = None,
        seen: Callable[[], None] = _forget,
        time: Callable[[], datetime] = _local_time,
    ) -> None:
        first = ("coach", "home") if live is None else ("coach",)
        super().__init__(css_path=[_style(name) for name in first])
        self.title = "voicecoach"
        self._start = start
        self._shelf = shelf
        self._live = live
        self._view = settings or View()
        self._keep = remember
        self._resume = resume
        self._seen = seen
        self._clock = time
        for theme in THEMES:
            self.register_theme(theme)
        self._dress(theme_name(self._view.theme, set(self.available_themes)))
        if self._view.reduced_motion:
            self.animation_level = "none"

    def _dress(self, name: str) -> None:
        """The theme to begin with: one like Textual's own is there before styles are read, not read again for it."""
        begins = self.current_theme
        wanted = self.available_themes[name]
        if (wanted.dark, wanted.ansi) != (begins.dark, begins.ansi):
            self.theme = name
            return
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of the phases in themes that do not know them."""
        return phase_colours(self.current_theme.dark)

    # ---- which screen -------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """The session if one runs already, else home."""
        if self._live is not None:
            return self._session_screen(self._live)
        from voicecoach.tui.home import HomeScreen

        return HomeScreen(self._shelf, self._view, self._remember, self._play, self._clock)

    def on_ready(self) -> None:
        """The first screen is there: time for the styles of all others, and to look for a session that was cut off."""
        for name in ("windows", "end"):
            self.stylesheet.read(_style(name))
        self.refresh_css(animate=False)
        threading.Thread(target=self._go_on, name="seen", daemon=True).start()

    def _go_on(self) -> None:
        """What the first screen did not wait for."""
        self._seen()
        found = None if self._resume is None else self._resume()
        if found is not None:
            tell(self, self.CutOff(found))

    def on_coach_cut_off(self, event: CutOff) -> None:
        """Asks about a session that was cut off, if the person has not begun another one meanwhile."""
        if len(self.screen_stack) == 1:
            self._ask(event.resume)

    def _ask(self, resume: Resume) -> None:
        from voicecoach.tui.dialogs import Choice, Dialog

        choices = (
            Choice("y", "go on where it stopped", "go on"),
            Choice("s", "start it anew", "anew"),
            Choice("n", "not now", "not now"),
        )
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

        self.push_screen(Dialog("A session was left before its end. Go on with it?", detail, choices), settle)

    def _play(self, offer: Offer, level: Level | None) -> None:
        self._begin(offer.title, partial(self._start, offer.name, level))

    def _begin(self, title: str, start: Callable[[Progress], Running]) -> None:
        """Starts a session, then shows it or says why it could not be started."""
        from voicecoach.tui.dialogs import Reading, lines_page
        from voicecoach.tui.starting import Starting

        def show(started: "Started | None") -> None:
            if started is None:
                return
            if started.running is None:
                if started.lines:
                    self.push_screen(Reading(f"{title} cannot be played", lines_page(started.lines)))
                return
            self.push_screen(self._session_screen(started.running))

        self.push_screen(Starting(start, title), show)

    def _session_screen(self, running: Running) -> "SessionScreen":
        from voicecoach.tui.session import SessionScreen

        return SessionScreen(running, self._view, self._remember, lambda: self._end(running))

    def _end(self, running: Running) -> None:
        """From the session to its end; the sound is closed meanwhile."""
        from voicecoach.tui.end import EndScreen

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
        from voicecoach.tui.home import HomeScreen

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
        keys: Sequence[Key] = getattr(screen, "KEYS", ())
        return keys
