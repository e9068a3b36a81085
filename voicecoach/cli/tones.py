"""`voicecoach tones`: the built-in sounds, what they are used for, and the files to listen to."""

import argparse

from voicecoach import locations
from voicecoach.cli import DONE, terminal
from voicecoach.sound.toneset import DEFAULTS, NAMES, natural_length


def tones(_: argparse.Namespace) -> int:
    """Lists every sound with its length, its default use, and its WAV file."""
    terminal.out(f"{'sound':<10}  {'length':>8}  {'used by default for':<20}  file")
    for name in NAMES:
        uses = ", ".join(role for role, sound in DEFAULTS.items() if sound == name)
        path = locations.bundled_audio() / f"{name}.wav"
        file = str(path) if path.is_file() else "-"
        terminal.out(f"{name:<10}  {natural_length(name):>5} ms  {uses or '-':<20}  {file}")
    terminal.say("choose them in a script:  tones: {start: whistle, end: gong}")
    return DONE
