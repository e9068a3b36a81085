"""Names of voices as people type them."""

from collections.abc import Sequence
from difflib import get_close_matches

_NEAR = 0.5
_VERY_NEAR = 0.8


def plain(name: str) -> str:
    """A name as it is compared: in one case, `_` and `-` alike."""
    return name.casefold().replace("_", "-")


def near_voices(typed: str, names: Sequence[str], most: int = 3) -> list[str]:
    """Names like a typed one: those that contain all its parts, or a name like one of its parts; else those alike."""
    parts = [part for part in plain(typed).split("-") if part]
    known = {plain(name): name for name in names}
    containing = [name for key, name in known.items() if parts and all(part in key for part in parts)]
    named = {key.split("-")[-2]: name for key, name in known.items() if key.count("-") >= 2}
    alike = [
        named[key]
        for part in parts
        if len(part) > 2
        for key in get_close_matches(part, named, n=most, cutoff=_VERY_NEAR)
    ]
    spelt = [known[key] for key in get_close_matches(plain(typed), known, n=most, cutoff=_NEAR)]
    return (list(dict.fromkeys([*containing, *alike])) or spelt)[:most]
