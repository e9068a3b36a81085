from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.speech.engine import RawSpeech
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.normalise import normalise, parts
from voicecoach.speech.shape import shape
from voicecoach.speech.timing import as_written, said
from voicecoach.utterance import Said, Utterance

RATE = 22_050


def raw(silence_ms: int, sound_ms: int, *words: tuple[int, int, int]) -> RawSpeech:
    """A part that is silent, then sounds; the frames of `words` are given in milliseconds."""
    samples = np.zeros(RATE * (silence_ms + sound_ms + 50) // 1_000, np.int16)
    samples[RATE * silence_ms // 1_000 : RATE * (silence_ms + sound_ms) // 1_000] = 5_000
    return RawSpeech(samples.tobytes(), RATE, tuple((at, count, RATE * ms // 1_000) for at, count, ms in words))


def spoken(engine: EspeakEngine, text: str) -> tuple[Said, ...]:
    texts = parts(normalise(text, "en"))
    heard = said(texts, [engine.speak(Utterance(part, "en-gb", 145)) for part in texts])
    return as_written(text, heard)


def test_a_mark_moves_with_the_silence_that_is_cut_before_the_words() -> None:
    words = said(["Let go"], [raw(55, 600, (0, 3, 0), (4, 2, 300))])

    assert words == (Said(5, 250, "Let"), Said(250, 605, "go"))


def test_a_later_part_begins_after_the_pause() -> None:
    words = said(["In", "and out"], [raw(20, 500, (0, 2, 0)), raw(40, 500, (0, 3, 0), (4, 3, 240))])

    assert words == (Said(5, 505, "In"), Said(915, 1115, "and"), Said(1115, 1415, "out"))


def test_marks_fit_the_samples_of_the_clip() -> None:
    part = raw(55, 0, (0, 3, 0), (4, 3, 355))
    samples = np.concatenate([np.frombuffer(part.pcm, np.int16), np.zeros(RATE, np.int16)])
    for at in (55, 355):
        samples[RATE * at // 1_000 : RATE * (at + 100) // 1_000] = 5_000
    part = RawSpeech(samples.astype(np.int16).tobytes(), RATE, part.words)

    words = said(["one two"], [part])
    clip = np.abs(np.frombuffer(shape([part], 24_000), "<i2").astype(int))

    second = words[1].start * 24
    assert clip[second + 48 : second + 480].min() > clip.max() / 2
    assert clip[second - 480 : second - 48].max() < clip.max() / 10


def test_words_without_a_mark_stay_with_the_one_before() -> None:
    words = said(["the end of the line"], [raw(0, 900, (4, 3, 100), (8, 2, 300), (15, 4, 500))])

    assert [word.text for word in words] == ["the end", "of the", "line"]


def test_a_mark_on_the_space_before_a_word_is_that_word_and_later_ones_in_it_are_passed_over() -> None:
    words = said(["go 1,250 m"], [raw(0, 900, (0, 2, 0), (2, 2, 200), (5, 2, 300), (9, 1, 600), (0, 2, 700))])

    assert words == (Said(5, 205, "go"), Said(205, 605, "1,250"), Said(605, 905, "m"))


def test_without_marks_in_every_part_there_are_no_words() -> None:
    assert said(["In", "out"], [raw(0, 500, (0, 2, 0)), raw(0, 500)]) == ()
    assert as_written("In ... out", ()) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Relax your grip.", ["Relax", "your", "grip."]),
        ("Hold for 20-30s, then *let go*...", ["Hold", "for", "20-30s,", "then", "*let", "go*..."]),
        ("Use 2x10, e.g. slowly", ["Use", "2x10, e.g.", "slowly"]),
        ("HIIT & AMRAP — go! 🦶", ["HIIT & AMRAP —", "go! 🦶"]),
        ("🦶 Point  ...  and flex", ["🦶 Point ...", "and", "flex"]),
        ("Close your eyes, live well", ["Close", "your", "eyes,", "live", "well"]),
        ("Füße hoch, naïve café", ["Füße", "hoch,", "naïve", "café"]),
        ("[the page](https://example.org) of 1/2 m", ["[the", "page](https://example.org)", "of", "1/2 m"]),
    ],
)
def test_the_words_are_those_that_were_written(espeak: EspeakEngine, text: str, words: list[str]) -> None:
    assert [word.text for word in spoken(espeak, text)] == words


@pytest.mark.parametrize("voice", ["en-gb", "en-us-female"])
def test_each_word_begins_where_it_is_heard(espeak: EspeakEngine, voice: str) -> None:
    """After 100 ms of silence the ear finds a word by itself."""
    texts = parts(normalise("Now. Move. All ... along. No. Never. Lean. Rest.", "en"))
    raw_parts = [espeak.speak(Utterance(text, voice, 145)) for text in texts]

    starts = [word.start for word in said(texts, raw_parts)]

    clip = np.abs(np.frombuffer(shape(raw_parts, 24_000), "<i2").astype(int))
    loud = clip[: len(clip) // 48 * 48].reshape(-1, 48).max(axis=1) > 200
    heard = [2 * at for at in range(len(loud)) if loud[at] and not loud[max(at - 50, 0) : at].any()]
    assert len(heard) == len(starts) == 8
    assert all(abs(one - other) <= 20 for one, other in zip(starts, heard, strict=True)), (starts, heard)


texts = st.lists(st.sampled_from(["hold", "30s", "—", "2x10", "HIIT", "and", "🦶", "e.g.", "the", "*now*"]), max_size=9)


@given(texts, st.data())
def test_no_written_word_is_lost_and_times_go_on(written: list[str], data: st.DataObject) -> None:
    tokens = normalise(" ".join(written), "en").split()
    cuts = sorted(data.draw(st.sets(st.integers(1, max(len(tokens) - 1, 1)), max_size=5)) | {0})
    ends = [*cuts[1:], len(tokens)]
    heard = [Said(first * 100, end * 100, " ".join(tokens[first:end])) for first, end in zip(cuts, ends, strict=True)]

    words = as_written(" ".join(written), [one for one in heard if one.text])

    assert not words or " ".join(word.text for word in words) == " ".join(written)
    assert all(one.start < one.end <= then.start for one, then in pairwise(words))
