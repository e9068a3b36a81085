import re

import pytest

from voicecoach.listening.phones import _PHONES, phones

ARPABET = set(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905
)


def test_every_phone_of_the_table_is_one_of_the_model() -> None:
    assert {phone for said in _PHONES.values() for phone in said.split()} <= ARPABET


@pytest.mark.parametrize(
    ("ipa", "said"),
    [
        ("skɹˈʌntʃɪz", "S K R AH N CH IH Z"),
        ("tˈɛn", "T EH N"),
        ("fˈɔːti fˈaɪv dɪɡɹˈiːz", "F AO T IY F AY V D IH G R IY Z"),
        ("ˈaʊə", "AW AH"),
        ("bˈʌʔn̩", "B AH T AH N"),
        ("fˈɔːɹɾi", "F AO R D IY"),
        ("lˈɪɡɪˌəʊ", "L IH G IH OW"),
        ("ˈɛɡ☃", "EH G"),
        ("", ""),
    ],
)
def test_what_espeak_writes_becomes_phones_of_the_model(ipa: str, said: str) -> None:
    assert phones(ipa) == said


def test_a_stress_mark_parts_two_vowels() -> None:
    assert phones("ɪə") == "IH AH"
    assert phones("ɪˈə") == "IH AH"
    assert phones("ɪˈəʊ") == "IH OW"
    assert not re.search(r"[ˈˌː]", phones("ˈɑːˌɑː"))
