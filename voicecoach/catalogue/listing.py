"""The list of Piper's voices, `voices.json`, as it is on the network."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from voicecoach.catalogue.asking import read
from voicecoach.catalogue.download import Wanted
from voicecoach.errors import DownloadError

HOME = "https://huggingface.co/rhasspy/piper-voices/resolve/main/"
"""Where Piper's own downloader looks, too."""
LIST = "voices.json"
_LARGEST = 20_000_000
"""Bytes; the list has some 300,000."""
_NAME = re.compile(r"[A-Za-z]{2,3}_[A-Z0-9]{2,3}-[\w+]+-[a-z_]+")
_MD5 = re.compile(r"[0-9a-f]{32}")
_SUFFIXES = (".onnx", ".onnx.json")
CARD = "MODEL_CARD"


class Listed(NamedTuple):
    """A voice of the list: `files` are the model, its description and its card, where it has one."""

    name: str
    lang: str
    language: str
    quality: str
    speakers: int
    files: tuple[Wanted, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)

    def file(self, ending: str) -> Wanted | None:
        """The file whose name ends so."""
        return next((file for file in self.files if file.url.endswith(quote(ending))), None)


def fetch_list(home: str = HOME) -> tuple[Listed, ...]:
    """Every voice of the list at an address, by name; raises DownloadError."""
    home = home if home.endswith("/") else f"{home}/"
    url = home + LIST
    try:
        found = json.loads(read(url, _LARGEST))
        if not isinstance(found, dict):
            raise ValueError
    except (ValueError, RecursionError) as error:
        raise DownloadError(
            f"{url} is no list of voices", "check the address; a sign-in page may be in the way"
        ) from error
    listed = tuple(sorted(_entries(found, home)))
    if not listed:
        raise DownloadError(f"{url} lists no voice that can be used", "check the address")
    return listed


def _entries(found: dict[str, Any], home: str) -> Iterator[Listed]:
    """Entries of another form than expected are passed over: the list is not ours."""
    for name, entry in found.items():
        try:
            files = tuple(_files(name, entry["files"], home))
            language = entry["language"]
            country = language.get("country_english", "")
            words = f"{language['name_english']} ({country})" if country else str(language["name_english"])
            lang = str(language["code"]).replace("_", "-")
            listed = Listed(name, lang, words, str(entry["quality"]), int(entry["num_speakers"]), files)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        if _NAME.fullmatch(name) and all(listed.file(name + suffix) for suffix in _SUFFIXES):
            yield listed


def _files(name: str, files: dict[str, Any], home: str) -> Iterator[Wanted]:
    for path, entry in files.items():
        last = PurePosixPath(path).name
        if last not in {name + _SUFFIXES[0], name + _SUFFIXES[1], CARD}:
            continue
        size, md5 = entry["size_bytes"], entry["md5_digest"]
        if not isinstance(size, int) or size < 0 or not _MD5.fullmatch(md5):
            raise ValueError(path)
        yield Wanted(home + quote(path), size, md5)


def of_language(listed: Sequence[Listed], lang: str) -> tuple[Listed, ...]:
    """Those of a BCP 47 language, of every region where none is named."""
    wanted = lang.replace("_", "-").casefold()
    return tuple(one for one in listed if wanted in {one.lang.casefold(), one.lang.partition("-")[0].casefold()})
