"""The widget that shows a session: painted rows, of which only those that changed are drawn again."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from voicecoach.tui.paint import paint
from voicecoach.tui.sight import Row, Sight
from voicecoach.tui.themes import DRAWN


class Stage(Widget):
    """Shows a Sight in the whole space it is given; no child, no layout.

    Its colours are looked up in the theme, for the roles that are seen: a style sheet would work out all of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sight: Sight | None = None
        self._rows: tuple[Row, ...] = ()
        self._painted = Size()
        self._colours: dict[str, Style] = {}

    @property
    def sight(self) -> Sight | None:
        """What is shown."""
        return self._sight

    def show(self, sight: Sight) -> None:
        """Shows a sight, drawing only what is not there yet."""
        if sight == self._sight:
            return
        self._sight = sight
        before = self._rows if self._painted == self.size else ()
        self._paint()
        if len(before) != len(self._rows):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._rows, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, top, self.size.width, count) for top, count in _stretches(changed)))

    def on_resize(self, _event: events.Resize) -> None:
        """Other rows for the new space."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row, as Textual asks for it: at once for the space it is given, before it is told of that."""
        if self._painted != self.size:
            self._paint()
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self._colour("text"))
        return Strip([Segment(text, self._colour(role)) for text, role in self._rows[y]], self.size.width)

    def notify_style_update(self) -> None:
        """Other colours from now on."""
        self._colours.clear()
        super().notify_style_update()

    def _paint(self) -> None:
        self._painted = self.size
        self._rows = () if self._sight is None else paint(self._sight, *self.size)

    def _colour(self, role: str) -> Style:
        if role not in self._colours:
            ink, ground, bold = DRAWN[role]
            known = self.app.theme_variables
            colour, behind = (Color.parse(known[name]).rich_color for name in (ink, ground))
            self._colours[role] = Style(color=colour, bgcolor=behind, bold=bold or None)
        return self._colours[role]


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Row numbers as (first, how many) of neighbours."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and sum(found[-1]) == row:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((row, 1))
    return found
