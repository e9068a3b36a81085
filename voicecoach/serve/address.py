"""Which of this machine's addresses the phones of the home network can reach."""

import socket
from contextlib import suppress
from ipaddress import ip_address

LOOPBACK = "127.0.0.1"

_FAR_AWAY = ("192.0.2.1", 9)
"""An address kept for documents (RFC 5737). The socket is only asked which way it would take; nothing is sent."""


def home_address() -> str | None:
    """This machine's address in the home network; None if it is in none, or only in one that the world can see."""
    return next((found for found in _candidates() if _is_home(found)), None)


def _candidates() -> list[str]:
    found = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_FAR_AWAY)
        found.append(str(probe.getsockname()[0]))
    if not found:  # a network without a way out of it
        with suppress(OSError):
            found += socket.gethostbyname_ex(socket.gethostname())[2]
    return found


def _is_home(address: str) -> bool:
    known = ip_address(address)
    return known.is_private and not (known.is_loopback or known.is_unspecified)


def is_everywhere(address: str) -> bool:
    """True for the addresses that mean every interface of a machine."""
    try:
        return ip_address(address).is_unspecified
    except ValueError:
        return False


def link(host: str, port: int, path: str) -> str:
    """The address as it is typed into a browser."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{path}"
