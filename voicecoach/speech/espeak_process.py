"""The process of the bundled speech library."""

import sys
from pathlib import Path
from typing import NamedTuple

from voicecoach.errors import SpeechError
from voicecoach.speech.worker_process import WorkerProcess

INSTALL = "install it with `pip install espeakng-loader`, or install espeak-ng with your system's package manager"

_WORKER = Path(__file__).with_name("espeak_worker.py")


class Source(NamedTuple):
    """A library to load, and its data folder; None where the library knows its own."""

    library: str
    data: Path | None = None


class EspeakProcess(WorkerProcess):
    """One process that has loaded the library of a source."""

    version: str
    data: Path

    def __init__(self, source: Source) -> None:
        parent = str(source.data.parent) if source.data else ""
        super().__init__([sys.executable, "-I", "-S", str(_WORKER), source.library, parent], INSTALL)

    def greet(self, timeout: float) -> None:
        """Reads what the library says of itself; SpeechError if it could not be loaded."""
        head = self.greeting(timeout)
        if "error" in head:
            raise SpeechError(f"espeak-ng could not start: {head['error']} {head.get('detail')}", INSTALL)
        self.version = str(head["version"])
        self.data = Path(str(head["data"]))
