from voicecoach.tui.letters import big, line_rows

A = ("▄▀▄", "█▀█", "▀ ▀")


def test_a_letter_is_drawn_from_half_blocks() -> None:
    rows = big("a", 10, 1, 1)

    assert rows == A


def test_words_are_wrapped_where_the_line_is_full() -> None:
    rows = big("aa aa", 8, 1, 2)

    assert rows is not None
    assert len(rows) == 2 * line_rows(1)


def test_a_text_that_needs_more_lines_is_refused() -> None:
    assert big("aa aa", 8, 1, 1) is None


def test_a_word_wider_than_the_line_is_refused() -> None:
    assert big("aaaaaaaa", 8, 1, 3) is None


def test_letters_without_a_block_form_are_refused() -> None:
    assert big("Łydka", 80, 1, 1) is None


def test_nothing_is_refused() -> None:
    assert big("", 80, 1, 1) is None


def test_scale_two_is_twice_as_wide() -> None:
    rows = big("a", 10, 2, 1)

    assert rows is not None
    assert {len(row) for row in rows} == {6}
    assert rows[0] == "  ██  "


def test_all_rows_are_equally_wide() -> None:
    for text in ("Get ready", "hold 2 of 3 · set 1 of 2", "90°, left (slow) & 5 % + 3/4!", "mn wq 0123456789"):
        rows = big(text, 400, 1, 1)

        assert rows is not None
        assert len({len(row) for row in rows}) == 1
