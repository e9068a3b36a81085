import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.export.captions import WIDTH, Piece, broken, captions, width
from voicecoach.export.labels import Line, Word

LONG = (
    "Sit in the chair and cross your left ankle over the other knee. Hold your toes and gently pull them "
    "back towards your shin, until you feel a stretch in the arch."
)


def rows(text: str) -> list[str]:
    return [" ".join(piece.text for piece in row) for row in broken([Piece(word, None) for word in text.split()])]


def shown(line: Line, length: int = 60_000) -> list[tuple[int, int, list[str]]]:
    return [
        (caption.start, caption.end, [" ".join(piece.text for piece in row) for row in caption.rows])
        for caption in captions([line], length)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Relax.", ["Relax."]),
        ("3, 2, 1", ["3, 2, 1"]),
        ("Switch. Right ankle over the other knee.", ["Switch. Right ankle over the other knee."]),
        (
            "Sit on a sturdy chair near a wall, with bare feet.",
            ["Sit on a sturdy chair near a wall,", "with bare feet."],
        ),
    ],
)
def test_rows_end_where_the_words_do(text: str, expected: list[str]) -> None:
    assert rows(text) == expected


def test_a_long_line_becomes_several_captions_of_two_rows() -> None:
    found = shown(Line(0, 10_000, LONG))

    assert [len(text) for _, _, text in found] == [2, 2]
    assert [caption[0] for caption in found] == [0, found[0][1]]
    assert found[-1][1] == 10_000
    assert 4_500 < found[1][0] < 5_500


def test_a_later_caption_begins_when_its_first_word_is_heard() -> None:
    texts = LONG.split()
    words = tuple(Word(number * 100, number * 100 + 100, text) for number, text in enumerate(texts))

    found = captions([Line(0, 10_000, LONG, words)], 60_000)

    assert found[1].start == texts.index(found[1].rows[0][0].text, 15) * 100


def test_a_caption_stays_through_a_short_pause_and_goes_in_a_long_one() -> None:
    lines = [Line(0, 1_000, "a"), Line(5_000, 6_000, "b"), Line(10_001, 11_000, "c")]

    found = [(caption.start, caption.end) for caption in captions(lines, 15_001)]

    assert found == [(0, 5_000), (5_000, 6_000), (10_001, 11_000)]


def test_nothing_is_shown_past_the_end() -> None:
    lines = [Line(0, 5_000, "a"), Line(4_000, 9_000, "b"), Line(7_000, 8_000, "c")]

    assert [(caption.start, caption.end) for caption in captions(lines, 6_000)] == [(0, 4_000), (4_000, 6_000)]


def test_a_word_longer_than_a_row_is_cut() -> None:
    [(_, _, text)] = shown(Line(0, 9_000, "x" * 60))

    assert text == ["x" * 42, "x" * 18]


def test_a_very_long_word_is_cut_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    combining = unicodedata.combining
    monkeypatch.setattr(unicodedata, "combining", lambda letter: looked.append(letter) or combining(letter))

    found = shown(Line(0, 9_000, "x" * 4_200))

    assert sum(len(row) for _, _, text in found for row in text) == 4_200
    assert len(looked) < 3 * 4_200


def test_wide_letters_count_twice_and_marks_not_at_all() -> None:
    assert width("足のe\u0301") == 5
    assert all(width(row) <= WIDTH for _, _, text in shown(Line(0, 9_000, "足の裏を伸ばす" * 9)) for row in text)


line = st.builds(
    lambda start, lasts, text, timed: Line(
        start,
        start + lasts,
        text,
        tuple(Word(start + n * 90, start + n * 90 + 90, word) for n, word in enumerate(text.split())) if timed else (),
    ),
    st.integers(0, 9_000),
    st.integers(0, 5_000),
    st.text(st.sampled_from("ab. ,足e\u0301 \n"), max_size=250),
    st.booleans(),
)


@given(st.lists(line, max_size=6), st.integers(1, 9_500))
def test_captions_never_overlap_and_fit_the_screen(lines: list[Line], length: int) -> None:
    found = captions(lines, length)

    ends = [0, *(caption.end for caption in found)]
    for caption, before in zip(found, ends, strict=False):
        assert before <= caption.start < caption.end <= length
        assert 1 <= len(caption.rows) <= 2
        assert all(width(" ".join(piece.text for piece in row)) <= WIDTH for row in caption.rows)


@given(st.text(st.sampled_from("ab. ,"), max_size=300))
def test_no_word_is_lost(text: str) -> None:
    assert " ".join(" ".join(texts) for _, _, texts in shown(Line(0, 50_000, text))).replace(" ", "") == "".join(
        text.split()
    )
