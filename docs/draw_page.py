"""Draws docs/page.png, the page as a phone shows it: `python docs/draw_page.py`. Needs Chromium and its driver."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Renders the morning session and looks at it in the middle of a hold, light and dark side by side."""
    from PIL import Image

    from tests.browser.chromium import PHONE, chromium, new_tab
    from voicecoach import compile as compiled
    from voicecoach import load, render

    with TemporaryDirectory() as name, chromium(Path(name) / "profile") as driver:
        folder = Path(name)
        render(compiled(load("feet-morning")), folder / "page.html")
        pictures = []
        for scheme in ("light", "dark"):
            with new_tab(driver, "file://") as tab:
                tab.resize(PHONE)
                tab.prefer(color_scheme=scheme, reduced_motion="reduce")
                tab.open((folder / "page.html").as_uri())
                tab.click("#play")
                tab.value("(scrollTo(0, 0), document.querySelector('audio').currentTime = 72)")
                tab.wait(lambda tab=tab: tab.text("#seconds") == "6", "the middle of the hold")
                tab.picture(folder / f"{scheme}.png")
            pictures.append(Image.open(folder / f"{scheme}.png").convert("RGB"))
        gap = 24
        sheet = Image.new("RGB", (2 * PHONE.width + gap, PHONE.height), "#8a97a3")
        for number, picture in enumerate(pictures):
            sheet.paste(picture, (number * (PHONE.width + gap), 0))
        sheet.save(ROOT / "docs" / "page.png", optimize=True)


if __name__ == "__main__":
    main()
