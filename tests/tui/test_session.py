"""Every key of a running session, against a real player whose sound is heard only as far as a test lets it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.rehearsal import Rehearsal, never, picture, seen, shelf, until
from voicecoach.tui.app import Coach
from voicecoach.tui.dialogs import Dialog, Reading
from voicecoach.tui.end import EndScreen
from voicecoach.tui.port import View
from voicecoach.tui.session import SIGN, SessionScreen
from voicecoach.tui.stage import Stage

Play = Callable[[Coach, Pilot[None], Rehearsal], Awaitable[None]]
HOLD = 80_000
"""Some seconds into a hold of the second set on the left leg."""
REST = 60_000
"""In the rest before it."""


def stage(
    folder: Path, play: Play, *, at: int = HOLD, size: tuple[int, int] = (80, 24), view: View | None = None, **more: str
) -> dict[str, object]:
    """Plays a session and does something with it; returns what the UI wanted to be remembered."""
    kept: dict[str, object] = {}

    async def run() -> None:
        rehearsal = Rehearsal(folder, at=at, **more)  # type: ignore[arg-type]
        coach = Coach(never, shelf, live=rehearsal.live, settings=view, remember=lambda **changes: kept.update(changes))
        try:
            async with coach.run_test(size=size) as pilot:
                await until(pilot, lambda: coach.screen.query_one(Stage).sight is not None)
                await play(coach, pilot, rehearsal)
        finally:
            rehearsal.live.close()

    asyncio.run(run())
    return kept


def phase(coach: Coach) -> str:
    sight = coach.query_one(Stage).sight
    assert sight is not None
    return sight.scene.phase


def test_space_pauses_and_goes_on(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(500)

        await pilot.press("space")
        rehearsal.pass_by(100)
        await until(pilot, lambda: phase(coach) == "paused")
        await pilot.press("space")

        await until(pilot, lambda: rehearsal.live.player.now().mode == "playing")

    stage(tmp_path, play)


@pytest.mark.parametrize(("key", "later"), [("right", True), ("n", True), ("left", False), ("p", False)])
def test_arrows_and_n_and_p_move_in_the_session(tmp_path: Path, key: str, later: bool) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(500)
        before = rehearsal.live.player.now().at

        await pilot.press(key)
        rehearsal.pass_by(100)

        await until(pilot, lambda: (rehearsal.live.player.now().at > before + 2_000) == later)
        assert later or rehearsal.live.player.now().at < before

    stage(tmp_path, play)


def test_next_exercise_is_further_than_next(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(100)

        await pilot.press("n")
        rehearsal.pass_by(100)

        await until(pilot, lambda: coach.query_one(Stage).sight.scene.what == "March")  # type: ignore[union-attr]

    stage(tmp_path, play)


def test_r_repeats_the_set(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(45_000)
        before = rehearsal.live.player.now().at

        await pilot.press("r")
        rehearsal.pass_by(100)

        await until(pilot, lambda: rehearsal.live.player.now().at < before - 15_000)

    stage(tmp_path, play, at=REST)


@pytest.mark.parametrize("key", ["plus", "equals_sign"])
def test_plus_makes_a_rest_ten_seconds_longer(tmp_path: Path, key: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(200)
        before = rehearsal.live.player.now().timeline.duration

        await pilot.press(key)

        assert rehearsal.live.player.now().timeline.duration == before + 10_000

    stage(tmp_path, play, at=REST)


def test_plus_in_a_hold_says_why_not(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(200)

        await pilot.press("plus")

        sight = coach.query_one(Stage).sight
        assert sight is not None
        assert "rest" in sight.notice
        assert sight.notice in seen(coach)

    stage(tmp_path, play)


def test_arrows_change_the_volume_and_the_screen_says_so(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("down", "down", "up")

        assert rehearsal.live.player.now().volume == 90
        assert "volume 90 %" in seen(coach)

    stage(tmp_path, play)


@pytest.mark.parametrize(("key", "words"), [("m", "voice off"), ("t", "tones off")])
def test_m_and_t_mute(tmp_path: Path, key: str, words: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press(key)
        assert words in seen(coach)

        await pilot.press(key)
        assert words not in seen(coach)

    stage(tmp_path, play)


@pytest.mark.parametrize(("key", "level"), [("1", "gentle"), ("2", "steady"), ("3", "strong")])
def test_digits_change_the_level(tmp_path: Path, key: str, level: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("2" if level == "gentle" else "1", key)

        await until(pilot, lambda: rehearsal.live.player.now().level == level)
        await until(pilot, lambda: level in seen(coach))

    stage(tmp_path, play)


def test_c_hides_captions_and_is_remembered(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        line = "Stop if you feel sharp pain."
        rehearsal.hear(500)
        await until(pilot, lambda: line in seen(coach))

        await pilot.press("c")
        await until(pilot, lambda: line not in seen(coach))
        await pilot.press("c")
        await until(pilot, lambda: line in seen(coach))
        await pilot.press("c")

    kept = stage(tmp_path, play, at=0)

    assert kept == {"captions": False}


def test_w_tells_why(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("w")
        await until(pilot, lambda: isinstance(coach.screen, Reading))
        assert "calf-stretch: hold 15 s" in seen(coach)

        await pilot.press("escape")
        assert isinstance(coach.screen, SessionScreen)

    stage(tmp_path, play)


def test_question_mark_lists_every_key(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(coach.screen, Reading))

        screen = seen(coach)
        for shown in "SPACE → ← + r n p ↑ ↓ m t d 1 2 3 c f w ? q Ctrl+P".split():  # noqa: SIM905
            assert f" {shown} " in screen

    stage(tmp_path, play, size=(90, 40))


def test_q_asks_once_and_goes_on_if_one_says_no(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        for answer in ("n", "escape"):
            await pilot.press("q")
            await until(pilot, lambda: isinstance(coach.screen, Dialog))
            await pilot.press(answer)
            await until(pilot, lambda: isinstance(coach.screen, SessionScreen))

        assert rehearsal.live.player.now().mode != "ended"

    stage(tmp_path, play)


@pytest.mark.parametrize("answer", ["y", "enter"])
def test_q_and_yes_stop_the_session_and_show_what_was_done(tmp_path: Path, answer: str) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("q")
        await until(pilot, lambda: isinstance(coach.screen, Dialog))
        await pilot.press(answer)

        await until(pilot, lambda: isinstance(coach.screen, EndScreen))
        await until(pilot, lambda: rehearsal.output.place.state == "closed")

    stage(tmp_path, play)


def test_a_session_that_ends_by_itself_shows_its_end_even_over_a_question(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("q")
        await until(pilot, lambda: isinstance(coach.screen, Dialog))

        def over() -> bool:
            rehearsal.pass_by(1_000)
            return isinstance(coach.screen, EndScreen)

        await until(pilot, over)

    stage(tmp_path, play, at=245_000)


def test_a_gate_waits_for_space(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        def waits() -> bool:
            rehearsal.pass_by(1_000)
            return phase(coach) == "wait"

        await until(pilot, waits)
        assert "Press SPACE when you are ready" in seen(coach)

        await pilot.press("space")
        rehearsal.pass_by(200)

        await until(pilot, lambda: phase(coach) not in {"wait", "listen"})

    stage(tmp_path, play, at=0)


def test_a_lost_device_is_said_with_its_fix_and_its_return_is_seen(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(200)

        rehearsal.output.lose("The headset is gone.")
        await until(pilot, lambda: phase(coach) == "no sound")
        assert "The headset is gone." in seen(coach)
        assert "plug it in again" in seen(coach)

        rehearsal.output.find()
        rehearsal.pass_by(100)
        await until(pilot, lambda: phase(coach) != "no sound")

    stage(tmp_path, play)


def test_what_other_hands_do_is_seen_at_once(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        screen = coach.screen
        assert isinstance(screen, SessionScreen)
        rehearsal.hear(200)

        for command, shown in (("pause", "paused"), ("play", "get ready")):
            await until(pilot, lambda: "look" in screen._later)
            screen._later["look"].stop()
            await asyncio.to_thread(rehearsal.live.player.do, command)
            rehearsal.pass_by(100)
            await until(pilot, lambda shown=shown: phase(coach) == shown)  # type: ignore[misc]

    stage(tmp_path, play)


def test_a_tone_flashes_once(tmp_path: Path) -> None:
    flashes: list[bool] = []

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        start = next(
            cue.start for cue in rehearsal.live.session.timeline.cues if cue.tone == "start" and cue.start > REST
        )
        rehearsal.hear(start + 100 - rehearsal.live.player.now().at)

        await until(pilot, lambda: bool(coach.query_one(Stage).sight.flash))  # type: ignore[union-attr]
        assert coach.query_one(Stage).sight.tone == "start"  # type: ignore[union-attr]
        await until(pilot, lambda: not coach.query_one(Stage).sight.flash)  # type: ignore[union-attr]
        flashes.append(True)
        await until(pilot, lambda: not coach.query_one(Stage).sight.tone)  # type: ignore[union-attr]

    stage(tmp_path, play, at=REST)

    assert flashes == [True]


def test_with_reduced_motion_a_tone_is_a_word_and_no_flash(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        start = next(
            cue.start for cue in rehearsal.live.session.timeline.cues if cue.tone == "start" and cue.start > REST
        )
        rehearsal.hear(start + 100 - rehearsal.live.player.now().at)

        await until(pilot, lambda: coach.query_one(Stage).sight.tone == "start")  # type: ignore[union-attr]
        assert not coach.query_one(Stage).sight.flash  # type: ignore[union-attr]
        assert coach.animation_level == "none"

    stage(tmp_path, play, at=REST, view=View(reduced_motion=True))


def test_f_turns_the_signs_of_tones_off(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await pilot.press("f")
        start = next(
            cue.start for cue in rehearsal.live.session.timeline.cues if cue.tone == "start" and cue.start > REST
        )
        rehearsal.hear(start + 100 - rehearsal.live.player.now().at)

        await until(pilot, lambda: phase(coach) == "hold")
        assert not coach.query_one(Stage).sight.tone  # type: ignore[union-attr]

    kept = stage(tmp_path, play, at=REST)

    assert kept == {"flash": False}


def test_what_people_wrote_is_never_markup(tmp_path: Path) -> None:
    script = """
