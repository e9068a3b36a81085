"""Forced alignment with PocketSphinx and its English model: where known words are in a piece of sound.

An alignment finds the words it is told wherever it finds a way through the sound at all. Its score
tells how well they fit: by how much the sounds of the words are behind the best of those that were
possible at the time.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from voicecoach.errors import MissingError
from voicecoach.interrupts import load_whole
from voicecoach.sound.clip import Samples
from voicecoach.units import SECOND, Milliseconds, Rate

if TYPE_CHECKING:
    from pocketsphinx import Decoder

RATE: Rate = 16_000
"""Frames a second of the sound that the model was made from."""

_STEP: Milliseconds = 10
_ROOM = 80
"""Noise in 16-bit steps under everything, as in a quiet room: the model was made in rooms, and loses its way where
there is nothing at all."""
_TRIES = 3
"""Each with more noise than the one before."""
_SAME = 1e-4
"""Samples that differ by less, as where a resampler rounded otherwise, are the same sound."""
_MOST_KNOWN = 8
"""Sounds that are kept for each line."""


class Aligned(NamedTuple):
    """One word in `[start, end)`, in milliseconds from the start of the sound; `score` is 0 at best."""

    start: Milliseconds
    end: Milliseconds
    score: float


class _Path(NamedTuple):
    """A way through the sound: its words, and its score for 10 ms, pauses included."""

    words: tuple[Aligned, ...]
    fit: float


class Aligner:
    """Finds words in sound of `RATE` frames a second; it must know them, and can be taught.

    The same sound gives the same answer.
    """

    def __init__(self) -> None:
        """Raises MissingError if PocketSphinx is not installed."""
        try:
            load_whole("pocketsphinx")
            self._decoders = (_decoder(every_sound=False), _decoder(every_sound=True))
        except ImportError as error:
            what = "listening needs PocketSphinx, which is not installed"
            raise MissingError(what, 'pip install "voicecoach[listen]"') from error
        self._known: dict[tuple[tuple[str, ...], int, bool], list[tuple[Samples, _Path | None]]] = {}

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word, in small letters."""
        return self._decoders[0].lookup_word(word) is not None

    def teach(self, word: str, phones: str) -> None:
        """Adds a word with its phones in ARPAbet, separated by spaces."""
        for decoder in self._decoders:
            decoder.add_word(word, phones, update=False)

    def align(self, words: Sequence[str], samples: Samples) -> tuple[Aligned, ...] | None:
        """Where each of `words` is; None if they cannot be in the sound."""
        path = self._path(tuple(words), samples, _TRIES, every_sound=False)
        return path.words if path else None

    def glance(self, words: Sequence[str], samples: Samples) -> tuple[Aligned, ...] | None:
        """As `align`, but gives up at once: now and then it misses words that are there."""
        path = self._path(tuple(words), samples, 1, every_sound=False)
        return path.words if path else None

    def fit(self, words: Sequence[str], samples: Samples) -> float | None:
        """How well `words` and pauses explain all of the sound, comparable with other words for the same sound.

        Takes four times as long as `align`: every sound of the model is weighed, not only those of the words.
        """
        path = self._path(tuple(words), samples, _TRIES, every_sound=True)
        return path.fit if path else None

    def _path(self, words: tuple[str, ...], samples: Samples, tries: int, *, every_sound: bool) -> _Path | None:
        """A count that sounds the same each time is looked for once."""
        if not words or not len(samples):
            return None
        known = self._known.setdefault((words, tries, every_sound), [])
        for before, path in known:
            if len(before) == len(samples) and np.abs(before - samples).max(initial=0) <= _SAME:
                return path
        path = _searched(words, samples, tries, self._decoders[every_sound])
        if len(known) < _MOST_KNOWN:
            known.append((samples, path))
        return path


def _searched(words: tuple[str, ...], samples: Samples, tries: int, decoder: "Decoder") -> _Path | None:
    for attempt in range(tries):
        room = np.random.default_rng(0).normal(0, _ROOM * (attempt + 1), len(samples))
        pcm = np.clip(np.rint(samples * 32_767 + room), -32_768, 32_767).astype(np.int16).tobytes()
        path = _aligned(decoder, words, pcm)
        if path is not None and len(path.words) == len(words):
            return path
    return None


def _decoder(*, every_sound: bool) -> "Decoder":
    from pocketsphinx import Decoder

    return Decoder(lm=None, loglevel="FATAL", compallsen=every_sound)


def _aligned(decoder: "Decoder", words: Sequence[str], pcm: bytes) -> _Path | None:
    """One pass for the words, and one more for the scores of what was found."""
    try:
        decoder.set_align_text(" ".join(words))
        _hear(decoder, pcm)
        if decoder.hyp() is None:
            return None
        decoder.set_alignment()
        _hear(decoder, pcm)
        entries = list(decoder.get_alignment())
    except RuntimeError:  # PocketSphinx's word for a text that does not fit the sound
        return None
    found = tuple(
        Aligned(entry.start * _STEP, (entry.start + entry.duration) * _STEP, entry.score / max(entry.duration, 1))
        for entry in entries
        if not entry.name.startswith("<")
    )
    return _Path(found, sum(entry.score for entry in entries) / max(len(pcm) * SECOND // (2 * RATE * _STEP), 1))


def _hear(decoder: "Decoder", pcm: bytes) -> None:
    decoder.start_utt()
    try:
        decoder.process_raw(pcm, full_utt=True)
    finally:
        decoder.end_utt()
