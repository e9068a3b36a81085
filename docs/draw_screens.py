"""Draws the three screens as docs/screen-home.svg, screen-session.svg and screen-end.svg.

    python docs/draw_screens.py [FOLDER]

The pictures are Textual's own, made of a real session; block characters become rectangles, so that
they look the same in every browser and need no font from elsewhere.
"""

import asyncio
import re
import sys
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from time import sleep
from typing import Final

from voicecoach.compiler.options import Options
from voicecoach.live import Live, Request
from voicecoach.output.stepped import SteppedOutput
from voicecoach.overview import overview
from voicecoach.session import read_script
from voicecoach.shelf import routines
from voicecoach.speech.silent import SilentEngine
from voicecoach.speech.speaker import Speaker
from voicecoach.tui.app import Coach
from voicecoach.tui.port import Offer, View
from voicecoach.tui.session import SessionScreen
from voicecoach.units import SECOND

SIZE: Final = (90, 26)
NOW: Final = datetime(2026, 3, 14, 7, 30, tzinfo=UTC)
ENTRANCE: Final = 60 * SECOND
"""Shortly before the first hold of the morning routine, in which the pictured moment is."""
MOMENT: Final = 68 * SECOND
"""In that hold; the next line that is said is pictured."""


def main(folder: Path) -> None:
    """Writes the three pictures."""
    pictures = {"home": asyncio.run(home()), "session": asyncio.run(session()), "end": asyncio.run(end())}
    for name, svg in pictures.items():
        (folder / f"screen-{name}.svg").write_text(portable(svg), encoding="utf-8")


async def home() -> str:
    """The bundled routines."""
    coach = Coach(never, shelf, settings=View(level="steady"), time=lambda: NOW)
    async with coach.run_test(size=SIZE) as pilot:
        while "Morning foot stretches" not in (picture := unescape(coach.export_screenshot()).replace("\xa0", " ")):
            await pilot.pause(0.05)
        assert picture
        return coach.export_screenshot()


async def session() -> str:
    """A hold of the morning routine, in the middle of a line."""
    output, live = begin(ENTRANCE)
    cue = next(cue for cue in live.session.timeline.cues if cue.start > MOMENT and cue.kind == "speech")
    coach = Coach(never, shelf, live=live)
    async with coach.run_test(size=SIZE) as pilot:
        hear(live, output, cue.start + SECOND)
        await pilot.pause(1.5)
        picture = coach.export_screenshot()
    live.close()
    return picture


async def end() -> str:
    """The same session, heard to its end."""
    output, live = begin(0)
    coach = Coach(never, shelf, live=live)
    async with coach.run_test(size=SIZE) as pilot:
        hear(live, output, live.session.timeline.duration)
        while isinstance(coach.screen, SessionScreen):
            await pilot.pause(0.05)
        await pilot.pause(0.2)
        picture = coach.export_screenshot()
    live.close()
    return picture


def begin(at: int) -> tuple[SteppedOutput, Live]:
    """The morning routine at a time, without a device and with estimated speech."""
    request = Request(read_script("feet-morning"), Options(dial=50), "feet-morning", at)
    output = SteppedOutput()
    return output, Live(request, Speaker(SilentEngine(), None), output)


def hear(live: Live, output: SteppedOutput, until: int) -> None:
    """Lets the session be heard up to a time, and goes on where it waits for the person."""
    while (now := live.player.now()).at < until and now.mode != "ended":
        if now.mode == "waiting":
            live.player.do("toggle")
        before = output.place
        output.advance(output.rate // 50)
        if output.place.frame == before.frame:
            sleep(0.001)


def never(name: str, _level: object, _progress: object) -> Live:
    """Nothing is started from the list that is pictured."""
    raise AssertionError(name)


def shelf() -> list[Offer]:
    """The bundled routines, some of them done lately."""
    done = {"feet-morning": timedelta(days=1), "feet-evening": timedelta(hours=11), "tabata": timedelta(days=5)}
    found = []
    for routine in routines():
        if routine.kind != "bundled":
            continue
        seen = overview(read_script(routine.id), Options())
        last = NOW - done[routine.id] if routine.id in done else None
        found.append(Offer(routine.id, seen.title, seen.summary, seen.needs, seen.lengths, last, "bundled"))
    return found


# ---- blocks as rectangles ---------------------------------------------------------------

_CELL_WIDTH: Final = 12.2
_ROW_HEIGHT: Final = 24.4
_TOP: Final = 1.5
_BLOCKS: Final = {
    "█": (0, 0, 1, 1),
    "▀": (0, 0, 1, 0.5),
    "▄": (0, 0.5, 1, 0.5),
    "▌": (0, 0, 0.5, 1),
    "─": (0, 0.46, 1, 0.08),
    "┃": (0.35, 0, 0.3, 1),
}
"""Left, top, width and height of a block in its cell."""

_TEXT: Final = re.compile(r'<text class="([^"]+)" x="([\d.]+)" y="[\d.]+"[^>]*line-(\d+)\)">([^<]*)</text>')
_PIECE: Final = re.compile(
    rf"([{''.join(_BLOCKS)}])\1*|[^\xa0\n{''.join(_BLOCKS)}](?:\xa0?[^\xa0\n{''.join(_BLOCKS)}])*"
)
_WEB_FONT: Final = re.compile(r"@font-face \{[^}]*\}\s*")


def portable(svg: str) -> str:
    """A screenshot that needs neither a web font nor block characters in any font."""
    svg = _WEB_FONT.sub("", svg).replace("Fira Code, monospace", "DejaVu Sans Mono, Menlo, Consolas, monospace")
    return _TEXT.sub(_redrawn, svg).replace("\n\n", "\n")


def _redrawn(found: "re.Match[str]") -> str:
    style, left, row, words = found[1], float(found[2]), int(found[3]), unescape(found[4])
    top = row * _ROW_HEIGHT + _TOP
    parts = []
    for piece in _PIECE.finditer(words):
        x = left + piece.start() * _CELL_WIDTH
        parts.append(_piece(style, piece[0], x, top))
    return "".join(parts)


def _piece(style: str, words: str, x: float, top: float) -> str:
    length = len(words) * _CELL_WIDTH
    if words[0] not in _BLOCKS:
        text = words.replace("\xa0", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'<text class="{style}" x="{x:.1f}" y="{top + 17:.1f}" textLength="{length:.1f}">{text}</text>'
    left, upper, wide, high = _BLOCKS[words[0]]
    if wide == 1:
        wide = len(words)
    left, upper = x + left * _CELL_WIDTH, top + upper * _ROW_HEIGHT
    size = f'width="{wide * _CELL_WIDTH:.1f}" height="{high * _ROW_HEIGHT:.2f}"'
    return f'<rect class="{style}" shape-rendering="crispEdges" x="{left:.1f}" y="{upper:.2f}" {size}/>'


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
