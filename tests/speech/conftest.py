import ctypes
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.speech.acting import installed
from tests.tiny_voice import write_voice
from voicecoach.speech.auto import AutoEngine
from voicecoach.speech.choice import TABLE
from voicecoach.speech.engine import SpeechEngine
from voicecoach.speech.espeak import EspeakEngine, sources
from voicecoach.speech.piper import PiperEngine
from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine, drivers
from voicecoach.speech.silent import SilentEngine


@pytest.fixture(scope="module")
def espeak() -> Iterator[EspeakEngine]:
    """One engine a file; nothing a test does to it changes what it says to the next."""
    with EspeakEngine() as engine:
        yield engine


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installed Piper voices, to look at and to speak with but not to change."""
    folder = tmp_path_factory.mktemp("voices")
    write_voice(folder)
    write_voice(folder, "en_US-many-low", speakers=3)
    write_voice(folder, "de_DE-tiny-low", espeak="de")
    return folder


@pytest.fixture(scope="module")
def piper(shelf: Path) -> Iterator[PiperEngine]:
    """One engine a file, as with `espeak`."""
    with PiperEngine(shelf) as engine:
        yield engine


ENGINES: dict[str, Callable[[Path], SpeechEngine]] = {
    "auto": lambda _: AutoEngine(TABLE),
    "espeak": lambda _: EspeakEngine(),
    "piper": PiperEngine,
    "pyttsx3-installed": lambda _: Pyttsx3Engine(candidates=[installed()]),
    "pyttsx3-bundled": lambda _: Pyttsx3Engine(candidates=drivers()[1:]),
    "silent": lambda _: SilentEngine(),
}


@pytest.fixture(params=ENGINES.values(), ids=ENGINES.keys())
def make(
    request: pytest.FixtureRequest, shelf: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[], SpeechEngine]:
    """Makes an engine of one kind, on a machine where no voice was added."""
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    kind = request.param
    return lambda: kind(shelf)


@pytest.fixture
def engine(make: Callable[[], SpeechEngine]) -> Iterator[SpeechEngine]:
    engine = make()
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
