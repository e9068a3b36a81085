"""Numbers and units for voices of other languages, in words and read back from the bundled engine."""

import unicodedata
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.speech.normalise import normalise
from voicecoach.speech.tongues import TONGUES


class Phonemes(Protocol):
    def of(self, text: str, voice: str = ...) -> str: ...


WORDS = [
    ("de", "20-30 s", "20 bis 30 Sekunden"),
    ("de", "20 s–30 s", "20 Sekunden bis 30 Sekunden"),
    ("de", "10–15 min", "10 bis 15 Minuten"),
    ("de", "3x10", "3 mal 10"),
    ("de", "1m30s", "eine Minute 30 Sekunden"),
    ("de", "2m", "2 Minuten"),
    ("de", "2 m", "2 Meter"),
    ("de", "1.5 kg", "1,5 Kilogramm"),
    ("de", "30 cm, 50 %", "30 Zentimeter, 50 %"),
    ("de", "1 Minute und 30 Sekunden", "eine Minute und 30 Sekunden"),
    ("de", "1 Wiederholung, 1 Satz, 1 Mal", "eine Wiederholung, ein Satz, ein Mal"),
    ("de", "Satz 1 von 2.", "Satz 1 von 2."),
    ("de", "8-12 Wdh., z. B. 10", "8 bis 12 Wiederholungen zum Beispiel 10"),
    ("de", "ca. 1/2", "circa ein halb"),
    ("de", "~20 s, ≥ 5 s", "etwa 20 Sekunden, mindestens 5 Sekunden"),
    ("de", "4-7-8", "4 7 8"),
    ("de", "4-2", "4 2"),
    ("de", "am 01-02", "am 01-02"),
    ("de", "Satz 2/3", "Satz 2 von 3"),
    ("de", "um 8:30", "um 8:30"),
    ("de", "1.500 g", "1.500 Gramm"),
    ("es", "20-30 s", "20 a 30 segundos"),
    ("es", "1 minuto, 1 hora", "un minuto, una hora"),
    ("es", "21 segundos, 31 repeticiones", "veintiún segundos, treinta y una repeticiones"),
    ("es", "11 segundos", "11 segundos"),
    ("es", "3x10", "3 por 10"),
    ("es", "p. ej. 5 kg", "por ejemplo 5 kilogramos"),
    ("fr", "20-30 s", "20 à 30 secondes"),
    ("fr", "1 minute, 21 secondes", "une minute, vingt et une secondes"),
    ("fr", "1.5 kg", "1,5 kilogrammes"),
    ("it", "20-30 s", "20 a 30 secondi"),
    ("it", "1 ora, 1 minuto", "un'ora, un minuto"),
    ("nl", "20-30 s", "20 tot 30 seconden"),
    ("nl", "3x10", "3 keer 10"),
    ("pt", "20-30 s", "20 a 30 segundos"),
    ("pt", "2 horas, 2 minutos", "duas horas, dois minutos"),
    ("pt", "22 repetições", "vinte e duas repetições"),
]


@pytest.mark.parametrize(("lang", "text", "words"), WORDS)
def test_shorthand_is_written_out(lang: str, text: str, words: str) -> None:
    assert normalise(text, lang) == words


@pytest.mark.parametrize(("lang", "text", "words"), WORDS)
def test_writing_it_out_twice_is_writing_it_out_once(lang: str, text: str, words: str) -> None:
    assert normalise(words, f"{lang}-XX") == words


TOKENS = st.sampled_from(
    ["20", "1", "2", "21", "-", "–", " ", ".", ",", "x", "/", "s", "min", "kg", "m", "cm", "%", "½", "ca.", "z. B.",
     "&", "~", "Minute", "hora", "veces", "0", ":", "≥", "p. ej."]
)  # fmt: skip


@given(st.sampled_from(sorted(TONGUES)), st.lists(TOKENS, max_size=8).map("".join) | st.text(max_size=30))
def test_normalising_twice_is_normalising_once(lang: str, text: str) -> None:
    once = normalise(text, lang)

    assert normalise(once, lang) == once


@pytest.mark.parametrize(
    ("voice", "text", "sound"),
    [
        ("gmw/de", "3, 2, 1", "dɾˈaɪ"),
        ("gmw/de", "20-30 s", "tsvˈantsɪç bɪs dɾˈaɪsɪç zeːkˈʊndən"),
        ("gmw/de", "1 Minute", "ˌaɪnə miːnˈuːtə"),
        ("gmw/de", "1,5 Sekunden", "ˈaɪns kɔmɑː fˈʏnf zeːkˈʊndən"),
        ("gmw/de", "5 kg", "fˈʏnf kˌiːlɔɡɾˈam"),
        ("gmw/de", "50 %", "fˈʏnftsɪç pɾoːtsˈɛnt"),
        ("gmw/de", "3x10", "dɾˈaɪ mˈɑːl tsˈeːn"),
        ("roa/es", "1", "ˈuno"),
        ("roa/es", "20-30 s", "bˈeɪnte a tɾˈeɪnta seɣˈundos"),
        ("roa/es", "1 minuto", "ˈun minˈuto"),
        ("roa/es", "1,5 segundos", "ˈuno kˌoma θˈinko seɣˈundos"),
        ("roa/es", "30 cm", "tɾˈeɪnta θentˈimetɾos"),
        ("roa/fr", "20-30 s", "vˈɛ̃t a tʁˈɑ̃t səɡˈɔ̃d"),
        ("roa/fr", "1 minute", "yn minˈyt"),
        ("roa/fr", "21 secondes", "vˈɛ̃t e yn səɡˈɔ̃d"),
        ("roa/it", "1 ora", "ʊnˈora"),
        ("roa/it", "20-30 s", "vˈentɪ a trˈeːnta sekˈondɪ"),
        ("gmw/nl", "20 s", "tʋˈɪntəx səkˈɔndən"),
        ("gmw/nl", "1,5 kg", "kˌɔmaː vˌɛɪf kˈilɔɣrˌɑm"),
        ("roa/pt", "20-30 s", "vˈiŋtɨ ɐ tɹˈiŋtɐ sˌeɡˈũŋdʊʃ"),
        ("roa/pt", "2 horas", "dˈuɐʒ ˈoɾɐʃ"),
    ],
)
def test_the_voice_says_it_as_a_person_would(phonemes: Phonemes, voice: str, text: str, sound: str) -> None:
    made = phonemes.of(normalise(text, voice[-2:]), voice)

    assert unicodedata.normalize("NFD", sound) in unicodedata.normalize("NFD", made)
