"""Which engine on this machine has a voice."""

from typing import NamedTuple

from voicecoach import locations
from voicecoach.errors import SpeechError
from voicecoach.speech.choice import EngineName


class Known(NamedTuple):
    """A voice by its whole name, its BCP 47 language, and the engine to ask for."""

    id: str
    lang: str
    engine: EngineName


def known(name: str) -> Known:
    """The voice a person typed; raises SpeechError, with near matches of every engine, if none has it."""
    from voicecoach.speech.choice import speaking
    from voicecoach.speech.piper_voices import PiperVoices

    voices = PiperVoices(locations.voices_dir())
    try:
        chosen = voices.find(name)
        return Known(chosen.name, chosen.voice.lang, "piper")
    except SpeechError as error:
        natural = error
    with speaking("auto", locations.cache_dir() / "clips") as speaker:
        try:
            return Known(name, speaker.engine.language(name), "auto")
        except SpeechError as error:
            raise (natural if _helps(natural) and not _helps(error) else error) from None


def _helps(error: SpeechError) -> bool:
    """Whether it names something near, or says what is wrong with the voice that was meant."""
    return error.fix.startswith(("did you mean", "try ")) or "is installed" not in error.what
