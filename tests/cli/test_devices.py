"""`voicecoach devices`."""

import json
from pathlib import Path

import pytest

from voicecoach.cli import DONE, MISSING, run
from voicecoach.output.listing import listing


def test_every_sound_library_is_listed_with_its_devices_or_the_reason(
    user_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["devices", "--json"])

    told = json.loads(capsys.readouterr().out)
    found = listing()
    assert [one["backend"] for one in told] == ["miniaudio", "sdl", "simpleaudio", "null"]
    assert told == [one._asdict() | {"devices": list(one.devices)} for one in found]
    assert code == (DONE if any(one.devices for one in found[:-1]) else MISSING)


def test_the_list_for_people_marks_the_default_and_says_what_to_do(
    user_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["devices"])

    written = capsys.readouterr()
    assert "miniaudio  (default): the default where it is installed\n" in written.out
    assert "null: plays silently" in written.out
    assert "--device" in written.err


def test_a_device_can_be_heard(user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tape = user_folders / "tape.raw"

    code = run(["devices", "--test", f"null:{tape}"])

    assert code == DONE
    assert "playing the start tone on null" in capsys.readouterr().err
    assert tape.read_bytes().strip(b"\0")


def test_a_device_that_is_not_there_ends_with_the_fix(user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["devices", "--test", "miniaudo"])

    assert code == MISSING
    assert capsys.readouterr().err == (
        "voicecoach: unknown sound library 'miniaudo'\n  fix: did you mean 'miniaudio'?\n"
    )
