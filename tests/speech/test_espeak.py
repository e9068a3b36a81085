import os
import select
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from voicecoach.errors import SpeechError
from voicecoach.speech.espeak import EspeakEngine, sources
from voicecoach.speech.espeak_process import Source
from voicecoach.utterance import Utterance

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and sessions")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

HELLO = Utterance("Switch to the right foot.", "en-gb", 160)


def test_words_come_with_their_place_and_time(espeak: EspeakEngine) -> None:
    speech = espeak.speak(Utterance("Größe, then relax.", "en-gb", 160))

    assert [(at, count) for at, count, _ in speech.words] == [(0, 5), (7, 4), (12, 5)]
    frames = [frame for _, _, frame in speech.words]
    assert frames == sorted(set(frames))


def test_another_process_says_the_same_bytes(espeak: EspeakEngine) -> None:
    program = f"""
from hashlib import sha256
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.utterance import Utterance
with EspeakEngine() as engine:
    engine.speak(Utterance("Something else first.", "en-us-female", 140))
    print(sha256(engine.speak({HELLO!r}).pcm).hexdigest())
"""

    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert other.stdout.strip() == sha256(espeak.speak(HELLO).pcm).hexdigest()
    assert other.stderr == ""


def test_starting_loads_no_numpy() -> None:
    program = """
import sys
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.speaker import Speaker
import voicecoach.speech.engine
EspeakEngine().identity
print(*{"numpy", "soxr", "yaml"} & set(sys.modules))
"""

    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "\n"


@posix
def test_killed_process_is_started_again(espeak: EspeakEngine) -> None:
    before = espeak.speak(HELLO)
    killed = espeak.process_id
    assert killed

    os.kill(killed, signal.SIGKILL)

    assert espeak.speak(HELLO) == before
    assert espeak.process_id != killed


@posix
def test_process_killed_during_a_clip_is_asked_once_more(espeak: EspeakEngine) -> None:
    before = espeak.speak(HELLO)
    stopped = espeak.process_id
    assert stopped
    os.kill(stopped, signal.SIGSTOP)
    said = []
    asking = threading.Thread(target=lambda: said.append(espeak.speak(HELLO)))
    asking.start()

    os.kill(stopped, signal.SIGKILL)
    asking.join()

    assert said == [before]


@posix
def test_hanging_process_is_ended_and_asked_once_more() -> None:
    with EspeakEngine(timeout=2.0) as engine:
        before = engine.speak(HELLO)
        stopped = engine.process_id
        assert stopped

        os.kill(stopped, signal.SIGSTOP)

        assert engine.speak(HELLO) == before
        assert engine.process_id != stopped


def test_process_that_always_hangs_is_an_error_with_the_text() -> None:
    with EspeakEngine(timeout=0.0) as engine, pytest.raises(SpeechError) as error:
        engine.speak(HELLO)

    assert str(error.value) == "the speech engine did not answer within 0 s, twice, on 'Switch to the right foot.'"
    assert error.value.fix == "write the text differently, or choose another --engine"
    assert engine.process_id is None


@posix
def test_interrupt_from_the_terminal_does_not_reach_the_process(
    espeak: EspeakEngine, capfd: pytest.CaptureFixture[str]
) -> None:
    before = espeak.speak(HELLO)
    process = espeak.process_id
    assert process
    assert os.getsid(process) == process

    os.kill(process, signal.SIGINT)

    assert espeak.speak(HELLO) == before
    assert espeak.process_id == process
    assert capfd.readouterr() == ("", "")


