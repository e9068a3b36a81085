import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import SpeechError
from voicecoach.estimate import estimate
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.engine import RawSpeech, Voice
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.silent import SilentEngine
from voicecoach.speech.speaker import Speaker
from voicecoach.utterance import Utterance

RELAX = Utterance("Relax your grip.", "en-gb", 160)
SESSION = [Utterance(text, "en-gb-female", 150) for text in ("Rest.", "Set 2 of 3.", "Hold for 20-30s ... and relax.")]


class CountingEngine:
    """The bundled engine, counting what it is asked."""

    name = "counting"
    estimated = False

    def __init__(self, engine: EspeakEngine) -> None:
        self.engine = engine
        self.asked: Counter[str] = Counter()

    @property
    def identity(self) -> str:
        return self.engine.identity

    def voices(self) -> Sequence[Voice]:
        return self.engine.voices()

    def default_voice(self, lang: str) -> str | None:
        return self.engine.default_voice(lang)

    def language(self, voice: str) -> str:
        return self.engine.language(voice)

    def speak(self, utterance: Utterance) -> RawSpeech:
        self.asked[utterance.text] += 1
        return self.engine.speak(utterance)

    def close(self) -> None:
        self.engine.close()


@pytest.fixture
def engine(espeak: EspeakEngine) -> CountingEngine:
    return CountingEngine(espeak)


def test_length_is_that_of_the_clip(engine: CountingEngine) -> None:
    speaker = Speaker(engine)

    lengths = speaker.prepare(SESSION)

    assert lengths == {utterance: speaker.clip(utterance).length for utterance in SESSION}
    assert all(length % 10 == 0 for length in lengths.values())
    assert speaker.length(SESSION[0]) == lengths[SESSION[0]]


def test_each_utterance_is_said_once_in_words(engine: CountingEngine) -> None:
    speaker = Speaker(engine)

    speaker.prepare(SESSION * 2)
    speaker.clip(SESSION[0])

    assert engine.asked == Counter(["Rest.", "Set 2 of 3.", "Hold for 20 to 30 seconds", "and relax."])


def test_pause_in_the_text_is_400_ms_of_silence(engine: CountingEngine) -> None:
    speaker = Speaker(engine)
    first, second, whole = (Utterance(text, "en-gb", 160) for text in ("Hold", "and relax.", "Hold... and relax."))

    samples = speaker.clip(whole).samples

    apart = speaker.length(first) + speaker.length(second) + 400
    assert apart - 20 <= speaker.length(whole) <= apart
    silent = np.flatnonzero(np.abs(samples) > 1e-3)
    assert np.diff(silent).max() >= 400 * 24


def test_cold_warm_and_uncached_clips_are_the_same_samples(engine: CountingEngine, tmp_path: Path) -> None:
    uncached = [Speaker(engine).clip(utterance).samples.tobytes() for utterance in SESSION]
    cold = [Speaker(engine, ClipCache(tmp_path)).clip(utterance).samples.tobytes() for utterance in SESSION]
    asked = engine.asked.total()

    warm = [Speaker(engine, ClipCache(tmp_path)).clip(utterance).samples.tobytes() for utterance in SESSION]

    assert cold == uncached
    assert warm == cold
    assert engine.asked.total() == asked


def test_another_mix_rate_uses_the_speech_that_is_there(engine: CountingEngine, tmp_path: Path) -> None:
    at_24 = Speaker(engine, ClipCache(tmp_path)).clip(RELAX)
    asked = engine.asked.total()

    at_48 = Speaker(engine, ClipCache(tmp_path), rate=48_000).clip(RELAX)

    assert engine.asked.total() == asked
    assert at_48.rate == 48_000
    assert at_48.length == at_24.length


def test_damaged_cache_is_made_again(engine: CountingEngine, tmp_path: Path) -> None:
    before = Speaker(engine, ClipCache(tmp_path)).clip(RELAX).samples.tobytes()
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-2])

    after = Speaker(engine, ClipCache(tmp_path)).clip(RELAX).samples.tobytes()

    assert after == before
    assert engine.asked[RELAX.text] == 2


