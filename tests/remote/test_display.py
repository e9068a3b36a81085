"""What a desktop shows, without any desktop."""

import subprocess
import sys

import pytest

from tests.compiler.compiling import timeline
from tests.remote.sessions import Notepad, StoppedClock, bout, legs, moment
from voicecoach.player.now import Mode
from voicecoach.remote.display import Display, Place, Track, display
from voicecoach.remote.mpris import Mpris

NOTHING = Display()


def test_a_bout_is_a_track_with_the_length_of_the_session() -> None:
    second = bout(2)

    shown = display(*moment(second.start + 1000), NOTHING)

    track = Track("/voicecoach/bout/2", "Calf stretch, right leg", "Legs", "Hold, Floor", 2, legs().duration)
    assert shown == Display("Playing", track, 100, alive=True)


def test_a_gap_is_a_track_of_its_own_that_names_what_comes_next() -> None:
    before = bout(3).start - 1

    track = display(*moment(before), NOTHING).track

    assert (track.path, track.title, track.album, track.number) == (
        "/voicecoach/gap/3",
        "Bridge",
        "Get ready, Floor",
        3,
    )


def test_every_bout_and_gap_has_a_path_of_its_own_in_order() -> None:
    seconds = range(0, legs().duration, 1000)

    paths = list(dict.fromkeys(display(*moment(at), NOTHING).track.path for at in seconds))

    pairs = [(f"/voicecoach/gap/{number}", f"/voicecoach/bout/{number}") for number in range(1, 7)]
    assert paths == [path for pair in pairs for path in pair]
    assert display(*moment(legs().duration), NOTHING).track.path == "/voicecoach/gap/7"


def test_after_the_last_bout_the_number_stays_with_it() -> None:
    end = legs().duration

    track = display(*moment(end), NOTHING).track

    assert track.number == 6


@pytest.mark.parametrize(
    ("mode", "status"),
    [
        ("starting", "Paused"),
        ("playing", "Playing"),
        ("paused", "Paused"),
        ("waiting", "Paused"),
        ("lost", "Paused"),
        ("ended", "Stopped"),
    ],
)
def test_only_sound_that_moves_on_is_playing(mode: Mode, status: str) -> None:
    now, scene = moment(5000, mode)

    shown = display(now, scene, NOTHING)

    assert (shown.status, shown.alive) == (status, mode != "ended")


def test_a_pause_does_not_rename_what_it_interrupts() -> None:
    playing = display(*moment(5000), NOTHING)

    paused = display(*moment(5100, "paused"), playing)

    assert paused.track == playing.track
    assert paused.track.album == "Hold, Floor"


def test_a_skip_while_paused_forgets_the_phase_of_the_bout_before() -> None:
    playing = display(*moment(bout(1).start), NOTHING)

    skipped = display(*moment(bout(2).start, "paused"), playing)

    assert skipped.track.album == "Floor"


def test_text_that_no_bus_can_carry_becomes_one_clean_line() -> None:
    now, scene = moment(5000)
    scene = scene._replace(what="a\0b\nc \ud800 [b]d[/b]", ways="")

    track = display(now, scene, NOTHING).track

    assert track.title == "a b c ? [b]d[/b]"


def test_a_session_of_words_alone_is_shown_by_its_title() -> None:
    words = timeline("title: Talk\nsteps: [{say: Hello you.}, {rest: 5s}]")
    now, scene = moment(0)
    scene = scene._replace(what="", ways="", phase="listen")

    track = display(now._replace(timeline=words), scene, NOTHING).track

    assert track == Track("/voicecoach/gap/1", "Talk", "Talk", "Listen", 0, words.duration)


def test_a_place_moves_on_by_the_clock_only_while_it_plays() -> None:
    playing, standing = Place(5000, seen=10.0, moving=True), Place(5000, seen=10.0)

    later = [place.reckoned(12.5) for place in (playing, standing)]

    assert later == [7500, 5000]


def test_no_bus_means_no_remote_and_no_noise(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    remote = Mpris(StoppedClock())

    started = remote.start(Notepad())

    remote.show(*moment(5000))
    remote.close()
    assert not started
    assert capfd.readouterr() == ("", "")


def test_loading_it_loads_neither_the_bus_nor_an_event_loop() -> None:
    loaded = "import sys, voicecoach.remote.mpris as m; m.Mpris(); print([x for x in sys.argv[1:] if x in sys.modules])"

    printed = subprocess.run(
        [sys.executable, "-c", loaded, "asyncio", "dbus_fast", "logging", "textual"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert printed.stdout == "[]\n"
