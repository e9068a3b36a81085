"""Files no script should look like: a clear Problem and exit code 2, no traceback, little memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MEMORY = 400_000_000
"""Bytes of address space a check may take: a bare interpreter has about 100 MB of it."""

ROUTINE = b"title: T\nstop_if: [pain]\nsteps:\n"
BOMB = b"title: T\nx-a0: &a0 [z, z, z, z, z, z, z, z, z, z]\n" + b"".join(
    b"x-a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 12)
)

FILES = {
    "not UTF-8": (b"title: Caf\xe9\n", "E065"),
    "UTF-16": ("title: T\n".encode("utf-16"), "E065"),
    "empty": (b"", "E001"),
    "only a comment": (b"# nothing\n", "E001"),
    "binary": (bytes(range(256)) * 20, "error E0"),
    "a zip file": (b"PK\x03\x04" + b"\0" * 400, "E002"),
    "10 MB of aliases": (b"title: T\nx-a: &a [1, 2, 3]\nx-b: [" + b"*a, " * 2_500_000 + b"*a]\n", "E049"),
    "many aliases": (b"title: T\nx-a: &a [1, 2, 3]\nx-b: [" + b"*a, " * 500_000 + b"*a]\n", "E046"),
    "aliases of aliases": (BOMB + b"steps: *a11\n", "E046"),
    "100,000 open brackets": (b"title: T\nsteps: " + b"[" * 100_000, "E048"),
    "100,000 nested brackets": (b"title: T\nsteps: " + b"[" * 100_000 + b"]" * 100_000, "E048"),
    "100,000 nested maps": (b"title: T\nsteps: " + b"{a: " * 100_000, "E048"),
    "100,000 dashes": (b"title: T\nsteps:\n" + b"- " * 100_000, "E048"),
    "over 20,000 steps": (ROUTINE + b"  - rest: 1s\n" * 20_001, "E047"),
    "an include loop": (b"title: T\ninclude: it.coach.yaml\nsteps:\n  - rest: 5s\n", "E051"),
    "an include outside": (b"title: T\ninclude: ../../secret.yaml\nsteps:\n  - rest: 5s\n", "E052"),
    "an absolute include": (b"title: T\ninclude: /etc/passwd\nsteps:\n  - rest: 5s\n", "E052"),
    "over 3 hours": (ROUTINE + b"  - section: S\n    rounds: 9999\n    work: 40s\n    steps: [squats]\n", "E025"),
    "endless loops of nothing": (ROUTINE + b"  - section: S\n    rounds: 9999\n    steps:\n" + b"      - section: S\n"
    b"        rounds: 9999\n        steps: [{say: hi}]\n", "E025"),
    "a word of 3 MB": (ROUTINE + b"  - say: " + b"a" * 3_000_000 + b"\n", "E025"),
}  # fmt: skip


def check(folder: Path, name: str) -> "subprocess.CompletedProcess[str]":
    def limited() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "voicecoach", "check", name],
        cwd=folder,
        env={**os.environ, "VOICECOACH_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        preexec_fn=limited if sys.platform == "linux" else None,
        check=False,
    )


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_is_a_problem(what: str, tmp_path: Path) -> None:
    content, code = FILES[what]
    (tmp_path / "it.coach.yaml").write_bytes(content)

    done = check(tmp_path, "it.coach.yaml")

    assert done.returncode == 2, done.stderr[-2000:]
    assert code in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 5_000


def test_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "it.coach.yaml").mkdir()

    done = check(tmp_path, "it.coach.yaml")

    assert done.returncode == 2
    assert "it.coach.yaml: error E050" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "it.coach.yaml")

    done = check(tmp_path, "it.coach.yaml")

    assert done.returncode == 2
    assert "is not a file" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed_by_an_include(tmp_path: Path) -> None:
    folder = tmp_path / "routines"
    folder.mkdir()
    (tmp_path / "secret.yaml").write_text("library: x\nexercises: {}\n", encoding="utf-8")
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "it.coach.yaml").write_bytes(
        ROUTINE.replace(b"stop_if", b"include: link.yaml\nstop_if") + b"  - rest: 5s"
    )

    done = check(folder, "it.coach.yaml")

    assert done.returncode == 2
    assert "E052" in done.stderr
