"""Every folder voicecoach reads or writes; each user folder can be moved by an environment variable."""

import os
from pathlib import Path

SUFFIXES = (".coach.yaml", ".coach.yml", ".yaml", ".yml")
"""How routine scripts end, the usual one first."""

TRANSLATION = ".coach-text.yaml"
"""How files of translations end, after the script's name and a language."""

_PACKAGE = Path(__file__).resolve().parent


def data_dir() -> Path:
    """A person's own routines, voices and history (VOICECOACH_DATA_DIR)."""
    return _user_dir("VOICECOACH_DATA_DIR", "user_data_path")


def config_dir() -> Path:
    """A person's settings (VOICECOACH_CONFIG_DIR)."""
    return _user_dir("VOICECOACH_CONFIG_DIR", "user_config_path")


def settings_file() -> Path:
    """What a person chose once for all their sessions."""
    return config_dir() / "config.toml"


def history_file() -> Path:
    """The record of past sessions."""
    return data_dir() / "history.sqlite3"


def cache_dir() -> Path:
    """What can be made again: spoken clips (VOICECOACH_CACHE_DIR)."""
    return _user_dir("VOICECOACH_CACHE_DIR", "user_cache_path")


def own_routines() -> Path:
    """Where a person keeps routines that should be found by their id."""
    return data_dir() / "routines"


def voices_dir() -> Path:
    """The voices a person added, a folder each."""
    return data_dir() / "voices"


def takes_dir() -> Path:
    """Lines that people recorded in their own voice, a folder for each name."""
    return data_dir() / "takes"


def bundled_scripts() -> Path:
    """The routines that come with voicecoach: inside the wheel, else beside the package in a checkout."""
    return _bundled("scripts")


def bundled_audio() -> Path:
    """The built-in sounds as WAV files."""
    return _bundled("audio")


def without_suffix(name: str) -> str:
    """A script's file name without its ending: `feet-morning.coach.yaml` → `feet-morning`."""
    return next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name)


def _bundled(folder: str) -> Path:
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def _user_dir(variable: str, function: str) -> Path:
    moved = os.environ.get(variable)
    if moved:
        return Path(moved).expanduser()
    import platformdirs

    path: Path = getattr(platformdirs, function)("voicecoach", appauthor=False)
    return path
