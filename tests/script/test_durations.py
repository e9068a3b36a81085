"""The duration syntax of the language."""

import pytest

from voicecoach.routine import Range
from voicecoach.script.durations import count, duration, length
from voicecoach.script.fault import Fault


@pytest.mark.parametrize(
    ("written", "milliseconds"),
    [
        ("30s", 30_000),
        ("30 s", 30_000),
        ("30 sec", 30_000),
        ("30 seconds", 30_000),
        ("1 second", 1_000),
        ("0:30", 30_000),
        ("90s", 90_000),
        ("1m30s", 90_000),
        ("1m 30s", 90_000),
        ("1 minute 30 seconds", 90_000),
        ("1:30", 90_000),
        ("1.5m", 90_000),
        ("1:02:30", 3_750_000),
        ("2h", 7_200_000),
        ("500ms", 500),
        ("0:01.25", 1_250),
        ("0.1s", 100),
    ],
)
def test_one_duration(written: str, milliseconds: int) -> None:
    assert duration(written) == Range(milliseconds, milliseconds)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("20-30s", 20_000, 30_000),
        ("20s-30s", 20_000, 30_000),
        ("20 to 30s", 20_000, 30_000),
        ("20–30s", 20_000, 30_000),
        ("20 - 30 s", 20_000, 30_000),
        ("1-2m", 60_000, 120_000),
        ("1:00-1:30", 60_000, 90_000),
        ("45s-1m30s", 45_000, 90_000),
        ("1.5-2m", 90_000, 120_000),
    ],
)
def test_range_of_durations(written: str, low: int, high: int) -> None:
    assert duration(written) == Range(low, high)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("30", "E020"),
        ("20-30", "E020"),
        ("30-20s", "E022"),
        ("1h30", "E021"),
        ("30s1m", "E021"),
        ("1m1m", "E021"),
        ("1:60", "E021"),
        ("1:75:00", "E021"),
        ("0.0001s", "E021"),
        ("30x", "E021"),
        ("", "E021"),
        ("to", "E021"),
        ("-", "E021"),
        ("٣s", "E021"),
        ("25h", "E021"),
        ("9" * 400 + "s", "E021"),
        ("-5s", "E024"),
        ("0s", "E024"),
        ("0-5s", "E024"),
    ],
)
def test_what_is_no_duration(written: str, code: str) -> None:
    found = duration(written, "hold")

    assert isinstance(found, Fault)
    assert found.code == code


def test_missing_last_unit_is_completed_in_the_fix() -> None:
    found = duration("1h30")

    assert isinstance(found, Fault)
    assert found.fix == "write 1h30m"


def test_only_a_gap_may_be_empty() -> None:
    assert duration("0s", gap=True) == Range(0, 0)


def test_one_length_is_ten_per_cent_around_it() -> None:
    assert length("12m") == Range(648_000, 792_000)
    assert length("10-15m") == Range(600_000, 900_000)


@pytest.mark.parametrize(
    ("written", "low", "high"), [("3", 3, 3), ("8-12", 8, 12), ("8 to 12", 8, 12), ("8–12", 8, 12)]
)
def test_count(written: str, low: int, high: int) -> None:
    assert count(written) == Range(low, high)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0", "E024"),
        ("-3", "E024"),
        ("0-3", "E024"),
        ("12-8", "E022"),
        ("many", "E035"),
        ("30s", "E023"),
        ("99999", "E035"),
    ],
)
def test_what_is_no_count(written: str, code: str) -> None:
    found = count(written, "reps")

    assert isinstance(found, Fault)
    assert found.code == code
