"""What the server says to honest clients."""

from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.serve.serving import PATIENCE, SOUND, Serving, offers, serving
from voicecoach.serve.address import LOOPBACK


def test_a_file_comes_whole_with_its_type_and_length(served: Serving) -> None:
    answer, body = served.ask(served.path("feet.m4a"))

    assert (answer.status, body) == (200, SOUND)
    assert answer.headers["Content-Type"] == "audio/mp4"
    assert answer.headers["Content-Length"] == str(len(SOUND))
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_the_list_has_the_empty_name(served: Serving) -> None:
    answer, body = served.ask(served.path())

    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"<title>Page</title>" in body


def test_who_forgets_the_last_slash_is_led_to_the_list(served: Serving) -> None:
    answer, _ = served.ask(served.path().rstrip("/"))

    assert (answer.status, answer.headers["Location"]) == (308, served.path())


def test_head_is_get_without_the_body(served: Serving) -> None:
    answer, body = served.ask(served.path("feet.m4a"), "HEAD")

    assert (answer.status, body, answer.headers["Content-Length"]) == (200, b"", str(len(SOUND)))


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("bytes=0-1", 0, 2), ("bytes=100-", 100, 256_000), ("bytes=-7", 255_993, 256_000)]
)
def test_a_player_gets_the_part_it_asks_for(served: Serving, asked: str, start: int, end: int) -> None:
    answer, body = served.ask(served.path("feet.m4a"), Range=asked)

    assert (answer.status, body) == (206, SOUND[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(SOUND)}"
    assert answer.headers["Content-Length"] == str(end - start)


def test_a_part_past_the_end_is_told_the_size(served: Serving) -> None:
    answer, body = served.ask(served.path("feet.m4a"), Range="bytes=256000-")

    assert (answer.status, body, answer.headers["Content-Range"]) == (416, b"", "bytes */256000")


def test_a_part_of_another_version_is_answered_with_the_whole(served: Serving) -> None:
    etag = served.ask(served.path("feet.m4a"), "HEAD")[0].headers["ETag"]

    same, _ = served.ask(served.path("feet.m4a"), Range="bytes=0-1", If_Range=etag)
    other, body = served.ask(served.path("feet.m4a"), Range="bytes=0-1", If_Range='"another"')
    dated, _ = served.ask(served.path("feet.m4a"), Range="bytes=0-1", If_Range="Wed, 25 Nov 2026 19:00:00 GMT")

    assert (same.status, other.status, dated.status, len(body)) == (206, 200, 200, len(SOUND))


def test_what_a_browser_has_is_not_sent_again(served: Serving) -> None:
    etag = served.ask(served.path("feet.m4a"), "HEAD")[0].headers["ETag"]

    statuses = [
        served.ask(served.path("feet.m4a"), If_None_Match=names)[0].status
        for names in (etag, f'"x", W/{etag}', "*", '"x"')
    ]

    assert statuses == [304, 304, 304, 200]


def test_every_answer_has_the_headers_of_caution(served: Serving) -> None:
    for path in (served.path(), served.path("feet.m4a"), served.path("no"), "/"):
        headers = served.ask(path)[0].headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] in {"private, no-cache", "no-store"}
        assert "Server" not in headers
    policy = served.ask(served.path("feet.html"))[0].headers["Content-Security-Policy"]
    assert policy == "default-src 'self'; frame-ancestors 'none'"


def test_one_connection_carries_many_requests(served: Serving) -> None:
    connection = HTTPConnection(LOOPBACK, served.port, timeout=PATIENCE)
    for start in range(0, 10_000, 1_000):
        connection.request("GET", served.path("feet.m4a"), headers={"Range": f"bytes={start}-{start + 9}"})
        assert connection.getresponse().read() == SOUND[start : start + 10]
    used = connection.sock
    connection.close()

    assert used is not None


def test_requests_sent_at_once_are_answered_in_order(served: Serving) -> None:
    with served.connect() as connection:
        one = f"GET {served.path('feet.m4a')} HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0\r\n\r\n"
        connection.sendall(
            (one + one.replace("0-0", "7-7") + one.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")).encode()
        )

        found = b""
        while piece := connection.recv(65_536):
            found += piece

    assert [part[-1:] for part in found.split(b"HTTP/1.1 206 Partial Content")[1:]] == [b"\x00", b"\x07", b"\x00"]


def test_the_log_is_short_and_does_not_know_the_secret(served: Serving) -> None:
    served.ask(served.path("feet.m4a"), Range="bytes=0-1")
    served.ask(served.path())
    served.ask("/\x1b[31m/etc/passwd".replace("\x1b", "%1b"))
    served.ask(served.path("feet.m4a"), "POST")

    assert served.log == [
        "127.0.0.1 GET feet.m4a 206",
        "127.0.0.1 GET list 200",
        "127.0.0.1 GET - 404",
        "127.0.0.1 - - 405",
    ]


def test_a_name_in_any_script_can_be_asked_for(tmp_path: Path) -> None:
    (first, *_) = offers(tmp_path)
    with serving([first._replace(name="füße 1.m4a")]) as served:
        answer, body = served.ask(served.path("f%C3%BC%C3%9Fe%201.m4a"))

    assert (answer.status, body) == (200, SOUND)


def test_every_secret_is_another() -> None:
    with serving([]) as one, serving([]) as other:
        assert one.server.secret != other.server.secret
        assert len(one.server.secret) >= 22
