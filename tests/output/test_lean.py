"""A module loaded without others that it wants."""

import sys
from pathlib import Path

import pytest

from voicecoach.output.lean import without

GREEDY = """
import wanted.always
try:
    import wanted.perhaps
except ImportError:
    perhaps = None
"""


def test_what_is_left_out_is_not_loaded_and_can_be_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "wanted"
    folder.mkdir()
    for name in ("__init__", "always", "perhaps"):
        (folder / f"{name}.py").write_text("loaded = True\n", encoding="utf-8")
    (tmp_path / "greedy.py").write_text(GREEDY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    with without(optional="wanted.perhaps", hollow="wanted.always"):
        import greedy
    left_out = [name for name in ("wanted.always", "wanted.perhaps") if name in sys.modules]
    import wanted.always

    assert greedy.perhaps is None
    assert left_out == []
    assert wanted.always.loaded


def test_what_is_loaded_already_stays() -> None:
    with without(optional="pathlib", hollow="sys"):
        import pathlib

    assert pathlib.Path is Path
    assert sys.modules["sys"] is sys
