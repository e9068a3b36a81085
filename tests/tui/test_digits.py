import pytest

from voicecoach.tui.digits import numeral, shown, width_of


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0"), (9, "9"), (99, "99"), (100, "1:40"), (3599, "59:59"), (3600, "1:00:00")]
)
def test_seconds_as_they_are_read(seconds: int, words: str) -> None:
    assert shown(seconds) == words


@pytest.mark.parametrize("rows", range(3, 30))
def test_a_number_fills_the_height_it_is_given(rows: int) -> None:
    drawn = numeral("0123456789:", rows, 1000)

    assert len(drawn) == rows
    assert {len(row) for row in drawn} == {width_of("0123456789:", rows)}


@pytest.mark.parametrize("rows", range(3, 30))
def test_every_digit_looks_different(rows: int) -> None:
    drawn = {numeral(digit, rows, 1000) for digit in "0123456789"}

    assert len(drawn) == 10


def test_a_number_shrinks_until_it_is_narrow_enough() -> None:
    drawn = numeral("88", 20, 30)

    assert 3 <= len(drawn) < 20
    assert len(drawn[0]) <= 30


def test_there_is_no_number_where_it_could_not_be_read() -> None:
    assert numeral("88", 2, 100) == ()
    assert numeral("88", 9, 4) == ()


def test_the_shape_of_a_small_two() -> None:
    assert numeral("2", 3, 10) == ("▀▀▀█", "█▀▀▀", "█▄▄▄")
