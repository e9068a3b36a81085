"""`voicecoach voices try`: a sentence by one voice, aloud."""

import argparse

from voicecoach import locations
from voicecoach.cli import DONE, terminal
from voicecoach.cli.hearing import hear
from voicecoach.cli.voices_find import known
from voicecoach.estimate import REFERENCE_WPM
from voicecoach.interrupts import load_whole
from voicecoach.output.backends import choose
from voicecoach.report import plain
from voicecoach.speech.choice import speaking
from voicecoach.speech.piper_pace import sentence
from voicecoach.utterance import Utterance

_WITHOUT_WORDS = "1, 2, 3."


def try_voice(chosen: argparse.Namespace) -> int:
    """Says a text as a session would; raises SpeechError, and DeviceError if the device does not open."""
    device = choose(chosen.device)
    voice = known(chosen.voice)
    text = sentence(voice.lang) or _WITHOUT_WORDS if chosen.text is None else chosen.text
    terminal.say(f"{voice.id} ({voice.lang}): {plain(text)}")
    with speaking(voice.engine, locations.cache_dir() / "clips") as speaker:
        clip = speaker.clip(Utterance(text, voice.id, chosen.pace or REFERENCE_WPM))
    load_whole("numpy")
    import numpy as np

    hear((np.clip(clip.samples, -1, 1) * 32767).astype("<i2").tobytes(), device, "")
    return DONE
