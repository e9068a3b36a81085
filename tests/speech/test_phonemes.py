import pytest

from voicecoach.errors import SpeechError
from voicecoach.speech.espeak_process import Source
from voicecoach.speech.phonemes import phonemes


def test_words_and_numbers_are_told_as_they_are_said() -> None:
    assert phonemes(["hurt", "10", "45°"]) == ("hˈɜːt", "tˈɛn", "fˈɔːti fˈaɪv dɪɡɹˈiːz")


def test_each_voice_has_its_own() -> None:
    assert phonemes(["near"], "gmw/en") != phonemes(["near"], "gmw/en-US")


def test_nothing_is_asked_for_nothing() -> None:
    assert phonemes([]) == ()


def test_any_text_gets_an_answer() -> None:
    assert len(phonemes(["", "\ud800", "你好", "<b>", "a" * 5_000])) == 5


def test_a_library_that_is_not_there_is_told() -> None:
    with pytest.raises(SpeechError, match="espeak-ng was not found"):
        phonemes(["hurt"], candidates=[Source("/nowhere/libespeak-ng.so")])
