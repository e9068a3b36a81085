"""The engine that says nothing for as long as it would take."""

from collections.abc import Sequence

from voicecoach.errors import SpeechError
from voicecoach.estimate import estimate
from voicecoach.speech.cleaning import audible
from voicecoach.speech.engine import RawSpeech, Voice
from voicecoach.units import MIX_RATE, frames
from voicecoach.utterance import Utterance


class SilentEngine:
    """Silence of the estimated length; needs nothing and takes any voice."""

    name = "silent"
    estimated = True
    identity = "silent"

    def voices(self) -> Sequence[Voice]:
        """One, whose id is empty: nobody speaks."""
        return (Voice("", "en", "Silence"),)

    def default_voice(self, lang: str) -> str | None:  # noqa: ARG002
        """The one voice, in every language."""
        return ""

    def language(self, voice: str) -> str:  # noqa: ARG002
        """English, so that texts are normalised."""
        return "en"

    def speak(self, utterance: Utterance) -> RawSpeech:
        """Zeros at the mix rate."""
        if not audible(utterance.text):
            raise SpeechError(f"nothing can be heard in the text {utterance.text!r}", "write words to say")
        return RawSpeech(bytes(2 * frames(estimate(utterance.text, utterance.rate), MIX_RATE)), MIX_RATE)

    def close(self) -> None:
        """Nothing to end."""
