import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.catalogue.hub import Hub
from voicecoach.catalogue import asking
from voicecoach.catalogue.asking import read
from voicecoach.catalogue.download import ATTEMPTS, Wanted, download
from voicecoach.errors import DownloadError, OutputError

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of a process")
CONTENT = bytes(range(256)) * 2_000
NAME = "voice.onnx"


@pytest.fixture
def wanted(hub: Hub) -> Wanted:
    hub.files[NAME] = CONTENT
    return hub.wanted(NAME)


def test_a_file_is_fetched_whole_and_told_as_it_comes(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    download(wanted, tmp_path / "deep" / NAME, lambda done, total: told.append((done, total)))

    assert (tmp_path / "deep" / NAME).read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)


def test_an_interrupted_file_goes_on_where_it_broke_off(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    hub.breaks[NAME] = [100_000, 150_000]
    waited: list[float] = []

    download(wanted, tmp_path / NAME, wait=waited.append)

    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert hub.asked == [(NAME, None), (NAME, "bytes=100000-"), (NAME, "bytes=250000-")]
    assert waited == [1.0, 1.0]


def test_what_has_come_is_used_by_the_next_call(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT[:300_000])

    download(wanted, tmp_path / NAME)

    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert hub.asked == [(NAME, "bytes=300000-")]


def test_a_whole_file_is_not_fetched_again(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT)

    download(wanted, tmp_path / NAME)

    assert hub.asked == []


def test_a_server_that_knows_no_parts_sends_it_whole(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    hub.knows_parts = False
    hub.breaks[NAME] = [100_000]

    download(wanted, tmp_path / NAME, wait=lambda _: None)

    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert hub.asked == [(NAME, None), (NAME, "bytes=100000-")]


@pytest.mark.parametrize("before", [b"x" * 300_000, b"x" * len(CONTENT), b"x" * (len(CONTENT) + 9)])
def test_a_beginning_of_something_else_is_thrown_away(before: bytes, hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(before)

    download(wanted, tmp_path / NAME)

    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_another_file_than_described_is_refused_and_not_kept(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    hub.files[NAME] = CONTENT[::-1]

    with pytest.raises(DownloadError) as error:
        download(wanted, tmp_path / NAME)

    assert error.value.what.startswith(f"{wanted.url} is not the file that the list of voices describes (MD5 ")
    assert error.value.fix == "type it again later; if it stays so, take another voice"
    assert (tmp_path / NAME).read_bytes() == b""


def test_a_connection_that_always_breaks_is_given_up_and_the_part_is_kept(
    hub: Hub, wanted: Wanted, tmp_path: Path
) -> None:
    hub.breaks[NAME] = [100_000, *[0] * 20]
    waited: list[float] = []

    with pytest.raises(DownloadError) as error:
        download(wanted, tmp_path / NAME, wait=waited.append)

    assert error.value.what.endswith("broke off at 100,000 of 512,000 bytes: the connection was closed")
    assert error.value.fix == "type the same command again: it goes on where it stopped"
    assert len(hub.asked) == ATTEMPTS
    assert (tmp_path / NAME).read_bytes() == CONTENT[:100_000]


def test_a_server_that_never_gets_further_is_given_up(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    hub.knows_parts = False
    hub.breaks[NAME] = [100_000, 50_000] * 20

    with pytest.raises(DownloadError, match="broke off at"):
        download(wanted, tmp_path / NAME, wait=lambda _: None)

    assert len(hub.asked) == ATTEMPTS


def test_another_part_than_asked_for_is_refused(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT[:100_000])
    hub.shifts = 7

    with pytest.raises(DownloadError, match="sent another part than was asked for"):
        download(wanted, tmp_path / NAME)

    assert (tmp_path / NAME).read_bytes() == CONTENT[:100_000]


def test_more_than_described_is_refused(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    hub.files[NAME] = CONTENT * 2

    with pytest.raises(DownloadError, match=r"is larger than the 512,000 bytes of the list of voices"):
        download(wanted, tmp_path / NAME)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (404, "is not there (404)"),
        (403, "refuses"),
        (503, "is not ready to answer (503"),
        (429, "is not ready to answer (429"),
        (302, "refuses"),
    ],
)
def test_a_refusal_says_why(code: int, what: str, hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    hub.codes[NAME] = code

    with pytest.raises(DownloadError) as error:
        download(wanted, tmp_path / NAME)

    assert what in error.value.what
    assert error.value.fix


def test_without_a_way_there_the_network_is_blamed(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    with pytest.raises(DownloadError) as error:
        read(f"http://127.0.0.1:{port}/voices.json", 100)

    assert error.value.what == f"there is no way to 127.0.0.1:{port}: connection refused"
    assert error.value.fix.startswith("connect to the internet and type it again")


def test_a_name_that_is_not_known_is_told() -> None:
    with pytest.raises(DownloadError, match=r"there is no way to nowhere\.invalid: "):
        read("https://nowhere.invalid/voices.json", 100)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "voices.json", ""])
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(DownloadError, match="is no address on the web"):
        read(url, 100)


@pytest.mark.parametrize("url", ["http://", "http://[", "http://127.0.0.1:99999/x", "http://a b/", "http://\n/"])
def test_a_broken_address_is_told(url: str) -> None:
    with pytest.raises(DownloadError):
        read(url, 100)


def test_a_silent_server_is_left(hub: Hub, wanted: Wanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SILENCE", 0.2)
    hub.holds = threading.Event()
    hub.breaks[NAME] = [100_000, *[0] * 20]

    with pytest.raises(DownloadError, match=r"broke off at 100,000 of 512,000 bytes: nothing came for 0\.2 s"):
        download(wanted, tmp_path / NAME, wait=lambda _: None)

    assert (tmp_path / NAME).read_bytes() == CONTENT[:100_000]


def test_a_small_file_has_a_limit(hub: Hub, wanted: Wanted) -> None:
    assert read(wanted.url, len(CONTENT)) == CONTENT
    with pytest.raises(DownloadError, match="is larger than 1,000 bytes"):
        read(wanted.url, 1_000)


def test_a_folder_that_cannot_be_written_is_told(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OutputError) as error:
        download(wanted, tmp_path / "file" / NAME)

    assert error.value.what.startswith(f"{tmp_path / 'file'} cannot take the voice: ")
    assert "make room or allow writing there" in error.value.fix


def program(wanted: Wanted, target: Path, before: str = "", progress: str = "None") -> str:
    return f"""
import resource, signal, sys
from pathlib import Path
from voicecoach.catalogue.download import Wanted, download
from voicecoach.errors import OutputError
{before}
try:
    download({wanted!r}, Path({str(target)!r}), {progress})
except OutputError as error:
    print(error.what)
    print(error.fix)
"""


@posix
def test_a_full_disk_is_told_and_what_has_come_stays(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    limits = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    )
    code = program(wanted, tmp_path / NAME, limits)

    printed = subprocess.check_output([sys.executable, "-c", code], text=True)

    assert printed.splitlines() == [
        f"{tmp_path} cannot take the voice: file too large",
        "make room or allow writing there; then type the same command again: it goes on where it stopped",
    ]
    assert (tmp_path / NAME).read_bytes() == CONTENT[:100_000]
    download(wanted, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == CONTENT


@posix
def test_ctrl_c_keeps_what_has_come(hub: Hub, wanted: Wanted, tmp_path: Path) -> None:
    hub.holds = threading.Event()
    hub.breaks[NAME] = [100_000]
    code = program(wanted, tmp_path / NAME, progress="lambda done, total: print(done, flush=True)")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as fetching:
        assert fetching.stdout
        while int(fetching.stdout.readline()) < 100_000:
            pass

        os.kill(fetching.pid, signal.SIGINT)

        assert fetching.wait(10) == -signal.SIGINT
    assert (tmp_path / NAME).read_bytes() == CONTENT[:100_000]
    hub.holds.set()
    download(wanted, tmp_path / NAME)
    assert hub.asked[1:] == [(NAME, "bytes=100000-")]
