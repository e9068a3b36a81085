from voicecoach.listening.aligner import Aligned
from voicecoach.listening.expected import Expected
from voicecoach.listening.judging import Judged, Judgement, Word, judged, unheard
from voicecoach.listening.planned import PlannedCue

CUE = PlannedCue(10_000, 12_000, "Lift your left heel", 100)
WORDS = tuple(Expected(word, word, at, at) for word, at in zip(CUE.text.split(), (0, 500, 1000, 1500), strict=True))


def found(*starts: int, score: float = -20.0) -> list[Aligned]:
    """Words in sound that begins 200 ms before the cue; each goes on to the next."""
    return [Aligned(start + 200, end + 200, score) for start, end in zip(starts, (*starts[1:], 2000), strict=True)]


def heard(*starts: int, score: float = -20.0) -> Judged:
    return judged(CUE, WORDS, found(*starts, score=score), CUE.start - 200)


def test_words_where_the_plan_has_them_are_in_time() -> None:
    cue = heard(-30, 520, 850, 1650)

    assert cue.state == "heard"
    assert [word.off for word in cue.words] == [-30, 20, -150, 150]
    assert all(word.in_time and word.inside for word in cue.words)
    assert Judgement((cue,)).holds


def test_a_word_151_ms_late_is_not_in_time() -> None:
    cue = heard(0, 500, 1000, 1651)

    assert [word.in_time for word in cue.words] == [True, True, True, False]
    assert not Judgement((cue,)).holds
    assert Judgement((cue, *[heard(0, 500, 1000, 1500)] * 5)).holds


def test_a_cue_with_fewer_than_half_of_its_words_in_time_is_moved() -> None:
    assert heard(0, 500, 1200, 1700).state == "heard"
    cue = heard(0, 700, 1200, 1700)

    assert cue.state == "moved"
    assert not Judgement((cue, *[heard(0, 500, 1000, 1500)] * 99)).holds


def test_a_cue_that_ends_much_too_soon_is_moved() -> None:
    words = [*found(0, 500, 1000, 1500)[:-1], Aligned(1_700, 1_890, -20.0)]

    assert judged(CUE, WORDS, words, CUE.start - 200).state == "moved"


def test_words_that_fit_badly_are_other_words() -> None:
    cue = heard(0, 500, 1000, 1500, score=-80.0)

    assert cue.state == "other"
    assert all(word.start is None and word.off is None and not word.in_time for word in cue.words)
    assert judged(CUE, WORDS, None, 0).state == "other"


def test_one_word_that_fits_badly_is_told_and_not_in_time() -> None:
    words = found(0, 500, 1000, 1500)
    words[2] = words[2]._replace(score=-116.0)

    cue = judged(CUE, WORDS, words, CUE.start - 200)

    assert cue.state == "heard"
    assert [word.fits for word in cue.words] == [True, True, False, True]
    assert not cue.words[2].in_time


def test_a_word_over_the_end_of_its_cue_is_outside() -> None:
    words = found(0, 500, 1000, 1500)
    words[3] = words[3]._replace(end=2_351)

    cue = judged(CUE, WORDS, words, CUE.start - 200)

    assert [word.inside for word in cue.words] == [True, True, True, False]
    assert Judgement((cue,)).outside == 1
    assert not Judgement((cue, *[heard(0, 500, 1000, 1500)] * 99)).holds


def test_a_word_without_a_time_of_its_own_is_early_or_late_only_outside_its_group() -> None:
    assert Word("the", 100, 400, 250, 300, True, True).off == 0
    assert Word("the", 100, 400, 90, 300, True, True).off == -10
    assert Word("the", 100, 400, 420, 500, True, True).off == 20


def test_a_silent_cue_fails_however_many_others_are_heard() -> None:
    assert not Judgement((unheard(CUE, WORDS, "silent"), *[heard(0, 500, 1000, 1500)] * 999)).holds


def test_a_plan_without_words_is_kept() -> None:
    assert Judgement(()).holds
