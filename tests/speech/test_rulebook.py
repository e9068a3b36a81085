"""The digest of the rules covers everything that normalising is made of."""

import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.speech import rulebook

_LOADED = """
import sys
import voicecoach.speech.normalise
names = [name for name in sys.modules if name.startswith("voicecoach.speech.")]
print(*sorted(name.rpartition(".")[2] for name in names))
"""
_WARM = """
import sys
from voicecoach.cli import run
assert run(["plan", sys.argv[1]]) == 0
print("voicecoach.speech.normalise" in sys.modules, file=sys.stderr)
"""
SCRIPT = """\
title: Desk break
stop_if: [sharp pain]
steps:
  - {name: Neck stretch, hold: 30s, reps: 2, how: Sit tall.}
"""


@pytest.fixture(autouse=True)
def anew() -> None:
    rulebook.rules.cache_clear()


def test_every_module_that_makes_words_is_in_it() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)

    assert done.stdout.split() == sorted(rulebook._RULES)


@pytest.mark.parametrize("changed", rulebook._RULES)
def test_other_rules_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    room = Path(rulebook.__file__).parent
    for name in rulebook._RULES:
        (tmp_path / f"{name}.py").write_bytes((room / f"{name}.py").read_bytes())
    before = rulebook.rules()
    monkeypatch.setattr(rulebook, "__file__", str(tmp_path / "rulebook.py"))
    rulebook.rules.cache_clear()
    assert rulebook.rules() == before

    with (tmp_path / f"{changed}.py").open("a") as file:
        file.write("# other\n")
    rulebook.rules.cache_clear()

    assert rulebook.rules() not in {before, None}


def test_rules_that_cannot_be_read_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebook, "__file__", str(tmp_path / "rulebook.py"))

    assert rulebook.rules() is None


def test_clips_that_are_there_are_found_without_the_rules(
    user_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    script = tmp_path / "desk.coach.yaml"
    script.write_text(SCRIPT, encoding="utf-8")

    loaded = [
        subprocess.run([sys.executable, "-c", _WARM, script], capture_output=True, text=True, check=True).stderr.split()
        for _ in range(2)
    ]

    assert [words[-1] for words in loaded] == ["True", "False"]
