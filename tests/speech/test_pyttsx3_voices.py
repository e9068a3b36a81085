"""Voices as the three systems list them, chosen by name, by language and by gender."""

import pytest

from voicecoach.speech.engine import UnknownVoiceError, Voice
from voicecoach.speech.pyttsx3_voices import SystemVoices

TOKENS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech\Voices\Tokens"
HEDDA, HAZEL, DAVID, ZIRA = (
    rf"{TOKENS}\TTS_MS_{name}_11.0" for name in ("DE-DE_HEDDA", "EN-GB_HAZEL", "EN-US_DAVID", "EN-US_ZIRA")
)
WINDOWS = [
    [HEDDA, "Microsoft Hedda Desktop - German", ["de-DE"], "Female"],
    [HAZEL, "Microsoft Hazel Desktop - English (Great Britain)", ["en-GB"], "Female"],
    [DAVID, "Microsoft David Desktop - English (United States)", ["en-US"], "Male"],
    [ZIRA, "Microsoft Zira Desktop - English (United States)", ["en-US"], "Female"],
]
MAC = [
    ["com.apple.speech.synthesis.voice.Albert", "Albert", ["en_US"], "VoiceGenderMale"],
    ["com.apple.eloquence.en-US.Eddy", "Eddy (English (US))", ["en_US"], "VoiceGenderMale"],
    ["com.apple.voice.compact.en-US.Samantha", "Samantha", ["en_US"], "VoiceGenderFemale"],
    ["com.apple.voice.enhanced.en-US.Samantha", "Samantha", ["en_US"], "VoiceGenderFemale"],
    ["com.apple.voice.compact.en-GB.Daniel", "Daniel", ["en_GB"], "VoiceGenderMale"],
    ["com.apple.voice.compact.de-DE.Anna", "Anna", ["de_DE"], "VoiceGenderFemale"],
    ["com.apple.speech.synthesis.voice.Trinoids", "Trinoids", ["en_US"], "VoiceGenderNeuter"],
]
ESPEAK = [
    ["gmw/de", "German", ["de"], "Male"],
    ["gmw/en", "English (Great Britain)", ["en-gb"], "Male"],
    ["gmw/en-us", "English (America)", ["en-us"], "Male"],
    ["gmw/en-gb-x-rp", "English (Received Pronunciation)", ["en-gb-x-rp"], "Male"],
    ["mb/mb-de1", "german-mbrola-1", ["de"], "Female"],
]


def test_voices_have_names_that_can_be_typed() -> None:
    assert [voice.id for voice in SystemVoices(WINDOWS).all()] == ["Hedda", "Hazel", "David", "Zira"]
    assert [voice.id for voice in SystemVoices(MAC).all()] == [
        "Albert", "Eddy-English-US", "Samantha", "Samantha-2", "Daniel", "Anna", "Trinoids",
    ]  # fmt: skip
    assert [voice.id for voice in SystemVoices(ESPEAK).all()] == ["de", "en", "en-us", "en-gb-x-rp"]


def test_language_and_gender_are_told_in_one_form() -> None:
    assert SystemVoices(WINDOWS).all()[0] == Voice("Hedda", "de-DE", "Microsoft Hedda Desktop - German", "female")
    assert [(voice.lang, voice.gender) for voice in SystemVoices(MAC).all()][3:] == [
        ("en-US", "female"), ("en-GB", "male"), ("de-DE", "female"), ("en-US", ""),
    ]  # fmt: skip
    assert [voice.lang for voice in SystemVoices(ESPEAK).all()] == ["de", "en-GB", "en-US", "en-GB-x-rp"]


def test_a_voice_without_a_language_is_listed_and_chosen_by_name_only() -> None:
    voices = SystemVoices([["x", "Odd", ["Unknown Locale: 99"], "None"], ["y", "Mute", [], ""]])

    assert [voice.lang for voice in voices.all()] == ["und", "und"]
    assert voices.find("odd").system_id == "x"
    assert voices.default("en") is None


@pytest.mark.parametrize(
    ("typed", "system_id"),
    [
        ("Zira", ZIRA),
        ("zira", ZIRA),
        ("Microsoft Zira Desktop - English (United States)", ZIRA),
        (ZIRA, ZIRA),
        ("en-us", DAVID),
        ("en-us-female", ZIRA),
        ("en-US-male", DAVID),
        ("de-DE", HEDDA),
        ("de-de-female", HEDDA),
    ],
)
def test_a_voice_is_found_by_name_by_language_and_by_gender(typed: str, system_id: str) -> None:
    assert SystemVoices(WINDOWS).find(typed).system_id == system_id


@pytest.mark.parametrize("typed", ["", "fr", "fr-fr", "de-de-male", "female", "-female", "mb/mb-de1", "xyzzy"])
def test_what_is_no_voice_is_not_found(typed: str) -> None:
    with pytest.raises(UnknownVoiceError, match=r"no voice '.*' among those of the system"):
        SystemVoices(WINDOWS + ESPEAK).find(typed)


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(UnknownVoiceError) as error:
        SystemVoices(WINDOWS).find("Ziro")

    assert error.value.fix == "did you mean Zira?"


@pytest.mark.parametrize(
    ("lang", "voice"),
    [
        ("en-US", "David"),
        ("en-GB", "Hazel"),
        ("en", "Hazel"),
        ("en-AU", "Hazel"),
        ("de", "Hedda"),
        ("de-AT", "Hedda"),
        ("fr", None),
        ("", None),
    ],
)
def test_the_voice_of_a_language_is_of_its_region_or_of_any_other_but_never_of_another_language(
    lang: str, voice: str | None
) -> None:
    assert SystemVoices(WINDOWS).default(lang) == voice


def test_the_voice_that_the_person_chose_for_the_system_comes_first() -> None:
    assert SystemVoices(WINDOWS, ZIRA).default("en") == "Zira"
    assert SystemVoices(WINDOWS, ZIRA).default("de") == "Hedda"


def test_a_good_voice_comes_before_a_funny_one() -> None:
    assert SystemVoices(MAC).default("en-US") == "Samantha-2"
    assert SystemVoices(MAC[:2]).default("en-US") == "Eddy-English-US"
    assert SystemVoices(MAC[:1]).default("en-US") == "Albert"


def test_a_tag_that_only_begins_like_a_language_is_not_of_it() -> None:
    assert SystemVoices([["x", "Eng", ["eng-GB"], ""]]).default("en") is None
