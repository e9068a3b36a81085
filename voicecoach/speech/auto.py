"""The engine that leaves speaking to the best of several: each voice to the one that has it."""

import threading
from collections.abc import Iterator, Sequence

from voicecoach.errors import SpeechError
from voicecoach.speech.choice import Row
from voicecoach.speech.engine import RawSpeech, SpeechEngine, UnknownVoiceError, Voice
from voicecoach.utterance import Utterance


class AutoEngine:
    """Takes for a language, and for a voice by its name, the first engine of a table that has it.

    An engine is made when the ones before it did not do; one that cannot say what voices it has is
    passed over, and its error is told only if no other engine has what is wanted.
    """

    name = "auto"
    estimated = False

    def __init__(self, table: Sequence[Row]) -> None:
        self._table = table
        self._made: dict[str, SpeechEngine] = {}
        self._owners: dict[str, SpeechEngine] = {}
        self._lock = threading.RLock()

    @property
    def identity(self) -> str:
        """Those of all engines that are here; the clips of a voice hang on its owner's alone."""
        return " ".join(["auto", *(engine.identity for engine in self._engines())])

    def voices(self) -> Sequence[Voice]:
        """Those of every engine that can tell, in the order of the table."""
        found: list[Voice] = []
        for engine in self._engines():
            try:
                found += engine.voices()
            except SpeechError:
                continue
        return found

    def default_voice(self, lang: str) -> str | None:
        """The voice of the first engine that speaks a BCP 47 language; None if none does.

        Raises SpeechError if none does because an engine is broken.
        """
        broken = None
        for engine in self._engines():
            try:
                voice = engine.default_voice(lang)
            except SpeechError as error:
                broken = broken or error
                continue
            if voice is not None:
                self._owners.setdefault(voice, engine)
                return voice
        if broken:
            raise broken
        return None

    def owner(self, voice: str) -> SpeechEngine:
        """The engine that has a voice; raises SpeechError, with near matches of all of them, if there is none."""
        if voice in self._owners:
            return self._owners[voice]
        refusals: list[SpeechError] = []
        for engine in self._engines():
            try:
                engine.language(voice)
            except SpeechError as error:
                refusals.append(error)
                continue
            self._owners[voice] = engine
            return engine
        unknown = [refusal for refusal in refusals if isinstance(refusal, UnknownVoiceError)]
        if not unknown:
            raise refusals[0]
        raise next(
            (one for one in unknown if one.near), UnknownVoiceError(f"no voice {voice!r} in any speech engine here")
        )

    def language(self, voice: str) -> str:
        """The BCP 47 language of a voice of any engine."""
        return self.owner(voice).language(voice)

    def speak(self, utterance: Utterance) -> RawSpeech:
        """By the engine that has the voice."""
        return self.owner(utterance.voice).speak(utterance)

    def close(self) -> None:
        """Ends the processes of every engine that was made."""
        with self._lock:
            for engine in self._made.values():
                engine.close()

    def _engines(self) -> Iterator[SpeechEngine]:
        """Those that are here, made one after the other; raises SpeechError if there are none at all."""
        here = [row for row in self._table if row.has_voices() and row.is_here()]
        if not here:
            installs = ", or ".join(row.install for row in self._table)
            raise SpeechError("there is no speech engine", installs)
        for row in here:
            with self._lock:
                if row.name not in self._made:
                    self._made[row.name] = row.make()
            yield self._made[row.name]
