"""From where words were found in the sound to what is said of them: in time, late, outside their cue, or not heard.

The limits are measured, see docs/voices.md: right words of nine voices on one side, and the same sound
with the words of other cues on the other.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from voicecoach.listening.aligner import Aligned
from voicecoach.listening.expected import Expected
from voicecoach.listening.planned import PlannedCue
from voicecoach.units import Milliseconds

WITHIN: Milliseconds = 150
"""A word is in time if it begins at most this long before or after the plan says."""

EDGE: Milliseconds = 150
"""How far a word may be found over the ends of its cue: no further than it may be out of time."""

TAIL: Milliseconds = 300
"""The last word ends at most this long before its cue does."""

ENOUGH = 95
"""Per cent of the words that must be heard, and in time."""

DOUBT = -115.0
"""A word with a lower score sounds like another one."""

OTHER = -48.0
"""Words whose score is lower than this on average are not those that are said."""

SHORT = 4
"""A cue of so few words tells too little by its score: it is compared with other lines of the plan."""

RIVAL = 5.0
"""A line that fits by so much better is what is really said."""

State: TypeAlias = Literal["heard", "moved", "other", "silent"]


class Word(NamedTuple):
    """One word of the plan in milliseconds of the session; `start` and `end` are None if it was not heard.

    It was planned to begin in `[earliest, latest]`. `fits` is False if it sounds like another word,
    `inside` if it is heard outside its cue.
    """

    text: str
    earliest: Milliseconds
    latest: Milliseconds
    start: Milliseconds | None = None
    end: Milliseconds | None = None
    fits: bool = False
    inside: bool = False

    @property
    def off(self) -> Milliseconds | None:
        """How much later than planned it begins, negative if earlier; None if it was not heard."""
        if self.start is None:
            return None
        return min(self.start - self.earliest, 0) or max(self.start - self.latest, 0)

    @property
    def in_time(self) -> bool:
        """Whether it was heard, as itself, when the plan says."""
        return self.fits and self.off is not None and abs(self.off) <= WITHIN


class Judged(NamedTuple):
    """One cue: `heard`; `moved`, when it is heard at another time; `other` words instead of it; or `silent`.

    `instead` is the line of the plan that is heard in place of it, if that is known.
    """

    cue: PlannedCue
    state: State
    words: tuple[Word, ...]
    instead: str = ""


class Judgement(NamedTuple):
    """Every cue of a plan."""

    cues: tuple[Judged, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """Every word of the plan."""
        return tuple(word for cue in self.cues for word in cue.words)

    @property
    def in_time(self) -> int:
        """How many words are heard when the plan says."""
        return sum(word.in_time for word in self.words)

    @property
    def outside(self) -> int:
        """How many words are heard, but not in their cue."""
        return sum(word.start is not None and not word.inside for word in self.words)

    @property
    def missed(self) -> tuple[Judged, ...]:
        """The cues that are not heard in their place."""
        return tuple(cue for cue in self.cues if cue.state != "heard")

    @property
    def holds(self) -> bool:
        """Whether what is heard is what the plan says, when it says it."""
        return not self.missed and not self.outside and 100 * self.in_time >= ENOUGH * len(self.words)


def judged(
    cue: PlannedCue,
    words: Sequence[Expected],
    found: Sequence[Aligned] | None,
    start: Milliseconds,
    first: Milliseconds = 0,
) -> Judged:
    """What was `found` of the words of a cue in sound that begins at `start` of the session.

    Nothing is heard before `first`, where the file begins.
    """
    if not found or not plausible(found):
        return unheard(cue, words, "other")
    heard = tuple(
        word._replace(
            start=max(start + one.start, first),
            end=start + one.end,
            fits=one.score >= DOUBT,
            inside=cue.start - EDGE <= start + one.start and start + one.end <= cue.end + EDGE,
        )
        for word, one in zip(_planned(cue, words), found, strict=True)
    )
    tail = cue.end - (start + found[-1].end)
    moved = 2 * sum(word.in_time for word in heard) < len(heard) or tail > TAIL
    return Judged(cue, "moved" if moved else "heard", heard)


def unheard(cue: PlannedCue, words: Sequence[Expected], state: Literal["other", "silent"], instead: str = "") -> Judged:
    """A cue whose words are not there."""
    return Judged(cue, state, _planned(cue, words), instead)


def _planned(cue: PlannedCue, words: Sequence[Expected]) -> tuple[Word, ...]:
    return tuple(Word(word.text, cue.start + word.earliest, cue.start + word.latest) for word in words)


def plausible(found: Sequence[Aligned] | None) -> bool:
    """Whether words that were found fit the sound well enough to be those that are said."""
    return bool(found) and _average(found or ()) >= OTHER


def _average(found: Sequence[Aligned]) -> float:
    """The score for a piece of time: long words weigh more than short ones."""
    time = sum(one.end - one.start for one in found)
    return sum(one.score * (one.end - one.start) for one in found) / max(time, 1)
