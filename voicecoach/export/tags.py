"""What a file says about itself: tags and chapters, made fit for the formats.

Text of people is data: it is passed as bytes with a length, and only what no format can hold is
taken out of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.timeline import Chapter
from voicecoach.units import Milliseconds

MOST_CHAPTERS = 255
"""MP4 counts its chapters in one byte."""

TITLE_BYTES = 127
"""Some players stop reading chapters at the first longer title."""

GENRE = "Health & Fitness"
"""The name of this kind of sound in the shops of podcasts."""

_LANGUAGES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv",
    "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "lv": "lav", "nb": "nob",
    "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv",
    "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows. `lang` is a language tag such as `en-GB`; `track` of `tracks` is 0 for a single file."""

    title: str
    artist: str = "voicecoach"
    album: str = ""
    comment: str = ""
    lang: str = ""
    genre: str = ""
    source: str = ""
    track: int = 0
    tracks: int = 0

    def written(self) -> dict[str, str]:
        """The tags that have a text, cleaned, by their common names."""
        texts = {
            "title": self.title,
            "artist": self.artist,
            "album": self.album,
            "genre": self.genre,
            "comment": self.comment,
            "source": self.source,
        }
        return {name: clean(text) for name, text in texts.items() if clean(text)}

    def language(self) -> str:
        """The three-letter code of ISO 639-2, `und` for an unknown language."""
        return _LANGUAGES.get(self.lang.replace("_", "-").split("-")[0].lower(), "und")


_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - set(map(ord, "\t\n\r")))
"""NUL ends a text in every format; with ESC a title would write on the terminal of who lists a file."""


def clean(text: str) -> str:
    """`text` as valid Unicode, without control characters but tabs and line breaks."""
    return text.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def fitted(
    chapters: Sequence[Chapter], duration: Milliseconds, *, most: int = MOST_CHAPTERS, title_bytes: int = TITLE_BYTES
) -> tuple[Chapter, ...]:
    """`chapters` as files need them: tiling `[0, duration)`, not too many, no title too long.

    Empty chapters are left out; past `most` the last one reaches to the end.
    """
    filled = [chapter for chapter in chapters if chapter.start < min(chapter.end, duration)][:most]
    starts = [0, *(chapter.start for chapter in filled[1:]), duration]
    return tuple(
        chapter._replace(title=cut(clean(chapter.title), title_bytes), start=start, end=end)
        for chapter, start, end in zip(filled, starts, starts[1:], strict=False)
    )


def cut(text: str, most: int) -> str:
    """`text` shortened to `most` UTF-8 bytes, between two code points."""
    return text.encode("utf-8")[:most].decode("utf-8", "ignore")
