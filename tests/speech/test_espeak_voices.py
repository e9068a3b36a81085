import pytest

from voicecoach.errors import SpeechError
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.espeak_voices import PRESETS
from voicecoach.utterance import Utterance


@pytest.mark.parametrize(
    ("lang", "voice"),
    [
        ("en", "en-gb"),
        ("en-GB", "en-gb"),
        ("EN-gb", "en-gb"),
        ("en-AU", "en-gb"),
        ("en-US", "en-us"),
        ("de", "de"),
        ("de-AT", "de"),
        ("pt-BR", "pt-BR"),
        ("fr-FR", "fr"),
        ("zh-Hans-CN", "cmn"),
        ("xx", None),
        ("", None),
    ],
)
def test_default_voice_of_a_language(espeak: EspeakEngine, lang: str, voice: str | None) -> None:
    assert espeak.default_voice(lang) == voice


def test_named_voices_come_first(espeak: EspeakEngine) -> None:
    assert [voice.id for voice in espeak.voices()][:6] == [
        "en-gb",
        "en-gb-female",
        "en-gb-male",
        "en-us",
        "en-us-female",
        "en-us-male",
    ]


def test_named_voices_all_sound_different(espeak: EspeakEngine) -> None:
    named = [preset.voice.id for preset in PRESETS]

    said = {espeak.speak(Utterance("Hold the wall if you wobble.", voice, 160)).pcm for voice in named}

    assert len(said) == len(named)


@pytest.mark.parametrize(
    ("voice", "lang"),
    [("EN-US", "en-US"), ("de+f2", "de"), ("en-gb+Annie", "en-GB"), ("en+f3", "en"), ("gmw/de", "de"), ("fr-fr", "fr")],
)
def test_voice_of_the_data_is_accepted(espeak: EspeakEngine, voice: str, lang: str) -> None:
    assert espeak.language(voice) == lang
    assert espeak.speak(Utterance("Hello.", voice, 160)).pcm


@pytest.mark.parametrize(
    ("voice", "what", "fix"),
    [
        ("en-gbb", "no voice 'en-gbb' in this speech engine", "did you mean en-gb or en-gb-rp or en-gb-x-rp?"),
        ("en-us+anie", "no voice variant 'anie'", "try Annie or anika or Andrea after the +"),
        ("../../etc/passwd", "no voice '../../etc/passwd' in this speech engine", "voicecoach voices lists them"),
        ("en+../../en_dict", "no voice variant '../../en_dict'", "try f3 or m3 after the +"),
        ("", "no voice '' in this speech engine", "voicecoach voices lists them"),
    ],
)
def test_unknown_voice_is_refused_with_near_ones(espeak: EspeakEngine, voice: str, what: str, fix: str) -> None:
    with pytest.raises(SpeechError) as error:
        espeak.speak(Utterance("Hello.", voice, 160))

    assert (error.value.what, error.value.fix) == (what, fix)
