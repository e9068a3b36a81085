"""The voice that a person's settings name for a session's language."""

from typing import TYPE_CHECKING

from voicecoach.errors import SpeechError
from voicecoach.settings.keys import Settings
from voicecoach.settings.reading import Loaded
from voicecoach.source import Problem

if TYPE_CHECKING:
    from voicecoach.speech.engine import SpeechEngine


def saved_voice(loaded: Loaded, lang: str, engine: "SpeechEngine") -> tuple[str | None, list[Problem]]:
    """`voice` where it speaks the language, else that of `voices`; a warning for one that no engine has.

    None for an engine that has no voices, and where the settings name none that this engine has.
    """
    if engine.estimated:
        return None, []
    problems: list[Problem] = []
    for path, name in _named(loaded.settings, lang):
        try:
            spoken = engine.language(name)
        except SpeechError as error:
            if not _is_elsewhere(name):
                problems.append(Problem("warning", "W061", loaded.span(*path), error.what, fix=error.fix))
            continue
        if _base(spoken) == _base(lang):
            return name, problems
    return None, problems


def line_of(settings: Settings, lang: str) -> str | None:
    """The name in `voices` that stands for a BCP 47 language: its own, or that of its first part."""
    names = {name.casefold(): name for name in settings.voices}
    tag = lang.casefold()
    while tag and tag not in names:
        tag = tag.rpartition("-")[0]
    return names.get(tag)


def _named(settings: Settings, lang: str) -> list[tuple[tuple[str, ...], str]]:
    """Voices with their places in config.toml, the one to take first."""
    found: list[tuple[tuple[str, ...], str]] = []
    if settings.voice:
        found.append((("voice",), settings.voice))
    if line := line_of(settings, lang):
        found.append((("voices", line), settings.voices[line]))
    return found


def _is_elsewhere(name: str) -> bool:
    """Whether it is a voice of another engine than the one that speaks now."""
    from voicecoach.cli.voices_find import known

    try:
        known(name)
    except SpeechError:
        return False
    return True


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()
