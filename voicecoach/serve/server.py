"""The server: one address, one secret, a bounded number of connections."""

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from secrets import token_urlsafe
from socketserver import TCPServer, ThreadingMixIn
from types import MappingProxyType
from typing import Any

from voicecoach.errors import MissingError
from voicecoach.serve.address import link
from voicecoach.serve.answering import Answering
from voicecoach.serve.offer import Offer

MOST, MOST_EACH = 48, 12
"""Connections in all, and from one address: who opens more is turned away, and takes nothing from the others."""

_SECRET_BYTES = 16
_END_WITHIN = 2.0


class AddressError(MissingError):
    """No connection can be taken at an address."""


class Server(ThreadingMixIn, TCPServer):
    """Listens from the beginning, and answers once it is run.

    `log` is called from many threads with one line a request, without the secret. Closing it cuts off all who are
    connected.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"
    request_queue_size = 32

    def __init__(self, host: str, port: int, log: Callable[[str], None]) -> None:
        """Port 0 is one that is free. Raises AddressError."""
        self.secret = token_urlsafe(_SECRET_BYTES)
        self.offers: Mapping[str, Offer] = MappingProxyType({})
        self.log = log
        self._connected: dict[socket.socket, str] = {}
        self._lock = threading.Lock()
        try:
            found: Any = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            self.address_family = found[0]
            super().__init__(found[-1], Answering)
        except (OSError, UnicodeError, OverflowError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            fix = "give an address of this machine with --host, or another port with --port"
            raise AddressError(f"cannot listen at {host}, port {port}: {reason}", fix) from error

    def link(self, host: str | None = None) -> str:
        """The address of the list of all offers, by another name of this machine if one is given."""
        mine, port = self.server_address[:2]
        return link(host or str(mine), int(port), f"/{self.secret}/")

    def run(self, offers: Sequence[Offer]) -> None:
        """Answers until it is interrupted."""
        self.offers = MappingProxyType({offer.name: offer for offer in offers})
        self.serve_forever()

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """True for a connection there is room for."""
        with self._lock:
            addresses = list(self._connected.values())
            if len(addresses) >= MOST or addresses.count(client_address[0]) >= MOST_EACH:
                return False
            self._connected[request] = client_address[0]
            return True

    def shutdown_request(self, request: Any) -> None:
        """Ends a connection and makes room for another."""
        with self._lock:
            self._connected.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, _request: Any, client_address: Any) -> None:
        """A connection that breaks is no news to the person who reads the log."""

    def server_close(self) -> None:
        """Takes no connection any more and ends those there are, so that no file is in use afterwards."""
        super().server_close()
        end = time.monotonic() + _END_WITHIN
        while self._connected and time.monotonic() < end:
            with self._lock:
                for connection in self._connected:
                    _cut(connection)
            time.sleep(0.01)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
