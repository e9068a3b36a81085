"""Which engine speaks where none is asked for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.speech.acting import HALF, acting
from voicecoach.engines import ENGINES
from voicecoach.errors import SpeechError
from voicecoach.speech.auto import AutoEngine
from voicecoach.speech.choice import TABLE, Row, chosen
from voicecoach.speech.engine import Chooser, UnknownVoiceError, owner
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.espeak_process import Source
from voicecoach.speech.pyttsx3_process import Driver
from voicecoach.utterance import Utterance

ESPEAK = next(row for row in TABLE if row.name == "espeak")
ANNA = Row("pyttsx3", "only German", lambda: True, acting, "pip install pyttsx3", "add one")
"""Comes with one voice, which speaks German."""
BROKEN = ANNA._replace(make=lambda: acting(20.0, Driver("nosuch")))
ABSENT = ANNA._replace(is_here=lambda: False)


def test_every_engine_stands_in_the_table() -> None:
    assert tuple(row.name for row in TABLE) == ENGINES[1:-1]
    assert all(row.reason and row.install and row.voices for row in TABLE)


def test_a_language_is_spoken_by_the_first_engine_that_has_it() -> None:
    auto = AutoEngine([ANNA, ESPEAK])

    assert (auto.default_voice("de"), auto.default_voice("en"), auto.default_voice("tlh")) == ("Anna", "en-gb", None)
    assert (auto.owner("Anna").name, auto.owner("en-gb").name) == ("pyttsx3", "espeak")
    assert len(auto.speak(Utterance("Guten Tag.", "Anna", 150)).pcm) == 2 * HALF
    with EspeakEngine() as espeak:
        hello = Utterance("Hello.", "en-gb", 150)
        assert auto.speak(hello) == espeak.speak(hello)
    auto.close()


def test_a_voice_that_was_added_comes_first_for_its_language_and_no_other(user_folders: Path, shelf: Path) -> None:
    without, auto = AutoEngine(TABLE), AutoEngine(TABLE)
    assert (without.default_voice("de"), without.default_voice("fr")) == ("de", "fr")

    shutil.copytree(shelf / "de_DE-tiny-low", user_folders.parent / "data" / "voices" / "de_DE-tiny-low")

    assert (auto.default_voice("de"), auto.default_voice("fr")) == ("de_DE-tiny-low", "fr")
    assert owner(auto, "de_DE-tiny-low").name == "piper"
    assert auto.language("de_DE-TINY-low") == "de-DE"
    auto.close()
    without.close()


def test_a_voice_that_is_named_is_spoken_by_the_engine_that_has_it() -> None:
    auto = AutoEngine([ESPEAK, ANNA])

    assert auto.default_voice("de") == "de"
    assert auto.language("anna") == "de-DE"
    assert owner(auto, "anna").name == "pyttsx3"
    auto.close()


def test_only_an_engine_that_leaves_speaking_to_others_has_another_owner() -> None:
    with EspeakEngine() as engine:
        assert owner(engine, "en-gb") is engine
        assert not isinstance(engine, Chooser)
    assert isinstance(AutoEngine(TABLE), Chooser)


def test_an_engine_is_not_made_before_the_ones_in_front_of_it_failed() -> None:
    made: list[str] = []

    def make() -> EspeakEngine:
        made.append("second")
        return EspeakEngine()

    auto = AutoEngine([ESPEAK, ESPEAK._replace(name="pyttsx3", make=make)])

    assert auto.default_voice("en") == "en-gb"
    assert auto.owner("de").name == "espeak"
    assert made == []
    assert auto.default_voice("tlh") is None
    assert made == ["second"]
    auto.close()


def test_a_broken_engine_is_passed_over() -> None:
    auto = AutoEngine([BROKEN, ESPEAK])

    assert auto.default_voice("de") == "de"
    assert auto.owner("de").name == "espeak"
    assert {voice.id for voice in auto.voices()} >= {"de", "en-gb"}
    auto.close()


def test_its_error_is_told_where_no_other_does() -> None:
    auto = AutoEngine([BROKEN, ABSENT._replace(name="espeak")])

    with pytest.raises(SpeechError, match="pyttsx3 could not start") as error:
        auto.default_voice("de")
    with pytest.raises(SpeechError, match="pyttsx3 could not start"):
        auto.owner("Anna")

    assert "pip install pyttsx3" in error.value.fix
    auto.close()


def test_without_any_engine_the_way_to_get_one_is_told() -> None:
    with pytest.raises(SpeechError) as error:
        AutoEngine([ABSENT, ESPEAK._replace(is_here=lambda: False)]).default_voice("en")

    assert error.value.what == "there is no speech engine"
    assert error.value.fix == "pip install pyttsx3, or pip install espeakng-loader"


def test_a_library_that_is_not_there_is_an_error_with_the_way_to_get_it() -> None:
    none = ESPEAK._replace(make=lambda: EspeakEngine(candidates=[Source("no-such-library.so")]))

    with pytest.raises(SpeechError, match="there is no speech engine: espeak-ng was not found") as error:
        AutoEngine([none]).default_voice("en")

    assert "pip install espeakng-loader" in error.value.fix


def test_a_name_that_is_like_one_of_any_engine_is_suggested() -> None:
    auto = AutoEngine([ANNA, ESPEAK])

    with pytest.raises(UnknownVoiceError) as near:
        auto.language("en-us-femal")
    with pytest.raises(UnknownVoiceError) as far:
        auto.language("xyzzy-plugh")

    assert near.value.fix == "did you mean en-us-female or en-us-male or en-gb-female?"
    assert far.value.what == "no voice 'xyzzy-plugh' in any speech engine here"
    assert far.value.fix == "voicecoach voices lists them"
    auto.close()


def test_an_engine_that_is_not_installed_is_an_error_with_the_way_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyttsx3", None)

    with pytest.raises(SpeechError) as error:
        chosen("pyttsx3")

    assert error.value.what == "the speech engine pyttsx3 is not installed"
    assert error.value.fix == "pip install pyttsx3, or choose another --engine"


def test_choosing_loads_and_starts_nothing_that_is_not_needed(user_folders: Path) -> None:
    program = """
import sys
from voicecoach.speech.choice import chosen
engine = chosen("auto")
voice = engine.default_voice("de")
engine.owner(voice).identity
wrong = {"pyttsx3", "piper", "onnxruntime", "numpy", "soxr"} & set(sys.modules)
wrong |= {"voicecoach.speech.pyttsx3_engine", "voicecoach.speech.piper"} & set(sys.modules)
print(voice, engine.owner(voice).process_id, *wrong)
"""

    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "de None\n"
