"""What a desktop is told without asking."""

import pytest

from tests.remote.desktop import Desktop
from tests.remote.sessions import AT, START, Held, bout, moment

pytestmark = pytest.mark.device


def test_only_what_changed_is_signalled(held: Held, desktop: Desktop) -> None:
    for _ in range(5):
        held.clock.now += 0.25
        held.remote.show(*moment(AT + 250))
    held.remote.show(*moment(AT + 250, volume=50))
    held.remote.show(*moment(AT + 250, "paused", volume=50))
    held.remote.show(*moment(AT + 250, "ended", volume=50))

    heard = [desktop.next_signal() for _ in range(3)]

    gone = dict.fromkeys(("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanSeek"), False)
    ended = heard[2][1]
    assert heard[:2] == [
        ("PropertiesChanged", {"Volume": 0.5}),
        ("PropertiesChanged", {"PlaybackStatus": "Paused"}),
    ]
    assert ended.pop("Metadata")["xesam:album"].value == "Done, Floor"
    assert ended == {"PlaybackStatus": "Stopped", **gone}


def test_a_new_track_is_signalled_before_its_place(held: Held, desktop: Desktop) -> None:
    held.remote.show(*moment(bout(3).start))

    (first, changed), second = desktop.next_signal(), desktop.next_signal()

    assert (first, list(changed)) == ("PropertiesChanged", ["Metadata"])
    assert changed["Metadata"]["xesam:title"].value == "Bridge"
    assert second == ("Seeked", bout(3).start)


def test_a_track_that_is_reached_by_playing_does_not_begin_at_nought(held: Held, desktop: Desktop) -> None:
    held.clock.now += 9.0
    held.remote.show(*moment(bout(2).end))

    heard = [desktop.next_signal(), desktop.next_signal()]

    assert heard[0][1]["Metadata"]["mpris:trackid"].value == "/voicecoach/gap/3"
    assert heard[1] == ("Seeked", bout(2).end)


def test_a_jump_inside_a_bout_is_signalled(held: Held, desktop: Desktop) -> None:
    held.remote.show(*moment(START + 8000))
    held.remote.show(*moment(START))

    heard = [desktop.next_signal(), desktop.next_signal()]

    assert heard == [("Seeked", START + 8000), ("Seeked", START)]


def test_playing_on_is_no_jump_and_ticks_before_work_are_one(held: Held, desktop: Desktop) -> None:
    for step in range(1, 9):
        held.clock.now += 0.9
        held.remote.show(*moment(AT + step * 900))
    held.clock.now += 1.5
    held.remote.show(*moment(AT + 7200, prelude=500))

    heard = desktop.next_signal()

    assert heard == ("Seeked", AT + 7200)


def test_a_pause_keeps_the_place_a_desktop_reckons(held: Held, desktop: Desktop) -> None:
    held.remote.show(*moment(AT, "paused"))
    held.clock.now += 60
    held.remote.show(*moment(AT, "paused"))
    held.remote.show(*moment(AT))
    held.remote.show(*moment(AT, volume=20))

    heard = [desktop.next_signal()[1] for _ in range(3)]

    assert heard == [{"PlaybackStatus": "Paused"}, {"PlaybackStatus": "Playing"}, {"Volume": 0.2}]
