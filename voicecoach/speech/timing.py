"""When each word of a clip is heard: from the engine's marks in raw speech to the words as they were written.

An engine marks frames of what it said, in the text it was given. The clip is cut, joined from
parts and resampled, and the text was put into words for the ear; both are undone here. What an
engine does not tell is not guessed: words without a mark stay with the marked word before them.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from voicecoach.speech.engine import RawSpeech
from voicecoach.speech.shape import Place, places
from voicecoach.utterance import Said

_WORD = re.compile(r"\S+")
_SPOKEN_SIGNS = frozenset("&%+=<>≤≥~≈#@°×")


def said(texts: Sequence[str], parts: Sequence[RawSpeech]) -> tuple[Said, ...]:
    """The words of a clip that `shape` makes of `parts`, where `texts` are what the engine was given for each.

    Every word of the texts is in the result. Empty if a part has no marks.
    """
    found: list[Said] = []
    for text, part, place in zip(texts, parts, places(parts), strict=True):
        words = tuple(_marked(text, part, place))
        if not words:
            return ()
        found += words
    return tuple(found)


def _marked(text: str, part: RawSpeech, place: Place) -> Iterator[Said]:
    """The words of one part; each goes on to the next, the last one to where the sound ends."""
    words = list(_WORD.finditer(text))
    marks: list[tuple[int, int]] = []
    for at, _, frame in sorted(part.words, key=lambda mark: mark[2]):
        index = next((number for number, word in enumerate(words) if at < word.end()), len(words))
        if index < len(words) and (not marks or index > marks[-1][0]):
            marks.append((index if marks else 0, frame))
    if not marks:
        return
    starts = [place.time(frame, part.rate) for _, frame in marks]
    ends = [*starts[1:], place.time(place.last, part.rate)]
    firsts = [index for index, _ in marks]
    for first, following, start, end in zip(firsts, [*firsts[1:], len(words)], starts, ends, strict=True):
        yield Said(start, max(start, end), " ".join(word[0] for word in words[first:following]))


def as_written(text: str, heard: Sequence[Said]) -> tuple[Said, ...]:
    """The words of `text`, as a person wrote it, at the times of what is `heard`.

    Joined by spaces they are the whole text on one line. Where another number of words is heard
    than was written, as for `20-30s`, they stay together. Empty where nothing is heard.
    """
    written = text.split()
    begins = _begins(written, heard)
    firsts = sorted(begins)
    found = []
    for place, first in enumerate(firsts):
        last = place + 1 == len(firsts)
        following = len(written) if last else firsts[place + 1]
        end = heard[(len(heard) if last else begins[following]) - 1].end
        words = written[first if place else 0 : following]
        found.append(Said(heard[begins[first]].start, end, " ".join(words)))
    return tuple(found)


def _begins(written: Sequence[str], heard: Sequence[Said]) -> dict[int, int]:
    """Which of the written words begin with which of what is heard, in the same order."""
    audible = [index for index, word in enumerate(written) if _is_audible(word)]
    spoken = [(word, number if first else None) for number, one in enumerate(heard) for first, word in _words(one)]
    matcher = SequenceMatcher(
        None, [_plain(written[index]) for index in audible], [_plain(word) for word, _ in spoken], autojunk=False
    )
    found: dict[int, int] = {}
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal" or (what == "replace" and i2 - i1 == j2 - j1):
            pairs = [(audible[i], spoken[j][1]) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)]
        elif what == "replace":
            pairs = [(audible[i1], next((number for _, number in spoken[j1:j2] if number is not None), None))]
        else:
            continue
        found |= {i: number for i, number in pairs if number is not None}
    return found


def _is_audible(word: str) -> bool:
    """Whether something is said for a word: not for a dash, a mark or a picture by itself."""
    return any(character.isalnum() or character in _SPOKEN_SIGNS for character in word)


def _words(one: Said) -> Iterator[tuple[bool, str]]:
    """Each word, and whether it is the first: the one whose time is known."""
    for number, word in enumerate(one.text.split()):
        yield number == 0, word


def _plain(word: str) -> str:
    """A word as it is compared: letters and digits in one case."""
    return "".join(character for character in word.casefold() if character.isalnum()) or word
