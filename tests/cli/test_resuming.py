"""A session is taken up again as it was begun, by whichever command and from wherever."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.output.outputs import wait_until
from tests.songs import chord, write_song
from voicecoach.cli.arguments import parse
from voicecoach.cli.opener import Opener
from voicecoach.cli.resuming import as_begun
from voicecoach.cli.studio import Studio
from voicecoach.history.entry import Entry
from voicecoach.history.record import History
from voicecoach.live import Live
from voicecoach.session import read_script

Write = Callable[[str, str], str]

PLANK = """\
title: Plank
stop_if: [sharp pain]
params: {long: 20s}
steps:
  - {name: Plank, hold: $long, how: Keep breathing.}
"""


@contextmanager
def studio(*words: str) -> Iterator[Studio]:
    made = Studio(parse([*words, "--device", "null"]))
    try:
        yield made
    finally:
        made.history.close()


def left(name: str, *words: str) -> Entry:
    """A session that was begun with some words, and left."""
    with studio("play", name, *words) as begun:
        live = begun.begin(read_script(name), name, begun.sound(), at=3_000)
        try:
            live.record()
            wait_until(lambda: live.entry is not None)
        finally:
            begun.end(live)
    [entry] = History().entries()
    return entry


def taken_up(now: Studio) -> Live:
    """The session that the list of routines offers, gone on with."""
    offer = Opener(now).cut_off()
    assert offer is not None
    live = offer.go_on(lambda *_: None)
    assert isinstance(live, Live)
    return live


@pytest.fixture
def plank(write: Write) -> str:
    return write("plank.coach.yaml", PLANK)


def test_parameters_engine_and_music_are_those_it_was_begun_with(
    plank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_song(Path("song.wav"), chord(3))
    before = left(plank, "--set", "long=7s", "--engine", "silent", "--music", "song.wav", "--music-gain", "-30")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    with studio("play", "feet-morning") as now:
        live = taken_up(now)
        now.end(live)

    timeline = live.session.timeline
    assert [bout.end - bout.start for bout in timeline.bouts] == [7_000]
    assert (timeline.duration, live.session.speaker.engine.name) == (before.length, "silent")
    music = live.session.compiled.chosen.music
    assert music is not None
    assert (Path(music.path), music.gain) == (tmp_path / "here" / "song.wav", -30)
    second, first = History().entries()
    assert (second.at, second.words) == (first.at, first.words)


def test_what_is_said_now_holds_for_what_does_not_change_the_times(plank: str) -> None:
    write_song(Path("song.wav"), chord(3))
    left(plank, "--engine", "silent", "--music", "song.wav")

    with studio("play", plank, "--no-music") as now:
        live = taken_up(now)
        now.end(live)

    assert live.session.compiled.chosen.music is None
    assert live.session.speaker.engine.name == "silent"


def test_a_voice_is_not_asked_of_another_engine(plank: str) -> None:
    left(plank, "--voice", "en-us-female")

    with studio("play", plank, "--engine", "silent") as now:
        now.end(taken_up(now))

    second, first = History().entries()
    assert (first.options["voice"], second.options["voice"]) == ("en-us-female", "")


def test_the_level_that_is_asked_for_waits_for_speech_that_is_not_made_yet(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = "".join(f"  - {{name: Exercise {n}, hold: 5-10s, how: Do it {n} times.}}\n" for n in range(2, 20))
    name = write("many.coach.yaml", f"title: Many\nstop_if: [sharp pain]\nsteps:\n{steps}")
    left(name, "--level", "strong")
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "nothing in it"))

    with studio("play", name, "--level", "gentle") as now:
        live = taken_up(now)
        try:
            wait_until(lambda: live.player.now().timeline.options["dial"] == 0)
            bouts = live.player.now().timeline.bouts
        finally:
            now.end(live)

    assert live.session.compiled.missing
    assert [bout.end - bout.start for bout in bouts] == [10_000] + [5_000] * 17


def test_another_file_of_the_same_name_is_not_that_session(
    plank: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("other/plank.coach.yaml", PLANK)
    left(plank, "--engine", "silent")

    with studio("play", plank) as now:
        assert now.unfinished(plank) is not None
        assert now.unfinished("plank") is not None
        assert now.unfinished("nothing-of-that-name") is None
        monkeypatch.chdir("other")
        assert now.unfinished(plank) is None
        assert now.unfinished("plank") is None


def test_a_routine_that_comes_with_the_program_is_kept_by_its_id(user_folders: Path) -> None:
    entry = left("minimal", "--engine", "silent")

    assert (entry.file, entry.words) == ("", {"engine": "silent"})


@pytest.mark.parametrize("words", [{}, {"words": 3}, {"words": {"engine": 3, "set": "long=1s", "file": 4}}])
def test_a_record_that_was_changed_by_hand_is_taken_as_far_as_it_goes(plank: str, words: dict[str, object]) -> None:
    entry = left(plank, "--engine", "silent")._replace(options=words)

    found = as_begun(Namespace(engine=None, set=[]), entry)

    assert (found.engine, found.set, entry.file) == (None, [], "")


@pytest.mark.parametrize(("words", "level"), [((), "strong"), (("--level", "gentle"), None), (("--dial", "10"), None)])
def test_begun_anew_it_has_the_level_of_this_command_line_or_else_that_of_before(
    plank: str, words: tuple[str, ...], level: str | None
) -> None:
    left(plank, "--level", "strong", "--engine", "silent")

    with studio("play", plank, *words) as now:
        offer = Opener(now).cut_off()

    assert offer is not None
    assert offer.level == level
