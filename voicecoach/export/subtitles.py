"""WebVTT and SRT: what is heard, as captions for video players and web pages."""

import re
from collections.abc import Sequence

from voicecoach.export.captions import Caption, captions
from voicecoach.export.labels import Line
from voicecoach.export.tags import clean
from voicecoach.units import HOUR, MINUTE, SECOND, Milliseconds

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LIKE_A_TAG = re.compile(r"<(?=[A-Za-z/!?])([^<>]*)>?")
_LOOK_ALIKES = str.maketrans("{}", "()")


def vtt(lines: Sequence[Line], length: Milliseconds) -> str:
    """`lines` as WebVTT, with the time of each word where it is known; `length` is that of the sound."""
    blocks = (
        f"\n{_time(caption.start, '.')} --> {_time(caption.end, '.')}\n"
        + "".join(f"{row}\n" for row in _timed_rows(caption))
        for caption in captions(lines, length)
    )
    return "WEBVTT\n" + "".join(blocks)


def srt(lines: Sequence[Line], length: Milliseconds) -> str:
    """`lines` as SRT. It has no escapes: what would be read as a tag or a time gets other signs of the same look."""
    blocks = (
        f"{number}\n{_time(caption.start, ',')} --> {_time(caption.end, ',')}\n"
        + "".join(f"{_harmless(' '.join(piece.text for piece in row))}\n" for row in caption.rows)
        for number, caption in enumerate(captions(lines, length), 1)
    )
    return "\n".join(blocks)


def _timed_rows(caption: Caption) -> list[str]:
    """The rows of a caption with the times of words: after the first, which begins with the caption, and going up."""
    latest, rows = caption.start, []
    for number, row in enumerate(caption.rows):
        texts: list[str] = []
        for piece in row:
            marked = (number or texts) and piece.start is not None and latest < piece.start < caption.end
            latest = piece.start if marked and piece.start is not None else latest
            texts.append((f"<{_time(latest, '.')}>" if marked else "") + clean(piece.text).translate(_ESCAPED))
        rows.append(" ".join(texts))
    return rows


def _harmless(text: str) -> str:
    text = _LIKE_A_TAG.sub(r"‹\1›", clean(text)).translate(_LOOK_ALIKES)
    return text.replace("-->", "→")


def _time(time: Milliseconds, point: str) -> str:
    hours, rest = divmod(time, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    return f"{hours:02d}:{minutes:02d}:{rest // SECOND:02d}{point}{rest % SECOND:03d}"
