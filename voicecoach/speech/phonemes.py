"""How words are said, in the international phonetic alphabet, by the bundled speech library; no sound is made."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from voicecoach.errors import SpeechError
from voicecoach.speech.espeak import sources
from voicecoach.speech.espeak_process import INSTALL, Source

_PROGRAM = Path(__file__).with_name("espeak_phonemes.py")
_TIMEOUT = 30.0


def phonemes(
    texts: Sequence[str], voice: str = "gmw/en", *, candidates: Sequence[Source] | None = None
) -> tuple[str, ...]:
    """The phonemes of each text, one after another; `voice` is a file of the library's languages.

    A short-lived process of its own does it: the library ends or crashes its process on some errors.
    Raises SpeechError if there is no library.
    """
    if not texts:
        return ()
    for source in sources() if candidates is None else candidates:
        parent = str(source.data.parent) if source.data else ""
        command = [sys.executable, "-I", "-S", str(_PROGRAM), source.library, parent]
        request = json.dumps({"voice": voice, "texts": list(texts)}).encode()
        try:
            done = subprocess.run(command, input=request, capture_output=True, timeout=_TIMEOUT, check=True)
            found = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.SubprocessError):
            continue
        if isinstance(found, list) and len(found) == len(texts):
            return tuple(str(one) for one in found)
    raise SpeechError("there is no speech engine that tells how words are said: espeak-ng was not found", INSTALL)
