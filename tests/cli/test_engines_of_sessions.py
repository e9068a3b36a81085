"""Who speaks in a session, by --engine, --voice and config.toml."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiny_voice import write_voice
from voicecoach.cli import DONE, MISSING, WRONG, run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]

SHORT = "title: Short\nstop_if: [sharp pain]\nsteps:\n  - say: Hello there.\n  - {name: Sit, hold: 3s}\n"


def planned(words: list[str], capsys: Capture) -> dict[str, object]:
    assert run(["plan", *words, "--json"]) == DONE
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


def test_the_plan_names_the_engine_and_the_voice_that_speak(write: Write, capsys: Capture) -> None:
    name = write("short.coach.yaml", SHORT)

    auto, system = (planned([name, *words], capsys) for words in ([], ["--engine", "pyttsx3", "--voice", "en-us"]))

    assert [(one["options"]["engine"], one["options"]["voice"]) for one in (auto, system)] == [  # type: ignore[index]
        ("espeak", "en-gb"),
        ("pyttsx3", "en-us"),
    ]
    assert auto["cues"] != system["cues"]


def test_a_session_of_the_systems_voice_is_written_to_a_file(write: Write, user_folders: Path, capsys: Capture) -> None:
    name = write("short.coach.yaml", SHORT)

    assert run(["render", name, "--engine", "pyttsx3", "-o", "short.wav"]) == DONE

    told = capsys.readouterr()
    length = planned([name, "--engine", "pyttsx3"], capsys)["duration_ms"]
    assert isinstance(length, int)
    assert (user_folders / "short.wav").stat().st_size == pytest.approx(length * 48, abs=1_000)
    assert "Audio saved" not in told.out + told.err


def test_a_natural_voice_that_was_added_comes_first_and_only_for_its_language(
    write: Write, user_folders: Path, capsys: Capture
) -> None:
    write_voice(Path(os.environ["VOICECOACH_DATA_DIR"], "voices"))
    name = write("short.coach.yaml", SHORT)

    english, german, other = (
        planned([name, *words], capsys)["options"] for words in ([], ["--lang", "de"], ["--voice", "en-us"])
    )

    assert [(one["engine"], one["voice"]) for one in (english, german, other)] == [  # type: ignore[index]
        ("piper", "en_GB-tiny-low"),
        ("espeak", "de"),
        ("espeak", "en-us"),
    ]


def test_a_missing_engine_ends_a_session_with_3(write: Write, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyttsx3", None)

    assert run(["plan", write("short.coach.yaml", SHORT), "--engine", "pyttsx3"]) == MISSING

    assert capsys.readouterr().err.endswith(
        "voicecoach: the speech engine pyttsx3 is not installed\n"
        "  fix: pip install pyttsx3, or choose another --engine\n"
    )


def test_an_engine_of_the_settings_that_does_not_exist_is_told_with_its_line(write: Write, capsys: Capture) -> None:
    config = Path(os.environ["VOICECOACH_CONFIG_DIR"], "config.toml")
    config.parent.mkdir()
    config.write_text('engine = "festival"\n', encoding="utf-8")

    assert run(["plan", write("short.coach.yaml", SHORT)]) == WRONG

    assert f"{config}:1:10: error E071: engine = festival: this value is not possible" in capsys.readouterr().err
