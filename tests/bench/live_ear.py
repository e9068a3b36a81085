"""When a recording fell silent and when it sounded, on the clock that all processes share."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.recording import RATE, Recording

SHORTEST = RATE // 10
"""Frames of zeros that are a silence, not a part of a sound."""

_NEAR = 100


class Silence(NamedTuple):
    """Frames `[start, end)` of zeros, and the moments at which both were heard."""

    start: int
    end: int
    began: float
    ended: float


class MissedError(RuntimeError):
    """Too many commands did not meet the sound, or the silence, that they were meant for."""


def silences(recording: Recording, shortest: int = SHORTEST) -> list[Silence]:
    """Every silence of a recording, in order."""
    samples = np.frombuffer(recording.samples, np.int16)
    edges = np.concatenate([[-1], np.flatnonzero(samples), [len(samples)]])
    long = np.flatnonzero(np.diff(edges) > shortest)
    starts, ends = edges[long] + 1, edges[long + 1]
    began, ended = moments(recording, starts), moments(recording, ends)
    return [
        Silence(int(start), int(end), float(first), float(last))
        for start, end, first, last in zip(starts, ends, began, ended, strict=True)
    ]


def moments(recording: Recording, frames: NDArray[np.intp]) -> NDArray[np.float64]:
    """When each frame was heard, as `Recording.heard` tells of one of them."""
    stamps = np.array(recording.stamps, np.int64)
    counts = stamps[:, 1]
    due = stamps[:, 0] / 1e9 - counts / RATE
    padded = np.pad(due, _NEAR, constant_values=np.inf)
    earliest = np.lib.stride_tricks.sliding_window_view(padded, 2 * _NEAR + 1).min(axis=1)
    near = np.minimum(np.searchsorted(counts, frames, side="right"), len(counts) - 1)
    block = int(np.median(np.diff(counts, prepend=0)))
    found: NDArray[np.float64] = earliest[near] + (frames + block) / RATE
    return found


def until_silent(commands: Sequence[float], recording: Recording) -> list[float]:
    """Seconds from each command, given while it sounded, to the silence after it."""
    found = silences(recording)
    sounding = [moment for moment in commands if not any(one.began <= moment < one.ended for one in found)]
    _check(len(sounding), len(commands))
    return [min(one.began for one in found if one.began > moment) - moment for moment in sounding]


def until_loud(commands: Sequence[float], recording: Recording) -> list[float]:
    """Seconds from each command, given in a silence, to the sound after it."""
    found = silences(recording)
    silent = [one.ended - moment for moment in commands for one in found if one.began <= moment < one.ended]
    _check(len(silent), len(commands))
    return silent


def _check(met: int, given: int) -> None:
    if met < 0.9 * given:
        raise MissedError(f"only {met} of {given} commands came at the right time")
