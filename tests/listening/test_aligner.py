import sys
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from voicecoach.errors import MissingError
from voicecoach.listening.aligner import RATE, Aligner
from voicecoach.sound.clip import Samples
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.shape import resampled, shape
from voicecoach.utterance import Utterance


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner()


@pytest.fixture(scope="module")
def espeak() -> Iterator[EspeakEngine]:
    with EspeakEngine() as engine:
        yield engine


def said(engine: EspeakEngine, text: str, before: int = 200) -> Samples:
    """A clip in silence: `before` milliseconds in front, 200 behind."""
    pcm = shape([engine.speak(Utterance(text, "en-gb", 150))], 24_000)
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768
    return np.pad(resampled(samples, 24_000, RATE), (before * 16, 200 * 16))


def test_words_are_found_where_they_are(aligner: Aligner, espeak: EspeakEngine) -> None:
    words = ["hold", "your", "toes", "and", "gently", "pull", "them", "back"]

    near = aligner.align(words, said(espeak, "Hold your toes and gently pull them back."))
    later = aligner.align(words, said(espeak, "Hold your toes and gently pull them back.", before=1_000))

    assert near is not None
    assert later is not None
    assert abs(near[0].start - 200) <= 50
    assert all(word.start < word.end <= then.start for word, then in pairwise(near))
    assert all(abs(two.start - one.start - 800) <= 50 for one, two in zip(near, later, strict=True))


def test_words_that_are_not_said_fit_worse_or_not_at_all(aligner: Aligner, espeak: EspeakEngine) -> None:
    sound = said(espeak, "Hold your toes and gently pull them back.")

    right = aligner.align(["hold", "your", "toes", "and", "gently", "pull", "them", "back"], sound)
    wrong = aligner.align(["press", "your", "heel", "firmly", "into", "the", "floor", "again"], sound)

    assert right is not None
    assert min(word.score for word in right) > -60
    assert wrong is None or sum(word.score for word in wrong) / len(wrong) < -60


def test_the_line_that_is_said_fits_best(aligner: Aligner, espeak: EspeakEngine) -> None:
    sound = said(espeak, "Three.")

    fits = {word: aligner.fit([word], sound) for word in ("three", "two", "relax", "one")}

    assert max(fits, key=lambda word: fits[word] or -999.0) == "three"


def test_a_word_can_be_taught(aligner: Aligner, espeak: EspeakEngine) -> None:
    assert aligner.knows("ankle")
    assert not aligner.knows("scrunchings")
    aligner.teach("scrunchings", "S K R AH N CH IH NG Z")

    found = aligner.align(["towel", "scrunchings"], said(espeak, "Towel scrunchings."))

    assert found is not None
    assert min(word.score for word in found) > -60


def test_the_same_sound_gives_the_same_answer(espeak: EspeakEngine) -> None:
    sound = said(espeak, "Relax.")
    one, two = Aligner(), Aligner()
    one.align(["ankle"], said(espeak, "Ankle."))

    assert one.align(["relax"], sound) == two.align(["relax"], sound)


@pytest.mark.parametrize("length", [0, 1, 159, 400, 3_000])
def test_sound_too_short_for_the_words_is_no_error(length: int, aligner: Aligner) -> None:
    words = ["hold", "your", "toes", "and", "gently", "pull", "them", "back"]

    assert aligner.align(words, np.zeros(length, np.float32)) is None
    assert aligner.align([], np.zeros(length, np.float32)) is None


def test_without_pocketsphinx_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)

    with pytest.raises(MissingError) as caught:
        Aligner()

    assert caught.value.fix == 'pip install "voicecoach[listen]"'
