"""The voices of the system, in real processes: those of espeak-ng, and a driver that goes wrong on purpose."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.speech.acting import ACTING, HALF, PROGRAM, acting, installed
from voicecoach.errors import SpeechError
from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine, drivers
from voicecoach.speech.pyttsx3_process import PROGRAM as WORKER
from voicecoach.speech.pyttsx3_process import Driver
from voicecoach.speech.speaker import Speaker
from voicecoach.utterance import Utterance

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and sessions")

LONG = Utterance("Breathe in, and out again. " * 40, "en", 160)


def say(engine: Pyttsx3Engine, text: str) -> bytes:
    return engine.speak(Utterance(text, "Anna", 150)).pcm


def wait_for(condition: Callable[[], object]) -> None:
    patience = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < patience
        time.sleep(0.001)


# ---- what goes right -----------------------------------------------------------------------------


def test_the_installed_and_the_bundled_library_are_told_apart() -> None:
    with Pyttsx3Engine(candidates=[installed()]) as one, Pyttsx3Engine(candidates=drivers()[1:]) as other:
        assert one.driver.startswith("espeak 1.")
        assert other.driver == "espeak 1.52.0"
        assert one.identity != other.identity


def test_a_voice_of_the_right_language_speaks() -> None:
    with Pyttsx3Engine(candidates=drivers()[1:]) as engine:
        voice = engine.default_voice("de")
        assert voice
        german = engine.speak(Utterance("Wechsle zum rechten Fuß.", voice, 150))
        english = engine.speak(Utterance("Wechsle zum rechten Fuß.", "en", 150))

    assert german.pcm != english.pcm


def test_no_clip_of_many_at_once_is_spoken_at_another_rate() -> None:
    utterance = Utterance("One.", "en", 160)
    with Pyttsx3Engine(candidates=drivers()[1:]) as engine, ThreadPoolExecutor(8) as pool:
        said = set(pool.map(engine.speak, [utterance] * 100))

    assert len(said) == 1


def test_what_a_driver_prints_stays_away(capfd: pytest.CaptureFixture[str]) -> None:
    with acting() as engine:
        assert len(say(engine, "noisy")) == 2 * HALF
    with Pyttsx3Engine(candidates=drivers()[1:]) as engine:
        engine.speak(Utterance("Rest.", "en", 150))

    assert capfd.readouterr() == ("", "")


def test_aiff_is_the_same_sound() -> None:
    with acting() as engine:
        assert say(engine, "aiff") == say(engine, "wave")


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with acting() as engine:
        say(engine, "fine")
        with pytest.raises(SpeechError):
            say(engine, "prose")

    assert list(tmp_path.iterdir()) == []


def test_the_bundled_library_is_taken_where_the_systems_own_does_not_start() -> None:
    with Pyttsx3Engine(candidates=[Driver("nosuch"), *drivers()[1:]]) as engine:
        assert engine.driver == "espeak 1.52.0"


def test_starting_loads_neither_pyttsx3_nor_numpy() -> None:
    program = """
