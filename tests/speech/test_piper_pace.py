import pytest

from voicecoach.estimate import estimate
from voicecoach.speech.piper_pace import FASTEST, QUICK, SENTENCES, SLOWEST, Pace, pace, sentence

TEXT = SENTENCES["en"]


def test_a_pace_is_found_from_two_lengths() -> None:
    assert pace(800 + 3_000, round(800 + 3_000 * QUICK)) == Pace(800, 3_000)


@pytest.mark.parametrize("wpm", [100, 160, 250])
def test_the_scale_gives_the_sentence_its_estimated_length(wpm: int) -> None:
    voice = Pace(500, 3_500)

    scale = voice.scale(TEXT, wpm)

    assert 500 + 3_500 * scale == pytest.approx(estimate(TEXT, wpm), abs=1)


@pytest.mark.parametrize(("wpm", "scale"), [(0, SLOWEST), (-5, SLOWEST), (5, SLOWEST), (9_000, FASTEST)])
def test_a_voice_is_not_driven_beyond_its_powers(wpm: int, scale: float) -> None:
    assert Pace(500, 3_500).scale(TEXT, wpm) == scale


def test_a_voice_that_does_not_heed_the_scale_has_its_pace() -> None:
    assert pace(4_000, 4_000) == Pace(0, 4_000)
    assert pace(0, 0).stretched > 0


def test_the_sentence_of_a_language_serves_every_region() -> None:
    assert sentence("de-AT") == sentence("de") == SENTENCES["de"]
    assert sentence("xx") is None
    assert all(50 < len(text) < 90 for text in SENTENCES.values())
