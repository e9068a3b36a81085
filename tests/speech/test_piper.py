import json
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.tiny_voice import Noise, write_voice
from voicecoach.errors import SpeechError
from voicecoach.estimate import estimate
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.piper import PiperEngine
from voicecoach.speech.piper_pace import SENTENCES
from voicecoach.speech.speaker import Speaker
from voicecoach.utterance import Utterance

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and sessions")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

TINY, MANY, GERMAN = "en_GB-tiny-low", "en_US-many-low", "de_DE-tiny-low"
HELLO = Utterance("Switch to the right foot.", TINY, 160)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of voices to change."""
    write_voice(tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def engine(own: Path) -> Iterator[PiperEngine]:
    with PiperEngine(own) as engine:
        yield engine


def seconds(pcm: bytes, rate: int) -> float:
    return len(pcm) / 2 / rate


# ---- speaking ------------------------------------------------------------------------------------


def test_words_come_with_their_place_and_time(piper: PiperEngine) -> None:
    text = "Größe, then 20 of the feet."

    speech = piper.speak(Utterance(text, TINY, 160))

    assert [text[at : at + count] for at, count, _ in speech.words] == ["Größe,", "then", "20", "of", "the", "feet."]
    frames = [frame for _, _, frame in speech.words]
    assert frames == sorted(set(frames))


def test_each_word_begins_where_it_is_heard(piper: PiperEngine) -> None:
    """In this voice only spaces and stops are silent."""
    speech = piper.speak(Utterance("Keep your heel down, and relax. Two more.", TINY, 160))

    samples = np.abs(np.frombuffer(speech.pcm, np.int16).astype(int))
    loud = samples[: len(samples) // 256 * 256].reshape(-1, 256).max(axis=1) > 300
    heard = [at * 256 for at in range(1, len(loud)) if loud[at] and not loud[max(0, at - 4) : at].any()]
    marks = [frame for _, _, frame in speech.words]
    assert len(marks) == len(heard) == 8
    # a mark is on the stress before the first sound, which is silent here
    assert all(abs(mark - at) <= 3 * 256 for mark, at in zip(marks, heard, strict=True)), (marks, heard)


def test_sentences_are_said_one_by_one_with_a_pause(piper: PiperEngine) -> None:
    first, second, both = (piper.speak(Utterance(t, TINY, 160)) for t in ("Go.", "Stop.", "Go. Stop."))

    silent = seconds(both.pcm, both.rate) - seconds(first.pcm, both.rate) - seconds(second.pcm, both.rate)

    assert 0.15 < silent < 0.3
    assert both.pcm.startswith(first.pcm)
    assert both.pcm.endswith(second.pcm)


def test_another_process_says_the_same_bytes(piper: PiperEngine, shelf: Path) -> None:
    program = f"""
from hashlib import sha256
from pathlib import Path
from voicecoach.speech.piper import PiperEngine
from voicecoach.utterance import Utterance
with PiperEngine(Path({str(shelf)!r})) as engine:
    engine.speak(Utterance("Something else first.", {TINY!r}, 140))
    print(sha256(engine.speak({HELLO!r}).pcm).hexdigest())
