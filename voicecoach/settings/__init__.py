"""A person's settings, kept in config.toml: read on every start, written only when they change."""

from voicecoach.settings.keys import KEYS, Settings
from voicecoach.settings.reading import load
from voicecoach.source import Problem

__all__ = ["KEYS", "Settings", "read", "remember"]


def read() -> tuple[Settings, tuple[Problem, ...]]:
    """The settings, and everything wrong with config.toml; what is wrong is not among the settings."""
    loaded = load()
    return loaded.settings, loaded.problems


def remember(**changes: object) -> None:
    """Keeps settings for the next sessions; None forgets one, and `stages` changes only the exercises it names.

    Values are as config.toml holds them. Raises ScriptError if the file has a mistake (it is left
    as it is), OutputError if it cannot be written, and ValueError for a value that is not allowed.
    """
    from voicecoach.settings.writing import change

    change(load(), changes)
