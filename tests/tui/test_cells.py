from voicecoach.tui.cells import cell_len, clean, clip, filled, wrap


def test_people_cannot_send_commands_to_the_terminal() -> None:
    assert clean("Arch\x1b[2J stretch\nnow") == "Arch\\x1b[2J stretch now"


def test_markup_is_text() -> None:
    assert clean("[red]Arch[/red]") == "[red]Arch[/red]"


def test_a_long_text_is_cut_with_dots() -> None:
    assert clip("Seated arch stretch", 10) == "Seated ar…"
    assert clip("Seated", 6) == "Seated"
    assert clip("Seated", 0) == ""


def test_wide_letters_are_counted_twice() -> None:
    assert cell_len(filled("足の体操", 7)) == 7
    assert cell_len(clip("足の体操", 7)) <= 7


def test_words_are_wrapped_and_the_last_line_is_cut() -> None:
    assert wrap("one two three four", 8, 2) == ("one two", "three f…")


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert wrap("abcdefghij", 4, 5) == ("abcd", "efgh", "ij")


def test_no_room_no_lines() -> None:
    assert wrap("one", 0, 2) == ()
    assert wrap("one", 5, 0) == ()
