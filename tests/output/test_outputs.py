"""The contract of outputs, over the stepped one and over a child process with the null device."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.output.contract import OutputContract
from tests.output.outputs import Recorded, Stepped


class TestSteppedOutput(OutputContract):
    @pytest.fixture(params=[1, 77, 480, 5_000], ids=lambda step: f"{step} frames")
    def played(self, request: pytest.FixtureRequest) -> Iterator[Stepped]:
        played = Stepped(request.param)
        yield played
        played.output.close()


class TestAudioProcess(OutputContract):
    @pytest.fixture
    def played(self, tmp_path: Path) -> Iterator[Recorded]:
        played = Recorded(tmp_path)
        yield played
        played.output.close()