def test_session_keeps_its_clips_when_the_cache_goes(engine: CountingEngine, tmp_path: Path) -> None:
    speaker = Speaker(engine, ClipCache(tmp_path))
    speaker.prepare(SESSION)
    before = [speaker.clip(utterance).samples.tobytes() for utterance in SESSION]
    asked = engine.asked.total()
    for path in tmp_path.iterdir():
        path.unlink()

    assert [speaker.clip(utterance).samples.tobytes() for utterance in SESSION] == before
    assert engine.asked.total() == asked


def test_unwritable_cache_is_no_error_but_told(engine: CountingEngine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    speaker = Speaker(engine, ClipCache(tmp_path / "file"))
    assert speaker.problem is None

    speaker.prepare(SESSION)

    assert speaker.problem
    assert speaker.problem.startswith("speech is not kept in ")


def test_progress_counts_what_has_to_be_made(engine: CountingEngine, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    Speaker(engine, ClipCache(tmp_path)).prepare(SESSION[:1])
    speaker = Speaker(engine, ClipCache(tmp_path))

    speaker.prepare(SESSION, lambda done, total: told.append((done, total)))
    speaker.prepare(SESSION, lambda done, total: told.append((done, total)))

    assert told == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize("text", ["", "...", "💪", "<b></b>"])
@pytest.mark.parametrize("silent", [False, True])
def test_nothing_to_say_is_refused(espeak: EspeakEngine, text: str, silent: bool) -> None:
    speaker = Speaker(SilentEngine() if silent else espeak)

    with pytest.raises(SpeechError) as error:
        speaker.prepare([RELAX, Utterance(text, "en-gb", 160)])

    assert error.value.what == f"nothing can be heard in the text {text!r}"


def test_wrong_voice_is_refused(espeak: EspeakEngine) -> None:
    with pytest.raises(SpeechError, match="no voice 'en-gbb'"):
        Speaker(espeak).length(Utterance("Rest.", "en-gbb", 160))


def test_stand_in_is_silence_of_the_estimated_length() -> None:
    speaker = Speaker(SilentEngine())
    utterance = Utterance("Hold for 20-30s ... then rest", "", 140)

    clip = speaker.clip(utterance)

    assert speaker.prepare([utterance]) == {utterance: estimate(utterance.text, 140)}
    assert clip.length == estimate(utterance.text, 140)
    assert not clip.samples.any()


def test_threads_get_the_same_clips(engine: CountingEngine) -> None:
    speaker = Speaker(engine)
    got: list[bytes] = []
    threads = [threading.Thread(target=lambda: got.append(speaker.clip(RELAX).samples.tobytes())) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(got)) == 1
    assert engine.asked == Counter([RELAX.text])


def test_two_processes_fill_one_cache(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from hashlib import sha256
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.speaker import Speaker
from voicecoach.utterance import Utterance
utterances = [Utterance(f"Number {{n}}.", "en-gb", 160) for n in range(30)]
with EspeakEngine() as engine:
    speaker = Speaker(engine, ClipCache(Path({str(tmp_path)!r})))
    speaker.prepare(utterances)
    print(sha256(b"".join(speaker.clip(u).samples.tobytes() for u in utterances)).hexdigest(), speaker.problem)
"""

    writers = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = {writer.communicate()[0] for writer in writers}

    assert len(said) == 1
    assert said.pop().endswith(" None\n")
    assert not list(tmp_path.glob("*.part"))


def test_words_are_the_same_from_the_engine_and_from_the_cache(engine: CountingEngine, tmp_path: Path) -> None:
    first = Speaker(engine, ClipCache(tmp_path))
    made = [first.words(utterance) for utterance in SESSION]
    asked = engine.asked.total()

    again = Speaker(engine, ClipCache(tmp_path))

    assert [again.words(utterance) for utterance in SESSION] == made
    assert engine.asked.total() == asked
    assert [word.text for word in made[2]] == ["Hold", "for", "20-30s ...", "and", "relax."]
    assert made[2][3].start - made[2][2].end == 410


def test_a_clip_of_other_words_with_the_same_sound_has_its_own_words(engine: CountingEngine, tmp_path: Path) -> None:
    speaker = Speaker(engine, ClipCache(tmp_path))
    plain, marked = Utterance("Hold for 30 seconds", "en-gb", 150), Utterance("*Hold* for 30s", "en-gb", 150)

    assert [word.text for word in speaker.words(plain)] == ["Hold", "for", "30", "seconds"]
    assert [word.text for word in speaker.words(marked)] == ["*Hold*", "for", "30s"]


def test_a_stand_in_tells_no_words() -> None:
    assert Speaker(SilentEngine()).words(RELAX) == ()


def test_a_word_is_said_as_it_is_spelled_and_its_time_is_that_of_the_written_word(engine: CountingEngine) -> None:
    speaker = Speaker(engine)
    plain = Utterance("Now shavasana, slowly.", "en-gb", 160)
    spelled = plain._replace(spoken="Now shava sanna, slowly.")
    right = Utterance("Now shava sanna, slowly.", "en-gb", 160)

    assert speaker.clip(spelled).samples.tolist() == speaker.clip(right).samples.tolist()
    assert speaker.clip(spelled).samples.tolist() != speaker.clip(plain).samples.tolist()
    assert [word.text for word in speaker.words(spelled)] == ["Now", "shavasana,", "slowly."]
    assert [word.text for word in speaker.heard(spelled)] == ["Now", "shava", "sanna,", "slowly."]
    assert speaker.words(spelled)[1].start == speaker.heard(spelled)[1].start
    assert speaker.words(spelled)[2].start == speaker.heard(spelled)[3].start


def test_a_german_word_is_said_as_it_is_spelled(engine: CountingEngine) -> None:
    speaker = Speaker(engine)
    spelled = Utterance("Jetzt Qigong.", "de", 160, "Jetzt Tschi Gung.")

    assert (
        speaker.clip(spelled).samples.tolist()
        == speaker.clip(Utterance("Jetzt Tschi Gung.", "de", 160)).samples.tolist()
    )
    assert [word.text for word in speaker.words(spelled)] == ["Jetzt", "Qigong."]


def test_clips_of_other_spellings_are_kept_apart(engine: CountingEngine, tmp_path: Path) -> None:
    one, other = RELAX._replace(spoken="Relax your gripp."), RELAX._replace(spoken="Relax your gryp.")
    lengths = Speaker(engine, ClipCache(tmp_path)).prepare([RELAX, one, other])

    again = CountingEngine(engine.engine)
    assert Speaker(again, ClipCache(tmp_path)).prepare([RELAX, one, other]) == lengths
    assert len(engine.asked) == 3
    assert not again.asked


def test_a_voice_of_formants_is_made_brighter_and_another_is_not(espeak: EspeakEngine) -> None:
    plain, bright = (Speaker(one).clip(RELAX).samples for one in (CountingEngine(espeak), espeak))

    assert len(bright) == len(plain)
    high = [np.abs(np.fft.rfft(samples))[len(samples) * 3_000 // 24_000 :] for samples in (plain, bright)]
    assert (high[1] ** 2).sum() > 1.5 * (high[0] ** 2).sum()


def test_a_clip_made_by_other_rules_is_shaped_anew_from_what_was_said(
    engine: CountingEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = Speaker(engine, ClipCache(tmp_path)).prepare(SESSION)
    asked = engine.asked.copy()
    monkeypatch.setattr("voicecoach.speech.speaker.rules", lambda: "other rules")
    speaker = Speaker(engine, ClipCache(tmp_path))

    assert speaker.known(SESSION) == {}
    assert speaker.prepare(SESSION) == lengths
    assert engine.asked == asked
    assert Speaker(engine, ClipCache(tmp_path)).known(SESSION) == lengths


def test_where_the_rules_cannot_be_told_the_words_are_the_key(
    engine: CountingEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicecoach.speech.speaker.rules", lambda: None)
    ten, seconds = (SESSION[0]._replace(text=text) for text in ("Hold 10 s", "Hold 10 seconds"))
    Speaker(engine, ClipCache(tmp_path)).prepare([ten])

    assert Speaker(engine, ClipCache(tmp_path)).known([seconds])
