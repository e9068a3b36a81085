"""The word an author probably meant."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is close to `word`, or to one of its words; None if none is."""
    from difflib import SequenceMatcher

    best, best_ratio = None, 0.6
    candidates = list(dict.fromkeys(known))
    lowered = word.lower()[:80]
    for tried in dict.fromkeys((lowered, *lowered.split()[:8])):
        matcher = SequenceMatcher(b=tried)
        for candidate in candidates:
            matcher.set_seq1(candidate.lower())
            if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio:
                continue
            if (ratio := matcher.ratio()) > best_ratio:
                best, best_ratio = candidate, ratio
    return best


def listed(words: Iterable[str], limit: int = 12) -> str:
    """Words for a message, separated by commas and cut after `limit`."""
    known = list(words)
    more = len(known) - limit
    return ", ".join(known[:limit]) + (f", and {more} more" if more > 0 else "")