"""

    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert other.stdout.strip() == sha256(piper.speak(HELLO).pcm).hexdigest()
    assert other.stderr == ""


def test_noise_that_cannot_be_fixed_is_left_out(tmp_path: Path) -> None:
    write_voice(tmp_path, noise="odd")

    with PiperEngine(tmp_path) as engine:
        said = {engine.speak(HELLO).pcm for _ in range(4)}

    assert len(said) == 1


def test_a_session_with_a_voice_is_kept_as_the_same_clips(shelf: Path, tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        with PiperEngine(shelf) as engine:
            speaker = Speaker(engine, ClipCache(tmp_path))
            made.append((speaker.clip(HELLO).samples.tobytes(), speaker.words(HELLO), engine.process_ids != ()))

    assert made[0][:2] == made[1][:2]
    assert [word.text for word in made[0][1]] == HELLO.text.split()
    assert [spoken for _, _, spoken in made] == [True, False]


@pytest.mark.parametrize("text", ["[[h@l'oU]] aloud", "[[[[ aloud", "]] aloud [["])
def test_brackets_are_no_sounds(text: str, piper: PiperEngine) -> None:
    words = piper.speak(Utterance(text, TINY, 160)).words

    assert "aloud" in [text[at : at + count] for at, count, _ in words]


def test_too_long_a_text_is_refused_and_the_next_clip_is_fine(piper: PiperEngine, shelf: Path) -> None:
    with PiperEngine(shelf, longest=2.0) as engine:
        for text in ("Breathe in, and out again. " * 3, "word " * 20_000):
            with pytest.raises(SpeechError) as error:
                engine.speak(Utterance(text, TINY, 160))
            assert "takes more than 2 s to say" in str(error.value)
            assert error.value.fix == "split it into several steps"

        assert engine.speak(HELLO) == piper.speak(HELLO)


def test_nothing_is_printed(shelf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with PiperEngine(shelf) as engine:
        engine.speak(Utterance("日本語 <b> [[ \x01 %s", TINY, 160))

    assert capfd.readouterr() == ("", "")


# ---- pace ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("voice", [TINY, GERMAN])
@pytest.mark.parametrize("rate", [120, 160, 240])
def test_a_sentence_takes_what_is_estimated_at_any_pace(voice: str, rate: int, piper: PiperEngine) -> None:
    text = SENTENCES[voice[:2]]

    speech = piper.speak(Utterance(text, voice, rate))

    assert seconds(speech.pcm, speech.rate) * 1_000 == pytest.approx(estimate(text, rate), rel=0.1)


def test_a_slow_voice_and_a_quick_one_say_as_much_in_a_minute(tmp_path: Path) -> None:
    inference = {"noise_scale": 0.667, "noise_w": 0.8}
    write_voice(tmp_path, "en_GB-slow-low", inference=inference | {"length_scale": 1.5})
    write_voice(tmp_path, "en_GB-quick-low", inference=inference | {"length_scale": 0.8})
    text = "Sit on a sturdy chair near a wall, with bare feet."

    with PiperEngine(tmp_path) as engine:
        slow, quick = (engine.speak(Utterance(text, f"en_GB-{one}-low", 160)) for one in ("slow", "quick"))

    assert len(slow.pcm) == pytest.approx(len(quick.pcm), rel=0.1)


def test_the_pace_is_measured_once_and_kept_with_the_voice(engine: PiperEngine, own: Path) -> None:
    before = engine.speak(HELLO)
    note = own / TINY / "voicecoach.json"
    kept = json.loads(note.read_text("utf-8"))
    fixed, stretched = kept["pace"]["0"]

    note.write_text(json.dumps(kept | {"pace": {"0": [fixed, stretched // 2]}}), "utf-8")

    with PiperEngine(own) as other:
        assert len(other.speak(HELLO).pcm) > 1.5 * len(before.pcm)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"pace": 3}',
        '{"method": 1, "pace": {"0": [1, 0]}}',
        '{"files": [], "pace": {"0": 9}, "method": 1}',
        "\xff",
    ],
)
def test_a_damaged_note_is_made_again(text: str, engine: PiperEngine, own: Path) -> None:
    before = engine.speak(HELLO)
    (own / TINY / "voicecoach.json").write_text(text, "latin-1")

    with PiperEngine(own) as other:
        assert other.digest(TINY) == engine.digest(TINY)
        assert other.speak(HELLO) == before


def test_a_language_without_a_sentence_is_spoken_at_its_own_pace(tmp_path: Path) -> None:
    write_voice(tmp_path, "ka_GE-tiny-low", espeak="ka")

    with PiperEngine(tmp_path) as engine:
        said = {len(engine.speak(Utterance("მარჯვენა ფეხი", "ka_GE-tiny-low", rate)).pcm) for rate in (100, 200)}

    assert len(said) == 1


# ---- voices --------------------------------------------------------------------------------------


def test_each_speaker_has_a_sound_of_its_own(piper: PiperEngine) -> None:
    names = [MANY, f"{MANY}#p0", f"{MANY}#P1", f"{MANY}#2"]

    said = [piper.speak(HELLO._replace(voice=name)).pcm for name in names]

    assert said[0] == said[1]
    assert len(set(said)) == 3
    assert {piper.language(name) for name in names} == {"en-US"}


def test_two_voices_stay_in_memory_and_a_third_takes_the_place_of_the_oldest(shelf: Path) -> None:
    with PiperEngine(shelf) as engine:
        for voice in (TINY, MANY, TINY):
            engine.speak(HELLO._replace(voice=voice))
        many, tiny = engine.process_ids

        engine.speak(HELLO._replace(voice=GERMAN))

        assert engine.process_ids[0] == tiny
        assert many not in engine.process_ids


def test_another_voice_leaves_the_clips_of_the_rest_as_they_are(own: Path) -> None:
    def known() -> tuple[str, str]:
        engine = PiperEngine(own)
        return engine.identity, engine.digest(TINY)

    before = known()
    write_voice(own, MANY, speakers=2)

    assert known() == before
    assert PiperEngine(own).digest(MANY) != before[1]


def test_a_voice_that_was_replaced_is_loaded_again(engine: PiperEngine, own: Path) -> None:
    before, digest = engine.speak(HELLO), engine.digest(TINY)

    shutil.rmtree(own / TINY)
    write_voice(own, noise="odd")

    assert engine.digest(TINY) != digest
    assert engine.speak(HELLO) != before


def test_clips_of_a_replaced_voice_are_not_taken_from_the_cache(own: Path, tmp_path: Path) -> None:
    clips = []
    kinds: tuple[Noise, ...] = ("usual", "odd", "usual")
    for noise in kinds:
        shutil.rmtree(own / TINY)
        write_voice(own, noise=noise)
        with PiperEngine(own) as engine:
            speaker = Speaker(engine, ClipCache(tmp_path / "cache"))
            clips.append((speaker.clip(HELLO).samples.tobytes(), engine.process_ids == ()))

    assert clips[0][0] == clips[2][0] != clips[1][0]
    assert [kept for _, kept in clips] == [False, False, True]


def test_listing_the_installed_voices_loads_neither_piper_nor_numpy(shelf: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from voicecoach.speech.piper import PiperEngine
from voicecoach.speech.piper_installed import installed
print(*(voice.id + ":" + voice.lang for voice in installed(Path({str(shelf)!r}))))
engine = PiperEngine(Path({str(shelf)!r}))
engine.identity, engine.digest({TINY!r}), engine.default_voice("de")
print(*{{"numpy", "onnx", "onnxruntime", "piper"}} & set(sys.modules))
"""

    printed = subprocess.check_output([sys.executable, "-c", program], text=True)

    assert printed == f"{GERMAN}:de-DE {TINY}:en-GB {MANY}:en-US\n\n"


