"""Doses at a dial: less work and longer gaps when in doubt (language.md C.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiler.compiling import bout_lengths, codes, compiled, gaps, rendered, timeline
from tests.compiler.routines import count_at, gap_at, work_at
from voicecoach.compiler import dose
from voicecoach.routine import Dose, Range
from voicecoach.source import NOWHERE

dials = st.integers(0, 100)
scales = st.sampled_from([1, 10, 100, 500, 1000, 5000, 60_000])
ranges = st.builds(
    lambda a, b, scale: Range(min(a, b) * scale, max(a, b) * scale), st.integers(1, 99), st.integers(1, 99), scales
)
counted = st.builds(lambda a, b: Range(min(a, b), max(a, b)), st.integers(1, 200), st.integers(1, 200))


def of(part: Range) -> Dose:
    return Dose(((0, part),), NOWHERE)


# ---- the examples


@pytest.mark.parametrize(
    ("written", "lengths"),
    [
        ("20-30s", [20_000, 25_000, 30_000]),
        ("20s", [20_000, 20_000, 20_000]),
        ("15-20s", [15_000, 15_000, 20_000]),
        ("3-6s", [3000, 4000, 6000]),
        ("1-2m", [60_000, 90_000, 120_000]),
        ("2.5-3.2s", [2500, 2800, 3200]),
        ("{gentle: 10s, steady: 20s, strong: 30s}", [10_000, 20_000, 30_000]),
        ("{gentle: 10s, strong: 30s}", [10_000, 10_000, 30_000]),
        ("{gentle: 10-20s, strong: 30-40s}", [10_000, 10_000, 30_000]),
    ],
)
def test_work_at_each_level(written: str, lengths: list[int]) -> None:
    script = f"title: T\nsteps:\n  - hold: {written}\n"

    assert [bout_lengths(timeline(script, dial=dial)) for dial in (0, 50, 100)] == [[length] for length in lengths]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("3-4", [3, 3, 4]),
        ("8-12", [8, 10, 12]),
        ("5", [5, 5, 5]),
        ("{gentle: 2, steady: 4}", [2, 4, 4]),
        ("{gentle: 2-9, steady: 4-9}", [2, 4, 4]),
    ],
)
def test_counts_at_each_level(written: str, numbers: list[int]) -> None:
    script = f"title: T\nsteps:\n  - hold: 2s\n    reps: {written}\n"

    assert [len(timeline(script, dial=dial).bouts) for dial in (0, 50, 100)] == numbers


@pytest.mark.parametrize(
    ("written", "lengths"),
    [
        ("20-40s", [40_000, 30_000, 20_000]),
        ("8-10s", [10_000, 9000, 8000]),
        ("10-15s", [15_000, 15_000, 10_000]),
        ("{gentle: 30-40s, strong: 10-20s}", [40_000, 40_000, 20_000]),
    ],
)
def test_gaps_at_each_level_are_long_when_gentle(written: str, lengths: list[int]) -> None:
    script = f"title: T\nsteps:\n  - hold: 2s\n    reps: 2\n    relax: {written}\n"

    assert [gaps(timeline(script, dial=dial)) for dial in (0, 50, 100)] == [[length] for length in lengths]


@pytest.mark.parametrize(("level", "length"), [("gentle", 20_000), ("steady", 25_000), ("strong", 30_000)])
def test_the_file_names_a_level_and_the_dial_wins(level: str, length: int) -> None:
    script = f"title: T\nlevel: {level}\nsteps:\n  - hold: 20-30s\n"

    assert bout_lengths(timeline(script)) == [length]
    assert bout_lengths(timeline(script, dial=0)) == [20_000]


@pytest.mark.parametrize(("dial", "length"), [(49, 20_000), (99, 25_000)])
def test_the_dial_rounds_work_down_to_the_grid(dial: int, length: int) -> None:
    assert bout_lengths(timeline("title: T\nsteps:\n  - hold: 20-30s\n", dial=dial)) == [length]


@pytest.mark.parametrize(
    "step",
    [
        "{hold: {strong: 20s}}",
        "{hold: 5s, reps: {strong: 2}}",
        "{hold: 5s, reps: 2, relax: {strong: 2s}}",
        "{reps: 2, pace: {strong: 2s}}",
        "{rest: {strong: 5s}}",
        "{section: Legs, rounds: {strong: 2}, steps: [{hold: 5s}]}",
        "{section: Legs, between: {strong: 9s}, steps: [{hold: 5s}, {hold: 5s}]}",
        "{breathe: 4-6, for: {strong: 1m}}",
    ],
)
def test_a_map_without_a_value_for_this_level_is_an_error(step: str) -> None:
    script = f"title: T\nlevel: strong\nsteps:\n  - {step}\n  - hold: 5s\n"

    assert codes(compiled(script, dial=100)) == []
    assert codes(compiled(script, dial=50)) == ["E032"]


def test_the_message_names_the_level() -> None:
    script = "title: T\nlevel: strong\nsteps:\n  - hold: {strong: 30s}\n"

    assert rendered(script, compiled(script, dial=60)).splitlines()[:3] == [
        "x.coach.yaml:4:11: error E032: 'hold' has no value for level 'steady'",
        "    4 |   - hold: {strong: 30s}",
        "      |           ^",
    ]


# ---- at every dial


@given(ranges, dials)
def test_work_stays_in_its_range_and_on_its_grid(part: Range, dial: int) -> None:
    found = dose.work(of(part), dial)

    assert found == work_at(part.low, part.high, dial)
    assert found is not None
    assert part.low <= found <= part.high


@given(ranges, dials, dials)
def test_work_never_falls_as_the_dial_rises(part: Range, one: int, other: int) -> None:
    low, high = (dose.work(of(part), dial) for dial in sorted((one, other)))

    assert low is not None
    assert high is not None
    assert low <= high


@given(ranges, dials, dials)
def test_gaps_never_rise_as_the_dial_rises(part: Range, one: int, other: int) -> None:
    low, high = (dose.gap(of(part), dial) for dial in sorted((one, other)))

    assert low is not None
    assert high is not None
    assert part.low <= high <= low <= part.high
    assert low == gap_at(part.low, part.high, min(one, other))


@given(counted, dials)
def test_counts_round_down(part: Range, dial: int) -> None:
    assert dose.count(of(part), dial) == count_at(part.low, part.high, dial)


@given(ranges)
def test_the_ends_of_the_dial(part: Range) -> None:
    assert dose.work(of(part), 0) == part.low
    assert dose.gap(of(part), 0) == part.high
    assert dose.count(of(part), 100) == part.high


@given(ranges, dials)
def test_work_and_gap_add_up(part: Range, dial: int) -> None:
    work, gap = dose.work(of(part), dial), dose.gap(of(part), dial)

    assert work is not None
    assert gap is not None
    assert work + gap == part.low + part.high


@given(ranges, ranges, ranges, dials)
def test_a_level_applies_until_the_next(gentle: Range, steady: Range, strong: Range, dial: int) -> None:
    levels = Dose(((0, gentle), (50, steady), (100, strong)), NOWHERE, per_level=True)
    applies = gentle if dial < 50 else steady if dial < 100 else strong

    assert dose.work(levels, dial) == applies.low
    assert dose.gap(levels, dial) == applies.high
