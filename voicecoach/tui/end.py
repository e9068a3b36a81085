"""The last screen: what was done, how it felt, and what the routine says about pain."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from voicecoach.tui.cells import clean
from voicecoach.tui.dialogs import Reading, key_page
from voicecoach.tui.keybar import KeyBar
from voicecoach.tui.keys import END, Key, bindings
from voicecoach.tui.letters import big
from voicecoach.tui.port import Answer, Running, Summary
from voicecoach.units import MINUTE, SECOND, clock

_ANSWERS: tuple[tuple[Answer, str], ...] = (
    ("easy", "e  easy"),
    ("right", "r  just right"),
    ("hard", "h  hard"),
    ("pain", "p  there was pain"),
)


class EndScreen(Screen[None]):
    """Shows a summary and takes an answer; `left` is called when the person goes on."""

    KEYS: ClassVar[tuple[Key, ...]] = END
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(END),
        Binding("pagedown", "read(1)", "Read on", show=False, priority=True),
        Binding("pageup", "read(-1)", "Read back", show=False, priority=True),
    ]

    def __init__(self, running: Running, left: Callable[[], None]) -> None:
        super().__init__()
        self._session = running
        self._left = left
        self._summary = running.summary()
        self.answer: Answer | None = None

    def compose(self) -> ComposeResult:
        """What was done, the question, and what is to be read."""
        yield Static(Content(""), id="end-band", markup=False)
        with VerticalScroll(id="end-body", can_focus=False):
            yield Static(Content(""), id="done", markup=False)
            yield Static(Content("How did it feel?"), id="felt", markup=False)
            yield OptionList(*(Option(Content(label), value) for value, label in _ANSWERS), id="answers", markup=False)
            yield Static(Content(""), id="said", markup=False)
        yield KeyBar(END)

    def on_mount(self) -> None:
        """`Just right` is marked at first."""
        self.set_class(not self._summary.finished, "-stopped")
        answers = self.query_one(OptionList)
        answers.highlighted = 1
        answers.focus()
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        """The band is in block letters where there is room."""
        word = "well done" if self._summary.finished else "stopped"
        width, height = event.size
        scale = 2 if width >= 140 and height >= 38 else 1
        rows = big(word, width - 4, scale, 1) if height >= 14 else None
        air = "\n" if height >= 22 else ""
        band = air + "\n".join(rows) + air if rows else word.upper()
        self.query_one("#end-band", Static).update(Content(band))
        self.query_one("#done", Static).update(Content(("\n" if air else "") + done_in_words(self._summary)))

    # ---- the answer ---------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on an answer, or a click: the first time it is taken, the second time it is left at that."""
        chosen = next((value for value, _ in _ANSWERS if value == event.option.id), None)
        if chosen is None:
            return
        if chosen == self.answer:
            self.action_leave()
            return
        self.action_felt(chosen)

    def action_felt(self, answer: Answer) -> None:
        """Keeps an answer, and tells what goes with it."""
        self.answer = answer
        self._session.answer(answer)
        self.query_one(OptionList).highlighted = [value for value, _ in _ANSWERS].index(answer)
        self._tell()
        body = self.query_one("#end-body", VerticalScroll)
        if answer == "pain":
            self.call_after_refresh(body.scroll_to_widget, self.query_one("#felt"), animate=False, top=True)

    def action_read(self, direction: int) -> None:
        """Scrolls what is to be read."""
        body = self.query_one("#end-body", VerticalScroll)
        body.scroll_relative(y=direction * max(1, body.size.height - 2), animate=False)

    def action_take(self) -> None:
        """Takes the marked answer."""
        self.query_one(OptionList).action_select()

    def _tell(self) -> None:
        """What the routine says; after pain that comes first."""
        felt = "How did it feel?" if self.answer is None else f"Noted: {_NOTED[self.answer]}. Enter goes on."
        self.query_one("#felt", Static).update(Content(felt))
        self.query_one("#said", Static).update(_said(self._summary, self.answer))

    def action_help(self) -> None:
        """Lists the keys."""
        self.app.push_screen(Reading("Keys", key_page(END, [("↑ ↓", "Choose an answer"), ("PgDn", "Read on")])))

    def action_leave(self) -> None:
        """Goes on."""
        self._left()


_NOTED: dict[Answer, str] = {"easy": "it was easy", "right": "it was just right", "hard": "it was hard", "pain": "pain"}


def done_in_words(summary: Summary) -> str:
    """Two sentences on what was done."""
    lines = [clean(summary.title), f"{summary.done} of {summary.bouts} done"]
    if summary.skipped:
        lines[1] += f", {summary.skipped} skipped"
    lines[1] += f" · {_span(summary.at_ms)} of {_span(summary.length_ms)}"
    return "\n".join(lines) + "\n"


def _span(time: int) -> str:
    return f"{time // SECOND} s" if time < MINUTE else clock(time // SECOND * SECOND)


def _said(summary: Summary, answer: Answer | None) -> Content:
    stop = Content.styled(f"Stop if you feel {_listed([clean(item) for item in summary.stop_if])}.", "bold")
    advice = [Content(f"• {clean(line)}") for line in summary.advice]
    parts: list[Content] = [Content("")]
    if summary.stop_if:
        parts.append(stop)
    if answer == "pain" and not summary.stop_if and not advice:
        parts.append(Content("The routine says nothing about pain. Pain that stays or grows belongs before a doctor."))
    parts += advice
    return Content("\n").join(parts)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else ""
