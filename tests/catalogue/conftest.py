from collections.abc import Iterator

import pytest

from tests.catalogue.hub import Hub, running


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running() as hub:
        yield hub
