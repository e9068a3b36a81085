from collections.abc import Callable
from pathlib import Path

from tests.performing import Stage, performed
from voicecoach.compiler.options import Options
from voicecoach.history.record import History
from voicecoach.live import kept, restored
from voicecoach.routine import LEVELS, Level

Write = Callable[[str, str], str]

TWO = """\
title: Two things
stop_if: [sharp pain]
advice: [Rest well.]
steps:
  - {name: Plank, hold: 5s, reps: 2, relax: 5s}
  - {name: Squat, reps: 5-10, pace: 2s}
"""


def test_a_session_played_to_its_end_is_recorded_as_finished(write: Write, shared_cache: Path) -> None:
    history = History()

    with performed(write("two.coach.yaml", TWO), shared_cache, history=history) as stage:
        stage.finish()
        summary = stage.live.summary()
        stage.until(lambda: stage.live.entry is not None)

    assert (summary.done, summary.skipped, summary.bouts, summary.finished) == (3, 0, 3, True)
    assert (summary.stop_if, summary.advice) == (("sharp pain",), ("Rest well.",))
    [entry] = history.entries()
    assert (entry.outcome, entry.done, entry.at, entry.name) == ("finished", 3, entry.length, "two.coach.yaml")


def test_a_session_that_is_left_is_recorded_as_stopped_with_its_place(write: Write, shared_cache: Path) -> None:
    history = History()

    with performed(write("two.coach.yaml", TWO), shared_cache, history=history) as stage:
        stage.until(lambda: stage.live.entry is not None)
        stage.live.player.do("next")
        stage.hear_to(20_000)
        at = stage.live.player.now().at

    [entry] = history.entries()
    assert (entry.outcome, entry.at, entry.skipped) == ("stopped", at, 1)
    unfinished = history.unfinished()
    assert unfinished is not None
    assert unfinished.id == entry.id


def test_the_place_of_a_stopped_session_does_not_count_added_rest(write: Write, shared_cache: Path) -> None:
    history = History()

    with performed(write("two.coach.yaml", TWO), shared_cache, history=history) as stage:
        stage.until(lambda: stage.live.entry is not None)
        first, second, _ = stage.live.session.timeline.bouts
        stage.hear_to(first.end + 200)
        assert stage.live.player.do("longer") == ""
        stage.hear_to(second.start + 10_000 + 1_000)

    [entry] = history.entries()
    assert second.start + 1_000 <= entry.at <= second.start + 1_500


def test_what_lies_before_the_place_it_was_begun_at_is_not_skipped(write: Write, shared_cache: Path) -> None:
    with performed(write("two.coach.yaml", TWO), shared_cache, at=20_000) as stage:
        stage.finish()
        summary = stage.live.summary()

    assert (summary.done, summary.skipped, summary.bouts) == (2, 0, 3)


def test_an_answer_can_be_given_after_the_end(write: Write, shared_cache: Path) -> None:
    history = History()

    with performed(write("two.coach.yaml", TWO), shared_cache, history=history) as stage:
        stage.until(lambda: stage.live.entry is not None)
        stage.live.close()
        stage.live.answer("hard")
        stage.live.answer("<nonsense>")

    assert [entry.answer for entry in history.entries()] == ["hard"]


