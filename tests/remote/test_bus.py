"""On the bus, off the bus, and where there is none."""

import asyncio
import os
import socket
import subprocess

import pytest

from tests.remote.desktop import PLAYER, PROPERTIES, Bus, Desktop, alone, playerctl
from tests.remote.sessions import AT, Held, Notepad, StoppedClock, bout, moment
from voicecoach.player.now import Command
from voicecoach.remote.mpris import Mpris

pytestmark = pytest.mark.device


def test_before_the_first_look_nothing_is_on(bus: Bus, desktop: Desktop) -> None:
    remote = Mpris(StoppedClock())
    remote.start(Notepad())

    shown = [desktop.ask(name) for name in ("PlaybackStatus", "CanGoNext", "CanPlay", "Position", "CanControl")]

    track = desktop.ask("Metadata")["mpris:trackid"].value
    remote.close()
    assert shown == ["Stopped", False, False, 0, True]
    assert track == "/org/mpris/MediaPlayer2/TrackList/NoTrack"


def test_it_says_what_it_can_do_in_full(held: Held, desktop: Desktop) -> None:
    root = desktop.call("GetAll", "s", "org.mpris.MediaPlayer2", interface=PROPERTIES)
    player = desktop.call("GetAll", "s", PLAYER, interface=PROPERTIES)

    assert {name: value.value for name, value in root.items()} == {
        "CanQuit": False,
        "CanRaise": False,
        "HasTrackList": False,
        "Identity": "voicecoach",
        "SupportedMimeTypes": [],
        "SupportedUriSchemes": [],
    }
    player.pop("Metadata")
    assert {name: value.value for name, value in player.items()} == {
        "CanControl": True,
        "CanGoNext": True,
        "CanGoPrevious": True,
        "CanPause": True,
        "CanPlay": True,
        "CanSeek": True,
        "MaximumRate": 1.0,
        "MinimumRate": 1.0,
        "PlaybackStatus": "Playing",
        "Position": AT * 1000,
        "Rate": 1.0,
        "Volume": 1.0,
    }


def test_two_sessions_have_two_names(held: Held) -> None:
    second_asked = Notepad()
    second = Mpris(StoppedClock())

    started = second.start(second_asked)
    second.show(*moment(AT, "paused"))
    names = playerctl("--list-all").split()
    statuses = [playerctl("status", player=name) for name in ("voicecoach", f"voicecoach.instance{os.getpid()}")]
    playerctl("next", player=f"voicecoach.instance{os.getpid()}")
    held.remote.close()
    left = playerctl("--list-all").split()

    second.close()
    assert started
    assert sorted(names) == ["voicecoach", f"voicecoach.instance{os.getpid()}"]
    assert statuses == ["Playing", "Paused"]
    assert second_asked.next() == ("do", "next")
    assert left == [f"voicecoach.instance{os.getpid()}"]


def test_without_a_free_name_there_is_no_remote(held: Held) -> None:
    second, third = Mpris(StoppedClock()), Mpris(StoppedClock())
    second.start(Notepad())

    started = third.start(Notepad())

    third.close()
    second.close()
    assert not started


def test_a_closed_remote_has_left_the_bus_and_stays_silent(held: Held) -> None:
    held.remote.close()

    held.remote.show(*moment(AT))
    held.remote.close()

    assert playerctl("status") == "No players found"


def test_it_starts_again_after_it_was_closed(held: Held) -> None:
    held.remote.close()

    started = held.remote.start(held.asked)

    assert started
    assert playerctl("status") == "Playing"


def test_a_bus_that_dies_ends_it(bus: Bus, held: Held) -> None:
    thread = held.remote._thread
    assert thread

    bus.kill()
    thread.join(20)

    assert not thread.is_alive()
    held.remote.show(*moment(bout(3).start))
    held.remote.close()


def test_a_bus_that_dies_is_nothing_to_talk_about(bus: Bus) -> None:
    with alone() as program:
        program.move()
        bus.kill()
        for _ in range(4):
            program.move()

        said = program.end()

    assert said == ""


def test_a_bus_that_dies_while_the_remote_is_busy_is_nothing_to_talk_about(bus: Bus) -> None:
    with alone() as program:
        program.move()
        with subprocess.Popen(["playerctl", "-p", "voicecoach", "pause"], stderr=subprocess.DEVNULL):
            assert program.line() == "busy"
            bus.kill()
        program.move()

        said = program.end()

    assert said == ""


def test_the_bus_of_the_user_is_found_without_its_variable(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(bus.folder))
    remote = Mpris(StoppedClock())

    started = remote.start(Notepad())

    remote.close()
    assert started


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "unix:path=/nowhere/bus", "unix:oops=1", "tcp:host=127.0.0.1,port=1", "autolaunch:", ";"],
)
def test_an_address_that_leads_nowhere_is_no_bus(
    address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    remote = Mpris(StoppedClock())

    started = remote.start(Notepad())

    remote.close()
    assert not started
    assert capfd.readouterr() == ("", "")


def test_a_bus_that_never_answers_is_given_up(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(bus.folder / "deaf"))
        deaf.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={bus.folder / 'deaf'}")
        remote = Mpris(StoppedClock(), patience=0.1)

        started = remote.start(Notepad())

        remote.close()
    assert not started


def test_it_lives_beside_an_event_loop_of_the_front(bus: Bus) -> None:
    async def front() -> tuple[str, tuple[str, object]]:
        asked: asyncio.Queue[tuple[str, object]] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        class Posting(Notepad):
            def do(self, command: Command) -> None:
                loop.call_soon_threadsafe(asked.put_nowait, ("do", command))

        remote = Mpris(StoppedClock())
        remote.start(Posting())
        remote.show(*moment(AT))
        status, _ = await asyncio.gather(asyncio.to_thread(playerctl, "status"), asyncio.to_thread(playerctl, "next"))
        heard = await asyncio.wait_for(asked.get(), 20)
        remote.close()
        return status, heard

    shown = asyncio.run(front())

    assert shown == ("Playing", ("do", "next"))
