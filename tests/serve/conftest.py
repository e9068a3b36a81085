from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.serving import Serving, offers, serving


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Serving]:
    with serving(offers(tmp_path)) as running:
        yield running
