import os
from pathlib import Path

import pytest

from voicecoach.errors import OutputError
from voicecoach.export.labels import Line
from voicecoach.export.sidecars import KINDS, sidecars

LINES = (Line(0, 1_000, "Fußkreisen 🦶"),)


def test_captions_appear_beside_the_sound_when_all_is_done(tmp_path: Path) -> None:
    with sidecars(tmp_path / "a.b.m4a", ["lrc", "vtt", "lrc"], LINES, 2_000) as paths:
        assert not any(path.exists() for path in paths)

    assert paths == (tmp_path / "a.b.vtt", tmp_path / "a.b.lrc")
    assert sorted(os.listdir(tmp_path)) == ["a.b.lrc", "a.b.vtt"]
    assert paths[0].read_bytes().decode() == "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nFußkreisen 🦶\n"


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, OutputError("full")])
def test_when_the_sound_fails_the_old_captions_stay(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "a.srt").write_text("old")

    def fail() -> None:
        with sidecars(tmp_path / "a.m4a", KINDS, LINES, 2_000):
            raise error

    with pytest.raises(BaseException):  # noqa: B017, PT011
        fail()

    assert os.listdir(tmp_path) == ["a.srt"]
    assert (tmp_path / "a.srt").read_text() == "old"


def test_captions_that_cannot_be_written_leave_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.lrc").mkdir()

    with pytest.raises(OutputError) as caught, sidecars(tmp_path / "a.m4a", KINDS, LINES, 2_000):
        raise AssertionError("the sound must not be begun")

    assert caught.value.what == f"cannot write {tmp_path / 'a.lrc'}: it is a folder"
    assert os.listdir(tmp_path) == ["a.lrc"]