@linux
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits by a process's file")
def test_process_ends_with_its_parent() -> None:
    program = f"""
import os, sys
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.utterance import Utterance
engine = EspeakEngine()
engine.speak({HELLO!r})
print(engine.process_id, flush=True)
sys.stdin.read()
os.kill(os.getpid(), 9)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        worker = os.pidfd_open(int(parent.stdout.readline()))
        assert select.select([worker], [], [], 0) == ([], [], [])

        parent.stdin.close()
        parent.wait()

        assert select.select([worker], [], [], 10) == ([worker], [], [])
    os.close(worker)


@linux
def test_library_that_cannot_be_unloaded_gets_a_process_a_clip(
    espeak: EspeakEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = espeak.speak(HELLO)
    monkeypatch.setenv("LD_PRELOAD", sources()[0].library)

    with EspeakEngine() as engine:
        said = [engine.speak(HELLO) for _ in range(3)]
        left = engine.process_id

    assert said == [expected] * 3
    assert left is None


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with EspeakEngine() as engine:
        engine.speak(Utterance("日本語 <b> [[ \x01 %s", "en-gb", 160))

    assert capfd.readouterr() == ("", "")


def test_too_long_sound_is_refused_and_the_next_clip_is_fine(espeak: EspeakEngine) -> None:
    with EspeakEngine(longest=2.0) as engine:
        with pytest.raises(SpeechError) as error:
            engine.speak(Utterance("Breathe in, and out again. " * 40, "en-gb", 160))

        assert engine.speak(HELLO) == espeak.speak(HELLO)
    assert "takes more than 2 s to say" in str(error.value)
    assert error.value.fix == "split it into several steps"


def test_two_minutes_is_the_most_by_default(espeak: EspeakEngine) -> None:
    with pytest.raises(SpeechError, match="takes more than 120 s to say"):
        espeak.speak(Utterance("word " * 20_000, "en-gb", 160))


@pytest.mark.parametrize(("asked", "taken"), [(10, 80), (-5, 80), (4_000, 450)])
def test_rate_is_held_in_the_range_of_the_library(espeak: EspeakEngine, asked: int, taken: int) -> None:
    assert espeak.speak(Utterance("Rest now.", "en-gb", asked)) == espeak.speak(Utterance("Rest now.", "en-gb", taken))


def test_long_data_path_is_no_trouble(espeak: EspeakEngine, tmp_path: Path) -> None:
    source = sources()[0]
    assert source.data
    deep = tmp_path / ("d" * 90) / ("e" * 90)
    deep.mkdir(parents=True)
    try:
        (deep / source.data.name).symlink_to(source.data, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")

    with EspeakEngine(candidates=[Source(source.library, deep / source.data.name)]) as engine:
        assert engine.speak(HELLO) == espeak.speak(HELLO)


def test_next_source_is_taken_where_the_first_is_missing(espeak: EspeakEngine) -> None:
    bundled = sources()[0]

    with EspeakEngine(candidates=[Source("no-such-library.so"), bundled]) as engine:
        assert engine.speak(HELLO) == espeak.speak(HELLO)
        assert engine.version


def test_bundled_library_that_cannot_be_loaded_gives_way_to_the_next(espeak: EspeakEngine, tmp_path: Path) -> None:
    bundled = sources()[0]
    broken = tmp_path / "libespeak-ng.so"
    broken.write_bytes(b"for another system")

    with EspeakEngine(candidates=[Source(str(broken), bundled.data), bundled]) as engine:
        before = engine.identity

        assert engine.speak(HELLO) == espeak.speak(HELLO)
        assert before != engine.identity == espeak.identity


def test_missing_library_is_an_error_with_the_way_to_get_it(tmp_path: Path) -> None:
    with EspeakEngine(candidates=[Source(str(tmp_path / "none.so"))]) as engine, pytest.raises(SpeechError) as error:
        engine.speak(HELLO)

    assert str(error.value) == "there is no speech engine: espeak-ng was not found"
    assert "pip install espeakng-loader" in error.value.fix


def test_missing_data_is_an_error(tmp_path: Path) -> None:
    library = sources()[0].library

    with EspeakEngine(candidates=[Source(library, tmp_path / "none")]) as engine, pytest.raises(SpeechError) as error:
        engine.speak(HELLO)

    assert str(error.value) == "there is no speech engine: espeak-ng was not found"


def test_identity_follows_the_data(espeak: EspeakEngine, tmp_path: Path) -> None:
    source = sources()[0]
    data = tmp_path / "espeak-ng-data"
    for name in ("lang/gmw/en", "voices/!v/f3", "en_dict", "phontab"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"x")
    candidates = [Source(source.library, data)]
    before = EspeakEngine(candidates=candidates).identity

    (data / "en_dict").write_bytes(b"y")

    assert len({before, EspeakEngine(candidates=candidates).identity, espeak.identity}) == 3
