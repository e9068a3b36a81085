"""The page as a file; what a browser makes of it is in tests/browser."""

import base64
import hashlib
import json
import re
import tracemalloc
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mixes import CHAPTERS, mix

from voicecoach.errors import OutputError
from voicecoach.export.audio import render
from voicecoach.export.labels import Labels, Line, Passage, Picture, Word
from voicecoach.export.m4a import write_m4a
from voicecoach.export.page import policy
from voicecoach.export.tags import Tags
from voicecoach.sound.clip import Samples

HOSTILE = "</script><!--<script>alert(1)</script>--></title> & \"'{{policy}} \u2028\0\udcff"
LABELS = Labels(
    Tags("Feet", lang="en-GB"),
    CHAPTERS,
    Picture(b"picture", "image/png", 600, 400),
    (Line(0, 900, "One two", (Word(0, 400, "One"), Word(400, 900, "two"))),),
    (Passage(0, 4_000, "hold", "Calf stretch", "left leg", ("Hold 1 of 2",), "the end"),),
)


class Page(HTMLParser):
    """What a browser finds: the text of each element, by its tag, and what may lead out of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self._open = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), ""))
        self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, attributes, text = self.elements[-1]
            self.elements[-1] = (tag, attributes, text + data)

    def texts(self, tag: str, **wanted: str) -> list[str]:
        asked = {name.strip("_"): value for name, value in wanted.items()}
        return [
            text for found, attributes, text in self.elements if found == tag and asked.items() <= attributes.items()
        ]


def page_of(labels: Labels, folder: Path, duration: int = 30_000) -> str:
    path = folder / "page.html"
    render(mix(duration), labels, path)
    return path.read_bytes().decode()


def session_of(page: str) -> dict[str, Any]:
    (text,) = Page(page).texts("script", id="session")
    found: dict[str, Any] = json.loads(text)
    return found


def test_the_sound_is_the_m4a_in_pieces_of_base64(tmp_path: Path) -> None:
    write_m4a(tmp_path / "a.m4a", mix(), Labels(LABELS.tags), lambda done, total: None)

    pieces = Page(page_of(LABELS, tmp_path)).texts("script", class_="sound")

    assert b"".join(map(base64.b64decode, pieces)) == (tmp_path / "a.m4a").read_bytes()


def test_the_data_holds_chapters_words_and_phases(tmp_path: Path) -> None:
    session = session_of(page_of(LABELS, tmp_path))

    assert (session["title"], session["lang"], session["length"]) == ("Feet", "en-GB", 30_000)
    assert session["chapters"][1] == {"title": "Fußkreisen 🦶", "start": 4_000, "end": 30_000}
    assert session["lines"][0]["words"][1] == {"start": 400, "end": 900, "text": "two"}
    assert session["passages"][0]["counts"] == ["Hold 1 of 2"]
    assert session["cover"] == {"src": "data:image/png;base64,cGljdHVyZQ==", "type": "image/png", "sizes": "600x400"}


def test_a_session_without_chapters_is_one_chapter(tmp_path: Path) -> None:
    session = session_of(page_of(Labels(Tags("Feet")), tmp_path))

    assert session["chapters"] == [{"title": "Feet", "start": 0, "end": 30_000}]
    assert (session["cover"], session["lines"], session["passages"]) == (None, [], [])


def test_text_of_people_ends_no_element_and_fills_no_place(tmp_path: Path) -> None:
    labels = Labels(
        Tags(HOSTILE, lang='en" onload="x'),
        (CHAPTERS[0]._replace(title=HOSTILE),),
        None,
        (Line(0, 9, HOSTILE, (Word(0, 9, HOSTILE),)),),
        (Passage(0, 9, "hold", HOSTILE, HOSTILE, (HOSTILE,), HOSTILE),),
    )

    page = page_of(labels, tmp_path)

    cleaned = HOSTILE.replace("\0", "").replace("\udcff", "?")
    plain = page_of(Labels(Tags("Feet")), tmp_path)
    found, session = Page(page), session_of(page)
    assert [element[0] for element in found.elements] == [element[0] for element in Page(plain).elements]
    assert "<!--" not in page
    assert found.texts("title") == [cleaned]
    assert session["chapters"][0]["title"] == session["lines"][0]["text"] == session["title"] == cleaned
    assert session["passages"][0]["counts"] == [cleaned]
    assert (session["lang"], found.texts("h1", lang="") != []) == ("", True)


def test_the_policy_allows_only_what_is_in_the_page(tmp_path: Path) -> None:
    found = Page(page_of(LABELS, tmp_path))

    (meta,) = (
        attributes["content"]
        for tag, attributes, _ in found.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert meta == policy()
    assert meta.startswith("default-src 'none'; ")
    assert "unsafe" not in meta
    run = [text for tag, attributes, text in found.elements if tag == "script" and "type" not in attributes]
    (style,) = found.texts("style")
    allowed = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (*run, style)]
    assert re.findall(r"'sha256-([^']+)'", meta) == allowed


def test_nothing_in_the_page_leads_to_a_network(tmp_path: Path) -> None:
    page = page_of(LABELS, tmp_path)

    assert not re.search(r"https?:|//[a-z]+\.|@import|url\(", re.sub(r'class="sound">[^<]*', "", page))
    assert not [found for found in Page(page).elements if found[0] in {"iframe", "a", "form", "base", "object"}]
    assert [found[1]["href"] for found in Page(page).elements if found[0] == "link"] == ["data:,"]
    assert not [
        found for found in Page(page).elements if any(name.startswith("on") or name == "style" for name in found[1])
    ]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    first = page_of(LABELS, tmp_path)

    assert page_of(LABELS, tmp_path) == first
    assert page_of(replace(LABELS, tags=Tags("Hands")), tmp_path) != first


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    page_of(LABELS, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_page_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        render(mix(), LABELS, tmp_path / "no" / "page.html")


class Noise:
    """A mix that is dense for as long as one likes."""

    rate, channels = 24_000, 1

    def __init__(self, minutes: int) -> None:
        self.length = minutes * 60 * self.rate

    def read(self, start: int, count: int) -> Samples:
        return np.random.default_rng(start).uniform(-0.1, 0.1, count).astype(np.float32)

    def is_silent(self, start: int, count: int) -> bool:
        return False


def test_the_memory_does_not_grow_with_the_sound(tmp_path: Path) -> None:
    def peak(minutes: int) -> int:
        (tmp_path / "page.html").unlink(missing_ok=True)
        tracemalloc.start()
        render(Noise(minutes), LABELS, tmp_path / "page.html")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    short, long = peak(3), peak(12)

    assert (tmp_path / "page.html").stat().st_size > 5_000_000
    assert long < short + 1_000_000
