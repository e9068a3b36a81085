"""What every test may use: user folders of its own, and scripts written on the spot."""

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from tests.rig import rig, sound_server

__all__ = ["rig", "sound_server"]

# A run in CI tries the same examples each time; a run on a desk tries new ones.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One clip cache for the whole run, so that each text is spoken once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def user_folders(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders moved away from the machine's own; the test starts in an empty folder, returned here."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOICECOACH_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(shared_cache))
    monkeypatch.setenv("NO_COLOR", "1")
    return here


@pytest.fixture
def write(user_folders: Path) -> Callable[[str, str], str]:
    """Writes a script into the test's folder and returns its name."""

    def written(name: str, text: str) -> str:
        path = user_folders / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    return written
