"""The port to a speech engine, and what is asked of it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias, runtime_checkable

from voicecoach.errors import SpeechError
from voicecoach.utterance import Utterance

Gender: TypeAlias = Literal["female", "male", ""]
"""How a voice is described; empty where nothing is said about it."""


class Voice(NamedTuple):
    """A voice that can be chosen: `id` is what a person types, `lang` a BCP 47 tag."""

    id: str
    lang: str
    title: str
    gender: Gender = ""


class RawSpeech(NamedTuple):
    """What an engine said: mono 16-bit samples as bytes, native rate, and where each word begins.

    `words` holds (character offset, character count, frame) in the text that was spoken.
    """

    pcm: bytes
    rate: int
    words: tuple[tuple[int, int, int], ...] = ()


class SpeechEngine(Protocol):
    """Makes speech; one contract suite runs over every engine.

    `identity` names everything that can change a sample (engine, library version, data), and
    so belongs to the key of every cached clip.
    """

    @property
    def name(self) -> str:
        """What a person types to choose it."""
        ...

    @property
    def estimated(self) -> bool:
        """Whether it only stands in for a voice: no sound, and lengths from the estimator."""
        ...

    @property
    def identity(self) -> str:
        """Engine, adapter and library version, data digest; raises SpeechError if it cannot start."""
        ...

    def voices(self) -> Sequence[Voice]:
        """The voices that can be chosen, best first."""
        ...

    def default_voice(self, lang: str) -> str | None:
        """The id of the best voice for a BCP 47 language; None if it speaks none of that language."""
        ...

    def language(self, voice: str) -> str:
        """The BCP 47 language of a voice; raises SpeechError, with near matches, if there is no such voice."""
        ...

    def speak(self, utterance: Utterance) -> RawSpeech:
        """The sound of normalised text; the same text always gives the same bytes.

        Raises SpeechError: no such voice, nothing audible to say, too long, or the engine failed.
        """
        ...

    def close(self) -> None:
        """Ends the engine's process; a later call of speak starts it again."""
        ...


@runtime_checkable
class HasModels(Protocol):
    """An engine whose voices are files of their own, so that another voice leaves the clips of the rest as they are."""

    def digest(self, voice: str) -> str:
        """What of the voice itself can change a sample; raises SpeechError if there is no such voice."""
        ...


@runtime_checkable
class Formants(Protocol):
    """An engine that makes its voices of formants: they lack brightness, and get it when a clip is shaped."""

    formants: bool


@runtime_checkable
class Chooser(Protocol):
    """An engine that leaves speaking to others, each with voices of its own."""

    def owner(self, voice: str) -> SpeechEngine:
        """The engine that has a voice; raises SpeechError if there is no such voice."""
        ...


def owner(engine: SpeechEngine, voice: str) -> SpeechEngine:
    """The engine that really speaks a voice: `engine` itself, unless it leaves that to others."""
    return engine.owner(voice) if isinstance(engine, Chooser) else engine


class UnknownVoiceError(SpeechError):
    """There is no such voice; `near` are ids that are like it."""

    def __init__(self, what: str, near: Sequence[str] = (), fix: str = "") -> None:
        like = f"did you mean {' or '.join(near)}?" if near else "voicecoach voices lists them"
        super().__init__(what, fix or like)
        self.near = tuple(near)
