"""The last half year as a picture of characters: a column for each week, a row for each day of it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

WEEKS: Final = 26

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LABEL: Final = 4
"""Columns before the first week: the day and a space."""

LEAST: Final = (0, 1, 10, 20, 40)
"""Minutes from which each mark is used; the first is for a day without a session."""

MARKS: Final = "·░▒▓█"
PLAIN_MARKS: Final = ".-+*#"
"""For terminals that know ASCII only; each looks different from the others, and darker."""


class Day(NamedTuple):
    """What was done on one day."""

    sessions: int
    minutes: int


class Cell(NamedTuple):
    """One piece of a line; `mark` is the place of its mark in MARKS, None for everything else."""

    text: str
    mark: int | None = None


def weeks_in(width: int) -> int:
    """How many weeks fit into `width` columns, at least one and at most half a year."""
    return max(1, min(WEEKS, (width - _LABEL + 1) // 2))


def heatmap(days: Mapping[date, Day], today: date, weeks: int, marks: str = MARKS) -> list[list[Cell]]:
    """The lines of the picture, each made of cells: months, seven days, and the legend."""
    monday = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    lines = [[Cell((" " * _LABEL + _months(monday, weeks)).rstrip())]]
    for row, name in enumerate(_DAYS):
        line = [Cell(f"{name} ")]
        for week in range(weeks):
            day = monday + timedelta(days=7 * week + row)
            if day > today:
                break
            line += [Cell(" ")] * bool(week)
            mark = _mark(days.get(day))
            line.append(Cell(marks[mark], mark))
        lines.append(line)
    return [*lines, [], *_legend(marks, _LABEL + 2 * weeks)]


def summary(days: Mapping[date, Day], today: date, weeks: int) -> str:
    """The picture in words: sessions, minutes, days, and how many days in a row.

    A row of days still goes on while today is not over.
    """
    monday = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    shown = {day: found for day, found in days.items() if monday <= day <= today}
    sessions, minutes = sum(day.sessions for day in shown.values()), sum(day.minutes for day in shown.values())
    done = {day for day, found in days.items() if found.sessions}
    return (
        f"{_counted(weeks, 'week')}: {_counted(sessions, 'session')} on {_counted(len(shown), 'day')}, "
        f"{_counted(minutes, 'minute')}; current streak {_counted(streak(done, today), 'day')}"
    )


def streak(days: set[date], today: date) -> int:
    """The days in a row that end today, or yesterday if there was nothing today yet."""
    last = today if today in days else today - timedelta(days=1)
    length = 0
    while last - timedelta(days=length) in days:
        length += 1
    return length


def _mark(day: Day | None) -> int:
    """A day with a session never looks like one without, however short it was."""
    if day is None or not day.sessions:
        return 0
    return max(1, sum(day.minutes >= least for least in LEAST[1:]))


def _months(monday: date, weeks: int) -> str:
    """Names of months above the week in which each begins, where there is room."""
    line = ""
    for week in range(weeks):
        sunday = monday + timedelta(days=7 * week + 6)
        begins = sunday.day <= 7 or week == 0
        next_begins = week == 0 and (sunday + timedelta(days=7)).day <= 7
        if begins and not next_begins and (not line or len(line) < 2 * week):
            line = line.ljust(2 * week) + _MONTHS[sunday.month - 1]
    return line


def _legend(marks: str, width: int) -> list[list[Cell]]:
    """What the marks mean, on as many lines as it needs."""
    words = ["no session", f"under {LEAST[2]} minutes", *(f"{least} or more" for least in LEAST[2:])]
    lines: list[list[Cell]] = [[]]
    for mark, meaning in enumerate(words):
        used = sum(len(cell.text) for cell in lines[-1])
        if lines[-1] and used + 5 + len(meaning) > max(width, 40):
            lines.append([])
        lines[-1] += [Cell("   " if lines[-1] else ""), Cell(marks[mark], mark), Cell(f" {meaning}")]
    return lines


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def days_of(done: Sequence[tuple[date, int]]) -> dict[date, Day]:
    """Sessions as pairs of their day and their milliseconds, gathered by day."""
    spent: dict[date, list[int]] = {}
    for day, length in done:
        spent.setdefault(day, []).append(length)
    return {day: Day(len(lengths), round(sum(lengths) / 60_000)) for day, lengths in spent.items()}
