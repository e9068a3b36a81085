import json
import os
import sys
from pathlib import Path

import pytest

from tests.rig import Rig
from voicecoach.cli import DONE, MISSING, run


def test_everything_is_tried_and_a_missing_thing_ends_with_3(
    user_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["doctor"])

    told = capsys.readouterr()
    rows = told.out.splitlines()
    missing = [row for row in rows if row.startswith("missing")]
    assert code == (MISSING if missing else DONE)
    assert all(row.startswith("missing  sound: ") for row in missing)
    for engine in ("espeak", "pyttsx3"):
        assert any(row.startswith(f"works    speech: {engine} said “Three, two, one.” in ") for row in rows)
    (auto,) = [row for row in rows if row.startswith("works    speech: auto takes ")]
    assert auto.startswith("works    speech: auto takes espeak for en (en-gb), de (de), es (es), ")
    assert auto.split(": ")[2].startswith("built in, ")
    assert "works    files: can be written: .m4a .m4b .mp3 .opus .ogg .flac .wav .html" in rows
    assert f"works    folders: settings: {user_folders.parent / 'config'}" in rows
    assert "         fix: if yours do, add  --lead-in 1s  to render, or choose quiet music:  --music FILE" in rows


def test_an_engine_that_is_not_there_is_a_note_while_another_speaks(
    user_folders: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyttsx3", None)

    run(["doctor", "--json"])

    found = [one for one in json.loads(capsys.readouterr().out) if one["about"] == "speech"]
    assert [one["state"] for one in found] == ["note", "works", "note", "works"]
    assert (found[0]["what"], found[0]["fix"]) == ("piper has no voice yet", "voicecoach voices add NAME")
    assert (found[2]["what"], found[2]["fix"]) == ("pyttsx3 is not installed", "pip install pyttsx3")


def test_it_leaves_nothing_behind(user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["doctor"])

    assert list(user_folders.iterdir()) == []
    assert list((user_folders.parent / "data").iterdir()) == []
    capsys.readouterr()


def test_a_folder_that_cannot_be_written_is_missing_with_its_fix(
    user_folders: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (user_folders / "file").write_text("no folder")
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(user_folders / "file"))

    assert run(["doctor", "--json"]) == MISSING

    told = capsys.readouterr()
    (data,) = [one for one in json.loads(told.out) if one["about"] == "folders" and one["state"] == "missing"]
    assert data["what"] == f"history and own routines: {user_folders / 'file'} cannot be written: File exists"
    assert data["fix"] == "allow writing there, or set VOICECOACH_DATA_DIR to another folder"
    assert "folders" in told.err.splitlines()[-1]


def test_wrong_settings_are_found(user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = user_folders.parent / "config"
    folder.mkdir()
    (folder / "config.toml").write_text("level = 3\n")

    assert run(["doctor"]) == MISSING

    assert f"missing  settings: {folder / 'config.toml'} has mistakes" in capsys.readouterr().out


@pytest.mark.device
def test_with_a_device_nothing_is_missing(rig: Rig, user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rig.streams() == 0

    assert run(["doctor"]) == DONE

    told = capsys.readouterr()
    assert "\nworks    sound: " in told.out
    assert told.err.splitlines()[-1] == "everything a session needs is here"


def test_voices_of_the_settings_are_told_and_those_that_cannot_speak(
    user_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(os.environ["VOICECOACH_CONFIG_DIR"])
    folder.mkdir()
    (folder / "config.toml").write_text('[voices]\nen = "en-us-annie"\nde = "gone"\n', "utf-8")
    half = Path(os.environ["VOICECOACH_DATA_DIR"], "voices", "de_DE-half-low")
    half.mkdir(parents=True)

    run(["doctor"])

    out = capsys.readouterr().out
    assert "works    speech: your settings name en-us-annie for en: taken before what auto would take" in out
    assert "note     speech: your settings name a voice that cannot speak: " in out
    assert f"note     speech: the voice de_DE-half-low cannot speak: the voice in {half} is not whole" in out
    assert "fix: voicecoach voices remove de_DE-half-low, then add it again" in out
