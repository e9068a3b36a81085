"""`voicecoach play`: the sound device begins to open before anything else is loaded."""

import argparse
import sys

from voicecoach.cli.arguments import duration
from voicecoach.cli.sound import Sound
from voicecoach.errors import ScriptError
from voicecoach.interrupts import load_whole
from voicecoach.settings.reading import load
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.units import Milliseconds


def play(chosen: argparse.Namespace) -> int:
    """Plays one routine, or opens the list of all where none is named."""
    full_screen = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) and not chosen.plain
    if chosen.routine is None and not full_screen:
        what = "which routine is to be played?"
        raise ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix="voicecoach list  shows all routines")])
    at = _from(chosen)
    if chosen.routine is None:
        load_whole("voicecoach.cli.screen")
        from voicecoach.cli.screen import home

        return home(chosen)
    sound = _sound(chosen)
    try:
        load_whole("voicecoach.cli.performance")
        from voicecoach.cli.performance import perform

        return perform(chosen, sound, at, full_screen=full_screen)
    finally:
        sound.output.close()


def _sound(chosen: argparse.Namespace) -> Sound:
    device: str | None = chosen.device
    return Sound(load().settings.device if device is None else device, lambda _: None)


def _from(chosen: argparse.Namespace) -> Milliseconds:
    """`--from` in milliseconds; raises ScriptError if it is no time."""
    if chosen.begin is None:
        return 0
    at = duration(chosen.begin)
    if at is None:
        what = f"--from {chosen.begin}: this is not a time"
        raise ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix="write for example  --from 2:21")])
    return at
