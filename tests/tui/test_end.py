import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from tests.tui.rehearsal import Rehearsal, never, seen, shelf, until
from voicecoach.live import Summary
from voicecoach.player.now import Now
from voicecoach.tui.app import Coach
from voicecoach.tui.end import EndScreen, done_in_words
from voicecoach.tui.port import Running, Steered

Play = Callable[[Coach, Pilot[None], "Noted"], Awaitable[None]]
SUMMARY = Summary("Two stretches", 7, 2, 9, 200_000, 252_000, True, ("Ice helps.",), ("sharp pain", "numbness"))


class Noted:
    """A real run that has ended, with the summary a test wants; it notes the answers."""

    def __init__(self, run: Running, summary: Summary) -> None:
        self._run = run
        self._summary = summary
        self.answers: list[str] = []
        self.closed = 0

    @property
    def player(self) -> Steered:
        return Over(self._run.player.now())

    @property
    def devices(self) -> None:
        return None

    def summary(self) -> Summary:
        return self._summary

    def why(self, at_ms: int) -> tuple[str, ...]:
        return self._run.why(at_ms)

    def answer(self, answer: str) -> None:
        self.answers.append(answer)

    def close(self) -> None:
        self.closed += 1


class Over(NamedTuple):
    """A player that is at its end."""

    last: Now

    def now(self) -> Now:
        return self.last._replace(mode="ended")

    def do(self, command: str) -> str:
        return f"it is over: {command}"

    def notice(self) -> str:
        return ""

    def watch(self, changed: object) -> None:
        """Nothing happens to it any more."""


def at_the_end(folder: Path, play: Play, *, summary: Summary = SUMMARY, size: tuple[int, int] = (80, 24)) -> Noted:
    rehearsal = Rehearsal(folder)
    noted = Noted(rehearsal.live, summary)

    async def run() -> None:
        coach = Coach(never, shelf, live=noted)
        async with coach.run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(coach.screen, EndScreen))
            await until(pilot, lambda: "How did it feel?" in seen(coach))
            await play(coach, pilot, noted)

    try:
        asyncio.run(run())
    finally:
        rehearsal.live.close()
    return noted


def test_it_says_what_was_done_and_closes_the_session(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        assert "Two stretches" in seen(coach)
        assert "7 of 9 done, 2 skipped · 3:20 of 4:12" in seen(coach)
        await until(pilot, lambda: noted.closed == 1)

    at_the_end(tmp_path, play)


@pytest.mark.parametrize(
    ("key", "answer"), [("e", "easy"), ("r", "right"), ("h", "hard"), ("p", "pain"), ("enter", "right")]
)
def test_a_key_answers_how_it_felt(tmp_path: Path, key: str, answer: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.press(key)

        await until(pilot, lambda: "Noted:" in seen(coach))

    assert at_the_end(tmp_path, play).answers == [answer]


def test_arrows_and_enter_answer_and_enter_again_leaves(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: "Noted: pain" in seen(coach))

        await pilot.press("enter")
        await until(pilot, lambda: not coach.is_running)

    assert at_the_end(tmp_path, play).answers == ["pain"]


def test_an_answer_can_be_changed(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.press("e", "p")

    assert at_the_end(tmp_path, play).answers == ["easy", "pain"]


def test_what_the_routine_says_about_pain_is_there(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.press("p")

        assert "Stop if you feel sharp pain or numbness." in seen(coach)
        assert "Ice helps." in seen(coach)

    at_the_end(tmp_path, play)


def test_long_advice_can_be_read_to_its_end(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        assert "the last word" not in seen(coach)

        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        await until(pilot, lambda: "the last word" in seen(coach))
        await pilot.press("pageup", "pageup", "pageup", "pageup")

        await until(pilot, lambda: "7 of 9 done" in seen(coach))

    advice = (*(f"Advice {n}." for n in range(30)), "the last word")
    at_the_end(tmp_path, play, summary=SUMMARY._replace(advice=advice))


def test_after_pain_the_advice_is_in_sight_even_on_a_small_terminal(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        assert "Advice 4." not in seen(coach)

        await pilot.press("p")

        await until(pilot, lambda: "Advice 4." in seen(coach) and "Two stretches" not in seen(coach))
        assert "Stop if you feel sharp pain or numbness." in seen(coach)

    at_the_end(tmp_path, play, summary=SUMMARY._replace(advice=tuple(f"Advice {n}." for n in range(9))), size=(60, 16))


def test_pain_has_an_answer_even_if_the_routine_has_none(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.press("p")

        assert "The routine says nothing about pain." in seen(coach)

    at_the_end(tmp_path, play, summary=SUMMARY._replace(advice=(), stop_if=()))


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c", "ctrl+q"])
def test_leaving_without_an_answer_is_fine(tmp_path: Path, key: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.press(key)

        await until(pilot, lambda: not coach.is_running)

    assert at_the_end(tmp_path, play).answers == []


@pytest.mark.parametrize("size", [(20, 5), (60, 16), (200, 50)])
def test_long_advice_stays_inside_every_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async def play(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.press("p")

        assert len(seen(coach).splitlines()) == size[1]

    summary = SUMMARY._replace(title="[b]" + "long " * 90, advice=("[i]word[/i] " * 200,) * 9)
    rehearsal_size = size if size[1] > 10 else (80, 24)

    async def shrink(coach: Coach, pilot: Pilot[None], noted: Noted) -> None:
        await pilot.resize_terminal(*size)
        await play(coach, pilot, noted)

    at_the_end(tmp_path, shrink, summary=summary, size=rehearsal_size)


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (SUMMARY, "Two stretches\n7 of 9 done, 2 skipped · 3:20 of 4:12\n"),
        (SUMMARY._replace(skipped=0, at_ms=31_900), "Two stretches\n7 of 9 done · 31 s of 4:12\n"),
    ],
)
def test_what_was_done_in_words(summary: Summary, words: str) -> None:
    assert done_in_words(summary) == words
