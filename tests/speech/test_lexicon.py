"""Words with two pronunciations, read back from the bundled engine."""

from typing import Protocol

import pytest

from voicecoach.speech.lexicon import respelled
from voicecoach.speech.normalise import normalise


class Phonemes(Protocol):
    def of(self, text: str, voice: str = ...) -> str: ...


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("Close your eyes.", "klˈəʊz"),
        ("Gently close both eyes", "klˈəʊz"),
        ("Open and close your hand.", "klˈəʊz"),
        ("Slowly close", "klˈəʊz"),
        ("Open. Close.", "klˈəʊz"),
        ("Stand close to the wall", "klˈəʊs"),
        ("Bring your feet close together", "klˈəʊs"),
        ("Keep your elbows close.", "klˈəʊs"),
        ("Eyes closed.", "klˈəʊzd"),
        ("Use your hands", "jˈuːz"),
        ("You can use a wall", "jˈuːz"),
        ("Don't use momentum", "jˈuːz"),
        ("That is no use", "jˈuːs"),
        ("The use of a chair is fine", "jˈuːs"),
        ("Time to wind down", "wˈaɪnd"),
        ("The wind-down", "wˈaɪnd"),
        ("Wind your arm back", "wˈaɪnd"),
        ("Like reeds in the wind", "wˈɪnd"),
        ("Lead with the heel", "lˈiːd"),
        ("Let the heel lead", "lˈiːd"),
        ("A live session", "lˈaɪv"),
        ("You live with it", "lˈɪv"),
        ("Live longer", "lˈɪv"),
        ("A muscle tear", "tˈeə"),
        ("Bow forward", "bˈaʊ"),
        ("Bow pose", "bˈəʊ"),
        ("Read on", "ɹˈiːd"),
        ("Pilates", "pˈɪlɑːtˌiːz"),
        ("Kegels", "kˈeɪɡəlz"),
        ("qigong", "tʃˈiː ɡˈɒŋ"),
        ("HIIT", "hˈɪt"),
        ("The sciatic nerve", "saɪˈatɪk"),
        ("your vagus nerve", "vˈeɪɡəs"),
        ("five secs", "sˈɛkəndz"),
        ("20-30 s", "twˈɛnti tə θˈɜːti sˈɛkəndz"),
        ("4-7-8", "fˈɔː sˈɛvən ˈeɪt"),
        ("1/2", "hˈɑːf"),
        ("3x10", "θɹˈiː tˈaɪmz tˈɛn"),
        ("45°", "fˈɔːti fˈaɪv dɪɡɹˈiːz"),
    ],
)
def test_word_is_said_as_it_is_meant(phonemes: Phonemes, text: str, sound: str) -> None:
    assert sound in phonemes.of(normalise(text, "en-GB"))


@pytest.mark.parametrize(
    ("text", "sound"), [("Close your eyes", "klˈoʊz"), ("Use a wall", "jˈuːz"), ("wind up", "wˈaɪnd")]
)
def test_spellings_hold_in_the_american_voice_too(phonemes: Phonemes, text: str, sound: str) -> None:
    assert sound in phonemes.of(normalise(text, "en-US"), "gmw/en-US")


@pytest.mark.parametrize(
    "text",
    [
        "close-up",
        "a close call",
        "disclose your eyes",
        "enclosed",
        "reuse",
        "misuse a",
        "window",
        "rewind",
        "alive",
        "tears",
        "tear duct",
        "elbow",
        "rainbow",
        "shadow-close",
        "unclose",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert respelled(text) == text
