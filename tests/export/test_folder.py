import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.errors import OutputError
from voicecoach.export.folder import complete_files


def fill(folder: Path, *names: str, error: type[BaseException] | None = None) -> None:
    with complete_files(folder) as stage:
        for name in names:
            (stage / name).write_text("new")
        if error:
            raise error


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_files_appear_together_and_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "1").write_text("old")
    (folder / "1").chmod(0o600)
    (folder / "mine").write_text("mine")

    with complete_files(folder) as stage:
        (stage / "1").write_text("new")
        (stage / "2").write_text("new")
        assert stage.parent == folder
        assert (folder / "1").read_text() == "old"
        assert not (folder / "2").exists()

    assert held(folder) == {"1": "new", "2": "new", "mine": "mine"}
    assert stat.S_IMODE((folder / "1").stat().st_mode) == 0o600


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_nothing_is_left_of_what_was_interrupted(tmp_path: Path, error: type[BaseException]) -> None:
    there, missing = tmp_path / "there", tmp_path / "missing"
    there.mkdir()
    (there / "1").write_text("old")

    for folder in (there, missing):
        with pytest.raises(error):
            fill(folder, "1", error=error)

    assert held(there) == {"1": "old"}
    assert not missing.exists()


def test_a_folder_in_the_place_of_a_file_stops_before_anything_moves(tmp_path: Path) -> None:
    (tmp_path / "1").write_text("old")
    (tmp_path / "2").mkdir()

    with pytest.raises(OutputError) as caught:
        fill(tmp_path, "1", "2")

    assert caught.value.what == f"cannot write {tmp_path / '2'}: it is a folder"
    assert caught.value.fix == "choose another folder with -o"
    assert (tmp_path / "1").read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["1", "2"]


def test_what_was_replaced_comes_back_when_a_later_file_cannot_be_moved(tmp_path: Path) -> None:
    for name in ("1", "3"):
        (tmp_path / name).write_text("old")

    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target) == tmp_path / "3" and Path(source).read_text() == "new":
            raise PermissionError(13, "in use")
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", replace)  # a file that a player holds open on Windows
        with pytest.raises(OutputError, match="permission denied"):
            fill(tmp_path, "1", "2", "3")

    assert held(tmp_path) == {"1": "old", "3": "old"}


def test_a_file_in_the_place_of_the_folder_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("mine")

    with pytest.raises(OutputError) as caught:
        fill(tmp_path / "f", "1")

    assert (caught.value.what, caught.value.fix) == (
        f"cannot write to {tmp_path / 'f'}: it is a file",
        "choose another name with -o",
    )
    assert (tmp_path / "f").read_text() == "mine"


def test_a_missing_folder_above_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        fill(tmp_path / "no" / "f", "1")

    assert caught.value.what == f"cannot write {tmp_path / 'no' / 'f'}: no such file or directory"


def test_what_a_killed_process_left_is_cleared_and_what_it_was_replacing_comes_back(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    before = tmp_path / f".voicecoach.{gone.pid}.part" / "before"
    before.mkdir(parents=True)
    (before / "1").write_text("mine")
    running = tmp_path / f".voicecoach.{os.getppid()}.part"
    running.mkdir()

    fill(tmp_path, "2")

    assert sorted(os.listdir(tmp_path)) == sorted([running.name, "1", "2"])
    assert (tmp_path / "1").read_text() == "mine"
