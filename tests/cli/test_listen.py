"""`voicecoach listen` as a person types it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.cli import run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]

SCRIPT = """\
title: Small
stop_if: [sharp pain]
steps:
  - {name: Wall sit, hold: 5s}
  - say: Well done. Drink some water.
"""


@pytest.fixture
def rendered(write: Write, capsys: Capture, user_folders: Path) -> Path:
    """A folder with small.wav and its plan.json."""
    name = write("small.coach.yaml", SCRIPT)
    assert run(["render", name, "-o", "small.wav"]) == 0
    capsys.readouterr()
    assert run(["plan", name, "--json"]) == 0
    (user_folders / "plan.json").write_text(capsys.readouterr().out, "utf-8")
    return user_folders


def test_a_file_that_says_its_plan_ends_with_0(rendered: Path, capsys: Capture) -> None:
    assert run(["listen", "small.wav", "--plan", "plan.json"]) == 0

    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[0].split() == ["planned", "heard", "off", "word"]
    assert [line.split()[-1] for line in lines[1:8]] == ["Stop", "if", "you", "feel", "sharp", "pain.", "Wall"]
    assert lines[1].split()[1:4] == ["0:00.000", "-5", "ms"]
    assert shown.err.splitlines()[-3:] == [
        "13 of 13 words (100.0 %) are heard within 150 ms of the plan",
        "words that are heard outside their cue: 0",
        "what is heard is what the plan says",
    ]


def test_a_file_that_does_not_ends_with_1_and_says_where(rendered: Path, capsys: Capture) -> None:
    plan = json.loads((rendered / "plan.json").read_text("utf-8"))
    cue = next(cue for cue in plan["cues"] if cue.get("text") == "Well done. Drink some water.")
    samples, rate = soundfile.read("small.wav")
    samples[cue["start_ms"] * rate // 1000 : cue["end_ms"] * rate // 1000] = 0
    soundfile.write("muted.wav", samples, rate)

    assert run(["listen", "muted.wav", "--plan", "plan.json"]) == 1

    shown = capsys.readouterr()
    assert "  Well done. Drink some water.  [silence]" in shown.out
    assert "“Well done. Drink some water.”: silence" in shown.err
    assert "what is heard is not what the plan says" in shown.err


def test_as_json_it_is_data(rendered: Path, capsys: Capture) -> None:
    assert run(["listen", "small.wav", "--plan", "plan.json", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert {key: value for key, value in found.items() if key != "cues"} == {
        "file": "small.wav",
        "holds": True,
        "words": 13,
        "in_time": 13,
        "outside": 0,
        "missed_cues": 0,
        "untimed_cues": 0,
    }
    first = found["cues"][0]
    assert (first["start_ms"], first["state"], first["instead"]) == (0, "heard", None)
    word = first["words"][0]
    assert list(word) == [
        "text", "planned_ms", "planned_until_ms", "heard_ms", "heard_end_ms", "off_ms", "in_time", "in_cue",
    ]  # fmt: skip
    assert word["text"] == "Stop"
    assert word["off_ms"] == word["heard_ms"] - word["planned_ms"]


def test_a_lead_in_is_given_as_to_render(rendered: Path, capsys: Capture) -> None:
    assert run(["render", "small.coach.yaml", "-o", "later.m4a", "--lead-in", "2s"]) == 0

    assert run(["listen", "later.m4a", "--plan", "plan.json", "--lead-in", "2s"]) == 0
    assert run(["listen", "later.m4a", "--plan", "plan.json"]) == 1
    assert run(["listen", "later.m4a", "--plan", "plan.json", "--lead-in", "soon"]) == 2
    assert "--lead-in soon: this is not a duration" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "plan", "said"),
    [
        ("none.wav", "plan.json", "command line: error E066: none.wav: it cannot be read: No such file or directory"),
        ("plan.json", "plan.json", "command line: error E066: plan.json: no sound can be read from it"),
        ("small.wav", "none.json", "none.json: error E080: the plan cannot be read: No such file or directory"),
        ("small.wav", "small.wav", "small.wav: error E080: this is not JSON in UTF-8"),
        ("small.wav", "small.coach.yaml", "small.coach.yaml:1:1: error E080: this is not JSON: Expecting value"),
    ],
)
def test_wrong_files_are_problems(file: str, plan: str, said: str, rendered: Path, capsys: Capture) -> None:
    assert run(["listen", file, "--plan", plan]) == 2

    assert said in capsys.readouterr().err


def test_without_a_plan_it_says_what_is_missing(rendered: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        run(["listen", "small.wav"])

    assert left.value.code == 2
    assert "--plan" in capsys.readouterr().err


def test_silence_and_noise_are_no_errors(rendered: Path, capsys: Capture) -> None:
    soundfile.write("silence.wav", np.zeros(16_000), 16_000)
    soundfile.write("noise.wav", np.random.default_rng(0).normal(0, 0.1, 48_000 * 30), 48_000)

    assert run(["listen", "silence.wav", "--plan", "plan.json"]) == 1
    assert run(["listen", "noise.wav", "--plan", "plan.json"]) == 1


def test_a_summary_names_only_the_first_cues(user_folders: Path, capsys: Capture) -> None:
    assert run(["plan", "feet-morning", "--json"]) == 0
    (user_folders / "plan.json").write_text(capsys.readouterr().out, "utf-8")
    soundfile.write("silence.wav", np.zeros(16_000), 16_000)

    assert run(["listen", "silence.wav", "--plan", "plan.json"]) == 1

    told = [line for line in capsys.readouterr().err.splitlines() if line.endswith(": silence")]
    assert len(told) == 10


def test_without_pocketsphinx_it_ends_with_3(rendered: Path) -> None:
    without = "import sys; sys.modules['pocketsphinx'] = None; from voicecoach.cli import run; "
    words = ["listen", "small.wav", "--plan", "plan.json"]
    code = f"{without} sys.exit(run({words!r}))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 3
    assert done.stderr.splitlines()[-2:] == [
        "voicecoach: listening needs PocketSphinx, which is not installed",
        '  fix: pip install "voicecoach[listen]"',
    ]
