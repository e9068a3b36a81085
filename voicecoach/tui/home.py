"""The first screen: which routines there are, and which of them to play."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from voicecoach.errors import VoicecoachError
from voicecoach.routine import LEVELS, Level
from voicecoach.tui.cells import cell_len, clean, filled
from voicecoach.tui.dialogs import Reading, key_page, lines_page
from voicecoach.tui.keybar import KeyBar
from voicecoach.tui.keys import HOME, Key, bindings
from voicecoach.tui.port import Offer, Remember, Shelf, View
from voicecoach.tui.threads import tell
from voicecoach.tui.trouble import described

Clock = Callable[[], datetime]
"""The time now, with its zone."""


_LOOKING = "Looking for routines ..."


class HomeScreen(Screen[None]):
    """Offers routines; `play` is called with what was chosen."""

    KEYS: ClassVar[tuple[Key, ...]] = HOME
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(HOME))

    class Stocked(Message):
        """The routines were read."""

        def __init__(self, offers: Sequence[Offer]) -> None:
            super().__init__()
            self.offers = tuple(offers)

    class Failed(Message):
        """They could not be read."""

        def __init__(self, lines: tuple[str, ...]) -> None:
            super().__init__()
            self.lines = lines

    def __init__(
        self, shelf: Shelf, view: View, remember: Remember, play: Callable[[Offer, Level | None], None], clock: Clock
    ) -> None:
        super().__init__()
        self.level = view.level
        self._shelf = shelf
        self._remember = remember
        self._play = play
        self._clock = clock
        self._offers: tuple[Offer, ...] | None = None

    def compose(self) -> ComposeResult:
        """Search and level above, routines and what they are below."""
        with Horizontal(id="topline"):
            yield Static(Content("voicecoach"), id="heading", markup=False)
            yield Input(placeholder="/ search", id="search", compact=True, select_on_focus=False)
            yield Static(Content(""), id="level", markup=False)
        with Container(id="middle"):
            yield OptionList(Option(Content(_LOOKING), disabled=True), id="routines", markup=False)
            with VerticalScroll(id="details", can_focus=False):
                yield Static(Content(""), id="about", markup=False)
        yield KeyBar(HOME)

    def on_mount(self) -> None:
        """Reads the routines in a thread, after the first picture."""
        self._show_level()
        self.query_one("#routines").focus()
        self.call_after_refresh(self.restock)

    def restock(self) -> None:
        """Reads the routines again: when they were done last may have changed."""
        threading.Thread(target=self._read, name="shelf", daemon=True).start()

    def _read(self) -> None:
        try:
            offers = self._shelf()
        except (VoicecoachError, OSError) as error:
            tell(self, self.Failed(described(error)))
            return
        tell(self, self.Stocked(offers))

    def on_home_screen_failed(self, event: Failed) -> None:
        """Says what is wrong."""
        self._offers = ()
        self._fill()
        self.app.push_screen(Reading("The routines could not be read", lines_page(event.lines)))

    def on_home_screen_stocked(self, event: Stocked) -> None:
        """Shows what was read."""
        self._offers = event.offers
        self._fill()

    def on_resize(self, event: events.Resize) -> None:
        """Details stand beside the list, below it, or give way."""
        wide, high = event.size
        self.set_class(wide < 110 and high >= 22, "-below")
        self.set_class(wide < 110 and high < 22, "-bare")
        self.call_after_refresh(self._fill)

    # ---- the list -----------------------------------------------------------------------

    def _shown(self) -> list[Offer]:
        words = self.query_one("#search", Input).value.casefold().split()
        return [offer for offer in self._offers or () if all(word in _searched(offer) for word in words)]

    def _fill(self) -> None:
        """Writes the list anew, with the same routine marked."""
        routines = self.query_one("#routines", OptionList)
        marked = self._marked()
        offers = self._shown()
        width = max(20, routines.scrollable_content_region.width - 4)
        routines.clear_options()
        if not offers:
            routines.add_option(Option(Content(self._nothing()), disabled=True))
            self._tell(None)
            return
        routines.add_options(
            Option(_entry(offer, self.level, width, self._clock()), id=str(index)) for index, offer in enumerate(offers)
        )
        names = [offer.name for offer in offers]
        routines.highlighted = names.index(marked.name) if marked and marked.name in names else 0
        self._current = offers
        self._tell(offers[routines.highlighted])

    _current: Sequence[Offer] = ()

    def _nothing(self) -> str:
        if self._offers is None:
            return _LOOKING
        search = self.query_one("#search", Input).value
        if search:
            return f"No routine has “{clean(search)}” in it; Escape shows all"
        return "There is no routine yet: voicecoach new my-session.coach.yaml"

    def _marked(self) -> Offer | None:
        index = self.query_one("#routines", OptionList).highlighted
        return self._current[index] if index is not None and index < len(self._current) else None

    def _tell(self, offer: Offer | None) -> None:
        self.query_one("#about", Static).update(_about(offer, self.level, self._clock()) if offer else Content(""))

    def _show_level(self) -> None:
        self.query_one("#level", Static).update(Content(f"level: {self.level or 'as written'}"))

    # ---- keys ---------------------------------------------------------------------------

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Search as one types."""
        self._fill()

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Enter in the search goes to what was found."""
        self.query_one("#routines").focus()

    def on_key(self, event: events.Key) -> None:
        """Escape shows all again; down leaves the search."""
        search = self.query_one("#search", Input)
        if event.key == "escape" and (search.has_focus or search.value):
            event.stop()
            search.value = ""
            self.query_one("#routines").focus()
        elif event.key == "down" and search.has_focus:
            event.stop()
            self.query_one("#routines").focus()

    def on_option_list_option_highlighted(self, _event: OptionList.OptionHighlighted) -> None:
        """Tells about the marked routine."""
        self._tell(self._marked())

    def on_option_list_option_selected(self, _event: OptionList.OptionSelected) -> None:
        """Enter on a routine, or a click."""
        self.action_play()

    def action_play(self) -> None:
        """Plays the marked routine."""
        offer = self._marked()
        if offer is not None and self._shown():
            self._play(offer, self.level)

    def action_search(self) -> None:
        """To the search, before the next key is looked at."""
        self.set_focus(self.query_one("#search"))

    def action_level(self, level: Level) -> None:
        """Chooses a level; the same again leaves it to each routine."""
        self.level = None if self.level == level else level
        self._remember(level=self.level)
        self._show_level()
        self._fill()

    def action_help(self) -> None:
        """Lists the keys."""
        more = [("↑ ↓", "Choose"), ("Escape", "Show all again"), ("Ctrl+P", "All commands by name")]
        self.app.push_screen(Reading("Keys", key_page(HOME, more)))

    def action_leave(self) -> None:
        """Quits."""
        self.app.exit()


def _searched(offer: Offer) -> str:
    return " ".join((offer.name, offer.title, offer.summary, *offer.needs)).casefold()


def _length(offer: Offer, level: Level | None) -> str:
    """The length at a level; the span of all levels where none is chosen."""
    lengths = dict(offer.lengths)
    if level is not None:
        return lengths.get(level, "")
    found = [lengths[name] for name in LEVELS if name in lengths]
    return found[0] if len(set(found)) == 1 else f"{found[0]}–{found[-1]}" if found else ""


def _entry(offer: Offer, level: Level | None, width: int, now: datetime) -> Content:
    """Two lines: title and length, then equipment and when it was done last."""
    length = _length(offer, level)
    title = filled(clean(offer.title or offer.name), width - cell_len(length) - 1)
    below = f"! {clean(offer.problem)}" if offer.problem else ", ".join(clean(item) for item in offer.needs)
    last = "" if offer.last_done is None else ago(offer.last_done, now)
    second = filled(f"  {below}" if below else "", width - cell_len(last) - 1)
    return Content.assemble((title, "bold"), " ", length, "\n", second, " ", last)


def _about(offer: Offer, level: Level | None, now: datetime) -> Content:
    """Everything an offer tells of its routine."""
    lines: list[Content] = [Content.styled(clean(offer.title or offer.name), "bold"), Content(clean(offer.summary))]
    if offer.problem:
        lines.append(Content(f"It cannot be played: {clean(offer.problem)}"))
    if offer.needs:
        lines.append(Content("You need " + ", ".join(clean(item) for item in offer.needs)))
    lengths = [f"{name} {length}" + (" *" if name == level else "") for name, length in offer.lengths]
    if lengths:
        lines.append(Content(" · ".join(lengths)))
    done = "Not done yet" if offer.last_done is None else f"Last done {ago(offer.last_done, now)}"
    lines.append(Content(f"{done} · {_KINDS[offer.kind]}"))
    return Content("\n").join(line for line in lines if line.plain)


_KINDS = {"bundled": "comes with voicecoach", "here": "in this folder", "own": "one of your own"}


def ago(then: datetime, now: datetime) -> str:
    """A day in words: `today`, `yesterday`, `4 days ago`, or its date."""
    days = (now.date() - then.astimezone(now.tzinfo).date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 31 else then.date().isoformat()
