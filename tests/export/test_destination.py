import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.errors import OutputError
from voicecoach.export.destination import complete_file


def test_the_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    destination = tmp_path / "a.wav"

    with complete_file(destination) as part:
        part.write_bytes(b"new")
        assert part.parent == tmp_path
        assert part.name.startswith(".a.wav.")
        assert not destination.exists()

    assert destination.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.wav"]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_the_old_file_stays_when_writing_fails(tmp_path: Path, error: type[BaseException]) -> None:
    destination = tmp_path / "a.wav"
    destination.write_bytes(b"old")

    def fail(part: Path) -> None:
        part.write_bytes(b"ne")
        raise error

    with pytest.raises(error), complete_file(destination) as part:
        fail(part)

    assert destination.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.wav"]


def test_the_file_behind_a_link_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    real, link = tmp_path / "real.wav", tmp_path / "link.wav"
    real.write_bytes(b"old")
    real.chmod(0o600)
    link.symlink_to(real)

    with complete_file(link) as part:
        part.write_bytes(b"new")

    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_files_of_processes_that_are_gone_are_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".a.wav.{gone.pid}.part").touch()
    kept = {f".a.wav.{os.getppid()}.part", f".b.wav.{gone.pid}.part", ".a.wav.x.part", ".a.wav.old"}
    for name in kept:
        (tmp_path / name).touch()

    with complete_file(tmp_path / "a.wav") as part:
        part.touch()

    assert set(os.listdir(tmp_path)) == kept | {"a.wav"}


def refused(destination: Path) -> OutputError:
    with pytest.raises(OutputError) as caught, complete_file(destination) as part:
        part.touch()
    return caught.value


def test_a_folder_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path)

    assert (error.what, error.fix) == (f"cannot write {tmp_path}: it is a folder", "give a file name with -o")


def test_a_device_is_refused_and_stays() -> None:
    assert refused(Path("/dev/null")).what == "cannot write /dev/null: it is not a file"
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path / "no" / "a.wav")

    assert error.what == f"cannot write {tmp_path}/no/a.wav: no such file or directory"
    assert error.fix == "make the folder first, or choose another place with -o"


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").touch()

    assert refused(tmp_path / "f" / "a.wav").what.endswith("not a directory")


def test_a_long_name_is_written_and_a_longer_one_refused(tmp_path: Path) -> None:
    with complete_file(tmp_path / ("ü" * 125 + ".wav")) as part:
        part.touch()

    assert refused(tmp_path / ("ü" * 126 + ".wav")).fix == "choose a shorter name with -o"
