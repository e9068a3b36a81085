"""Problems as text, JSON and annotations."""

import pytest

from voicecoach import report
from voicecoach.source import Problem, Source, Span


def problem(line: int = 1, col: int = 1, length: int = 1, what: str = "odd") -> Problem:
    return Problem("error", "E000", Span("x.yaml", line, col, length), what)


def shown(text: str, found: Problem, path: str = "x.yaml") -> str:
    return report.text(found, {"x.yaml": Source("x.yaml", path, text)})


def test_caret_stands_under_the_span() -> None:
    assert shown("a: b\nhold: 30\n", problem(2, 7, 2)) == (
        "x.yaml:2:7: error E000: odd\n    2 | hold: 30\n      |       ^^"
    )


def test_whole_file_has_no_line_and_no_caret() -> None:
    assert shown("a: b\n", problem(0, 0)) == "x.yaml: error E000: odd"


def test_place_outside_the_text_has_no_caret() -> None:
    assert shown("", problem()) == "x.yaml:1:1: error E000: odd"
    assert report.text(problem(), {}) == "x.yaml:1:1: error E000: odd"


def test_path_is_the_one_a_person_would_type() -> None:
    assert shown("", problem(), "routines/x.yaml").startswith("routines/x.yaml:1:1: ")


def test_wide_characters_move_the_caret_two_columns() -> None:
    assert shown("say: 足足 x", problem(1, 9)).splitlines()[2] == "      |           ^"


def test_tabs_stay_tabs_above_and_below() -> None:
    assert shown("\t\thold", problem(1, 3, 4)).splitlines()[1:] == ["    1 | \t\thold", "      | \t\t^^^^"]


def test_control_characters_are_shown_and_never_sent() -> None:
    found = shown("a\x1b[31mb", problem(1, 7, what="bell \x07 and\nline"))

    assert found == "x.yaml:1:7: error E000: bell \\x07 and\\x0aline\n    1 | a\\x1b[31mb\n      |          ^"


def test_long_line_is_cut_around_the_caret() -> None:
    lines = shown("a" * 500 + "B" + "c" * 500, problem(1, 501)).splitlines()

    assert lines[1].startswith("    1 | ...aaa")
    assert lines[1].endswith("ccc...")
    assert lines[1][lines[2].index("^")] == "B"


def test_colour_is_added_only_if_asked_for() -> None:
    plain = report.text(problem(), {"x.yaml": Source("x.yaml", "x.yaml", "a")})
    painted = report.text(problem(), {"x.yaml": Source("x.yaml", "x.yaml", "a")}, colour=True)

    assert "\x1b" not in plain
    assert painted.replace("\x1b[31m", "").replace("\x1b[0m", "") == plain


def test_json_has_every_part() -> None:
    found = Problem("warning", "W303", Span("x.yaml", 1, 2, 3), "what", "why", "fix")

    assert report.as_json(found, {}) == {
        "file": "x.yaml",
        "line": 1,
        "col": 2,
        "length": 3,
        "severity": "warning",
        "code": "W303",
        "what": "what",
        "why": "why",
        "fix": "fix",
    }


@pytest.mark.parametrize(("severity", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")])
def test_annotation(severity: str, command: str) -> None:
    found = Problem(severity, "E000", Span("a,b:c.yaml", 2, 3), "100 % odd", fix="a\nb")  # type: ignore[arg-type]

    assert report.github(found, {}) == (
        f"::{command} file=a%2Cb%3Ac.yaml,line=2,col=3,title=E000::100 %25 odd%0Afix: a%0Ab"
    )
