"""Another sound device in mid-session, with devices that are a double and a session that is real."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.rehearsal import Cabinet, Rehearsal, never, seen, shelf, until
from voicecoach.player.devices import Devices
from voicecoach.tui.app import Coach
from voicecoach.tui.devices import LOOKING, DeviceDialog
from voicecoach.tui.dialogs import Dialog, Reading
from voicecoach.tui.end import EndScreen
from voicecoach.tui.session import SessionScreen
from voicecoach.tui.stage import Stage

Play = Callable[[Coach, Pilot[None], Rehearsal], Awaitable[None]]


def stage(folder: Path, devices: Devices | None, play: Play, *, at: int = 80_000) -> None:
    """Plays a session that has these devices, on a terminal of the smallest size."""

    async def run() -> None:
        rehearsal = Rehearsal(folder, at=at, devices=devices)
        coach = Coach(never, shelf, live=rehearsal.live)
        try:
            async with coach.run_test(size=(60, 16)) as pilot:
                await until(pilot, lambda: coach.screen.query_one(Stage).sight is not None)
                await play(coach, pilot, rehearsal)
        finally:
            rehearsal.live.close()

    asyncio.run(run())


async def offered(coach: Coach, pilot: Pilot[None]) -> None:
    """Presses d and waits for the list."""
    await pilot.press("d")
    await until(pilot, lambda: "Broken radio" in seen(coach))


def test_d_lists_the_devices_and_marks_the_present_one(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await offered(coach, pilot)

        screen = seen(coach)
        assert "● Speakers  (now)" in screen
        assert "  sdl: head [b]set " in screen
        assert LOOKING not in screen

    stage(tmp_path, Cabinet(), play)


def test_it_says_that_it_is_looking_and_can_be_left_meanwhile(tmp_path: Path) -> None:
    cabinet = Cabinet()
    cabinet.found.clear()

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("d")
        await until(pilot, lambda: LOOKING in seen(coach))

        await pilot.press("escape")
        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))
        cabinet.found.set()
        await offered(coach, pilot)

    stage(tmp_path, cabinet, play)


def test_arrows_and_enter_move_the_sound_and_the_session_plays_on_meanwhile(tmp_path: Path) -> None:
    cabinet = Cabinet()
    cabinet.opened.clear()

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await offered(coach, pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "Opening sdl: head [b]set" in seen(coach))
        rehearsal.hear(500)
        await pilot.press("d")
        assert isinstance(coach.screen, SessionScreen)

        cabinet.opened.set()
        await until(pilot, lambda: "The sound is on head [b]set" in seen(coach))
        await offered(coach, pilot)
        assert "● sdl: head [b]set  (now)" in seen(coach)

    stage(tmp_path, cabinet, play)

    assert cabinet.moved == ["sdl:head [b]set"]


@pytest.mark.parametrize("key", ["escape", "d", "q"])
def test_the_list_is_left_without_a_change(tmp_path: Path, key: str) -> None:
    cabinet = Cabinet()

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await offered(coach, pilot)
        await pilot.press("down", key)

        await until(pilot, lambda: isinstance(coach.screen, SessionScreen))

    stage(tmp_path, cabinet, play)

    assert cabinet.moved == []


def test_a_list_longer_than_the_screen_scrolls(tmp_path: Path) -> None:
    cabinet = Cabinet(more=30)

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await offered(coach, pilot)
        assert "Device 29" not in seen(coach)

        await pilot.press("end")
        await until(pilot, lambda: "Device 29" in seen(coach))
        await pilot.press("enter")
        await until(pilot, lambda: bool(cabinet.moved))

    stage(tmp_path, cabinet, play)

    assert cabinet.moved == ["more 29"]


def test_a_device_that_does_not_open_says_why_and_what_to_do(tmp_path: Path) -> None:
    cabinet = Cabinet()

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await offered(coach, pilot)
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(coach.screen, Reading))
        assert "the radio is broken" in seen(coach)
        assert "fix: repair it" in seen(coach)

        await pilot.press("escape")
        await offered(coach, pilot)
        assert "● Speakers  (now)" in seen(coach)

    stage(tmp_path, cabinet, play)


def test_a_session_that_ends_while_a_device_opens_says_nothing_more(tmp_path: Path) -> None:
    cabinet = Cabinet()
    cabinet.opened.clear()

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await offered(coach, pilot)
        await pilot.press("end", "enter")
        await pilot.press("q")
        await until(pilot, lambda: isinstance(coach.screen, Dialog))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(coach.screen, EndScreen))

        cabinet.opened.set()
        await pilot.pause(0.3)

        assert isinstance(coach.screen, EndScreen)

    stage(tmp_path, cabinet, play)


def test_without_devices_d_says_that_there_is_nothing_to_choose(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("d")
        rehearsal.output.lose("The headset is gone.")

        await until(pilot, lambda: "no sound device to choose" in seen(coach))
        await until(pilot, lambda: "The headset is gone." in seen(coach))
        assert "other device" not in seen(coach)

    stage(tmp_path, None, play)


def test_the_footer_has_the_key_first_while_the_device_is_lost(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        assert "other device" not in seen(coach)

        rehearsal.output.lose()
        await until(pilot, lambda: seen(coach).splitlines()[-1].startswith(" d other device  SPACE"))
        await pilot.click("KeyBar", offset=(4, 0))
        await until(pilot, lambda: isinstance(coach.screen, DeviceDialog))
        await pilot.press("escape")

        rehearsal.output.find()
        rehearsal.pass_by(100)
        await until(pilot, lambda: "other device" not in seen(coach))

    stage(tmp_path, Cabinet(), play)


def test_the_palette_knows_it_too(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("ctrl+p", *"another sound")
        await until(pilot, lambda: "Hear it on another" in seen(coach))
        await pilot.press("down", "enter")

        await until(pilot, lambda: isinstance(coach.screen, DeviceDialog))

    stage(tmp_path, Cabinet(), play)
