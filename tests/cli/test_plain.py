from collections.abc import Callable
from pathlib import Path

from tests.performing import Stage, performed
from voicecoach.cli import plain
from voicecoach.history.record import History

Write = Callable[[str, str], str]

GATED = """\
title: Gated
stop_if: [sharp pain]
advice: [Rest well.]
steps:
  - {wait: Ready when you are., audio: 10s}
  - {name: Plank, hold: 6s, reps: 2, relax: 8s, how: Lie down., each: side}
  - {name: Squat, reps: 2, pace: 2s}
"""


class Fingers:
    """Presses each key once its time of the session has come, or when the session waits; every look moves it on."""

    def __init__(self, stage: Stage, presses: list[tuple[int, str]]) -> None:
        self._stage = stage
        self._presses = presses
        self.idle = 0

    def keys(self, wait: float) -> list[str]:
        now = self._stage.live.player.now()
        if self._presses and (now.at >= self._presses[0][0] or now.mode == "paused"):
            self._stage.step()
            return [self._presses.pop(0)[1]]
        if now.mode == "waiting":
            return [" "]
        self._stage.step()
        return []


def _played(name: str, cache: Path, *presses: tuple[int, str]) -> tuple[bool, list[str]]:
    lines: list[str] = []
    with performed(name, cache) as stage:
        finished = plain.run(stage.live, Fingers(stage, list(presses)), lines.append)
        lines += plain.closing(stage.live)
    return finished, lines


def test_every_event_of_a_session_is_one_line(write: Write, shared_cache: Path) -> None:
    finished, lines = _played(write("gated.coach.yaml", GATED), shared_cache)

    assert finished
    told = [line.partition("  ")[2] or line for line in lines]
    assert told[:3] == [
        "listen: Plank, left side (hold 1 of 2). Press SPACE when you are ready",
        "says: Stop if you feel sharp pain.",
        "says: Ready when you are.",
    ] or told[:2] == ["listen: Plank, left side (hold 1 of 2)", "says: Stop if you feel sharp pain."]
    assert "wait: Plank, left side (hold 1 of 2). Press SPACE when you are ready" in told
    assert any(line.startswith("hold: Plank, left side (hold 1 of 2), 6 s") for line in told)
    assert any(line.startswith("relax: Plank, left side (hold 2 of 2)") for line in told)
    assert any(line.startswith("switch: Plank, right side (hold 1 of 2)") for line in told)
    assert any(line.startswith("move: Squat (2 repetitions), 4 s") for line in told)
    assert lines[-2:] == ["Finished: 5 of 5 done.", "Rest well."]


def test_a_repeated_phrase_is_told_each_time_it_is_said(write: Write, shared_cache: Path) -> None:
    script = "title: T\nsteps:\n  - say: Breathe.\n  - say: Breathe.\n  - {name: Plank, hold: 6s}\n"

    _, lines = _played(write("again.coach.yaml", script), shared_cache)

    assert sum(line.endswith("says: Breathe.") for line in lines) == 2


def test_keys_pause_skip_and_say_what_they_did(write: Write, shared_cache: Path) -> None:
    presses = [(1_000, "down"), (1_100, "m"), (22_000, " "), (22_000, "?"), (22_000, " "), (30_000, "n"), (30_200, "+")]

    finished, lines = _played(write("gated.coach.yaml", GATED), shared_cache, *presses)

    told = "\n".join(lines)
    assert finished
    assert "note: volume 90 %" in told
    assert "note: voice off" in told
    assert "paused: Plank, left side" in told
    assert plain.HELP in lines
    assert "get ready: Squat" in told
    assert "note: ten seconds more" in told
    assert "says: Lie down." not in told
    assert "skipped" in lines[-2]


def test_a_refusal_is_told(write: Write, shared_cache: Path) -> None:
    _, lines = _played(
        write("two.coach.yaml", "title: T\nsteps: [{name: Plank, hold: 6s}]\n"), shared_cache, (5_500, "+")
    )

    assert any(line.endswith("note: + makes a rest longer, and this is no rest") for line in lines)


def test_q_asks_once_and_any_other_key_goes_on(write: Write, shared_cache: Path) -> None:
    name = write("gated.coach.yaml", GATED)

    stayed, _ = _played(name, shared_cache, (500, "q"), (600, "x"))
    left, lines = _played(name, shared_cache, (500, "q"), (600, "y"))

    assert stayed
    assert not left
    assert lines[-2].startswith("Stopped at 0:0")


def test_w_tells_why(write: Write, shared_cache: Path) -> None:
    _, lines = _played(write("gated.coach.yaml", GATED), shared_cache, (20_000, "w"))

    assert any("why: plank: hold 6 s x 2" in line for line in lines)


def test_pain_is_answered_with_what_the_routine_says(write: Write, shared_cache: Path) -> None:
    lines: list[str] = []
    history = History()

    with performed(write("gated.coach.yaml", GATED), shared_cache, history=history) as stage:
        stage.until(lambda: stage.live.entry is not None)
        plain.ask_how_it_felt(stage.live, Fingers(stage, [(0, "p")]), lines.append)

    assert lines[1:] == ["pain", "Stop if you feel: sharp pain"]
    assert [entry.answer for entry in history.entries()] == ["pain"]