import sys
from voicecoach.speech.choice import chosen
chosen("pyttsx3").default_voice("en")
print(*{"pyttsx3", "numpy", "soxr", "yaml", "objc", "comtypes"} & set(sys.modules))
"""

    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "\n"


# ---- what goes wrong once ------------------------------------------------------------------------


@posix
def test_a_process_killed_in_the_middle_of_a_clip_is_started_once_more() -> None:
    with Pyttsx3Engine(candidates=drivers()[1:]) as engine:
        before = engine.speak(LONG)
        said = []
        asking = threading.Thread(target=lambda: said.append(engine.speak(LONG)))
        asking.start()
        wait_for(lambda: engine.process_ids)
        (process,) = engine.process_ids

        os.kill(process, signal.SIGSTOP)
        os.kill(process, signal.SIGKILL)
        asking.join()

        assert said == [before]
        assert engine.process_ids == ()


@pytest.mark.parametrize("deed", ["die", "exit", "nothing", "empty", "cut", "prose"])
def test_a_clip_that_was_lost_once_is_whole_in_the_end(
    deed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = tmp_path / "once"
    monkeypatch.setenv("ACTING_ONCE", str(once))

    with acting() as engine:
        assert len(say(engine, f"{deed} once")) == 2 * HALF
    assert once.exists()


def test_a_clip_that_hung_once_is_whole_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTING_ONCE", str(tmp_path / "once"))

    with acting(2.0) as engine:
        assert len(say(engine, "hang once")) == 2 * HALF


# ---- what stays wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "what"),
    [
        ("die", "the speech engine stopped, twice, on 'die'"),
        ("exit", "the speech engine stopped, twice, on 'exit'"),
        ("nothing", "the speech engine wrote no file (No such file or directory), twice, on 'nothing'"),
        (
            "empty",
            "the speech engine wrote a file that cannot be used (the file is empty), twice, on 'empty'",
        ),
        (
            "cut",
            "the speech engine wrote a file that cannot be used (11047 bytes of the sound are missing)"
            ", twice, on 'cut'",
        ),
        (
            "prose",
            "the speech engine wrote a file that cannot be used (the file is neither WAV nor AIFF), twice, on 'prose'",
        ),
        ("raise", "the speech engine failed on 'raise': OSError: the voice is locked"),
        ("stop", "the speech engine failed on 'stop': it stopped before the end"),
    ],
)
def test_a_clip_that_cannot_be_had_is_an_error_with_its_text(deed: str, what: str) -> None:
    with acting() as engine, pytest.raises(SpeechError) as error:
        say(engine, deed)

    assert error.value.what == what
    assert error.value.fix.endswith("choose another --engine")


def test_sound_without_a_word_is_no_silent_gap() -> None:
    with acting() as engine, pytest.raises(SpeechError) as error:
        Speaker(engine).prepare([Utterance("silence", "Anna", 150)])

    assert str(error.value) == "nothing can be heard in what the speech engine said: 'silence'"


@posix
def test_an_engine_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child"
    monkeypatch.setenv("ACTING_CHILD", str(child))

    with acting(1.5) as engine, pytest.raises(SpeechError) as error:
        say(engine, "child")

    assert error.value.what == "the speech engine did not answer within 1.5 s, twice, on 'child'"
    wait_for(lambda: not is_running(int(child.read_text())))


def test_closing_ends_what_still_speaks() -> None:
    with acting() as engine:
        refused: list[SpeechError] = []

        def ask() -> None:
            try:
                say(engine, "hang")
            except SpeechError as error:
                refused.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        while asking.is_alive():
            engine.close()
            asking.join(0.01)

    assert refused


@posix
def test_a_worker_left_alone_ends_by_itself(tmp_path: Path) -> None:
    request = f'{{"patience": 1, "text": "hang", "voice": "x", "rate": 150, "file": "{tmp_path / "clip.wav"}"}}'

    words = [*PROGRAM, "acting", "", ""]
    done = subprocess.run(words, check=False, input=request, capture_output=True, text=True, timeout=30)

    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@posix
def test_interrupt_from_the_terminal_does_not_reach_the_process() -> None:
    with Pyttsx3Engine(candidates=drivers()[1:]) as engine:
        before = engine.speak(LONG)
        said = []
        asking = threading.Thread(target=lambda: said.append(engine.speak(LONG)))
        asking.start()
        wait_for(lambda: engine.process_ids)
        (process,) = engine.process_ids

        assert os.getsid(process) == process
        asking.join()

        assert said == [before]


def test_a_system_without_voices_says_what_is_missing() -> None:
    with Pyttsx3Engine(candidates=[Driver("nosuch")]) as engine, pytest.raises(SpeechError) as error:
        engine.default_voice("en")

    assert error.value.what == "pyttsx3 could not start: ModuleNotFoundError: No module named 'pyttsx3.drivers.nosuch'"
    assert error.value.fix == "install it with  pip install pyttsx3, or choose another --engine"


def test_a_library_that_is_none_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "libespeak-ng.so"
    broken.write_bytes(b"for another system")

    with (
        Pyttsx3Engine(candidates=[Driver("espeak", str(broken), str(tmp_path))]) as engine,
        pytest.raises(SpeechError, match="pyttsx3 could not start: OSError: "),
    ):
        engine.default_voice("en")


def test_a_library_that_ends_the_process_says_so(tmp_path: Path) -> None:
    _, bundled = drivers()

    with (
        Pyttsx3Engine(candidates=[bundled._replace(data_parent=str(tmp_path))]) as engine,
        pytest.raises(SpeechError) as error,
    ):
        engine.default_voice("en")

    assert error.value.what == "the speech engine stopped, twice"


def test_a_full_or_missing_temporary_folder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting() as engine:
        say(engine, "fine")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

        with pytest.raises(SpeechError) as error:
            say(engine, "fine")

    assert error.value.what == f"speech cannot be written to {tmp_path / 'gone'}: No such file or directory"
    assert "TMPDIR" in error.value.fix


@posix
def test_a_file_that_cannot_be_written_is_told_at_once() -> None:
    request = '{"patience": 20, "text": "Rest.", "voice": "gmw/en", "rate": 150, "file": "/no/such/folder/clip.wav"}'

    done = subprocess.run([*WORKER, *drivers()[1]], input=request, capture_output=True, text=True, check=True)

    assert done.stdout.startswith('{"error": "RuntimeError: Error saving WAV file: ')


def test_a_program_that_is_not_there_is_an_error() -> None:
    with Pyttsx3Engine(candidates=[ACTING], program=("no-such-python",)) as engine, pytest.raises(SpeechError) as error:
        engine.default_voice("de")

    assert error.value.what == "no process can be started to speak: No such file or directory"


def test_too_long_sound_is_refused() -> None:
    with Pyttsx3Engine(candidates=drivers()[1:], longest=2.0) as engine, pytest.raises(SpeechError) as error:
        engine.speak(LONG)

    assert "takes more than 2 s to say" in error.value.what
    assert error.value.fix == "split it into several steps"


def test_the_worker_answers_with_one_object_and_nothing_else() -> None:
    request = '{"patience": 20}'

    done = subprocess.run([*WORKER, *drivers()[1]], input=request, capture_output=True, text=True, check=True)

    assert done.stdout.startswith('{"driver": "espeak"')
    assert done.stderr == ""


def is_running(process: int) -> bool:
    """Whether a process that is not ours still runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
