"""The command palette: everything a key does, by name."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

if TYPE_CHECKING:
    from voicecoach.tui.app import Coach


class Commands(Provider):
    """The keys of the screen, and the themes."""

    def _known(self) -> Iterator[tuple[str, str, str]]:
        """Words, action and key."""
        coach = cast("Coach", self.app)
        for key in coach.keys_of(self.screen):
            yield key.help, f"screen.{key.action}", key.shown
        for name in coach.theme_choices():
            yield f"Theme: {name}", f"app.use_theme('{name}')", ""

    async def discover(self) -> Hits:
        """Everything there is."""
        for words, action, key in self._known():
            yield DiscoveryHit(words, partial(self._run, action), help=f"Key: {key}" if key else None)

    async def search(self, query: str) -> Hits:
        """What fits the words that are typed."""
        matcher = self.matcher(query)
        for words, action, key in self._known():
            score = matcher.match(words)
            if score > 0:
                yield Hit(
                    score, matcher.highlight(words), partial(self._run, action), help=f"Key: {key}" if key else None
                )

    async def _run(self, action: str) -> None:
        await self.screen.run_action(action)
