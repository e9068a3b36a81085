"""The lengths of speech as the layout asks for them, and what it found missing."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from voicecoach.compiler.lexicon import respelling
from voicecoach.compiler.timing import RATE_MAX, faster
from voicecoach.estimate import estimate
from voicecoach.units import Milliseconds
from voicecoach.utterance import Utterance

Measure: TypeAlias = Callable[[Utterance], "Milliseconds | None"]
"""The length of a spoken utterance in milliseconds, None while it has not been spoken yet."""


class SpeechTable:
    """Lengths for one layout.

    `missing` has what nobody has measured yet, in the order it was asked for, and `guesses` counts
    how often it was.
    """

    def __init__(
        self,
        measure: Measure,
        voice: str,
        wpm: int,
        voices: Mapping[str, str] | None = None,
        lexicon: Mapping[str, str] | None = None,
    ) -> None:
        self.voice = voice
        self.wpm = wpm
        self.missing: dict[Utterance, None] = {}
        self.guesses = 0
        self._measure = measure
        self._voices = voices or {}
        self._respelling = respelling(lexicon or {})

    def utterance(self, text: str, voice: str, percent: int) -> Utterance:
        """The key of `text` at 100 or 115 per cent of the pace, in `voice` or the session's own."""
        rate = faster(self.wpm) if percent == RATE_MAX else self.wpm
        return Utterance(text, self._voices.get(voice, self.voice), rate, self._respelling(text))

    def length(self, text: str, voice: str = "", percent: int = 100) -> Milliseconds:
        """The length of `text`, in milliseconds."""
        utterance = self.utterance(text, voice, percent)
        found = self._measure(utterance)
        if found is None:
            self.missing[utterance] = None
            self.guesses += 1
            return estimate(text, utterance.rate)
        return found
