from voicecoach.listening.expected import Expected, expected, untimed
from voicecoach.utterance import Said


def test_a_word_keeps_the_spelling_of_the_script() -> None:
    written = (Said(0, 300, "Use"), Said(300, 500, "your"), Said(500, 900, "hand."))
    heard = (Said(0, 300, "Yooz"), Said(300, 500, "your"), Said(500, 900, "hand."))

    assert expected(written, heard) == (
        Expected("Use", "Yooz", 0, 0),
        Expected("your", "your", 300, 300),
        Expected("hand.", "hand.", 500, 500),
    )


def test_where_the_voice_says_more_words_they_stand_for_the_written_one() -> None:
    written = (Said(0, 400, "Hold"), Said(400, 1500, "20-30s"))
    heard = (Said(0, 400, "Hold"), Said(400, 700, "20"), Said(700, 800, "to"), Said(800, 1500, "30 seconds"))

    assert expected(written, heard) == (
        Expected("Hold", "Hold", 0, 0),
        Expected("20", "20", 400, 400),
        Expected("to", "to", 700, 700),
        Expected("30", "30", 800, 800),
        Expected("seconds", "seconds", 800, 1500),
    )


def test_words_without_a_time_of_their_own_may_be_anywhere_in_the_time_of_their_group() -> None:
    written = (Said(0, 400, "out of the"), Said(400, 800, "way"))

    assert expected(written, written) == (
        Expected("out", "out", 0, 0),
        Expected("of", "of", 0, 400),
        Expected("the", "the", 0, 400),
        Expected("way", "way", 400, 400),
    )


def test_marks_that_nobody_says_are_not_expected() -> None:
    written = (Said(0, 400, "Down — 🦶"), Said(400, 800, "up"))
    heard = (Said(0, 400, "Down,"), Said(400, 800, "up"))

    assert [word.text for word in expected(written, heard)] == ["Down", "up"]
    assert expected((), ()) == ()


def test_without_times_only_the_first_word_has_its_place() -> None:
    assert untimed(["Let", "-", "go."], 700) == (Expected("Let", "Let", 0, 0), Expected("go.", "go.", 0, 700))
