"""Draws the morning session as a picture: `python docs/draw_session.py > docs/session.svg`.

One row a chapter, from the estimated timeline, so that the same scripts give the same bytes everywhere.
"""

import sys
from collections.abc import Iterator
from xml.sax.saxutils import escape

from voicecoach import api, locations
from voicecoach.timeline import Chapter, Timeline
from voicecoach.units import clock

ROUTINE = locations.bundled_scripts() / "feet-morning.coach.yaml"
LEFT, TOP, ROW, BAR = 190, 74, 58, 22
PIXELS = 6
"""For one second."""
EVERY = 10_000
"""Milliseconds between two marks of the axis."""

STYLE = """\
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 } .small { font-size: 10.5px; fill: #57606a }
  .paper { fill: #ffffff; stroke: #d0d7de } .axis { stroke: #d8dee4 }
  .bout { fill: #b6dfc9; stroke: #1a7f50 } .inside { font-size: 10.5px }
  .speech { fill: #8250df } .count { fill: none; stroke: #8250df; stroke-width: 1.5 }
  .tone { stroke: #953800; stroke-width: 1.5 } .pause { stroke: #8c959f }
  .wait { fill: #ffffff; stroke: #57606a; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .small { fill: #9ea7b3 }
    .paper { fill: #0d1117; stroke: #30363d } .axis { stroke: #262c36 }
    .bout { fill: #17513a; stroke: #4ac58a } .speech { fill: #bc9cff } .count { stroke: #bc9cff }
    .tone { stroke: #ffa657 } .wait { fill: #0d1117; stroke: #9ea7b3 } .pause { stroke: #6e7681 }
  }"""


def drawing() -> str:
    """The picture as SVG; ends with one newline."""
    timeline = api.compile(api.load(ROUTINE), engine="silent").timeline
    span = -(-max(chapter.end - chapter.start for chapter in timeline.chapters) // EVERY) * EVERY
    width = LEFT + span * PIXELS // 1000 + 24
    height = TOP + ROW * len(timeline.chapters) + 66
    length = clock(timeline.duration // 1000 * 1000)
    heading = f"{timeline.title}: {length}, level gentle"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="name about">',
        f'<title id="name">{escape(heading)}</title>',
        f'<desc id="about">{escape(_described(timeline))}</desc>',
        f"<style>\n{STYLE}\n</style>",
        f'<rect class="paper" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
        f'<text class="title" x="16" y="30">{escape(heading)}</text>',
        *_axis(span, TOP + ROW * len(timeline.chapters)),
    ]
    for number, chapter in enumerate(timeline.chapters):
        lines += _row(timeline, chapter, TOP + ROW * number)
    lines += _legend(height - 20)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _described(timeline: Timeline) -> str:
    rows = []
    for chapter in timeline.chapters:
        bouts = sum(chapter.start <= bout.start < chapter.end for bout in timeline.bouts)
        rows.append(f"{clock(chapter.start // 1000 * 1000)} {chapter.title}" + (f", {bouts} holds" if bouts else ""))
    return "A bar chart with one row a chapter: " + "; ".join(rows) + "."


def _axis(span: int, bottom: int) -> Iterator[str]:
    yield f'<text class="small" x="{LEFT}" y="48">seconds since the row began</text>'
    for at in range(0, span + 1, EVERY):
        x = _x(at)
        yield f'<line class="axis" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{bottom}"/>'
        yield f'<text class="small" x="{x}" y="{TOP - 12}" text-anchor="middle">{at // 1000}</text>'


def _row(timeline: Timeline, chapter: Chapter, top: int) -> Iterator[str]:
    name, _, way = chapter.title.partition(", ")
    start = clock(chapter.start // 1000 * 1000)
    from_ = f"{way}, from {start}" if way else f"from {start}"
    yield f'<text x="16" y="{top + 14}">{escape(name)}</text>'
    yield f'<text class="small" x="16" y="{top + 30}">{escape(from_)}</text>'
    yield f'<path class="pause" d="M{_x(0)} {top + BAR // 2}H{_x(chapter.end - chapter.start)}"/>'
    for bout in timeline.bouts:
        if chapter.start <= bout.start < chapter.end:
            x, wide = _x(bout.start - chapter.start), _long(bout.end - bout.start)
            label = f"hold {bout.rep_no} of {bout.reps}, {(bout.end - bout.start) // 1000} s"
            yield f'<rect class="bout" x="{x}" y="{top}" width="{wide}" height="{BAR}" rx="3"/>'
            yield f'<text class="inside" x="{x + wide / 2:g}" y="{top + 15}" text-anchor="middle">{label}</text>'
    yield from _gates(timeline, chapter, top)
    for cue in timeline.cues:
        if not chapter.start <= cue.start < chapter.end:
            continue
        x, y = _x(cue.start - chapter.start), top + BAR + 5
        if cue.kind == "speech":
            yield f'<rect class="speech" x="{x}" y="{y}" width="{_long(cue.end - cue.start)}" height="6" rx="3"/>'
        elif cue.kind == "count":
            yield f'<circle class="count" cx="{x + 2:g}" cy="{y + 3}" r="2"/>'
        else:
            yield f'<path class="tone" d="M{x} {y + 10}v7"/>'


def _gates(timeline: Timeline, chapter: Chapter, top: int) -> Iterator[str]:
    """The silence before each gate that falls into the chapter."""
    for segment in timeline.segments:
        if segment.gate == "wait" and chapter.start < segment.end <= chapter.end:
            start = max((cue.end for cue in timeline.cues if cue.end <= segment.end), default=segment.start)
            x, wide = _x(start - chapter.start), _long(segment.end - start)
            seconds = (segment.end - start) // 1000
            yield f'<rect class="wait" x="{x}" y="{top}" width="{wide}" height="{BAR}" rx="3"/>'
            yield (
                f'<text class="inside" x="{x + wide / 2:g}" y="{top + 15}" text-anchor="middle">'
                f"{seconds} s to get ready</text>"
            )


def _legend(y: int) -> Iterator[str]:
    yield f'<rect class="bout" x="{LEFT}" y="{y - 12}" width="34" height="14" rx="3"/>'
    yield f'<text class="small" x="{LEFT + 42}" y="{y - 1}">work, never moved or cut by speech</text>'
    yield f'<rect class="speech" x="{LEFT + 245}" y="{y - 8}" width="26" height="6" rx="3"/>'
    yield f'<text class="small" x="{LEFT + 279}" y="{y - 1}">speech</text>'
    yield f'<circle class="count" cx="{LEFT + 340}" cy="{y - 5}" r="2"/>'
    yield f'<text class="small" x="{LEFT + 350}" y="{y - 1}">spoken count</text>'
    yield f'<path class="tone" d="M{LEFT + 440} {y - 9}v7"/>'
    yield f'<text class="small" x="{LEFT + 448}" y="{y - 1}">tone: tick, start or end</text>'
    yield f'<path class="pause" d="M{LEFT + 585} {y - 5}h26"/>'
    yield f'<text class="small" x="{LEFT + 619}" y="{y - 1}">pause</text>'


def _x(time: int) -> float:
    return _tenths(LEFT * 1000 + time * PIXELS)


def _long(time: int) -> float:
    return _tenths(time * PIXELS)


def _tenths(thousandths: int) -> float:
    """Pixels with one decimal, printed the same everywhere."""
    return (thousandths + 50) // 100 / 10


if __name__ == "__main__":
    sys.stdout.buffer.write(drawing().encode())
