"""The constants of the schedule (scheduling.md E.2), in milliseconds unless said otherwise."""

from voicecoach.units import Milliseconds

BREATH: Milliseconds = 250
"""Between two utterances."""
AFTER_END: Milliseconds = 450
"""From an end tone to the first word."""
AFTER_START: Milliseconds = 450
"""From a start tone to the first word: the tone of 200 ms and a breath."""
LEAD: Milliseconds = 150
"""No speech in this time before a start or end tone, and between two cues."""
MOVE_NICE: Milliseconds = 1_000
"""How far a cue may move."""
MOVE_MUST: Milliseconds = 2_000
"""How far a must-say cue may move."""
STEP: Milliseconds = 100
"""The grid on which a cue moves."""
COUNT_GUARD: Milliseconds = 50
"""A count ends this long before the next one."""
NAG = 2
"""How often the same nice cue is said in one exercise."""
RATE_MAX = 115
"""The fastest speech allowed, in per cent of the chosen pace."""
LEAST_GROWTH: Milliseconds = 5_000
"""A loose gap may always grow this much without a warning."""
SHORT_RELAX: Milliseconds = 5_000
"""A relax gap shorter than this has no ready ticks (G4)."""
SHORT_STRICT: Milliseconds = 6_000
"""A strict gap shorter than this has no ready ticks (G4)."""
TICK_EVERY: Milliseconds = 1_000
READY_TICKS = 3
"""Ready ticks sound at -3, -2 and -1 s before a start tone."""


def growth(written: Milliseconds) -> Milliseconds:
    """How much a loose gap of this written length may grow without a warning (GROW)."""
    return max(written // 2, LEAST_GROWTH)


def faster(wpm: int) -> int:
    """The fastest permitted rate in words a minute (RATE_MAX)."""
    return wpm * RATE_MAX // 100
