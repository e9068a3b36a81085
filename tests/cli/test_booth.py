"""Line by line into a microphone: what each key does, and what is told."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.reader import reading
from voicecoach.cli.booth import Booth, Screen, meter
from voicecoach.cli.record_reading import Row
from voicecoach.recordings.lines import ReadLine
from voicecoach.speech.recording import RATE, Recorded

TEXT = "Keep your heel down."


class Keys:
    """Somebody who presses these keys one after the other, and none in between while a line is said."""

    def __init__(self, pressed: Sequence[str]) -> None:
        self.rest = list(pressed)

    def keys(self, wait: float) -> list[str]:
        if wait > 0.5:  # the countdown
            return []
        assert self.rest, "more keys are wanted than were pressed"
        key = self.rest.pop(0)
        return [key] if key else []


class Tape:
    """A microphone that hears these recordings one after the other."""

    def __init__(self, *heard: bytes) -> None:
        self.heard = list(heard)
        self.begun = 0

    def level(self) -> float:
        return 0.5

    def begin(self) -> None:
        self.begun += 1

    def end(self) -> bytes:
        return self.heard.pop(0)


def pcm(text: str = TEXT, level: float = 0.2) -> bytes:
    return np.rint(np.clip(reading(text, level=level, rate=RATE), -1, 1) * 32_767).astype("<i2").tobytes()


class Said:
    """One line through the booth."""

    def __init__(self, keys: Sequence[str], *heard: bytes, room: int | None = None) -> None:
        self.lines: list[str] = []
        self.drawn: list[str] = []
        self.played: list[bytes] = []
        self.tape = Tape(*heard)
        self.keys = Keys(keys)
        booth = Booth(self.tape, self.keys, Screen(self.lines.append, self.drawn.append, self.played.append))
        row = Row(7, ReadLine("id", TEXT, "en", "speech", 1, 0, 1_000, room), None)
        self.answer = booth.line(row, "1 of 3")
        assert not self.keys.rest


def test_a_line_is_recorded_between_two_keys_and_kept() -> None:
    said = Said([" ", "", "", " ", "k"], pcm(), room=2_000)

    assert isinstance(said.answer, Recorded)
    assert len(said.answer.pcm) / 2 / RATE == pytest.approx(1.26, abs=0.05)
    assert "line 7 (1 of 3), up to 2.0 s:" in said.lines
    assert f"    {TEXT}" in said.lines
    assert [line for line in said.drawn if line.endswith("...")] == ["3 ...", "2 ...", "1 ..."]
    assert any("any key ends it" in line for line in said.drawn)


def test_it_is_said_again_until_it_is_kept() -> None:
    said = Said([" ", " ", "a", " ", " ", "h", "h", "k"], pcm("Something else."), pcm())

    assert isinstance(said.answer, Recorded)
    assert said.tape.begun == 2
    assert said.played == [said.answer.pcm] * 2


def test_a_line_is_skipped_before_and_after_it_was_said() -> None:
    assert Said(["s"]).answer == "skip"
    assert Said([" ", " ", "s"], pcm()).answer == "skip"


def test_other_keys_do_nothing_and_q_ends_it() -> None:
    assert Said(["x", "left", "", "q"]).answer == "quit"
    assert Said([" ", " ", "x", "q"], pcm()).answer == "quit"


def test_a_recording_of_nothing_is_told_and_said_again() -> None:
    said = Said([" ", " ", " ", " ", "k"], bytes(2 * RATE), pcm())

    assert "this was no take: nothing can be heard in it" in said.lines
    assert isinstance(said.answer, Recorded)


def test_what_is_too_long_or_too_loud_is_told() -> None:
    said = Said([" ", " ", "k"], pcm(level=8), room=900)

    [told] = [line for line in said.lines if line.startswith("1.")]
    assert "too loud for the microphone" in told
    assert "longer than it may be" in told


@pytest.mark.parametrize(
    ("level", "bar"),
    [
        (0, "[" + "-" * 30 + "]"),
        (1, "[" + "#" * 30 + "] too loud"),
        (10 ** (-24 / 20), "[" + "#" * 15 + "-" * 15 + "]"),
    ],
)
def test_the_meter_goes_from_48_db_under_full_scale_to_full_scale(level: float, bar: str) -> None:
    assert meter(level) == bar
    assert meter(1e-9).count("#") == 0
