"""What every speech engine keeps to."""

import threading
from collections.abc import Callable

import pytest

from voicecoach.engines import ENGINES
from voicecoach.errors import SpeechError
from voicecoach.speech.auto import AutoEngine
from voicecoach.speech.choice import TABLE
from voicecoach.speech.engine import RawSpeech, SpeechEngine, UnknownVoiceError
from voicecoach.speech.silent import SilentEngine
from voicecoach.speech.speaker import Speaker
from voicecoach.units import frames
from voicecoach.utterance import Utterance

STRANGE = [
    "a\ud800b",
    "nul\0nul",
    "\x01\x02 commands \x1b[31m",
    "<speak>slow</speak> & <break time='9s'/>",
    "[[h@l'oU]] aloud",
    "\u200fright to left\u200e",
    "%s %n %d",
    "日本語 text",
    "a" * 400,
    "zoom 💪🏽 go",
    "é" * 50,
    "hm " * 300,
]


def say(engine: SpeechEngine, text: str, rate: int = 160) -> RawSpeech:
    return engine.speak(Utterance(text, engine.default_voice("en") or "", rate))


def test_engines_are_of_the_port() -> None:
    engines: list[SpeechEngine] = [AutoEngine(TABLE), *(row.make() for row in TABLE), SilentEngine()]

    assert tuple(engine.name for engine in engines) == ENGINES


def test_speech_is_whole_samples_at_a_rate(engine: SpeechEngine) -> None:
    speech = say(engine, "Relax your grip.")

    assert speech.rate in {22_050, 24_000}
    assert len(speech.pcm) % 2 == 0
    assert speech.rate / 2 < len(speech.pcm) / 2 < speech.rate * 3


def test_words_lie_inside_the_text_and_the_sound(engine: SpeechEngine) -> None:
    text = "Größe, naïve 😀 relax."

    speech = say(engine, text)

    for at, count, frame in speech.words:
        assert 0 <= at < at + count <= len(text)
        assert 0 <= frame <= len(speech.pcm) // 2


def test_same_text_is_the_same_bytes_in_any_order(engine: SpeechEngine) -> None:
    texts = ["One.", "Breathe in through the nose.", "Two.", "Switch to the right foot."]
    first = [say(engine, text) for text in texts]

    again = [say(engine, text) for text in reversed(texts)]

    assert again == first[::-1]


def test_closed_engine_starts_again(engine: SpeechEngine) -> None:
    first = say(engine, "Rest.")

    engine.close()
    engine.close()

    assert say(engine, "Rest.") == first


def test_faster_is_shorter(engine: SpeechEngine) -> None:
    assert len(say(engine, "Keep your heel down.", 200).pcm) < len(say(engine, "Keep your heel down.", 120).pcm)


@pytest.mark.parametrize("text", ["", " ", "…", "...", "!!!", "\0", "\ud800", "💪", "*_*"])
def test_nothing_to_say_is_refused(engine: SpeechEngine, text: str) -> None:
    with pytest.raises(SpeechError, match="nothing can be heard") as refusal:
        say(engine, text)

    assert refusal.value.fix


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_text_is_said_and_harms_nothing(engine: SpeechEngine, text: str) -> None:
    before = say(engine, "Still here.")

    strange = say(engine, text)

    assert strange.pcm
    assert say(engine, "Still here.") == before


def test_two_threads_get_what_one_would(engine: SpeechEngine) -> None:
    texts = [f"Number {number}." for number in range(12)]
    expected = {text: say(engine, text) for text in texts}
    got: dict[str, RawSpeech] = {}

    threads = [
        threading.Thread(
            target=lambda part: got.update((text, say(engine, text)) for text in part), args=(texts[n::2],)
        )
        for n in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got == expected


def test_identity_stays_the_same(make: Callable[[], SpeechEngine], engine: SpeechEngine) -> None:
    other = make()

    assert engine.identity == other.identity
    other.close()


@pytest.mark.parametrize("text", ["One.", "Switch to the right foot ... and breathe.", "hm " * 60])
def test_a_clip_has_every_frame_that_the_compiler_was_told_of(engine: SpeechEngine, text: str) -> None:
    speaker = Speaker(engine)
    utterance = Utterance(text, engine.default_voice("en") or "", 150)

    lengths = speaker.prepare([utterance])

    assert lengths[utterance] > 0
    assert len(speaker.clip(utterance).samples) == frames(lengths[utterance], speaker.rate)


def test_no_voice_of_another_language_is_taken_for_one_that_nobody_speaks(engine: SpeechEngine) -> None:
    assert engine.estimated or engine.default_voice("tlh") is None
    assert engine.estimated or engine.language(engine.default_voice("de-AT") or "").startswith("de")


def test_unknown_voice_is_an_error_with_a_way_out(engine: SpeechEngine) -> None:
    if engine.estimated:
        return  # it takes any
    with pytest.raises(UnknownVoiceError) as error:
        engine.speak(Utterance("Rest.", "nobody-at-all", 150))

    assert "'nobody-at-all'" in error.value.what
    assert error.value.fix


def test_every_voice_has_a_language_and_is_found(engine: SpeechEngine) -> None:
    for voice in engine.voices():
        assert voice.title
        assert engine.language(voice.id)


def test_there_is_a_voice_for_english(engine: SpeechEngine) -> None:
    assert engine.default_voice("en") in {voice.id for voice in engine.voices()}
