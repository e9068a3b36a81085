"""Requests that make no sense."""

from collections.abc import Callable

import pytest

from tests.remote.desktop import Bus, Desktop, alone
from tests.remote.sessions import AT, Held, legs, moment

pytestmark = pytest.mark.device


def _set_position(track: str, at: int) -> Callable[[Desktop], object]:
    return lambda desktop: desktop.call("SetPosition", "ox", track, at)


@pytest.mark.parametrize(
    "request_",
    [
        _set_position("/voicecoach/bout/1", 30_000_000),
        _set_position("/", 30_000_000),
        _set_position("/voicecoach/bout/2", -1),
        _set_position("/voicecoach/bout/2", 2**63 - 1),
        lambda desktop: desktop.put("Volume", "d", float("nan")),
        lambda desktop: desktop.put("Volume", "s", "loud"),
        lambda desktop: desktop.put("Rate", "d", 2.0),
        lambda desktop: desktop.put("Metadata", "s", "mine"),
        lambda desktop: desktop.put("Nonsense", "s", ""),
        lambda desktop: desktop.call("Seek", "s", "far"),
        lambda desktop: desktop.call("Next", "i", 3),
        lambda desktop: desktop.call("Explode"),
        lambda desktop: desktop.call("OpenUri", "s", "file:///etc/passwd"),
        lambda desktop: desktop.call("Quit", interface="org.mpris.MediaPlayer2"),
        lambda desktop: desktop.call("Raise", interface="org.mpris.MediaPlayer2"),
        lambda desktop: desktop.call("Next", interface="org.nonsense"),
    ],
)
def test_nonsense_asks_nothing_of_the_session_and_breaks_nothing(
    held: Held, desktop: Desktop, request_: Callable[[Desktop], object]
) -> None:
    request_(desktop)

    desktop.call("Pause")

    assert held.asked.next() == ("do", "pause")


@pytest.mark.parametrize(
    ("request_", "asked"),
    [
        (lambda desktop: desktop.call("Seek", "x", 2**63 - 1), ("seek", legs().duration)),
        (lambda desktop: desktop.call("Seek", "x", -(2**63)), ("seek", 0)),
        (lambda desktop: desktop.put("Volume", "d", float("inf")), ("volume", 100)),
        (lambda desktop: desktop.put("Volume", "d", -1.0), ("volume", 0)),
        (lambda desktop: desktop.put("Rate", "d", 0.0), ("do", "pause")),
    ],
)
def test_what_goes_too_far_goes_as_far_as_it_can(
    held: Held, desktop: Desktop, request_: Callable[[Desktop], object], asked: tuple[str, object]
) -> None:
    request_(desktop)

    heard = held.asked.next()

    assert heard == asked


@pytest.mark.parametrize("member", ["PlayPause", "Play", "Pause", "Stop", "Next", "Previous"])
def test_a_session_that_has_ended_takes_no_keys(held: Held, desktop: Desktop, member: str) -> None:
    held.remote.show(*moment(legs().duration, "ended"))
    desktop.call(member)
    held.remote.show(*moment(AT))

    desktop.call("SetPosition", "ox", "/voicecoach/bout/2", 1_000_000)

    assert held.asked.next() == ("seek", 1000)


def test_controls_that_fail_are_an_error_for_the_one_who_asked(bus: Bus, desktop: Desktop) -> None:
    with alone() as program:
        program.move()

        answers = [desktop.call("Next"), desktop.ask("PlaybackStatus")]

        said = program.end()
    assert answers[0].endswith("ServiceError")
    assert answers[1] == "Playing"
    assert said == ""


def test_a_volume_that_is_no_number_is_no_fault_of_the_session(held: Held, desktop: Desktop) -> None:
    answer = desktop.put("Volume", "d", float("nan"))

    assert answer is None
    assert held.asked.asked.empty()
