"""A page: one HTML file with the sound inside and a player for it, which asks nothing of any network.

The sound stands in the page as base64 text in pieces; the script makes one typed Blob of them, because browsers seek in
a Blob at once, and not in a data: URL. All that people wrote goes in as data, in a block of JSON that nothing in it can
close, and comes out as text. The policy allows the page's own style and scripts, by their hashes, and nothing else.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from voicecoach.export.destination import beside
from voicecoach.export.labels import Labels, Line, Passage, Picture
from voicecoach.export.m4a import write_m4a
from voicecoach.export.pcm import Progress
from voicecoach.export.tags import clean, fitted
from voicecoach.sound.mix import Mix
from voicecoach.timeline import Chapter
from voicecoach.units import SECOND, Milliseconds, clock, milliseconds

SCRIPTS = ("program.js", "sound.js", "system.js", "screen.js", "controls.js")
"""The player's parts in the order in which they need each other."""

_TYPE = "audio/mp4"
_PIECE = 3 << 18
"""Bytes of sound in one element: a multiple of 3, which base64 turns into whole letters."""

_SOUND = "\0"
"""Where the sound goes: a letter that is in no cleaned text."""

_MOST_CHAPTERS = 10_000
_TITLE_BYTES = 1_000


def write_page(path: Path, mix: Mix, labels: Labels, progress: Progress) -> None:
    """Write the mix to `path` as a page; the sound lies in a second file while it is made."""
    sound, length = beside(path), milliseconds(mix.length, mix.rate)
    try:
        write_m4a(sound, mix, Labels(labels.tags), progress)
        before, after = _around(labels, length, _digest(sound))
        with path.open("w", encoding="utf-8", newline="\n") as page:
            page.write(before)
            page.writelines(_pieces(sound))
            page.write(after)
    finally:
        sound.unlink(missing_ok=True)


def _around(labels: Labels, length: Milliseconds, digest: str) -> tuple[str, str]:
    """The page before and after the sound."""
    title = clean(labels.tags.title)
    values = {
        "policy": policy(),
        "title": html.escape(title),
        "content": f'lang="{_lang(labels)}" dir="auto"',
        "length": clock(length // SECOND * SECOND),
        "style": _source("page.css"),
        "start": _source("start.js"),
        "session": _as_data(_session(labels, length, digest)),
        "sound": _SOUND,
        "player": _player(),
    }
    before, _, after = _filled(_source("page.html"), values).partition(_SOUND)
    return before, after


def _session(labels: Labels, length: Milliseconds, digest: str) -> dict[str, object]:
    """All that the player knows; `digest` is where a browser remembers the place in this session."""
    title = clean(labels.tags.title)
    chapters = fitted(labels.chapters, length, most=_MOST_CHAPTERS, title_bytes=_TITLE_BYTES)
    return {
        "id": digest,
        "type": _TYPE,
        "lang": _lang(labels),
        "title": title,
        "artist": clean(labels.tags.artist),
        "length": length,
        "cover": _picture(labels.cover),
        "chapters": [_chapter(chapter) for chapter in chapters or (Chapter(title, 0, length),)],
        "passages": [_passage(passage) for passage in labels.passages],
        "lines": [_line(line) for line in labels.lines],
    }


def policy() -> str:
    """The content security policy of every page, as the value of its header."""
    scripts = " ".join(_hash(text) for text in (_source("start.js"), _player()))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_hash(_source('page.css'))}; "
        "media-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _source(name: str) -> str:
    return (files("voicecoach.export") / "pagefiles" / name).read_text("utf-8")


def _player() -> str:
    return "".join(_source(name) for name in SCRIPTS)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{{name}}` replaced once: what is put in is not looked through again."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], template)


def _as_data(value: object) -> str:
    """JSON that may stand in a page: no `<` in it can end its element or begin a comment."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _pieces(sound: Path) -> Iterator[str]:
    """The sound as elements that are no scripts, each of about a megabyte of text."""
    with sound.open("rb") as file:
        while piece := file.read(_PIECE):
            yield f'<script type="{_TYPE};base64" class="sound">{base64.b64encode(piece).decode()}</script>\n'


def _digest(sound: Path) -> str:
    """What tells this session from all others."""
    with sound.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]


def _lang(labels: Labels) -> str:
    """The language of what people wrote, empty (not known) if it is no language tag."""
    lang = labels.tags.lang.replace("_", "-")
    return lang if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang) else ""


def _picture(cover: Picture | None) -> dict[str, str] | None:
    if cover is None:
        return None
    source = f"data:{cover.mime};base64,{base64.b64encode(cover.data).decode()}"
    return {"src": source, "type": cover.mime, "sizes": f"{cover.width}x{cover.height}"}


def _chapter(chapter: Chapter) -> dict[str, object]:
    return {"title": chapter.title, "start": chapter.start, "end": chapter.end}


def _passage(passage: Passage) -> dict[str, object]:
    texts = {name: clean(text) for name, text in passage._asdict().items() if isinstance(text, str)}
    return {**passage._asdict(), **texts, "counts": [clean(count) for count in passage.counts]}


def _line(line: Line) -> dict[str, object]:
    words = [{"start": word.start, "end": word.end, "text": clean(word.text)} for word in line.words]
    return {"start": line.start, "end": line.end, "text": clean(line.text), "words": words}
