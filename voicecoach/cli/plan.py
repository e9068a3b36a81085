"""`voicecoach plan`: the timeline as a table or as JSON."""

import argparse
import sys
from functools import partial

from voicecoach.cli import DONE, sessions, terminal
from voicecoach.report import plain
from voicecoach.timeline import Timeline, to_json
from voicecoach.units import clock


def plan(chosen: argparse.Namespace) -> int:
    """Prints the timeline of a routine."""
    script = sessions.read(chosen, chosen.routine)
    with sessions.speaker(chosen) as speaking:
        with terminal.progress() as bar:
            session = sessions.ready(script, chosen, speaking, partial(bar, f"{script.entry}: speaking"))
        if chosen.json:
            sys.stdout.write(to_json(session.timeline))
            return DONE
        for line in table(session.timeline):
            terminal.out(line)
    return DONE


def table(timeline: Timeline) -> list[str]:
    """The timeline as lines: chapters, bouts and cues in the order they are heard."""
    head = f"{timeline.title}: {clock(timeline.duration)}" + (" (estimated)" if timeline.estimated else "")
    rows: list[tuple[int, int, str]] = []
    rows += [(chapter.start, 1, f"== {plain(chapter.title)}") for chapter in timeline.chapters]
    for bout in timeline.bouts:
        ways = "".join(f", {way}" for _, way in bout.ways)
        rows.append((bout.start, 2, _row(bout.start, bout.end, "bout", plain(bout.name) + plain(ways))))
    for cue in timeline.cues:
        what = plain(cue.text) if cue.kind != "tone" else _tone(cue.tone, cue.sound.name if cue.sound else "")
        kind = "say" if cue.kind == "speech" else cue.kind
        extra = f"  [{cue.priority}]" if cue.kind == "speech" else ""
        extra += f"  {cue.rate_percent} %" if cue.rate_percent != 100 else ""
        rows.append((cue.start, 3, _row(cue.start, cue.end, kind, what + extra)))
    rows += [(s.end, 0, _row(s.end, s.end, "gate", s.gate)) for s in timeline.segments if s.gate != "end"]
    rows.sort(key=lambda row: row[:2])
    return [plain(head), *(text for _, _, text in rows)]


def _tone(tone: str, sound: str) -> str:
    return plain(tone if tone == sound else f"{tone} ({sound})")


def _row(start: int, end: int, kind: str, what: str) -> str:
    minutes, rest = divmod(start, 60_000)
    return f"{minutes:>4}:{rest // 1000:02d}.{rest % 1000:03d} {(end - start) / 1000:>8.2f} s  {kind:<5}  {what}"
