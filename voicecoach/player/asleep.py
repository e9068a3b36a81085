"""How long the computer was asleep, as far as the system tells."""

import time


def slept() -> float:
    """Seconds of sleep since some fixed moment; always 0 where the system keeps no such count.

    On Linux CLOCK_BOOTTIME runs on during sleep and CLOCK_MONOTONIC does not; on macOS it is
    CLOCK_MONOTONIC that runs on, and Python's monotonic clock that does not. Neither is moved
    when somebody sets the clock.
    """
    for clock in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        number = getattr(time, clock, None)
        if number is not None:
            return time.clock_gettime(number) - time.monotonic()
    return 0.0
