"""One request to a server on the web, and what its refusals mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from voicecoach.errors import DownloadError

SILENCE = 30.0
"""Seconds without a byte after which a connection is taken for broken."""
AGAIN = "type the same command again: it goes on where it stopped"
_OFFLINE = (
    "connect to the internet and type it again; or fetch NAME.onnx and NAME.onnx.json elsewhere, then "
    "voicecoach voices add NAME.onnx"
)


class NotThereError(DownloadError):
    """The server answers, and has no such file."""


def read(url: str, most: int) -> bytes:
    """A small file, at most `most` bytes; raises DownloadError."""
    with opened(url, 0) as response:
        try:
            content = response.read(most + 1)
        except (OSError, HTTPException) as error:
            raise DownloadError(f"{place(url)} broke off: {reason(error)}", AGAIN) from error
    if len(content) > most:
        raise DownloadError(f"{url} is larger than {most:,} bytes", "this is not the list of voices; check the address")
    return content


@contextmanager
def opened(url: str, begin: int) -> Iterator[HTTPResponse]:
    """The answer of a server from a byte on; raises DownloadError."""
    if not _is_web(url):
        raise DownloadError(f"{url} is no address on the web", "write one that begins with https://")
    headers = {"User-Agent": "voicecoach", "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    try:
        response: HTTPResponse = urlopen(Request(url, headers=headers), timeout=SILENCE)
    except HTTPError as error:
        with error:
            raise _refused(url, error, begin) from error
    except (URLError, OSError, HTTPException, ValueError) as error:
        cause = error.reason if isinstance(error, URLError) else error
        raise DownloadError(f"there is no way to {place(url)}: {reason(cause)}", _OFFLINE) from error
    with response:
        yield response


def _refused(url: str, error: HTTPError, begin: int) -> Exception:
    if error.code in {404, 410}:
        return NotThereError(f"{url} is not there ({error.code})", "check the address, or take another voice")
    if error.code == 416 and begin:
        return DownloadError(f"{url} is shorter than the list of voices says", "type it again later")
    if error.code in {408, 429} or error.code >= 500:
        return DownloadError(
            f"{place(url)} is not ready to answer ({error.code} {error.reason})", "type it again later"
        )
    return DownloadError(f"{place(url)} refuses {url}: {error.code} {error.reason}", "check the address")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def place(url: str) -> str:
    """The server of an address."""
    return urlsplit(url).netloc or url


def reason(error: object) -> str:
    """What went wrong on the way, in words."""
    if isinstance(error, TimeoutError):
        return f"nothing came for {SILENCE:g} s"
    text = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]
