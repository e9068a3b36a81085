"""A real Chromium without a window, driven by Selenium, and the audit of axe-core in it."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

INSTALL = "apt-get install --no-install-recommends chromium chromium-driver"
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
INSTALL_AXE = "npm ci --prefix tests/browser"

_PATIENCE = 20.0
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--mute-audio"),
)
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


class Size(NamedTuple):
    """A screen in CSS pixels."""

    width: int
    height: int
    mobile: bool


PHONE, SIDEWAYS, DESK = Size(360, 640, True), Size(640, 360, True), Size(1280, 800, False)


class Chromium:
    """One tab of a browser; each method does what a person would, or tells what they see."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self.before_each_page(_WATCH)
        self.resize(DESK)

    def open(self, address: str) -> None:
        """Loads a page."""
        self.driver.get(address)

    def before_each_page(self, script: str) -> None:
        """Runs JavaScript in every page before its own scripts."""
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def open_without_scripts(self, address: str) -> None:
        """Loads a page whose scripts do not run; those of a test do afterwards."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        self.open(address)
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    def resize(self, size: Size) -> None:
        """Makes the page as large as a screen."""
        metrics = {"width": size.width, "height": size.height, "mobile": size.mobile, "deviceScaleFactor": 1}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, **features: str) -> None:
        """What the person prefers: `color_scheme="dark"`."""
        named = [{"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": named})

    def element(self, selector: str) -> WebElement:
        """The first element of a CSS selector."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        """What an element says, seen or not."""
        return str(self.element(selector).get_property("textContent"))

    def click(self, selector: str) -> None:
        """Brings an element into view and clicks it; the browser takes that for a person's wish."""
        found = self.element(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()

    def press(self, keys: str, *, shift: str = "") -> None:
        """Presses keys where the focus is; `shift` is held meanwhile."""
        chain = ActionChains(self.driver)
        if shift:
            chain.key_down(shift)
        chain.send_keys(keys)
        if shift:
            chain.key_up(shift)
        chain.perform()

    def value(self, expression: str) -> Any:
        """A JavaScript expression's value, from outside the page's policy."""
        return self.driver.execute_script(f"return {expression}")

    def at(self) -> float:
        """Where the sound is, in seconds."""
        return float(self.value("document.querySelector('audio').currentTime"))

    def wait(self, true: Callable[[], object], what: str) -> None:
        """Returns as soon as `true()`; fails after a while with what the page says."""
        end = time.monotonic() + _PATIENCE
        while not true():
            assert time.monotonic() < end, f"waited for {what}; console: {self.console()}"
            time.sleep(0.02)

    def console(self) -> list[str]:
        """Everything in the console since it was asked last, and every violation of the policy."""
        lines = [f"{entry['level']}: {entry['message']}" for entry in self.driver.get_log("browser")]
        return lines + [str(line) for line in self.value("window.violations ?? []")]

    def audit(self, axe: str) -> list[str]:
        """What axe-core finds wrong with the page as it is now; best practices count too."""
        self.driver.execute_script(axe)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(done, (error) => done(String(error)))"
        )
        assert isinstance(found, dict), found
        return [
            f"{rule['id']}: {node['failureSummary']}: {node['html']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def picture(self, path: Path) -> None:
        """Writes what is seen as a PNG."""
        self.driver.save_screenshot(str(path))


@contextmanager
def chromium(profile: Path, *flags: str) -> Iterator[webdriver.Chrome]:
    """A browser on an empty profile, ended with the block."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*_FLAGS, f"--user-data-dir={profile}", *flags):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options, service)
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def new_tab(driver: webdriver.Chrome, *origins: str) -> Iterator[Chromium]:
    """A tab while the block runs; nothing is known of the origins afterwards."""
    first = driver.current_window_handle
    driver.switch_to.new_window("tab")
    try:
        yield Chromium(driver)
    finally:
        for origin in origins:
            wanted = {"origin": origin, "storageTypes": "local_storage"}
            driver.execute_cdp_cmd("Storage.clearDataForOrigin", wanted)
        driver.close()
        driver.switch_to.window(first)


def need(*missing: str) -> None:
    """Skips the test because something is missing; in CI it fails."""
    reason = "; ".join(missing)
    if missing and os.environ.get("CI"):
        pytest.fail(reason)
    if missing:
        pytest.skip(reason)
