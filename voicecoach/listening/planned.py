"""The part of a plan that can be heard: its spoken cues, read from the JSON that `plan --json` prints."""

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeGuard

from voicecoach.errors import ScriptError
from voicecoach.source import Problem, Span
from voicecoach.timeline import FORMAT
from voicecoach.units import MINUTE, Milliseconds

LARGEST = 64 * 1024 * 1024
"""Bytes of a plan: three hours of counts at every second have 3."""

LONGEST_CUE: Milliseconds = 5 * MINUTE
LATEST: Milliseconds = 7 * 24 * 60 * MINUTE

_HOW = "make it anew:  voicecoach plan ROUTINE --json > plan.json"


class PlannedCue(NamedTuple):
    """Words that are planned in half-open `[start, end)`; `percent` of the plan's pace is how fast they are said."""

    start: Milliseconds
    end: Milliseconds
    text: str
    percent: int


class Plan(NamedTuple):
    """The spoken cues in order of time, none over another, and who says them, at `rate` words a minute."""

    title: str
    lang: str
    engine: str
    voice: str
    rate: int
    cues: tuple[PlannedCue, ...]
    lexicon: Mapping[str, str] = MappingProxyType({})


def read(path: Path) -> Plan:
    """The plan in a file; raises ScriptError for a file that is none, or whose times are only estimated."""
    try:
        with path.open("rb") as file:
            written = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _error(path, "E080", f"the plan cannot be read: {reason}", _HOW) from error
    if len(written) > LARGEST:
        raise _error(path, "E080", f"a plan has at most {LARGEST:,} bytes", _HOW)
    try:
        document = json.loads(written.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = Span(str(path), error.lineno, error.colno)
        raise ScriptError([Problem("error", "E080", place, f"this is not JSON: {error.msg}", fix=_HOW)]) from error
    except (ValueError, RecursionError) as error:
        raise _error(path, "E080", "this is not JSON in UTF-8", _HOW) from error
    return _plan(path, document)


def _plan(path: Path, document: object) -> Plan:
    match document:
        case {"format": str(form)} if form != FORMAT:
            raise _error(path, "E080", f"the format is '{form[:60]}', and this program reads '{FORMAT}'", _HOW)
        case {"format": str(), "estimated": True}:
            why = "the lengths of its speech are only estimated, so nothing is said exactly then"
            fix = "make it without --estimate:  voicecoach plan ROUTINE --json > plan.json"
            raise ScriptError([Problem("error", "E081", Span(str(path), 0, 0), "this plan was not spoken", why, fix)])
        case {
            "format": str(),
            "routine": {"title": str(title), "lang": str(lang)},
            "options": {"engine": str(engine), "voice": str(voice), "rate": int(rate), **options},
            "cues": list(cues),
        } if 0 < rate < 10_000:
            pass
        case _:
            raise _error(path, "E080", "this is not a plan of voicecoach", _HOW)
    found: list[PlannedCue] = []
    for number, cue in enumerate(cues, 1):
        match cue:
            case {"kind": "tone"}:
                continue
            case {
                "kind": "speech" | "count",
                "start_ms": start,
                "end_ms": end,
                "text": str(text),
                "rate_percent": percent,
            } if _whole(start) and _whole(end) and _whole(percent) and _possible(start, end, percent, text):
                found.append(PlannedCue(start, end, text, percent))
            case _:
                raise _error(path, "E080", f"cue {number} of the plan cannot be read", _HOW)
    found.sort()
    for before, after in pairwise(found):
        if after.start < before.end:
            raise _error(path, "E080", f"two cues are said at once, at {after.start} ms", _HOW)
    return Plan(title, lang, engine, voice, rate, tuple(found), _lexicon(options.get("lexicon")))


def _lexicon(written: object) -> dict[str, str]:
    """The spellings that were used; nothing where they cannot be read, and the lengths tell."""
    if not isinstance(written, dict):
        return {}
    return {word: said for word, said in written.items() if word.split() and isinstance(said, str)}


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _possible(start: int, end: int, percent: int, text: str) -> bool:
    return 0 <= start < end <= LATEST and end - start <= LONGEST_CUE and 0 < percent < 1_000 and bool(text.strip())


def _error(path: Path, code: str, what: str, fix: str) -> ScriptError:
    return ScriptError([Problem("error", code, Span(str(path), 0, 0), what, fix=fix)])
