import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event, current_thread
from threading import enumerate as enumerate_threads

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.tui.rehearsal import NOW, OFFERS, PATIENCE, Rehearsal, seen, until
from voicecoach.errors import OutputError, ScriptError, SpeechError
from voicecoach.live import Live
from voicecoach.routine import Level
from voicecoach.source import Problem, Span
from voicecoach.tui.app import Coach
from voicecoach.tui.dialogs import Dialog, Reading
from voicecoach.tui.end import EndScreen
from voicecoach.tui.home import HomeScreen, ago
from voicecoach.tui.port import LookBack, Offer, Progress, Resume, View
from voicecoach.tui.session import SessionScreen
from voicecoach.tui.starting import Starting

Play = Callable[[Coach, Pilot[None]], Awaitable[None]]


class Desk:
    """A starter that plays one real session, and notes what it was asked for."""

    def __init__(self, folder: Path, failure: Exception | None = None, *, at: int = 0) -> None:
        self._folder = folder
        self._failure = failure
        self._at = at
        self.asked: list[tuple[str, Level | None]] = []
        self.settled: list[str] = []
        self.given_up = Event()
        self.go = Event()
        self.go.set()
        self.rehearsal: Rehearsal | None = None

    def start(self, name: str, level: Level | None, progress: Progress) -> Live:
        self.asked.append((name, level))
        try:
            progress("speaking", 3, 12)
            while not self.go.wait(0.01):
                progress("speaking", 3, 12)
        except Exception:
            self.given_up.set()
            raise
        if self._failure is not None:
            raise self._failure
        self.rehearsal = Rehearsal(self._folder, at=self._at)
        return self.rehearsal.live

    def go_on(self, progress: Progress) -> Live:
        return self.start("the one that was cut off", None, progress)

    def close(self) -> None:
        if self.rehearsal is not None:
            self.rehearsal.live.close()


def stocked(coach: Coach) -> bool:
    """True once the list shows what the shelf gave."""
    options = coach.screen_stack[0].query_one(OptionList)
    return options.option_count > 0 and "Looking" not in str(options.get_option_at_index(0).prompt)


def at_home(
    desk: Desk,
    play: Play,
    *,
    offers: Sequence[Offer] = OFFERS,
    size: tuple[int, int] = (80, 24),
    view: View | None = None,
    resume: LookBack | bool = False,
) -> dict[str, object]:
    kept: dict[str, object] = {}
    cut_off = Resume("feet", "[Feet]", "steady", 141_900, 622_000, desk.go_on, desk.settled.append)
    look_back = resume if callable(resume) else (lambda: cut_off) if resume else None

    async def run() -> None:
        coach = Coach(
            desk.start,
            lambda: offers,
            settings=view,
            remember=lambda **changes: kept.update(changes),
            resume=look_back,
            time=lambda: NOW,
        )
        try:
            async with coach.run_test(size=size) as pilot:
                await until(pilot, lambda: stocked(coach))
                await play(coach, pilot)
        finally:
            desk.close()

    asyncio.run(run())
    return kept


def test_routines_are_listed_with_length_equipment_and_when_they_were_done(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        screen = seen(coach)

        for words in ("Morning foot stretches", "10:22–12:48", "a chair, a wall", "yesterday", "Box breathing", "4:20"):
            assert words in screen
        assert "Three gentle stretches" in screen

    at_home(Desk(tmp_path), play)


def test_digits_choose_the_level_and_its_lengths(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("3")
        assert "level: strong" in seen(coach)
        assert "10:22–12:48" not in seen(coach)
        assert "12:48" in seen(coach)

        await pilot.press("1")
        await pilot.press("2")

    kept = at_home(Desk(tmp_path), play)

    assert kept == {"level": "steady"}


def test_the_same_level_again_leaves_it_to_the_routine(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("2")

        assert "level: as written" in seen(coach)

    kept = at_home(Desk(tmp_path), play, view=View(level="steady"))

    assert kept == {"level": None}


def test_slash_searches_as_one_types(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("slash", "c", "a", "l", "m")
        await until(pilot, lambda: "Morning" not in seen(coach))
        assert "Box breathing" in seen(coach)

        await pilot.press("x", "1", "q")
        await until(pilot, lambda: "No routine has “calmx1q” in it" in seen(coach))

        await pilot.press("escape")
        await until(pilot, lambda: "Morning" in seen(coach))
        assert coach.query_one(Input).value == ""

    at_home(Desk(tmp_path), play)


def test_enter_in_the_search_goes_to_what_was_found_and_enter_plays_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("slash", "b", "o", "x", "enter", "enter")

        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))

    at_home(desk, play, view=View(level="strong"))

    assert desk.asked == [("box-breathing", "strong")]


def test_a_session_from_home_comes_back_home_and_the_list_is_read_again(tmp_path: Path) -> None:
    offers = [OFFERS[0]]

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        offers.append(OFFERS[1])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))
        await pilot.press("q", "y")
        await until(pilot, lambda: isinstance(coach.screen, EndScreen))
        await pilot.press("q")

        await until(pilot, lambda: isinstance(coach.screen, HomeScreen))
        assert len(coach.screen_stack) == 1
        await until(pilot, lambda: "Box breathing" in seen(coach))

    at_home(Desk(tmp_path), play, offers=offers)


