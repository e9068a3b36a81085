"""Keys and what they are shown: a session on a bus of the test's own, with the real playerctl."""

import pytest

from tests.remote.desktop import Desktop, following, playerctl
from tests.remote.sessions import AT, Held, bout, legs, moment

pytestmark = pytest.mark.device


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("play-pause", ("do", "toggle")),
        ("play", ("do", "play")),
        ("pause", ("do", "pause")),
        ("stop", ("do", "pause")),
        ("next", ("do", "next")),
        ("previous", ("do", "back")),
        ("volume 0.4", ("volume", 40)),
        ("volume 7", ("volume", 100)),
        ("volume 0.1-", ("volume", 90)),
        ("position 30", ("seek", 30_000)),
        ("position 5+", ("seek", AT + 5000)),
        ("position 5-", ("seek", AT - 5000)),
        ("position 9999-", ("seek", 0)),
        ("position 9999+", ("seek", legs().duration)),
    ],
)
def test_a_key_asks_the_session_for_its_command(held: Held, words: str, asked: tuple[str, object]) -> None:
    complaint = playerctl(*words.split())

    assert complaint == ""
    assert held.asked.next() == asked


def test_the_exercise_is_shown_as_the_track(held: Held) -> None:
    names = "{{status}}|{{title}}|{{artist}}|{{album}}|{{xesam:trackNumber}}|{{mpris:trackid}}|{{mpris:length}}"

    shown = playerctl("metadata", "--format", names)

    length = legs().duration * 1000
    assert shown == f"Playing|Calf stretch, right leg|Legs|Hold, Floor|2|'/voicecoach/bout/2'|{length}"


def test_the_position_goes_on_between_two_looks_at_the_session(held: Held) -> None:
    held.clock.now += 2.5

    position = playerctl("position")

    assert float(position) == pytest.approx((AT + 2500) / 1000, abs=1e-3)


@pytest.mark.parametrize("change", [{"mode": "paused"}, {"mode": "waiting"}, {"prelude": 3000}])
def test_the_position_stands_while_the_timeline_stands(held: Held, desktop: Desktop, change: dict[str, object]) -> None:
    now, scene = moment(AT)
    held.remote.show(now._replace(**change), scene)

    held.clock.now += 2.5

    assert desktop.ask("Position") == AT * 1000


def test_the_position_never_runs_past_the_end(held: Held, desktop: Desktop) -> None:
    held.clock.now += 3600

    position = desktop.ask("Position")

    assert position == legs().duration * 1000


@pytest.mark.parametrize(("mode", "status"), [("paused", "Paused"), ("waiting", "Paused"), ("ended", "Stopped")])
def test_the_status_follows_the_session(held: Held, mode: str, status: str) -> None:
    held.remote.show(*moment(AT, mode))  # type: ignore[arg-type]

    shown = playerctl("status")

    assert shown == status


def test_who_follows_sees_the_change_of_exercise(held: Held) -> None:
    with following("metadata", "--format", "{{title}} ({{lc(status)}})") as lines:
        first = lines.get(timeout=20)

        held.remote.show(*moment(bout(3).start))
        held.remote.show(*moment(bout(3).start, "paused"))

        assert first == "Calf stretch, right leg (playing)"
        assert lines.get(timeout=20) == "Bridge (playing)"
        assert lines.get(timeout=20) == "Bridge (paused)"


def test_the_volume_is_shown(held: Held) -> None:
    held.remote.show(*moment(AT, volume=35))

    shown = playerctl("volume")

    assert float(shown) == pytest.approx(0.35)
