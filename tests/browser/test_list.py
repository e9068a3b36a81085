"""The list that the server shows first, in a real browser."""

import pytest

from tests.browser.chromium import DESK, PHONE, Chromium, Size
from tests.serve.serving import Serving

pytestmark = pytest.mark.browser


def test_the_list_leads_to_the_player(browser: Chromium, served: Serving) -> None:
    browser.open(served.server.link())
    assert browser.text("h2") == "Feet & <legs>"

    browser.click("a.page")

    browser.wait(lambda: browser.text("#phase") == "press play", "the player")
    assert browser.value("location.pathname").endswith("/feet.html")


def test_a_sound_opened_by_itself_plays(browser: Chromium, served: Serving) -> None:
    browser.open(f"{served.server.link()}feet.m4a")

    browser.wait(lambda: browser.value("document.querySelector('video').readyState") > 2, "the browser's own player")
    browser.value("document.querySelector('video').currentTime = 20")
    browser.wait(lambda: not browser.value("document.querySelector('video').seeking"), "the seek")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_axe_finds_nothing_wrong_in_the_list(
    browser: Chromium, served: Serving, axe: str, size: Size, scheme: str
) -> None:
    browser.resize(size)
    browser.prefer(color_scheme=scheme)
    browser.open(served.server.link())

    assert browser.audit(axe) == []
    assert browser.value("document.documentElement.scrollWidth") <= size.width