def test_a_session_that_ends_while_a_question_is_asked_comes_back_home_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path, at=245_000)

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(coach.screen, Dialog))

        def over() -> bool:
            assert desk.rehearsal
            desk.rehearsal.pass_by(1_000)
            return isinstance(coach.screen, EndScreen)

        await until(pilot, over)
        await pilot.press("q")

        await until(pilot, lambda: isinstance(coach.screen, HomeScreen))
        assert len(coach.screen_stack) == 1

    at_home(desk, play)


def test_progress_is_shown_and_escape_gives_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.go.clear()

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await until(pilot, lambda: "speaking 3 of 12" in seen(coach))

        await pilot.press("escape")

        await until(pilot, lambda: isinstance(coach.screen, HomeScreen))
        await until(pilot, desk.given_up.is_set)

    at_home(desk, play)


def test_a_session_that_comes_too_late_is_closed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        starting = Starting(lambda progress: desk.start("x", None, lambda *_: None), "x")
        desk.go.clear()
        coach.push_screen(starting)
        await until(pilot, lambda: bool(desk.asked))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(coach.screen, HomeScreen))

        desk.go.set()

        await until(pilot, lambda: desk.rehearsal is not None and desk.rehearsal.output.place.state == "closed")

    at_home(desk, play)


def test_every_problem_of_a_script_is_shown_with_its_place(tmp_path: Path) -> None:
    problems = [
        Problem(
            "error", "E010", Span("feet.coach.yaml", 7, 5, 4), "unknown key [b]hodl[/b]", fix="did you mean 'hold'?"
        ),
        Problem("error", "E020", Span("feet.coach.yaml", 9, 3, 1), "no unit"),
    ]

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("enter")

        await until(pilot, lambda: isinstance(coach.screen, Reading))
        screen = seen(coach)
        assert "feet.coach.yaml:7:5: error E010: unknown key [b]hodl[/b]" in screen
        assert "fix: did you mean 'hold'?" in screen
        assert "feet.coach.yaml:9:3: error E020: no unit" in screen
        await pilot.press("escape")
        assert isinstance(coach.screen, HomeScreen)

    at_home(Desk(tmp_path, ScriptError(problems)), play)


