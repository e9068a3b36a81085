"""Pictures of the screens as text: what stands where, and in which colours.

`python -m tests.tui.pictures` draws them again into tests/tui/golden; review the diff.
"""

import asyncio
import tempfile
from pathlib import Path
from string import ascii_letters

from rich.style import Style

from tests.tui.rehearsal import NOW, Rehearsal, never, picture, seen, shelf, until
from voicecoach.tui.app import Coach
from voicecoach.tui.end import EndScreen
from voicecoach.tui.port import View
from voicecoach.tui.stage import Stage

GOLDEN = Path(__file__).with_name("golden")
SIZES = ((60, 16), (80, 24), (200, 50))
SCREENS = ("home", "session", "end")
_MOMENT = 80_000
"""In a hold of the second set on the left leg."""


def draw(screen: str, size: tuple[int, int]) -> str:
    """One screen at one size."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run({"home": _home, "session": _session, "end": _end}[screen](size, Path(folder)))


def golden(screen: str, size: tuple[int, int]) -> Path:
    """The file of a picture."""
    return GOLDEN / f"{screen}-{size[0]}x{size[1]}.txt"


async def _home(size: tuple[int, int], _folder: Path) -> str:
    coach = Coach(never, shelf, settings=View(level="steady"), time=lambda: NOW)
    async with coach.run_test(size=size) as pilot:
        await until(pilot, lambda: "Box breathing" in seen(coach))
        await pilot.pause(0.1)
        return dump(coach)


async def _session(size: tuple[int, int], folder: Path) -> str:
    rehearsal = Rehearsal(folder, at=_MOMENT)
    coach = Coach(never, shelf, live=rehearsal.live)
    try:
        async with coach.run_test(size=size) as pilot:
            rehearsal.hear(9_000)
            await until(pilot, lambda: _clock(coach) == "hold" and not coach.query_one(Stage).sight.tone)  # type: ignore[union-attr]
            await pilot.pause(0.7)
            return dump(coach)
    finally:
        rehearsal.live.close()


def _clock(coach: Coach) -> str:
    sight = coach.query_one(Stage).sight
    return sight.scene.phase if sight else ""


async def _end(size: tuple[int, int], folder: Path) -> str:
    rehearsal = Rehearsal(folder)
    coach = Coach(never, shelf, live=rehearsal.live)
    try:
        async with coach.run_test(size=size) as pilot:
            await pilot.press("q")
            await pilot.press("y")
            await until(pilot, lambda: isinstance(coach.screen, EndScreen))
            await pilot.press("p")
            await until(pilot, lambda: "Noted: pain" in seen(coach))
            await pilot.pause(0.1)
            return dump(coach)
    finally:
        rehearsal.live.close()


def dump(coach: Coach) -> str:
    """The text of a screen, a letter for the style of every cell, and what the letters mean."""
    text: list[str] = []
    styles: list[str] = []
    known: dict[str, str] = {}
    for row in picture(coach):
        text.append("".join(words for words, _ in row))
        styles.append(
            "".join(known.setdefault(_look(style), ascii_letters[len(known)]) * len(words) for words, style in row)
        )
    frame = [f"|{line}|" for line in (*text, *styles)]
    return "\n".join([*frame, *(f"{letter} {look}" for look, letter in known.items())]) + "\n"


def _look(style: Style) -> str:
    colours = [colour.name if colour else "none" for colour in (style.color, style.bgcolor)]
    words = [word for word in ("bold", "italic", "underline", "reverse", "dim") if getattr(style, word)]
    return " ".join([f"{colours[0]} on {colours[1]}", *words])


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in SCREENS:
        for each in SIZES:
            golden(name, each).write_text(draw(name, each), encoding="utf-8")
