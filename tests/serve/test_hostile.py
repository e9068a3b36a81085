"""What the server does about clients that mean no good, or are very slow."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tests.serve.serving import SOUND, Serving, offers, received, serving
from voicecoach.errors import MissingError
from voicecoach.serve import answering, server
from voicecoach.serve.address import LOOPBACK
from voicecoach.serve.server import AddressError, Server


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/feet.m4a",
        "/SECRE/feet.m4a",
        "/SECRETx/feet.m4a",
        "/SECRET/secret.txt",
        "/SECRET/../SECRET/feet.m4a",
        "/SECRET/./feet.m4a",
        "/SECRET//feet.m4a",
        "/SECRET/a.m4a",
        "/SECRET/..%2fsecret.txt",
        "/SECRET/%2e%2e/%2e%2e/etc/passwd",
        "/SECRET/..\\secret.txt",
        "/SECRET/feet.m4a%00",
        "/SECRET/feet.m4a/",
        "http://elsewhere/SECRET/feet.m4a",
        "*",
        "//elsewhere/SECRET/",
    ],
)
def test_nothing_else_can_be_reached(served: Serving, path: str) -> None:
    answer, body = served.ask(path.replace("SECRET", served.server.secret))

    assert (answer.status, body) == (404, b"404 Not Found\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get"])
def test_only_get_and_head_are_answered(served: Serving, method: str) -> None:
    answer, _ = served.ask(served.path("feet.m4a"), method)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"505"),
        (b"GET /" + b"a/" * 9_000 + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"GET /" + b"a" * 9_000, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"a" * 9_000, b"431"),
        (b"GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", b"413"),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"413"),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", b"400"),
        (b"GET /\xff\xfe\x1b[31m HTTP/1.1\r\n\r\n", b"404"),
    ],
)
def test_what_is_no_request_is_refused_in_a_word(served: Serving, sent: bytes, status: bytes) -> None:
    with served.connect() as connection:
        connection.sendall(sent)
        answer = received(connection)

    assert answer.split(b" ", 2)[1] == status
    assert b"\x1b" not in answer
    assert served.log == [f"127.0.0.1 {'GET' if status in b'404 413' else '-'} - {status.decode()}"]


def test_who_never_finishes_asking_is_cut_off(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "HEAD_WITHIN", 0.3)

    with served.connect() as connection:
        connection.sendall(b"GET / HT")
        assert connection.recv(100) == b""
    with served.connect() as dripping, pytest.raises(ConnectionError):
        _drip(dripping)


def _drip(connection: socket.socket) -> None:
    """A letter now and then, for ever."""
    while True:
        connection.sendall(b"a")
        threading.Event().wait(0.02)


def test_who_never_asks_is_cut_off(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "IDLE", 0.2)

    with served.connect() as connection:
        assert connection.recv(100) == b""


def test_who_never_reads_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SEND_WITHIN", 0.3)
    (tmp_path / "large").write_bytes(bytes(50_000_000))
    large = offers(tmp_path)[0]._replace(path=tmp_path / "large", size=50_000_000)

    with serving([large]) as served, served.connect() as connection:
        connection.sendall(f"GET {served.path('feet.m4a')} HTTP/1.1\r\n\r\n".encode())
        threading.Event().wait(1)
        try:
            got = len(received(connection))
        except ConnectionError:
            got = 0

    assert got < 50_000_000


def test_one_client_with_many_connections_is_turned_away(served: Serving) -> None:
    held = [served.connect() for _ in range(server.MOST_EACH)]
    for connection in held:  # each is known to be taken once it is answered
        connection.sendall(b"HEAD / HTTP/1.1\r\n")

    extra = [served.connect() for _ in range(3)]

    assert [_answer(connection, served) for connection in extra] == [b""] * 3
    for connection in (*held, *extra):
        connection.close()
    answer = None
    for _ in range(100):
        try:
            answer, _body = served.ask(served.path("feet.m4a"))
            break
        except OSError:
            threading.Event().wait(0.05)
    assert answer is not None
    assert answer.status == 200


def test_there_is_an_end_to_all_connections_together(served: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST", 1)
    with served.connect() as first, served.connect() as second:
        assert _answer(first, served).startswith(b"HTTP/1.1 200")
        assert _answer(second, served) == b""


def _answer(connection: socket.socket, served: Serving) -> bytes:
    """The beginning of what a whole request is answered with; nothing if the connection was turned away."""
    with suppress(ConnectionError):
        connection.sendall(f"HEAD {served.path()} HTTP/1.1\r\n\r\n".encode())
        return connection.recv(100)
    return b""


def test_slow_clients_do_not_hold_up_the_others(served: Serving) -> None:
    slow = [served.connect() for _ in range(server.MOST_EACH - 2)]
    for connection in slow:
        connection.sendall(f"GET {served.path('feet.m4a')}".encode())

    answer, body = served.ask(served.path("feet.m4a"))

    assert (answer.status, body) == (200, SOUND)
    for connection in slow:
        connection.close()


def test_a_file_that_was_taken_away_is_gone(tmp_path: Path) -> None:
    found = offers(tmp_path)
    with serving(found) as served:
        (tmp_path / "a.m4a").unlink()

        answer, _ = served.ask(served.path("feet.m4a"))

    assert answer.status == 410


def test_the_end_cuts_off_those_who_are_still_there(tmp_path: Path) -> None:
    with serving(offers(tmp_path)) as served:
        connection = served.connect()
        connection.sendall(f"HEAD {served.path()} HTTP/1.1\r\n\r\n".encode())
        assert connection.recv(10_000).startswith(b"HTTP/1.1 200")

    assert connection.recv(100) == b""
    connection.close()


def test_it_listens_at_one_address_only(served: Serving) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", served.port), timeout=2)

    assert served.server.server_address[0] == LOOPBACK


@pytest.mark.parametrize("host", ["192.0.2.77", "no such host", "x" * 300, ""])
def test_an_address_that_is_not_here_is_named(host: str) -> None:
    with pytest.raises(AddressError, match="cannot listen at") as caught:
        Server(host or "256.1.1.1", 0, lambda line: None)

    assert isinstance(caught.value, MissingError)
    assert "--host" in caught.value.fix


def test_a_port_in_use_is_named(served: Serving) -> None:
    with pytest.raises(AddressError, match=f"port {served.port}: address already in use"):
        Server(LOOPBACK, served.port, lambda line: None)