@pytest.mark.parametrize(
    ("failure", "words"),
    [(SpeechError("no voice is here", "install one"), "fix: install one"), (OSError("disk is full"), "disk is full")],
)
def test_a_machine_that_fails_is_said_and_home_stays(tmp_path: Path, failure: Exception, words: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("enter")

        await until(pilot, lambda: words in seen(coach))

    at_home(Desk(tmp_path, failure), play)


def test_a_shelf_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    def shelf() -> Sequence[Offer]:
        raise OutputError("the folder is locked")

    async def run() -> None:
        coach = Coach(Desk(tmp_path).start, shelf)
        async with coach.run_test() as pilot:
            await until(pilot, lambda: "the folder is locked" in seen(coach))

    asyncio.run(run())


def test_no_routine_at_all_says_how_to_make_one(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        assert "voicecoach new" in seen(coach)
        await pilot.press("enter")
        assert isinstance(coach.screen, HomeScreen)

    at_home(Desk(tmp_path), play, offers=())


def test_titles_are_never_markup_and_never_too_long(tmp_path: Path) -> None:
    title = "[red]Feet[/red] " + "and hands " * 60
    offers = [
        Offer("x", title, "[b]", ("[u]a chair[/u]",) * 40, (), None, "own"),
        Offer("", "", "", (), (), None, "here"),
    ]

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        screen = seen(coach)
        assert "[red]Feet[/red] and hands" in screen
        assert "[u]a chair[/u]" in screen

    at_home(Desk(tmp_path), play, offers=offers)


@pytest.mark.parametrize(("size", "shown"), [((60, 16), False), ((80, 24), True), ((200, 50), True), ((20, 4), False)])
def test_details_are_there_where_there_is_room(tmp_path: Path, size: tuple[int, int], shown: bool) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        assert ("Three gentle" in seen(coach)) == shown

    at_home(Desk(tmp_path), play, size=size)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_q_quits(tmp_path: Path, key: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press(key)

        await until(pilot, lambda: not coach.is_running)

    at_home(Desk(tmp_path), play)


def test_a_session_that_was_cut_off_is_gone_on_with(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "[Feet], at 2:21 of 10:22" in seen(coach))

        await pilot.press("y")

        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))

    at_home(desk, play, resume=True)

    assert desk.asked == [("the one that was cut off", None)]
    assert desk.settled == []


def test_a_session_that_was_cut_off_is_started_anew(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(coach.screen, Dialog))
        await pilot.press("s")

        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))

    at_home(desk, play, resume=True)

    assert desk.asked == [("feet", "steady")]
    assert desk.settled == ["anew"]


@pytest.mark.parametrize(("key", "settled"), [("n", ["not now"]), ("escape", [])])
def test_a_session_that_was_cut_off_is_left_alone(tmp_path: Path, key: str, settled: list[str]) -> None:
    desk = Desk(tmp_path)

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(coach.screen, Dialog))
        await pilot.press(key)

        await until(pilot, lambda: isinstance(coach.screen, HomeScreen))

    at_home(desk, play, resume=True)

    assert desk.asked == []
    assert desk.settled == settled


def test_a_session_that_was_cut_off_is_not_asked_about_over_another_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    go = Event()
    looked: list[bool] = []

    def resume() -> Resume:
        looked.append(go.wait(PATIENCE))
        return Resume("feet", "[Feet]", "steady", 141_900, 622_000, desk.go_on, desk.settled.append)

    async def play(coach: Coach, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))

        go.set()
        await until(pilot, lambda: bool(looked))
        await pilot.pause(0.1)

        assert isinstance(coach.screen, SessionScreen)

    at_home(desk, play, resume=resume)

    assert looked == [True]


def test_who_waits_for_the_first_screen_is_told_of_it(tmp_path: Path) -> None:
    told: list[str] = []

    async def run() -> None:
        coach = Coach(Desk(tmp_path).start, lambda: OFFERS, seen=lambda: told.append(current_thread().name))
        async with coach.run_test() as pilot:
            await until(pilot, lambda: bool(told))

    asyncio.run(run())

    assert told == ["seen"]


def test_the_shelf_that_is_read_when_the_app_is_gone_disturbs_nobody(tmp_path: Path) -> None:
    read, go = Event(), Event()

    def shelf() -> Sequence[Offer]:
        read.set()
        assert go.wait(PATIENCE)
        return OFFERS

    async def run() -> None:
        coach = Coach(Desk(tmp_path).start, shelf)
        async with coach.run_test() as pilot:
            await until(pilot, read.is_set)
            assert "Looking for routines" in seen(coach)
            await pilot.press("q")

    asyncio.run(run())
    reader = next(thread for thread in enumerate_threads() if thread.name == "shelf")
    go.set()
    reader.join(PATIENCE)

    assert not reader.is_alive()


@pytest.mark.parametrize(
    ("before", "words"),
    [(0, "today"), (1, "yesterday"), (4, "4 days ago"), (30, "30 days ago"), (31, "2026-02-11")],
)
def test_days_in_words(before: int, words: str) -> None:
    assert ago(NOW - timedelta(days=before), NOW) == words
