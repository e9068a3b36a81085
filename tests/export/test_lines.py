from collections.abc import Sequence

import pytest

from voicecoach.export.labels import Line, Word
from voicecoach.export.lines import lines
from voicecoach.source import NOWHERE
from voicecoach.timeline import Cue, Timeline
from voicecoach.utterance import Said, Utterance


def speech(start: int, end: int, text: str) -> Cue:
    return Cue("speech", start, end, "must", NOWHERE, text, Utterance(text, "v", 145))


def count(start: int, text: str) -> Cue:
    return Cue("count", start, start + 450, "clock", NOWHERE, text, Utterance(text, "v", 165))


def tone(start: int) -> Cue:
    return Cue("tone", start, start + 60, "clock", NOWHERE, tone="tick")


def session(*cues: Cue, duration: int = 60_000) -> Timeline:
    return Timeline("id", "Title", "en", "f", {}, 24_000, duration, False, (), (), (), cues, ())


def test_a_spoken_text_is_a_line_and_a_tone_is_none() -> None:
    found = lines(session(tone(0), speech(1_000, 4_000, "Sit  *tall*,\nand relax"), tone(5_000)))

    assert found == (Line(1_000, 4_000, "Sit *tall*, and relax"),)


def test_a_countdown_is_one_line_with_the_time_of_each_count() -> None:
    found = lines(session(count(10_000, "3"), count(11_000, "2"), count(12_000, "1"), tone(13_000)))

    words = (Word(10_000, 10_450, "3,"), Word(11_000, 11_450, "2,"), Word(12_000, 12_450, "1"))
    assert found == (Line(10_000, 12_450, "3, 2, 1", words),)


def test_slow_counts_are_a_line_each() -> None:
    found = lines(session(count(0, "1"), count(4_000, "2"), count(8_000, "3")))

    assert [(line.start, line.text) for line in found] == [(0, "1"), (4_000, "2"), (8_000, "3")]


@pytest.mark.parametrize(("apart", "texts"), [(1_500, ["2, 1"]), (1_501, ["2", "1"])])
def test_counts_belong_together_up_to_a_second_and_a_half(apart: int, texts: list[str]) -> None:
    found = lines(session(count(0, "2"), count(apart, "1")))

    assert [line.text for line in found] == texts


def test_a_long_count_is_spread_evenly() -> None:
    found = lines(session(*(count(number * 1_000, str(12 - number)) for number in range(12))))

    assert [line.text for line in found] == ["12, 11, 10, 9, 8, 7", "6, 5, 4, 3, 2, 1"]
    assert found[0].end <= found[1].start == 6_000


def test_words_between_counts_keep_their_place() -> None:
    found = lines(session(count(0, "3"), speech(500, 950, "Nearly"), count(1_000, "2"), count(2_000, "1")))

    assert [line.text for line in found] == ["3", "Nearly", "2, 1"]


def test_a_short_line_stays_to_be_read_but_not_into_the_next_nor_past_the_end() -> None:
    found = lines(
        session(speech(0, 300, "Rest."), speech(5_000, 5_300, "Relax."), speech(5_600, 5_900, "Go"), duration=6_000)
    )

    assert [(line.start, line.end) for line in found] == [(0, 1_100), (5_000, 5_600), (5_600, 6_000)]


def test_words_of_the_engine_stand_at_their_time_of_the_session() -> None:
    def words(utterance: Utterance) -> Sequence[Said]:
        assert utterance == Utterance("Let go", "v", 145)
        return (Said(5, 240, "Let"), Said(240, 900, "go"))

    found = lines(session(speech(7_000, 7_800, "Let go")), words)

    assert found[0].words == (Word(7_005, 7_240, "Let"), Word(7_240, 7_800, "go"))


def test_what_would_begin_after_the_end_or_is_empty_is_no_line() -> None:
    assert lines(session(speech(0, 100, " \0\n"), speech(1_000, 2_000, "Late"), duration=1_000)) == ()


def test_hostile_text_stays_text() -> None:
    found = lines(session(speech(0, 1_000, "a\0<b>\r\n\r\n1\n00:00 --> \ud800")))

    assert found[0].text == "a<b> 1 00:00 --> ?"
