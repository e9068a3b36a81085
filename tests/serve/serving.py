"""A server on the loopback, and clients that say exactly what they send."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple

from voicecoach.serve.address import LOOPBACK
from voicecoach.serve.offer import Offer, offer
from voicecoach.serve.server import Server

SOUND = bytes(range(256)) * 1000
PATIENCE = 20


class Serving(NamedTuple):
    """A server that runs, and the lines of its log."""

    server: Server
    log: list[str]

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def path(self, name: str = "") -> str:
        return f"/{self.server.secret}/{name}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """One request on a connection of its own; `_` in a header's name is `-`."""
        connection = HTTPConnection(LOOPBACK, self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def connect(self) -> socket.socket:
        """A connection on which nothing was sent yet."""
        return socket.create_connection((LOOPBACK, self.port), timeout=PATIENCE)


@contextmanager
def serving(offers: Sequence[Offer]) -> Iterator[Serving]:
    """Offers them while the block runs."""
    log: list[str] = []
    with Server(LOOPBACK, 0, log.append) as server:
        thread = threading.Thread(target=server.run, args=(offers,))
        thread.start()
        try:
            yield Serving(server, log)
        finally:
            server.shutdown()
            thread.join(PATIENCE)
    assert not thread.is_alive()


def offers(folder: Path) -> list[Offer]:
    """A sound, a page and a list."""
    (folder / "a.m4a").write_bytes(SOUND)
    (folder / "a.html").write_text("<!doctype html><title>Page</title>", "utf-8")
    (folder / "secret.txt").write_text("not offered", "utf-8")
    return [
        offer(folder / "a.m4a", "feet.m4a"),
        offer(folder / "a.html", "feet.html", "default-src 'self'"),
        offer(folder / "a.html", ""),
    ]


def received(connection: socket.socket) -> bytes:
    """Everything until the other side ends the connection."""
    found = b""
    while piece := connection.recv(65_536):
        found += piece
    return found
