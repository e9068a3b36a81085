"""A browser and pages for every test in this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import AXE, INSTALL, INSTALL_AXE, Chromium, chromium, need
from tests.browser.pages import make_page


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with three exercises, words and a cover; it is never changed."""
    path = tmp_path_factory.mktemp("page") / "feet & more #1.html"
    make_page(path)
    return path


@pytest.fixture
def address(page: Path) -> str:
    """Where a browser finds the page."""
    return page.as_uri()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chromium]:
    """A browser that knows nothing yet; it plays only when a person asks. Nothing may be wrong in its console."""
    missing = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    need(*(f"{name} is missing: {INSTALL}" for name in missing))
    with chromium(tmp_path / "profile") as opened:
        yield opened
        assert opened.console() == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    need(*([] if AXE.exists() else [f"axe-core is missing: {INSTALL_AXE}"]))
    return AXE.read_text("utf-8")
