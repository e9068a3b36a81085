"""`voicecoach serve` as a process of its own, asked over the loopback, and ended in every way."""

import base64
import os
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from tests.cli.test_render import covers
from voicecoach.cli import run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]

SMALL = "title: Small & <b>\nstop_if: [sharp pain]\nsteps:\n  - name: Squats\n    hold: 5s\n"
HERE = ("--host", "127.0.0.1", "--engine", "silent")
PATIENCE = 60

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and terminals")


class Running(NamedTuple):
    process: "subprocess.Popen[str]"
    link: str

    def get(self, name: str = "") -> bytes:
        with urllib.request.urlopen(self.link + name, timeout=PATIENCE) as answer:
            found: bytes = answer.read()
        return found

    def end(self, number: int) -> str:
        """Ends it with a signal and returns what it said."""
        self.process.send_signal(number)
        return self.process.communicate(timeout=PATIENCE)[1]


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[Running]:
    """The command while the block runs; its temporary files go under `folder`."""
    temporary = folder / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "voicecoach", "serve", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    try:
        assert process.stdout is not None
        yield Running(process, process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


@posix
def test_it_offers_a_page_and_a_sound_file_until_ctrl_c(write: Write, tmp_path: Path) -> None:
    write("small.coach.yaml", SMALL)

    with serving(tmp_path, "small.coach.yaml", *HERE) as running:
        listed, page, sound = running.get(), running.get("small.html"), running.get("small.m4a")
        said = running.end(signal.SIGINT)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{22}/", running.link)
    assert b"Small &amp; &lt;b&gt;" in listed
    assert page.startswith(b"<!doctype html>")
    assert sound[4:12] == b"ftypM4A "
    assert running.process.returncode == 0
    assert said.endswith("127.0.0.1 GET list 200\n127.0.0.1 GET small.html 200\n127.0.0.1 GET small.m4a 200\nended\n")
    assert running.link.rstrip("/").rpartition("/")[2] not in said
    assert list((tmp_path / "temporary").iterdir()) == []


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (getattr(signal, "SIGHUP", 1), 129)])
def test_nothing_is_left_when_it_is_ended_otherwise(write: Write, tmp_path: Path, number: int, code: int) -> None:
    write("small.coach.yaml", SMALL)

    with serving(tmp_path, "small.coach.yaml", *HERE) as running:
        held = list((tmp_path / "temporary").iterdir())
        running.end(number)

    assert len(held) == 1
    assert running.process.returncode == code
    assert list((tmp_path / "temporary").iterdir()) == []


@posix
def test_other_formats_are_offered_if_named_and_equal_names_are_told_apart(write: Write, tmp_path: Path) -> None:
    write("one/small.coach.yaml", SMALL)
    write("two/small.coach.yaml", SMALL)

    words = ("one/small.coach.yaml", "two/small.coach.yaml", "--format", "wav,.FLAC", *HERE)
    with serving(tmp_path, *words) as running:
        listed = running.get().decode()
        sound = running.get("small-2.flac")

    names = re.findall(r'href="\./([^"]+)"', listed)
    assert names == ["small.html", "small.wav", "small.flac", "small-2.html", "small-2.wav", "small-2.flac"]
    assert sound.startswith(b"fLaC")


@posix
def test_a_cover_of_ones_own_is_in_what_it_offers(write: Write, user_folders: Path, tmp_path: Path) -> None:
    Image.new("RGB", (20, 10), "#800000").save("me.png")
    name = write("small.coach.yaml", SMALL)

    with serving(tmp_path, name, "--cover", "me.png", "--format", "m4a,wav", *HERE) as running:
        page, sound = running.get("small.html"), running.get("small.m4a")
        said = running.end(signal.SIGINT)

    (user_folders / "got.m4a").write_bytes(sound)
    [(cover, kind)] = covers(user_folders / "got.m4a")
    assert kind == "image/png"
    assert base64.b64encode(cover) in page
    assert said.count("holds no cover") == 1
    assert "note: a .wav file holds no cover: small.wav" in said


def test_a_cover_that_is_no_picture_ends_with_2_before_anything_is_offered(write: Write, capsys: Capture) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["serve", name, "--cover", name, *HERE]) == 2

    said = capsys.readouterr()
    assert said.err.startswith("voicecoach: small.coach.yaml is no JPEG or PNG picture\n")
    assert said.out == ""


