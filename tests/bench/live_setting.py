"""What a measurement is given: the rig, what to play, and on which device and sink."""

from pathlib import Path
from typing import NamedTuple

from tests.bench.live_scripts import Scripts
from tests.rig import SINK, Rig


class Setting(NamedTuple):
    """One device on one sink; `folder` is for everything that a measurement writes."""

    rig: Rig
    scripts: Scripts
    device: str = "miniaudio"
    sink: str = SINK

    @property
    def folder(self) -> Path:
        return self.scripts.folder
