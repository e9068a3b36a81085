"""The code on the terminal, read by a reader of codes."""

import numpy as np
import zxingcpp

from voicecoach.serve.qr import fits, qr

LINK = "http://192.168.178.123:54321/SvpIhs54GW9sguns79wMKg/"
HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def read(rows: list[list[int]]) -> str:
    """What a phone sees, where 1 is dark."""
    dark = np.kron(np.array(rows, np.uint8), np.ones((8, 8), np.uint8))
    found = zxingcpp.read_barcodes((255 * (1 - dark)).astype(np.uint8))
    return str(found[0].text) if found else ""


def squares(lines: list[str]) -> list[list[int]]:
    return [[HALVES[letter][half] for letter in line] for line in lines for half in (0, 1)]


def test_in_colour_it_is_black_on_white() -> None:
    lines = qr(LINK, coloured=True)

    assert all(line.startswith("\x1b[30;107m") and line.endswith("\x1b[0m") for line in lines)
    assert read(squares([line[len("\x1b[30;107m") : -len("\x1b[0m")] for line in lines])) == LINK
    assert fits(lines, 37, coloured=True)
    assert not fits(lines, 36, coloured=True)


def test_without_colour_the_light_squares_are_written() -> None:
    lines = qr(LINK, coloured=False)

    assert "\x1b" not in "".join(lines)
    assert read([[1 - square for square in row] for row in squares(lines)]) == LINK
    assert len(lines) <= 21
    assert fits(lines, 80, coloured=False)


def test_without_half_blocks_it_is_plain_letters() -> None:
    lines = qr(LINK, coloured=False, blocks=False)

    assert set("".join(lines)) == {"#", " "}
    width = max(map(len, lines))
    assert read([[int(line.ljust(width)[at] == " ") for at in range(0, width, 2)] for line in lines]) == LINK
