"""A browser and pages for every test in this folder: each is opened from a file, and from the server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.chromium import AXE, INSTALL, INSTALL_AXE, Chromium, chromium, need, new_tab
from tests.browser.pages import make_page
from tests.serve.serving import Serving, serving
from voicecoach.export.page import policy
from voicecoach.serve.listing import POLICY, Entry, Sound, listing
from voicecoach.serve.offer import offer


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with three exercises, words and a cover; it is never changed."""
    path = tmp_path_factory.mktemp("page") / "feet & more #1.html"
    make_page(path)
    return path


@pytest.fixture(scope="session")
def served(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that offers the page, its sound and the list of both, as the command does."""
    folder = tmp_path_factory.mktemp("served")
    make_page(folder / "feet.m4a")
    index = folder / "list.html"
    entries = [Entry("Feet & <legs>", "en-GB", "0:30", "feet.html", [Sound("feet.m4a", 60_000)])] * 2
    index.write_text(listing(entries), "utf-8")
    offers = [offer(page, "feet.html", policy()), offer(folder / "feet.m4a"), offer(index, "", POLICY)]
    with serving(offers) as running:
        yield running


@pytest.fixture(params=["file", "served"])
def address(request: pytest.FixtureRequest, page: Path) -> str:
    """Where a browser finds the page."""
    if request.param == "file":
        return page.as_uri()
    running: Serving = request.getfixturevalue("served")
    return f"{running.server.link()}feet.html"


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """The browser of the whole run."""
    missing = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    need(*(f"{name} is missing: {INSTALL}" for name in missing))
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def browser(driver: webdriver.Chrome, served: Serving) -> Iterator[Chromium]:
    """A tab that knows nothing yet; it plays only when a person asks. Nothing may be wrong in its console."""
    with new_tab(driver, "file://", served.server.link().rpartition("/")[0].rpartition("/")[0]) as opened:
        yield opened
        assert opened.console() == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    need(*([] if AXE.exists() else [f"axe-core is missing: {INSTALL_AXE}"]))
    return AXE.read_text("utf-8")
