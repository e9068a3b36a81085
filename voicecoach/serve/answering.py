"""Answers one connection: reads small requests in good time, and sends nothing but offers."""

import hmac
import socket
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from voicecoach.serve.offer import Offer
from voicecoach.serve.ranges import part

if TYPE_CHECKING:
    from voicecoach.serve.server import Server

HEAD_BYTES = 8_192
"""The longest request: the longest line of a browser known to us has a few hundred bytes."""

IDLE, HEAD_WITHIN, SEND_WITHIN = 15.0, 10.0, 60.0
"""Seconds: a connection may wait for its next request, a request may take to arrive, and a block to be taken."""

_BLOCK = 64 * 1024
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
_NO_PAGE = "default-src 'none'; frame-ancestors 'none'"


class Answering(BaseHTTPRequestHandler):
    """The standard library reads the request's words; their size and time are bounded before it sees them."""

    server: "Server"
    protocol_version = default_request_version = "HTTP/1.1"

    def setup(self) -> None:
        """Prepares a connection on which nothing was asked yet."""
        super().setup()
        self._received = b""
        self._began = False
        self.command, self.path, self.requestline, self.request_version = "", "", "", self.protocol_version

    def handle(self) -> None:
        """Answers request after request, until the other side has enough or has to be cut off."""
        self.close_connection = False
        while not self.close_connection:
            head = self._read_head()
            if not head:
                return
            self.connection.settimeout(SEND_WITHIN)
            self.rfile.close()
            self.rfile, self._began = BytesIO(head), False
            self.handle_one_request()

    def _read_head(self) -> bytes:
        """The next request up to its empty line; nothing if there is none in time, or if it is too long."""
        end = time.monotonic() + (HEAD_WITHIN if self._received else IDLE)
        while b"\r\n\r\n" not in self._received:
            if len(self._received) > HEAD_BYTES:
                self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                return b""
            piece = self._receive(end - time.monotonic())
            if not piece:
                return b""
            if not self._received:
                end = time.monotonic() + HEAD_WITHIN
            self._received += piece
        head, _, self._received = self._received.partition(b"\r\n\r\n")
        return head + b"\r\n\r\n"

    def _receive(self, seconds: float) -> bytes:
        if seconds <= 0:
            return b""
        self.connection.settimeout(seconds)
        try:
            piece: bytes = self.connection.recv(HEAD_BYTES)
        except OSError:
            return b""
        return piece

    def parse_request(self) -> bool:
        """Refuses what this server has no use for: other methods, and requests that bring something."""
        if not super().parse_request():
            return False
        if self.command not in {"GET", "HEAD"}:
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
            return False
        if "Transfer-Encoding" in self.headers or self.headers.get("Content-Length", "0") != "0":
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return False
        return True

    def handle_expect_100(self) -> bool:
        """Nobody who brings nothing needs to be told to go on."""
        return True

    def do_GET(self) -> None:
        """Sends an offer to those who know the secret; to all others there is nothing here."""
        secret, slash, name = self.path.partition("?")[0].removeprefix("/").partition("/")
        if not hmac.compare_digest(secret.encode(), self.server.secret.encode()):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif not slash:
            self._begin(HTTPStatus.PERMANENT_REDIRECT, {"Location": f"/{secret}/", "Content-Length": "0"})
        elif offer := self.server.offers.get(unquote(name)):
            self._send(offer)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815

    def _send(self, offer: Offer) -> None:
        headers = {
            "ETag": offer.etag,
            "Cache-Control": "private, no-cache",
            "Accept-Ranges": "bytes",
            "Content-Security-Policy": offer.policy,
        }
        if _names(self.headers.get("If-None-Match"), offer.etag):
            self._begin(HTTPStatus.NOT_MODIFIED, headers, offer)
            return
        unchanged = self.headers.get("If-Range", offer.etag) == offer.etag
        asked = self.headers.get("Range") if self.command == "GET" and unchanged else None
        wanted = part(asked, offer.size)
        if wanted is None:
            headers |= {"Content-Range": f"bytes */{offer.size}", "Content-Length": "0"}
            self._begin(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers, offer)
            return
        headers |= {"Content-Type": offer.media, "Content-Length": str(wanted.end - wanted.start)}
        status = HTTPStatus.OK
        if not wanted.whole:
            status = HTTPStatus.PARTIAL_CONTENT
            headers["Content-Range"] = f"bytes {wanted.start}-{wanted.end - 1}/{offer.size}"
        try:
            with offer.open() as file:
                file.seek(wanted.start)
                self._begin(status, headers, offer)
                if self.command == "GET":
                    self._copy(file.read, wanted.end - wanted.start)
        except TimeoutError:
            self.close_connection = True
        except OSError:
            self.close_connection = True
            if not self._began:
                self.send_error(HTTPStatus.GONE)

    def _copy(self, read: Callable[[int], bytes], count: int) -> None:
        while count > 0:
            block = read(min(_BLOCK, count))
            if not block:
                self.close_connection = True
                return
            self.connection.sendall(block)
            count -= len(block)

    def _begin(self, status: HTTPStatus, headers: dict[str, str], offer: Offer | None = None) -> None:
        """Sends the answer's head, and writes the request down."""
        self._began = True
        self.send_response_only(status)
        for name, value in {"Date": self.date_time_string(), **_ALWAYS, **headers}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        what = "list" if offer and not offer.name else offer.name if offer else "-"
        method = self.command if self.command in {"GET", "HEAD"} else "-"
        self.server.log(f"{self.client_address[0]} {method} {what} {status.value}")

    def log_message(self, *_words: object) -> None:
        """Nothing: a request is written down where its answer begins."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Tells what is wrong in a few words that repeat nothing of the request, and ends the connection."""
        status = HTTPStatus(code)
        body = f"{status.value} {status.phrase}\n".encode()
        self.close_connection = True
        headers = {
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": _NO_PAGE,
            "Cache-Control": "no-store",
        }
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = "GET, HEAD"
        try:
            self.connection.settimeout(SEND_WITHIN)
            self._begin(status, headers)
            if self.command != "HEAD":
                self.wfile.write(body)
            self.connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def _names(asked: str | None, etag: str) -> bool:
    """True if an If-None-Match header names this tag."""
    return asked is not None and any(name.strip().removeprefix("W/") in {etag, "*"} for name in asked.split(","))
