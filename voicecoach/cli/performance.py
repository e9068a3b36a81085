"""One live session of `voicecoach play`, on a full screen or in plain lines."""

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING

from voicecoach.cli import DONE, sessions, terminal
from voicecoach.cli.keyboard import Keyboard, keyboard
from voicecoach.cli.sound import Sound
from voicecoach.cli.studio import Studio
from voicecoach.collector import begun
from voicecoach.interrupts import load_whole
from voicecoach.live import Live
from voicecoach.report import plain as readable
from voicecoach.units import SECOND, Milliseconds, clock

if TYPE_CHECKING:
    from voicecoach.history.entry import Entry


def perform(chosen: argparse.Namespace, sound: Sound, at: Milliseconds, *, full_screen: bool) -> int:
    """Plays one routine from a moment of it on, on a device that opens meanwhile."""
    studio = Studio(chosen, sound)
    if full_screen:
        load_whole("voicecoach.cli.screen")
        from voicecoach.cli import screen

        return screen.play(studio, at)
    try:
        script = sessions.read(chosen, chosen.routine)
        with keyboard() as keys:
            resumes = _taken_up(studio, chosen, at, keys)
            with terminal.progress() as bar:
                live = studio.begin(
                    script,
                    chosen.routine,
                    studio.sound(),
                    at=resumes.at if resumes else at,
                    resumes=resumes,
                    progress=partial(bar, f"{script.entry}: speaking"),
                )
            return _plainly(live, keys)
    finally:
        terminal.notes(studio.notes)


def _plainly(live: Live, keys: Keyboard) -> int:
    """The sound has begun: what shows it is only loaded now."""
    from voicecoach.cli import plain
    from voicecoach.cli.remotes import show_on_desktop

    hide = show_on_desktop(live)
    begun()
    live.record()
    try:
        if sys.stdin.isatty():
            terminal.say(plain.HELP)
        finished = plain.run(live, keys, _out)
        for line in plain.closing(live):
            _out(line)
        if finished and sys.stdin.isatty() and sys.stdout.isatty():
            plain.ask_how_it_felt(live, keys, _out)
    finally:
        hide()
        live.close()
        if live.trouble:
            terminal.say(f"note: this session is not in the history: {readable(live.trouble)}")
    return DONE


def _taken_up(studio: Studio, chosen: argparse.Namespace, at: Milliseconds, keys: Keyboard) -> "Entry | None":
    """The session that was cut off, if the person wants to go on with it."""
    if at or not (entry := studio.unfinished(chosen.routine)):
        if chosen.resume:
            terminal.say("note: no session of this routine was left in the last hours; it starts at the beginning")
        return None
    where = f"{clock(entry.at // SECOND * SECOND)} of {clock(entry.length // SECOND * SECOND)}"
    if chosen.resume:
        terminal.say(f"going on at {where}")
        return entry
    if not sys.stdin.isatty():
        terminal.say(f"note: this session was left at {where}; --resume goes on there")
        return None
    terminal.say(f"This session was left at {where}. Go on there? y or n")
    while not (pressed := keys.keys(1.0)):
        pass
    if pressed[0] in {"y", "Y", "\n", "\r", " "}:
        return entry
    studio.dismiss(entry)
    return None


def _out(line: str) -> None:
    print(readable(line), flush=True)
