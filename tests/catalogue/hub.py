"""A server of voices on the loopback that can be told to misbehave."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from voicecoach.catalogue.download import Wanted


@dataclass
class Hub:
    """Files by their path, and what shall go wrong.

    `breaks` are how many bytes of a file are sent before the connection is cut, one for each
    request; `codes` are answered instead of a file; `asked` is what was asked for.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    breaks: dict[str, list[int]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    knows_parts: bool = True
    shifts: int = 0
    holds: threading.Event | None = None
    port: int = 0

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}/main/"

    def wanted(self, path: str) -> Wanted:
        """The file as a list of voices describes it."""
        content = self.files[path]
        return Wanted(self.home + path, len(content), hashlib.md5(content).hexdigest())

    def offer(self, model: Path) -> str:
        """Offers the voice of a folder, and lists it; returns its name."""
        name = model.name.removesuffix(".onnx")
        code, _, rest = name.partition("-")
        speaker, _, quality = rest.partition("-")
        folder = f"{code[:2]}/{code}/{speaker}/{quality}"
        paths = {f"{folder}/{path.name}": path.read_bytes() for path in model.parent.iterdir()}
        self.files |= paths
        listed: dict[str, Any] = json.loads(self.files.get("voices.json", b"{}"))
        listed[name] = {
            "key": name,
            "name": speaker,
            "language": {"code": code, "name_english": "English", "country_english": "Great Britain"},
            "quality": quality,
            "num_speakers": 1,
            "speaker_id_map": {},
            "files": {
                path: {"size_bytes": len(content), "md5_digest": hashlib.md5(content).hexdigest()}
                for path, content in paths.items()
            },
            "aliases": [],
        }
        self.files["voices.json"] = json.dumps(listed).encode()
        return name


@contextmanager
def running() -> Iterator[Hub]:
    """A hub that answers while the block runs."""
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            answer(hub, self)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        hub.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield hub
        finally:
            if hub.holds:
                hub.holds.set()
            server.shutdown()
            thread.join()


def answer(hub: Hub, request: BaseHTTPRequestHandler) -> None:
    path = request.path.removeprefix("/main/").partition("?")[0]
    part = request.headers.get("Range")
    hub.asked.append((path, part))
    if path in hub.codes:
        request.send_response(hub.codes[path])
        if hub.codes[path] == 302:
            request.send_header("Location", "file:///etc/passwd")
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    if path not in hub.files:
        request.send_error(404)
        return
    content = hub.files[path]
    begin = 0
    if part and hub.knows_parts:
        begin = int(part.removeprefix("bytes=").removesuffix("-")) + hub.shifts
        request.send_response(206)
        request.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
    else:
        request.send_response(200)
    request.send_header("Content-Length", str(len(content) - begin))
    request.end_headers()
    breaks = hub.breaks.get(path)
    if breaks:
        request.wfile.write(content[begin : begin + breaks.pop(0)])
        request.wfile.flush()
        if hub.holds:
            hub.holds.wait(20)
        request.close_connection = True
        return
    request.wfile.write(content[begin:])