# ---- what breaks ---------------------------------------------------------------------------------


@posix
def test_killed_process_is_started_again(engine: PiperEngine) -> None:
    before = engine.speak(HELLO)
    (killed,) = engine.process_ids

    os.kill(killed, signal.SIGKILL)

    assert engine.speak(HELLO) == before
    assert killed not in engine.process_ids


@posix
def test_process_killed_during_a_clip_is_asked_once_more(engine: PiperEngine) -> None:
    before = engine.speak(HELLO)
    (stopped,) = engine.process_ids
    os.kill(stopped, signal.SIGSTOP)
    said = []
    asking = threading.Thread(target=lambda: said.append(engine.speak(HELLO)))
    asking.start()

    os.kill(stopped, signal.SIGKILL)
    asking.join()

    assert said == [before]


@posix
def test_hanging_process_is_ended_and_asked_once_more(own: Path) -> None:
    with PiperEngine(own, timeout=3.0) as engine:
        before = engine.speak(HELLO)
        (stopped,) = engine.process_ids

        os.kill(stopped, signal.SIGSTOP)

        assert engine.speak(HELLO) == before
        assert stopped not in engine.process_ids


def test_process_that_always_hangs_is_an_error_with_the_text(own: Path) -> None:
    with PiperEngine(own) as engine:
        engine.speak(HELLO)
    with PiperEngine(own, timeout=0.0) as engine, pytest.raises(SpeechError) as error:
        engine.speak(HELLO)

    assert str(error.value) == "the speech engine did not answer within 0 s, twice, on 'Switch to the right foot.'"
    assert error.value.fix == "write the text differently, or choose another --engine"
    assert engine.process_ids == ()


def test_a_voice_that_takes_for_ever_to_load_is_an_error(own: Path) -> None:
    with PiperEngine(own, loading=0.0) as engine, pytest.raises(SpeechError, match="did not answer within 0 s, twice"):
        engine.speak(HELLO)


@posix
def test_interrupt_from_the_terminal_does_not_reach_the_process(piper: PiperEngine) -> None:
    before = piper.speak(HELLO)
    process = piper.process_ids[-1]
    assert os.getsid(process) == process

    os.kill(process, signal.SIGINT)

    assert piper.speak(HELLO) == before
    assert process in piper.process_ids