@posix
def test_without_names_it_offers_every_routine_that_is_right(write: Write, tmp_path: Path) -> None:
    write("mine.coach.yaml", SMALL)
    write("wrong.coach.yaml", "title: Wrong\nsteps:\n  - hodl: 20s\n")

    with serving(tmp_path, "--format", "flac", *HERE) as running:
        listed = running.get().decode()
        said = running.end(signal.SIGINT)

    assert {"feet-morning.html", "minimal.html", "mine.html"} <= set(re.findall(r'href="\./([^"]+)"', listed))
    assert "wrong.html" not in listed
    assert "note: wrong is left out" in said


@posix
def test_ctrl_c_while_it_renders_ends_with_130(user_folders: Path, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    words = [sys.executable, "-m", "voicecoach", "serve", "feet-morning", "--format", "wav", *HERE]
    env = os.environ | {"TMPDIR": str(tmp_path / "temporary"), "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stderr is not None
        while "feet-morning.html: writing" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        printed, said = process.communicate(timeout=PATIENCE)

    assert (process.returncode, printed, said) == (130, "", "interrupted\n")
    assert list((tmp_path / "temporary").iterdir()) == []


@posix
@pytest.mark.parametrize("coloured", [True, False])
def test_a_terminal_shows_the_address_as_a_code(write: Write, tmp_path: Path, coloured: bool) -> None:
    import pty

    write("small.coach.yaml", SMALL)
    screen, terminal = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
    env |= {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8"} | (
        {} if coloured else {"NO_COLOR": "1"}
    )
    words = [sys.executable, "-m", "voicecoach", "serve", "small.coach.yaml", *HERE]
    subprocess.run(["stty", "cols", "90"], stdin=screen, check=True)
    with subprocess.Popen(words, stderr=terminal, stdout=subprocess.PIPE, text=True, env=env) as process:
        os.close(terminal)
        seen = _seen(screen, "Ctrl-C ends it.")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)

    code = [line for line in seen.splitlines() if re.search("[▀▄█]{3}", line)]
    assert len(code) >= 15
    assert ("\x1b[30;107m" in seen) is coloured
    assert ("\x1b[3" in "".join(code)) is coloured


def _seen(screen: int, last: str) -> str:
    found, end = b"", time.monotonic() + PATIENCE
    while last.encode() not in found:
        assert time.monotonic() < end, found
        if select.select([screen], [], [], 1)[0]:
            found += os.read(screen, 65_536)
    return found.decode()


def test_a_format_that_does_not_exist_is_a_wrong_command_line(user_folders: Path, capsys: Capture) -> None:
    assert run(["serve", "minimal", "--format", "mp9", *HERE]) == 2

    said = capsys.readouterr().err
    assert "--format mp9: there is no such format" in said
    assert "m4a" in said


def test_an_address_that_is_not_here_is_missing(user_folders: Path, capsys: Capture) -> None:
    assert run(["serve", "minimal", "--host", "192.0.2.77", "--engine", "silent"]) == 3

    said = capsys.readouterr()
    assert "cannot listen at 192.0.2.77" in said.err
    assert "--host" in said.err
    assert said.out == ""


def test_a_wrong_script_is_told_before_anything_is_offered(write: Write, capsys: Capture) -> None:
    write("wrong.coach.yaml", "title: Wrong\nsteps:\n  - hodl: 20s\n")

    assert run(["serve", "wrong.coach.yaml", *HERE]) == 2

    assert "hodl" in capsys.readouterr().err


@posix
def test_without_a_home_network_it_says_so_and_stays_at_home(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    write("small.coach.yaml", SMALL)
    monkeypatch.setattr("voicecoach.serve.address._FAR_AWAY", ("256.0.0.1", 9))
    monkeypatch.setattr("socket.gethostname", lambda: "localhost")
    monkeypatch.setattr("voicecoach.serve.server.Server.serve_forever", _interrupted)

    assert run(["serve", "small.coach.yaml", "--engine", "silent"]) == 0

    printed = capsys.readouterr()
    assert printed.out.startswith("http://127.0.0.1:")
    assert "note: this computer is in no home network" in printed.err


def _interrupted(_server: object) -> None:
    raise KeyboardInterrupt
