import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.color import Color
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.strip import Strip
from textual.theme import Theme

from tests.tui.rehearsal import Rehearsal, never, picture, seen, shelf, until
from voicecoach.tui.app import Coach
from voicecoach.tui.port import View
from voicecoach.tui.session import SessionScreen
from voicecoach.tui.sight import HUES
from voicecoach.tui.stage import Stage
from voicecoach.tui.themes import THEMES

Play = Callable[[Coach, Pilot[None], Rehearsal], Awaitable[None]]


def on_stage(folder: Path, play: Play, view: View | None = None) -> dict[str, object]:
    kept: dict[str, object] = {}

    async def run() -> None:
        rehearsal = Rehearsal(folder, at=80_000)
        coach = Coach(never, shelf, live=rehearsal.live, settings=view, remember=lambda **changes: kept.update(changes))
        try:
            async with coach.run_test(size=(80, 24)) as pilot:
                await until(pilot, lambda: coach.query_one(Stage).sight is not None)
                await play(coach, pilot, rehearsal)
        finally:
            rehearsal.live.close()

    asyncio.run(run())
    return kept


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def brightness(colour: Color) -> float:
    parts = [value / 255 for value in colour.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("theme", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7.0)])
def test_every_word_of_our_themes_can_be_read(tmp_path: Path, theme: str, least: float) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await until(pilot, lambda: "Next" in seen(coach))
        for row in picture(coach):
            for text, style in row:
                if text.strip():
                    assert style.color
                    assert style.bgcolor
                    pair = (Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
                    assert contrast(*pair) >= least, (text, style)

    on_stage(tmp_path, play, View(theme=theme))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("hue", sorted(set(HUES.values())))
def test_every_phase_of_our_themes_can_be_read(theme: Theme, hue: str) -> None:
    field = Color.parse(theme.variables[f"phase-{hue}"])
    least = 7.0 if "contrast" in theme.name else 4.5

    assert contrast(field, Color.parse(theme.variables["phase-ink"])) >= least
    assert contrast(field, Color.parse(theme.background or "")) >= least


def test_the_first_picture_shows_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[str] = []
    painted = Stage.render_line

    def watched(stage: Stage, y: int) -> Strip:
        strip = painted(stage, y)
        rows.append(strip.text)
        return strip

    monkeypatch.setattr(Stage, "render_line", watched)

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        assert rows[0].strip().startswith("Two stretches")

    on_stage(tmp_path, play)


@pytest.mark.parametrize("theme", ["dark", "contrast", "light", "nord"])
def test_a_theme_to_begin_with_is_that_of_the_first_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    grounds: list[tuple[Color, Color]] = []
    painted = Stage.render_line

    def watched(stage: Stage, y: int) -> Strip:
        strip = painted(stage, y)
        style = next(iter(strip)).style
        assert style
        assert style.bgcolor
        grounds.append((Color.from_rich_color(style.bgcolor), stage.styles.background))
        return strip

    monkeypatch.setattr(Stage, "render_line", watched)

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        ground = Color.parse(coach.current_theme.background or "")
        assert grounds[0] == (ground, ground)
        dark = coach.current_theme.dark
        assert (coach.has_class("-dark-mode"), coach.has_class("-light-mode")) == (dark, not dark)

    on_stage(tmp_path, play, View(theme=theme))


def test_another_theme_is_seen_at_once(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await until(pilot, lambda: "Next" in seen(coach))
        band = picture(coach)[2][0][1].bgcolor

        coach.action_use_theme("light")
        await pilot.pause()

        assert picture(coach)[2][0][1].bgcolor != band

    on_stage(tmp_path, play)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("dark", "voicecoach-dark"),
        ("light", "voicecoach-light"),
        ("contrast", "voicecoach-contrast"),
        ("nord", "nord"),
        ("textual-light", "textual-light"),
        ("no such theme", "voicecoach-dark"),
    ],
)
def test_a_theme_is_named_in_short_or_as_textual_does(tmp_path: Path, wanted: str, name: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        assert coach.theme == name

    on_stage(tmp_path, play, View(theme=wanted))


def test_every_theme_of_textual_can_be_taken(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        choices = coach.theme_choices()
        assert choices[:3] == ("dark", "light", "contrast")
        assert len(choices) > len(THEMES)

        for name in choices:
            coach.action_use_theme(name)
            await pilot.pause()
            assert "Next" in seen(coach)

    kept = on_stage(tmp_path, play)

    assert list(kept) == ["theme"]


def test_the_palette_finds_every_command_by_name(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(coach.screen, CommandPalette))
        await pilot.press(*"voice off")
        await until(pilot, lambda: "Voice off and on" in seen(coach) and "Tones off" not in seen(coach))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(coach.screen, SessionScreen) or "Voice" not in seen(coach))
        if isinstance(coach.screen, CommandPalette):
            await pilot.press("enter")

        await until(pilot, lambda: not rehearsal.live.player.now().voice)

    on_stage(tmp_path, play)


def test_the_ports_of_the_ui_do_not_load_textual() -> None:
    code = "import sys, voicecoach.tui.port; sys.exit('textual' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0