@linux
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits by a process's file")
def test_process_ends_with_its_parent(shelf: Path) -> None:
    program = f"""
import os, sys
from pathlib import Path
from voicecoach.speech.piper import PiperEngine
from voicecoach.utterance import Utterance
engine = PiperEngine(Path({str(shelf)!r}))
engine.speak({HELLO!r})
print(engine.process_ids[0], flush=True)
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


def test_a_voice_removed_before_it_speaks_is_told(engine: PiperEngine, own: Path) -> None:
    assert engine.language(TINY) == "en-GB"
    shutil.rmtree(own / TINY)

    for ask in (lambda: engine.speak(HELLO), lambda: engine.digest(TINY)):
        with pytest.raises(SpeechError) as error:
            ask()
        assert str(error.value) == f"the voice {TINY} is no longer in {own}"
        assert error.value.fix == "voicecoach voices list  shows the installed ones"


def test_a_voice_removed_while_it_speaks_is_told(engine: PiperEngine, own: Path) -> None:
    speaker = Speaker(engine)
    speaker.length(HELLO)
    shutil.rmtree(own / TINY)

    with pytest.raises(SpeechError, match=f"the voice {TINY} is no longer in"):
        speaker.length(HELLO._replace(text="Another."))


def truncated(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:-500])


def cut_in_half(model: Path) -> None:
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])


def no_model(model: Path) -> None:
    model.write_bytes(b"PK\3\4 this is no model at all" * 50)


def another_model(model: Path) -> None:
    import onnx
    from onnx import TensorProto, helper

    value = helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1])
    result = helper.make_tensor_value_info("class", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Identity", ["pixels"], ["class"])], "other", [value], [result])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8), str(model))


def for_many(model: Path) -> None:
    """One speaker by its description, several by its inputs."""
    shutil.copy(write_voice(model.parent.parent / "other", speakers=3), model)


@pytest.mark.parametrize("damage", [truncated, cut_in_half, no_model, another_model, for_many])
def test_a_damaged_or_foreign_model_is_told(damage: object, engine: PiperEngine, own: Path) -> None:
    model = own / TINY / f"{TINY}.onnx"
    assert callable(damage)
    damage(model)

    with pytest.raises(SpeechError) as error:
        engine.speak(HELLO)

    assert str(error.value).startswith(f"{model} is no Piper voice, or damaged: ")
    assert error.value.fix == f"add it again: voicecoach voices remove {TINY}, then voicecoach voices add"
    assert engine.process_ids == ()


def test_an_alphabet_without_the_sounds_of_the_text_is_an_error_of_the_text(tmp_path: Path) -> None:
    write_voice(tmp_path, phoneme_id_map={"_": [0], "^": [1], "$": [2]})

    with PiperEngine(tmp_path) as engine, pytest.raises(SpeechError) as error:
        engine.speak(HELLO)

    assert "nothing can be heard" in str(error.value)


def without_piper(folder: Path) -> Path:
    """Everything that is installed but Piper and its runtime, to be imported from."""
    import piper

    folder.mkdir()
    for path in Path(piper.__file__).parent.parent.iterdir():
        if not path.name.lower().startswith(("piper", "onnx")) and path.suffix != ".pth":
            (folder / path.name).symlink_to(path)
    return folder


@posix
def test_without_piper_the_fix_is_its_installation(own: Path, tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from voicecoach.errors import SpeechError
from voicecoach.speech import piper
from voicecoach.utterance import Utterance
print(piper.is_here(), len(piper.PiperEngine(Path({str(own)!r})).voices()))
try:
    piper.PiperEngine(Path({str(own)!r})).speak({HELLO!r})
except SpeechError as error:
    print(error.what, error.fix, sep="\\n")
"""
    path = os.pathsep.join([str(Path(__file__).parents[2]), str(without_piper(tmp_path / "site"))])

    printed = subprocess.check_output(
        [sys.executable, "-S", "-c", program], text=True, env=os.environ | {"PYTHONPATH": path}
    )

    assert printed.splitlines() == [
        "False 1",
        "Piper is not installed: there is no piper-tts",
        "install it with  pip install 'voicecoach[piper]'",
    ]


def test_frames_of_all_words_lie_in_the_sound_in_order(piper: PiperEngine) -> None:
    text = "Hold, 1, 2, 3. Don't rush: of the 25 holds at 1.5 metres, one is left!"

    speech = piper.speak(Utterance(text, TINY, 160))

    assert len(speech.words) >= 13
    assert all(one[0] < other[0] and one[2] < other[2] for one, other in pairwise(speech.words))
    assert speech.words[-1][2] < len(speech.pcm) // 2
