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
    from voicecoach.speech.voice_names import near_voices

    voices = PiperVoices(locations.voices_dir())
    if voices.mentions(name):
        chosen = voices.find(name)
        return Known(chosen.name, chosen.voice.lang, "piper")
    with speaking("auto", locations.cache_dir() / "clips") as speaker:
        try:
            return Known(name, speaker.engine.language(name), "auto")
        except SpeechError as error:
            names = [voice.id for voice in (*voices.all(), *speaker.engine.voices())]
            near = near_voices(name, names)
            fix = f"did you mean {' or '.join(near)}?" if near else "voicecoach voices list  shows the installed ones"
            raise SpeechError(f"no voice {name!r} is installed", fix) from error
