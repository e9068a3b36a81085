"""The widget that shows a session: painted rows, of which only those that changed are drawn again."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from voicecoach.tui.paint import paint
from voicecoach.tui.sight import HUES, PLAIN, Row, Sight

_HUES = sorted(set(HUES.values()))
_ROLES = (*PLAIN, *_HUES, *(f"{hue}-digits" for hue in _HUES))


class Stage(Widget):
    """Shows a Sight in the whole space it is given; no child, no layout."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"stage--{role}" for role in _ROLES}

    def __init__(self) -> None:
        super().__init__()
        self._sight: Sight | None = None
        self._rows: tuple[Row, ...] = ()
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
        rows = paint(sight, self.size.width, self.size.height)
        if len(rows) != len(self._rows):
            self._rows = rows
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        self._rows = rows
        if changed:
            self.refresh(*(Region(0, top, self.size.width, count) for top, count in _stretches(changed)))

    def on_resize(self, _event: events.Resize) -> None:
        """Paints anew for the new space."""
        if self._sight is not None:
            self._rows = paint(self._sight, self.size.width, self.size.height)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row, as Textual asks for it."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self._colour("text"))
        return Strip([Segment(text, self._colour(role)) for text, role in self._rows[y]], self.size.width)

    def notify_style_update(self) -> None:
        """Other colours from now on."""
        self._colours.clear()
        super().notify_style_update()

    def _colour(self, role: str) -> Style:
        if role not in self._colours:
            self._colours[role] = self.get_component_rich_style(f"stage--{role}")
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