voicecoach: 1
title: "[red]Feet[/red]"
steps:
  - hold: 30s
    name: "[@click=app.quit]Plank[/]"
    how: "[b]Breathe[/b] \\\\[x]"
"""

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        await until(pilot, lambda: "[red]Feet[/red]" in seen(coach))
        assert "[@click=app.quit]Plank[/]" in seen(coach)

        await pilot.press("w")
        await until(pilot, lambda: isinstance(coach.screen, Reading))
        assert "[@click=app.quit]Plank" in seen(coach)

    stage(tmp_path, play, at=0, script=script)


@pytest.mark.parametrize("size", [(10, 3), (30, 8), (60, 16), (200, 50)])
def test_it_fits_every_terminal_and_follows_its_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        rehearsal.hear(200)

        await pilot.resize_terminal(*size)
        await until(pilot, lambda: coach.query_one(Stage).size.width == size[0])
        await pilot.pause(0.2)

        assert len(seen(coach).splitlines()) == size[1]

    stage(tmp_path, play)


def test_a_click_on_the_footer_is_a_key(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        footer = seen(coach).splitlines()[-1]

        await pilot.click("KeyBar", offset=(footer.index("help"), 0))

        await until(pilot, lambda: isinstance(coach.screen, Reading))

    stage(tmp_path, play)


def test_only_what_changed_is_drawn(tmp_path: Path) -> None:
    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        screen = coach.screen
        assert isinstance(screen, SessionScreen)
        rehearsal.pass_by(50)
        await pilot.press("space")
        rehearsal.pass_by(100)
        await until(pilot, lambda: phase(coach) == "paused")
        await pilot.pause(2 * SIGN)
        drawn = coach.query_one(Stage)._rows

        for _ in range(3):
            screen._look()

        assert coach.query_one(Stage)._rows is drawn

    stage(tmp_path, play)


def test_without_colour_everything_is_grey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def play(coach: Coach, pilot: Pilot[None], rehearsal: Rehearsal) -> None:
        for row in picture(coach):
            for _, style in row:
                for colour in (style.color, style.bgcolor):
                    if colour is not None and colour.triplet is not None:
                        red, green, blue = colour.triplet
                        assert red == green == blue

    stage(tmp_path, play)
