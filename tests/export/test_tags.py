import pytest

from voicecoach.export.tags import Tags, clean, fitted
from voicecoach.timeline import Chapter


def test_only_tags_with_text_are_written() -> None:
    assert Tags("Feet\0", comment="a=b\n[x]").written() == {
        "title": "Feet",
        "artist": "voicecoach",
        "comment": "a=b\n[x]",
    }


@pytest.mark.parametrize(
    ("lang", "code"), [("en-GB", "eng"), ("DE", "deu"), ("pt_BR", "por"), ("", "und"), ("xx", "und")]
)
def test_the_language_has_three_letters(lang: str, code: str) -> None:
    assert Tags("t", lang=lang).language() == code


def test_text_that_is_no_unicode_becomes_a_question_mark() -> None:
    assert clean("a\udcffb\0🦶") == "a?b🦶"


def test_text_of_people_does_nothing_to_a_terminal() -> None:
    assert clean("a\x1b[31mb\x07c\x9b1md\x7f\te\r\nf") == "a[31mbc1md\te\r\nf"


def test_chapters_tile_the_file_from_0() -> None:
    chapters = [
        Chapter("a", 500, 1000),
        Chapter("none", 1000, 1000),
        Chapter("b", 1000, 2000),
        Chapter("c", 2500, 2600),
    ]

    assert fitted(chapters, 3000) == (Chapter("a", 0, 1000), Chapter("b", 1000, 2500), Chapter("c", 2500, 3000))
    assert fitted([], 3000) == ()


def test_the_last_chapter_takes_what_is_too_many() -> None:
    chapters = [Chapter(str(n), n * 10, n * 10 + 10) for n in range(400)]

    kept = fitted(chapters, 4000)

    assert len(kept) == 255
    assert kept[-1] == Chapter("254", 2540, 4000)


def test_a_title_is_cut_between_two_letters() -> None:
    (chapter,) = fitted([Chapter("x" + "🦶" * 40, 0, 10)], 10)

    assert chapter.title == "x" + "🦶" * 31
    assert len(chapter.title.encode()) <= 127
