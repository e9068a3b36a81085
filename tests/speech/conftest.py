import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicecoach.speech.espeak import EspeakEngine, sources
from voicecoach.speech.silent import SilentEngine


@pytest.fixture(scope="module")
def espeak() -> Iterator[EspeakEngine]:
    """One engine a file; nothing a test does to it changes what it says to the next."""
    with EspeakEngine() as engine:
        yield engine


@pytest.fixture(params=[EspeakEngine, SilentEngine], ids=["espeak", "silent"])
def engine(request: pytest.FixtureRequest) -> Iterator[EspeakEngine | SilentEngine]:
    engine = request.param()
    yield engine
    engine.close()


class Phonemes:
    """What the bundled library makes of a text, in the international phonetic alphabet."""

    IPA = 0x02

    def __init__(self) -> None:
        source = sources()[0]
        assert source.data
        self.library = ctypes.CDLL(source.library)
        self.library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.library.espeak_Initialize(2, 0, str(source.data.parent).encode(), 0x8000)

    def of(self, text: str, voice: str = "gmw/en") -> str:
        self.library.espeak_SetVoiceByName(voice.encode())
        buffer = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(buffer))
        clauses = []
        while rest.value:
            clauses.append((self.library.espeak_TextToPhonemes(ctypes.byref(rest), 1, self.IPA) or b"").decode())
        return " ".join(clauses)


@pytest.fixture(scope="session")
def phonemes() -> Phonemes:
    source = sources()[0]
    if source.data is None or len(str(Path(source.data).parent)) >= 150:
        pytest.skip("the library takes no longer path in this process")
    return Phonemes()


posix = pytest.mark.skipif(sys.platform == "win32", reason="signals to a process")
