"""Small windows over a screen: a question, and a page to read."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key as KeyPressed
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from voicecoach.tui.cells import cell_len, clean
from voicecoach.tui.keys import Key


class Choice(NamedTuple):
    """One answer to a question: the key that gives it, what it says, and what the asker gets."""

    key: str
    label: str
    value: str


class Dialog(ModalScreen[str]):
    """Asks one question; the answer is the value of a choice, empty for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "give('')", "Neither", show=False),
    ]

    def __init__(self, question: str, detail: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """The question, what it is about, and its answers."""
        with Vertical(id="box"):
            yield Static(Content(clean(self._question)), id="question", markup=False)
            yield Static(Content(clean(self._detail)), id="detail", markup=False)
            yield OptionList(
                *(Option(Content(f"{choice.key}  {choice.label}"), choice.value) for choice in self._choices),
                markup=False,
            )

    def on_mount(self) -> None:
        """The first choice is the one Enter takes."""
        answers = self.query_one(OptionList)
        answers.highlighted = 0
        answers.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """An answer was taken."""
        self.dismiss(event.option.id or "")

    def on_key(self, event: KeyPressed) -> None:
        """The key of an answer takes it."""
        for choice in self._choices:
            if event.key == choice.key:
                event.stop()
                self.dismiss(choice.value)
                return

    def action_give(self, value: str) -> None:
        """Answers."""
        self.dismiss(value)


class Reading(ModalScreen[None]):
    """A page of text; it scrolls, and goes away by Escape, Enter, q, SPACE or the key that called it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,q,question_mark,w,ctrl+c", "leave", "Close", show=False),
    ]

    def __init__(self, title: str, page: Content) -> None:
        super().__init__()
        self._page_title = title
        self._page = page

    def compose(self) -> ComposeResult:
        """The page in its frame."""
        with VerticalScroll(id="page"):
            yield Static(self._page, id="words", markup=False)

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        page = self.query_one("#page", VerticalScroll)
        page.border_title = Content(clean(self._page_title))
        page.border_subtitle = Content("Escape closes")
        page.focus()

    def action_leave(self) -> None:
        """Closes the page."""
        self.dismiss(None)


def key_page(keys: Sequence[Key], more: Sequence[tuple[str, str]] = ()) -> Content:
    """All keys of a screen, one a line."""
    lines = [(key.shown, key.help) for key in keys] + list(more)
    width = max(cell_len(shown) for shown, _ in lines)
    parts: list[Content] = []
    for shown, words in lines:
        pad = " " * (width - cell_len(shown))
        parts.append(Content.assemble(" ", (shown, "bold"), f"{pad}   {words}"))
    return Content("\n").join(parts)


def lines_page(lines: Sequence[str]) -> Content:
    """Lines of people's text, one below another."""
    return Content("\n".join(clean(line) for line in lines))
