"""What a session asks for its words: lengths before the layout, clips while it sounds."""

import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from voicecoach.errors import SpeechError
from voicecoach.estimate import estimate
from voicecoach.interrupts import load_whole
from voicecoach.speech.cache import ClipCache, Entry, key
from voicecoach.speech.cleaning import audible
from voicecoach.speech.engine import Formants, HasModels, RawSpeech, SpeechEngine, owner
from voicecoach.speech.rulebook import rules
from voicecoach.speech.store import ClipStore
from voicecoach.units import MIX_RATE, Milliseconds, Rate, frames, milliseconds
from voicecoach.utterance import Said, Utterance

if TYPE_CHECKING:
    from concurrent.futures import Future

    from voicecoach.sound.clip import Clip
    from voicecoach.speech.takes import Take, Takes

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""

SHAPING = 3
"""Raised when shape.py, the levelling or timing.py make something else of the same speech."""
_AHEAD = 8
"""Utterances that are being made before the first of them is wanted: enough to keep everybody busy."""
_MAKERS = 2
"""Threads: one shapes while the other waits for the engine, or shapes too where there is a second core."""


class Speaker:
    """Clips of utterances, each said once by the engine and then kept; safe from several threads.

    With a cache they are kept between sessions too, under the text as it is written: the rules that
    make words of it are only loaded for a clip that is not there. The text is normalised for the language
    of the voice. An engine that only estimates is not asked: its clips are silence of the estimated length
    of the text as it was written. Otherwise a text that `takes` has is heard from there, at any pace
    equally long.
    """

    def __init__(
        self,
        engine: SpeechEngine,
        cache: ClipCache | None = None,
        rate: Rate = MIX_RATE,
        takes: "Takes | None" = None,
    ) -> None:
        self.engine = engine
        self.rate = rate
        self.takes = None if engine.estimated else takes
        self.cache = cache
        self._store = ClipStore()
        self._lengths: dict[Utterance, Milliseconds] = {}
        self._words: dict[Utterance, tuple[Said, ...]] = {}
        self._lock = threading.RLock()
        self.close = weakref.finalize(self, self._store.close)

    @property
    def problem(self) -> str | None:
        """Why clips are not kept between sessions, where they should be."""
        return self.cache.problem if self.cache else None

    def prepare(
        self, utterances: Iterable[Utterance], progress: Progress | None = None
    ) -> dict[Utterance, Milliseconds]:
        """Lengths of all `utterances`, multiples of 10 ms, after making the clips that are missing.

        `progress` hears only of those. Raises SpeechError at the first that cannot be said.
        """
        with self._lock:
            wanted = list(dict.fromkeys(utterances))
            missing = [utterance for utterance in wanted if not self._known(utterance)]
            if progress and missing:
                progress(0, len(missing))
            for done, (utterance, (pcm, words)) in enumerate(self._made(missing), 1):
                self._keep(utterance, pcm, words)
                if progress:
                    progress(done, len(missing))
            return {utterance: self._lengths[utterance] for utterance in wanted}

    def known(self, utterances: Iterable[Utterance]) -> dict[Utterance, Milliseconds]:
        """Lengths of those among `utterances` that are there without being spoken."""
        with self._lock:
            return {utterance: self._lengths[utterance] for utterance in utterances if self._known(utterance)}

    def length(self, utterance: Utterance) -> Milliseconds:
        """Length of one clip, a multiple of 10 ms."""
        return self.prepare([utterance])[utterance]

    def clip(self, utterance: Utterance) -> "Clip":
        """A new Clip each time: hold it only while it sounds."""
        load_whole("numpy")
        from voicecoach.speech import shape

        with self._lock:
            length = self.length(utterance)
            if self.engine.estimated:
                return shape.clip(bytes(2 * frames(length, self.rate)), self.rate)
            return shape.clip(self._store.get(utterance), self.rate)

    def digest(self, utterance: Utterance) -> str:
        """What tells the samples of one clip from all others."""
        with self._lock:
            length = self.length(utterance)
            return f"silence {length}" if self.engine.estimated else sha256(self._store.get(utterance)).hexdigest()

    def words(self, utterance: Utterance) -> tuple[Said, ...]:
        """The words of one clip as they were written, with their times; empty if the engine tells none."""
        load_whole("numpy")
        from voicecoach.speech.timing import as_written

        with self._lock:
            self.length(utterance)
            return as_written(utterance.text, self._words.get(utterance, ()))

    def heard(self, utterance: Utterance) -> tuple[Said, ...]:
        """The words of one clip as the engine was given them, with their times; empty if it tells none."""
        with self._lock:
            self.length(utterance)
            return self._words.get(utterance, ())

    def _known(self, utterance: Utterance) -> bool:
        """Whether the clip is here, perhaps only now from the cache."""
        if utterance in self._lengths:
            return True
        if self.engine.estimated:
            from voicecoach.speech.normalise import normalise

            if not audible(normalise(utterance.text, "en")):
                raise _silent(utterance)
            self._lengths[utterance] = estimate(utterance.text, utterance.rate)
            return True
        entry = self.cache.get(self._clip_key(utterance)) if self.cache else None
        words = _words(entry) if entry else None
        if entry is None or words is None or not entry.pcm:
            return False
        self._keep(utterance, entry.pcm, words)
        return True

    def _make(self, utterance: Utterance) -> tuple[bytes, tuple[Said, ...]]:
        """The samples and words of a clip, now in the cache too; called in several threads."""
        raw = self._say(utterance)
        load_whole("numpy", "soxr")
        from voicecoach.speech import shape, timing

        try:
            take = self._take(utterance)
            brighter = take is None and isinstance(owner(self.engine, utterance.voice), Formants)
            pcm = shape.shape(raw, self.rate, brighter=brighter)
            words = () if take else timing.said(self._parts(utterance), raw)
        except SpeechError as error:
            raise SpeechError(f"{error.what}: {utterance.text!r}", error.fix) from error
        if self.cache:
            self.cache.put(self._clip_key(utterance), Entry({"rate": self.rate, "words": words}, pcm))
        return pcm, words

    def _keep(self, utterance: Utterance, pcm: bytes, words: tuple[Said, ...]) -> None:
        self._store.put(utterance, pcm)
        self._words[utterance] = words
        self._lengths[utterance] = milliseconds(len(pcm) // 2, self.rate)

    def _made(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, tuple[bytes, tuple[Said, ...]]]]:
        """Each with its clip, in this order; those after it are made meanwhile, in threads of their own."""
        if not utterances:
            return
        from concurrent.futures import ThreadPoolExecutor

        rest = iter(utterances)
        pool = ThreadPoolExecutor(_MAKERS, "voicecoach-speech")
        try:
            waiting: list[tuple[Utterance, Future[tuple[bytes, tuple[Said, ...]]]]] = []
            while True:
                waiting += [(one, pool.submit(self._make, one)) for one in islice(rest, _AHEAD - len(waiting))]
                if not waiting:
                    return
                load_whole("numpy", "soxr")
                utterance, future = waiting.pop(0)
                yield utterance, future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _say(self, utterance: Utterance) -> list[RawSpeech]:
        if self.takes and (take := self._take(utterance)):
            return [self.takes.speech(take)]
        texts = self._parts(utterance)
        if not texts:
            raise _silent(utterance)
        return [self._raw(Utterance(text, utterance.voice, utterance.rate)) for text in texts]

    def _raw(self, utterance: Utterance) -> RawSpeech:
        """From the cache where shaping or the mix rate changed since."""
        if not self.cache:
            return self.engine.speak(utterance)
        name = key("raw", self._identity(utterance.voice), utterance.voice, utterance.rate, utterance.text)
        if entry := self.cache.get(name):
            speech = _raw_speech(entry)
            if speech:
                return speech
        speech = self.engine.speak(utterance)
        self.cache.put(name, Entry({"rate": speech.rate, "words": speech.words}, speech.pcm))
        return speech

    def _clip_key(self, utterance: Utterance) -> str:
        if take := self._take(utterance):
            return key("clip", SHAPING, self.rate, "take", take.digest)
        made = (SHAPING, self.rate, self._identity(utterance.voice), utterance.voice, utterance.rate)
        known = rules()
        if known is None:
            return key("clip", *made, self._text(utterance))
        return key("written", *made, known, utterance.spoken or utterance.text)

    def _identity(self, voice: str) -> str:
        engine = owner(self.engine, voice)
        return f"{engine.identity}/{engine.digest(voice)}" if isinstance(engine, HasModels) else engine.identity

    def _take(self, utterance: Utterance) -> "Take | None":
        return self.takes.find(utterance.text, self.engine.language(utterance.voice)) if self.takes else None

    def _parts(self, utterance: Utterance) -> list[str]:
        from voicecoach.speech.normalise import parts

        return parts(self._text(utterance))

    def _text(self, utterance: Utterance) -> str:
        from voicecoach.speech.normalise import normalise

        return normalise(utterance.spoken or utterance.text, self.engine.language(utterance.voice))


def _raw_speech(entry: Entry) -> RawSpeech | None:
    match entry.head:
        case {"rate": int(rate), "words": list(words)}:
            return RawSpeech(entry.pcm, rate, tuple((at, count, frame) for at, count, frame in words))
    return None


def _words(entry: Entry) -> tuple[Said, ...] | None:
    match entry.head:
        case {"words": list(words)}:
            return tuple(Said(start, end, text) for start, end, text in words)
    return None


def _silent(utterance: Utterance) -> SpeechError:
    return SpeechError(f"nothing can be heard in the text {utterance.text!r}", "write words to say")
