"""The last line of a screen: its main keys, which a mouse can press too."""

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from voicecoach.tui.cells import cell_len
from voicecoach.tui.keys import Key

_BOLD = Style(bold=True)


class KeyBar(Widget):
    """As many keys as fit, in the order of their importance."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        super().__init__()
        self._keys = sorted((key for key in keys if key.label), key=lambda key: not key.urgent)
        self._urgent = False

    def call(self, *, urgent: bool) -> None:
        """Shows the urgent keys, or no longer."""
        if urgent != self._urgent:
            self._urgent = urgent
            self.refresh()

    def render(self) -> Content:
        """The keys that fit into the width."""
        free = self.size.width - 1
        parts: list[Content] = [Content(" ")]
        for key in self._keys:
            if key.urgent and not self._urgent:
                continue
            free -= cell_len(key.shown) + cell_len(key.label) + 3
            if free < -2:
                break
            press = Style.from_meta({"press": key.action})
            parts += [
                Content.styled(key.shown, press + _BOLD),
                Content.styled(f" {key.label}", press),
                Content("  "),
            ]
        return Content("").join(parts)

    async def on_click(self, event: events.Click) -> None:
        """Does what the key under the mouse does."""
        action = event.style.meta.get("press")
        if action:
            await self.screen.run_action(action)

    def on_resize(self, _event: events.Resize) -> None:
        """Other keys may fit now."""
        self.refresh()
