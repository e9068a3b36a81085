from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.speech.piper_words import Sound, marks

ALONE = {
    "hold": "hˈəʊld",
    "of": "ɒv",
    "the": "ðə",
    "end": "ˈɛnd",
    "25": "twˈɛnti fˈaɪv",
    "feet.": "fˈiːt.",
    "a": "ˈeɪ",
    "—": "",
}


def sounds(said: str) -> list[Sound]:
    """A sound every ten frames."""
    return [Sound(sign, 10 * place) for place, sign in enumerate(said)]


def marked(text: str, said: str, alone: dict[str, str] | None = None) -> list[tuple[str, int]]:
    """Each word that has a mark, with the place of its sound."""
    known = ALONE if alone is None else alone
    found = marks(text, sounds(said), lambda word: list(known[word]))
    return [(text[at : at + count], frame // 10) for at, count, frame in found]


def test_as_many_words_of_sounds_as_words_are_the_same_words() -> None:
    said = "hˈəʊld ðɪ ˈɛnd"

    assert marked("hold the end", said) == [("hold", 0), ("the", 7), ("end", 11)]


def test_two_words_said_as_one_both_get_a_mark() -> None:
    assert marked("end of the feet.", "ˈɛnd ɒvðə fˈiːt.") == [("end", 1), ("of", 5), ("the", 7), ("feet.", 10)]


def test_a_number_said_as_two_words_has_the_mark_of_the_first() -> None:
    assert marked("hold 25 feet.", "hˈəʊld twˈɛnti fˈaɪv fˈiːt.") == [("hold", 0), ("25", 7), ("feet.", 21)]


def test_a_merged_and_a_split_word_do_not_shift_the_rest() -> None:
    """Here there are as many words of sounds as words, by accident."""
    found = marked("of the 25 feet.", "ɒvðə twˈɛnti fˈaɪv fˈiːt.")

    assert found == [("of", 0), ("the", 2), ("25", 5), ("feet.", 19)]


def test_a_word_that_sounds_otherwise_in_its_sentence_begins_where_a_word_begins() -> None:
    assert marked("a 25 end", "ɐ twˈɛnti fˈaɪv ˈɛnd") == [("a", 0), ("25", 2), ("end", 17)]


def test_a_word_without_sounds_has_no_mark() -> None:
    assert marked("hold — end", "hˈəʊld ˈɛnd") == [("hold", 0), ("end", 8)]


@pytest.mark.parametrize("said", ["", " ", "...", "zzz qqq"])
def test_what_does_not_fit_is_not_guessed(said: str) -> None:
    assert marked("hold 25", said) in ([], [("hold", 0)])


@given(st.lists(st.sampled_from(sorted(ALONE)), max_size=12), st.text("hˈəʊld ɒvðɛnti.,", max_size=60))
def test_marks_go_on_in_text_and_time(words: Sequence[str], said: str) -> None:
    text = " ".join(words)

    found = marks(text, sounds(said), lambda word: list(ALONE[word]))

    assert all(0 <= at < at + count <= len(text) for at, count, _ in found)
    assert [mark[0] for mark in found] == sorted({mark[0] for mark in found})
    assert [mark[2] for mark in found] == sorted({mark[2] for mark in found})
