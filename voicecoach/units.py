"""Times of the schedule and times of sound, and the only conversions between them.

The schedule is counted in whole milliseconds, sound in whole frames. Every mix rate is a
multiple of 1000 frames a second, so both conversions are exact and no time is ever a float.
"""

from typing import TypeAlias

Milliseconds: TypeAlias = int
Frames: TypeAlias = int
Rate: TypeAlias = int
"""Frames a second."""

MIX_RATE: Rate = 24_000
"""Frames a second of a session of speech and tones: every speech engine is at or below it."""

SECOND: Milliseconds = 1_000
MINUTE: Milliseconds = 60_000
HOUR: Milliseconds = 3_600_000


def frames(time: Milliseconds, rate: Rate) -> Frames:
    """Frames in `time` milliseconds at a mix rate that is a multiple of 1000."""
    return time * _per_millisecond(rate)


def milliseconds(count: Frames, rate: Rate) -> Milliseconds:
    """Whole milliseconds needed to hold `count` frames, rounded up."""
    return -(-count // _per_millisecond(rate))


def _per_millisecond(rate: Rate) -> Frames:
    per_millisecond, remainder = divmod(rate, 1_000)
    if remainder or per_millisecond <= 0:
        raise ValueError(f"a mix rate is a positive multiple of 1000, not {rate}")
    return per_millisecond


def clock(time: Milliseconds) -> str:
    """A time for people: `2:21.3`, with hours from 60 minutes on, tenths only when there are any."""
    tenths = (time + 50) // 100
    seconds, tenth = divmod(tenths, 10)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    head = f"{hours}:{minute:02d}" if hours else f"{minute}"
    return f"{head}:{second:02d}" + (f".{tenth}" if tenth else "")


def amount(length: Milliseconds) -> str:
    """`4 s` or `8.5 s`, rounded up to tenths."""
    return f"{tenths(length).removesuffix('.0')} s"


def tenths(length: Milliseconds) -> str:
    """Seconds with one decimal, rounded up so that a need is never understated."""
    whole, tenth = divmod(-(-length // 100), 10)
    return f"{whole}.{tenth}"
