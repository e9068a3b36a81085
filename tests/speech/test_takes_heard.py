"""What a session hears of takes: the take for its line at every pace, the engine for the rest."""

from pathlib import Path

import numpy as np
import pytest

from tests.reader import reading
from voicecoach.sound.loudness import clip_loudness
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.espeak import EspeakEngine
from voicecoach.speech.recording import RATE, recorded
from voicecoach.speech.silent import SilentEngine
from voicecoach.speech.speaker import Speaker
from voicecoach.speech.takefile import TakeFile
from voicecoach.speech.takes import Takes
from voicecoach.utterance import Utterance

TEXT = "Hold for 20-30s ... and relax."
LINE = Utterance(TEXT, "en-gb", 160)
REST = Utterance("Rest.", "en-gb", 160)


@pytest.fixture
def takes(tmp_path: Path) -> Takes:
    made = recorded(reading(TEXT, rate=RATE))
    Takes(tmp_path / "takes", "own").keep(TakeFile(TEXT, "en", RATE, made.pcm))
    return Takes(tmp_path / "takes", "own")


def test_a_line_with_a_take_is_heard_from_it_and_the_rest_from_the_engine(espeak: EspeakEngine, takes: Takes) -> None:
    speaker, engine_alone = Speaker(espeak, takes=takes), Speaker(espeak)

    mine, its = speaker.clip(LINE), engine_alone.clip(LINE)

    take = takes.find(TEXT, "en")
    assert take is not None
    assert mine.length == take.length != its.length
    assert clip_loudness(mine.samples, mine.rate) == pytest.approx(-19, abs=0.3)
    assert np.array_equal(speaker.clip(REST).samples, engine_alone.clip(REST).samples)


def test_a_take_has_one_length_at_every_pace_and_in_every_voice(espeak: EspeakEngine, takes: Takes) -> None:
    lengths = Speaker(espeak, takes=takes).prepare(
        [LINE, LINE._replace(rate=184), LINE._replace(rate=100), LINE._replace(voice="en-us-male")]
    )

    assert len(set(lengths.values())) == 1


def test_nobody_knows_when_the_words_of_a_take_are_heard(espeak: EspeakEngine, takes: Takes) -> None:
    speaker = Speaker(espeak, takes=takes)

    assert speaker.words(LINE) == ()
    assert speaker.words(REST) != ()


def test_the_cache_keeps_each_take_by_its_sound(espeak: EspeakEngine, takes: Takes, tmp_path: Path) -> None:
    def clip(own: Takes | None) -> bytes:
        return Speaker(espeak, ClipCache(tmp_path / "clips"), takes=own).clip(LINE).samples.tobytes()

    first, engine = clip(takes), clip(None)
    again = clip(Takes(tmp_path / "takes", "own"))
    takes.keep(TakeFile(TEXT, "en", RATE, recorded(reading("Something else.", rate=RATE)).pcm))
    other = clip(Takes(tmp_path / "takes", "own"))

    assert again == first
    assert len({first, engine, other}) == 3


def test_an_engine_that_says_nothing_hears_no_takes(takes: Takes) -> None:
    speaker = Speaker(SilentEngine(), takes=takes)

    assert speaker.takes is None
    assert not speaker.clip(LINE).samples.any()
