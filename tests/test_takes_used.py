"""Recorded lines in a whole session: from Python, in captions, and where they are longer than the engine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader import reading
from voicecoach import compile, load, render
from voicecoach.errors import SpeechError
from voicecoach.export.lines import lines
from voicecoach.locations import takes_dir
from voicecoach.session import Session
from voicecoach.speech.recording import RATE, recorded
from voicecoach.speech.takefile import TakeFile
from voicecoach.speech.takes import Takes
from voicecoach.units import MIX_RATE

Write = Callable[[str, str], str]

SCRIPT = """\
title: Calf
stop_if: [sharp pain]
steps:
  - {name: Calf stretch, hold: 10s, each: leg, switch: 6s, brief: $Side leg back. Heel down.}
"""
SWITCH = "Switch. Right leg back. Heel down."


@pytest.fixture
def script(write: Write) -> str:
    return write("calf.coach.yaml", SCRIPT)


def keep(text: str, said: str = "") -> None:
    made = recorded(reading(said or text, rate=RATE))
    Takes(takes_dir(), "own").keep(TakeFile(text, "en", RATE, made.pcm))


def length(session: Session, text: str) -> int:
    [found] = [cue.end - cue.start for cue in session.timeline.cues if cue.text == text]
    return found


def test_a_session_from_python_has_the_takes_that_are_named(script: str) -> None:
    keep("Calf stretch.", "Calf stretch, as slowly as you like.")

    own, engine = compile(load(script), takes="own"), compile(load(script))

    assert length(own, "Calf stretch.") > length(engine, "Calf stretch.") + 500
    assert own.timeline.options["takes"] == "own"
    with pytest.raises(SpeechError, match="there are no takes called 'anna'"):
        compile(load(script), takes="anna")


def test_a_longer_take_in_a_gap_makes_it_grow_and_is_never_said_faster(script: str) -> None:
    keep(SWITCH, "Switch sides now, please. The right leg goes back, and the heel stays down, all the time. Good.")

    session = compile(load(script), takes="own")

    notes = {note.code for note in session.timeline.notes}
    assert notes & {"I202", "I206", "W206"}
    assert "I203" not in notes
    assert {cue.rate_percent for cue in session.timeline.cues} == {100}


def test_the_mix_keeps_its_rate_and_captions_do_not_invent_times(script: str, user_folders: Path) -> None:
    keep("Calf stretch.")

    session = compile(load(script), takes="own")
    report = render(session, "calf.wav", captions=["vtt"])

    assert session.timeline.sample_rate == MIX_RATE == 24_000
    words = {line.text: line.words for line in lines(session.timeline, session.speaker.words)}
    assert words["Calf stretch."] == ()
    assert words["Stop if you feel sharp pain."]
    assert "\nCalf stretch.\n" in report.captions[0].read_text("utf-8")


def test_a_session_of_takes_is_as_loud_as_one_of_the_engine(script: str, user_folders: Path) -> None:
    engine = render(compile(load(script)), "engine.wav").integrated
    for text in ("Calf stretch.", "Stop if you feel sharp pain.", SWITCH):
        keep(text)

    own = render(compile(load(script), takes="own"), "own.wav").integrated

    assert own == pytest.approx(engine, abs=0.7)