def test_a_history_that_cannot_be_written_does_not_stop_the_session(
    write: Write, shared_cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    with performed(
        write("two.coach.yaml", TWO), shared_cache, history=History(tmp_path / "file" / "history.sqlite3")
    ) as stage:
        stage.finish()
        stage.until(lambda: bool(stage.live.trouble))

    assert stage.live.summary().done == 3


def test_why_tells_the_dose_the_lines_and_the_decisions_around_a_moment(write: Write, shared_cache: Path) -> None:
    cues = "    cues:\n      at 1s: Back flat\n      at 1.2s: Breathe\n"
    crowded = f"title: T\nsteps:\n  - name: Wall sit\n    hold: 10s\n{cues}"

    with performed(write("why.coach.yaml", crowded), shared_cache) as stage:
        [bout] = stage.live.session.timeline.bouts
        lines = stage.live.why(bout.start + 1_000)

    assert lines[0].startswith("wall-sit: hold 10 s")
    assert any("“Back flat”" in line and "line 6 of why.coach.yaml" in line for line in lines)
    assert any("I207" in line or "I201" in line for line in lines)


def test_the_level_is_changed_from_the_next_exercise_on(write: Write, shared_cache: Path) -> None:
    with performed(write("two.coach.yaml", TWO), shared_cache) as stage:
        stage.hear_to(stage.live.session.timeline.bouts[0].start + 1_000)
        assert stage.live.player.do("strong") == ""
        stage.until(lambda: stage.live.player.now().level_at is not None)
        now = stage.live.player.now()
        stage.finish()
        summary = stage.live.summary()

    assert now.level == "strong"
    assert [bout.reps for bout in now.timeline.bouts] == [2, 2, 10]
    assert summary.done == 3


SIDES = """\
title: Both feet
steps:
  - {name: Stretch, hold: 5s, reps: 2-4, relax: 5s, each: foot}
  - rest: 10s
  - {name: Balance, hold: 5-10s, each: foot}
  - {name: Circles, time: 6-12s}
"""


def change(stage: Stage, level: Level, in_bout: int) -> None:
    """Chooses a level in a bout of a session that is recorded."""
    stage.until(lambda: stage.live.entry is not None)
    stage.hear_to(stage.live.session.timeline.bouts[in_bout].start + 1_000)
    assert stage.live.player.do(level) == ""
    stage.until(lambda: is_at(stage, level))


def is_at(stage: Stage, level: Level) -> bool:
    """True once the rest of the session is at a level."""
    now = stage.live.player.now()
    return now.timeline.options["dial"] == LEVELS[level] and now.level_at is not None


def test_a_level_that_was_lowered_stays_so_when_the_session_is_taken_up_again(write: Write, shared_cache: Path) -> None:
    name, history = write("sides.coach.yaml", SIDES), History()

    with performed(name, shared_cache, options=Options(dial=100), history=history) as stage:
        change(stage, "gentle", in_bout=4)

    found = history.unfinished()
    assert found is not None
    assert (found.level, found.dial, found.then, found.length) == (
        "strong",
        100,
        "gentle",
        stage.live.session.timeline.duration,
    )

    with performed(
        name, shared_cache, options=restored(Options(), found.options), at=found.at, then=found.then
    ) as stage:
        stage.until(lambda: is_at(stage, "gentle"))
        now = stage.live.player.now()
        stage.finish()
        summary = stage.live.summary()

    assert now.at == found.at
    bouts = [(bout.name, dict(bout.ways).get("foot"), bout.end - bout.start) for bout in now.timeline.bouts]
    assert bouts == [
        *[("Stretch", "left", 5_000)] * 4,
        *[("Stretch", "right", 5_000)] * 4,
        ("Balance", "left", 5_000),
        ("Balance", "right", 5_000),
        ("Circles", None, 6_000),
    ]
    assert (summary.done, summary.skipped) == (7, 0)


def test_a_session_whose_level_was_changed_is_recorded_at_the_new_one(write: Write, shared_cache: Path) -> None:
    name, history = write("sides.coach.yaml", SIDES), History()

    with performed(name, shared_cache, history=history) as stage:
        change(stage, "strong", in_bout=0)
        circles = stage.live.player.now().timeline.bouts[-1]
        stage.hear_to(circles.start + 2_000)

    [found] = history.entries()
    with performed(name, shared_cache, options=restored(Options(), found.options), at=found.at) as again:
        timeline = again.live.session.timeline
    assert (found.level, found.dial, found.then, found.length) == ("strong", 100, None, timeline.duration)
    assert timeline.bouts[-1].start + 2_000 <= found.at < timeline.bouts[-1].start + 2_500
    assert (found.done, found.skipped, found.bouts) == (6, 0, 7)


def test_one_who_goes_back_before_a_change_of_level_is_at_the_old_one(write: Write, shared_cache: Path) -> None:
    name, history = write("sides.coach.yaml", SIDES), History()

    with performed(name, shared_cache, history=history) as stage:
        change(stage, "strong", in_bout=0)
        balance = stage.live.player.now().timeline.bouts[4]
        stage.hear_to(balance.start + 1_000)
        assert stage.live.player.now().level_here == "strong"
        stage.live.player.seek(balance.start - 40_000)
        stage.until(lambda: stage.live.player.now().at < balance.start - 30_000)

    [found] = history.entries()
    assert (found.level, found.dial, found.then) == ("gentle", 0, "strong")


def test_options_survive_the_history(write: Write) -> None:
    options = Options(dial=50, stages={"a": "b"}, without=frozenset({"chair"}), side="left", wpm=120, session=3)

    back = restored(Options(), kept(options))

    assert back == options


def test_what_the_history_says_wrongly_is_not_taken(write: Write) -> None:
    assert restored(Options(dial=50), {"nonsense": 1, "without": ["chair"]}) == Options(
        dial=50, without=frozenset({"chair"})
    )
