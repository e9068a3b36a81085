"""The person's settings, read once for a command."""

import argparse

from voicecoach.cli import terminal
from voicecoach.settings.reading import Loaded, load


def saved_settings(chosen: argparse.Namespace) -> Loaded:
    """What config.toml says; prints what is wrong with it, once, and raises ReportedError for errors."""
    loaded: Loaded | None = getattr(chosen, "saved_settings", None)
    if loaded is None:
        loaded = load()
        terminal.problems(loaded.problems, loaded.sources)
        if loaded.failed:
            raise terminal.ReportedError
        chosen.saved_settings = loaded
    return loaded
