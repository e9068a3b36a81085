"""The description beside a Piper model, `NAME.onnx.json`: what it must say, checked before anything is loaded."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from voicecoach.errors import SpeechError

PHONEMES = frozenset({"espeak", "text"})
"""The alphabets of sounds that need nothing but Piper itself; the others fetch models or need further packages."""
_MARKS = ("_", "^", "$")
"""Padding, begin and end: without them no sentence can be encoded."""
_RATES = range(8_000, 48_001)
_LARGEST = 4_000_000
"""Bytes: a thousand speakers take 30,000."""
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2}|[0-9]{3}))?(?![a-z0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PiperConfig:
    """What the description says: `lang` is a BCP 47 tag, `speakers` the numbers behind names."""

    rate: int
    lang: str
    quality: str
    speakers: Mapping[str, int]
    count: int
    default_speaker: int
    length_scale: float


def read_config(path: Path) -> PiperConfig:
    """Raises SpeechError, with what is wrong, for anything that is no description of a Piper voice."""
    try:
        if path.stat().st_size > _LARGEST:
            raise _wrong(path, "it is too large")
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        fix = f"put the voice's own {path.name} beside {path.name.removesuffix('.json')}; both come together"
        raise SpeechError(f"there is no {path.name} in {path.parent}", fix) from None
    except OSError as error:
        raise SpeechError(f"{path} cannot be read: {error.strerror or error}", "allow reading it") from error
    except (ValueError, RecursionError) as error:
        raise _wrong(path, "it is not JSON") from error
    if not isinstance(found, dict):
        raise _wrong(path, "it is not a table of names and values")
    return _checked(path, found)


def _checked(path: Path, found: dict[str, Any]) -> PiperConfig:
    phonemes = found.get("phoneme_type", "espeak")
    if phonemes not in PHONEMES:
        raise SpeechError(
            f"the voice of {path.name} needs the alphabet {phonemes!r}, which cannot be written here",
            f"take a voice whose phoneme_type is {' or '.join(sorted(PHONEMES))}",
        )
    rate, espeak = _inner(found, "audio").get("sample_rate"), _inner(found, "espeak").get("voice")
    if not _is_whole(rate) or rate not in _RATES:
        raise _wrong(path, f"audio.sample_rate is not a number from {_RATES.start} to {_RATES.stop - 1}")
    if not isinstance(espeak, str) or not espeak:
        raise _wrong(path, "espeak.voice names no language")
    _check_ids(path, found.get("phoneme_id_map"))
    if not _is_whole(found.get("num_symbols")):
        raise _wrong(path, "num_symbols is not a number")
    scale = _inner(found, "inference").get("length_scale", 1)
    for name in ("noise_scale", "length_scale", "noise_w"):
        if not _is_number(_inner(found, "inference").get(name, 1)):
            raise _wrong(path, f"inference.{name} is not a number")
    if not scale > 0:
        raise _wrong(path, "inference.length_scale is not above 0")
    count, speakers, first = _speakers(path, found)
    code = _inner(found, "language").get("code")
    quality = _inner(found, "audio").get("quality")
    return PiperConfig(
        rate,
        language_tag(code if isinstance(code, str) else espeak),
        quality if isinstance(quality, str) else "",
        MappingProxyType(speakers),
        count,
        first,
        float(scale),
    )


def language_tag(text: str) -> str:
    """`de_DE`, `en-us` or `gmw/en-GB-x-rp` as a BCP 47 tag; `und` for what is none."""
    match = _TAG.match(text.rpartition("/")[2])
    if not match:
        return "und"
    return f"{match[1].lower()}-{match[2].upper()}" if match[2] else match[1].lower()


def _check_ids(path: Path, ids: object) -> None:
    if not isinstance(ids, dict) or not all(
        isinstance(numbers, list) and all(_is_whole(number) and number >= 0 for number in numbers)
        for numbers in ids.values()
    ):
        raise _wrong(path, "phoneme_id_map does not give numbers for sounds")
    if missing := [mark for mark in _MARKS if not ids.get(mark)]:
        raise _wrong(path, f"phoneme_id_map lacks {' '.join(missing)}")


def _speakers(path: Path, found: dict[str, Any]) -> tuple[int, dict[str, int], int]:
    count, speakers = found.get("num_speakers"), found.get("speaker_id_map") or {}
    first = found.get("default_speaker_id", 0)
    if not _is_whole(count) or count < 1:
        raise _wrong(path, "num_speakers is not a number from 1 on")
    if not isinstance(speakers, dict) or not all(
        _is_whole(number) and 0 <= number < count for number in speakers.values()
    ):
        raise _wrong(path, f"speaker_id_map does not give numbers below {count}")
    if not _is_whole(first) or not 0 <= first < count:
        raise _wrong(path, f"default_speaker_id is not a number below {count}")
    return count, speakers if count > 1 else {}, first


def _inner(found: dict[str, Any], name: str) -> dict[str, Any]:
    inner = found.get(name)
    return inner if isinstance(inner, dict) else {}


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong(path: Path, why: str) -> SpeechError:
    return SpeechError(
        f"{path} does not describe a Piper voice: {why}", "take both files of the voice from where it was made"
    )
