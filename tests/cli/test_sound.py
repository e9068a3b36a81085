"""A session's sound on real child processes, whose null devices write down what they play."""

import os
import signal
import sys
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.output.contract import FADE, LONG, SECOND, frames_in, ramp
from tests.output.outputs import wait_until
from voicecoach.cli.arguments import parse
from voicecoach.cli.sound import OPEN_WITHIN, Sound
from voicecoach.cli.studio import Studio
from voicecoach.errors import DeviceError
from voicecoach.live import Live
from voicecoach.session import read_script
from voicecoach.settings import read

Write = Callable[[str, str], str]

posix = pytest.mark.skipif(sys.platform == "win32", reason="it kills by POSIX signals, and moves open files away")

SCRIPT = "title: T\nstop_if: [sharp pain]\nsteps:\n  - {name: Plank, hold: 90s, ready: 0s}\n"


class Chosen:
    """A Sound of its own, and what it told."""

    def __init__(self, device: str) -> None:
        self.names: list[str] = []
        self.sound = Sound(device, self.names.append)
        self.output = self.sound.output


@pytest.fixture
def first(user_folders: Path) -> Iterator[Chosen]:
    chosen = Chosen("null:first.raw")
    yield chosen
    chosen.output.close()


def heard(name: str) -> list[int]:
    return frames_in(array("h", Path(name).read_bytes()))


def test_the_sound_moves_without_a_lost_frame(first: Chosen) -> None:
    output = first.output
    output.wait_open(OPEN_WITHIN)
    output.write(ramp(LONG))
    wait_until(lambda: output.place.frame > SECOND // 4)

    name = first.sound.use("null:second.raw")
    wait_until(lambda: output.place.frame == LONG)
    output.close()

    before, after = heard("first.raw"), heard("second.raw")
    assert name == "null (second.raw)"
    assert first.names == ["null:second.raw"]
    assert before == list(range(len(before)))
    assert after[0] - before[-1] in range(FADE - 3, FADE + 3)
    assert after == list(range(after[0], LONG))


def test_a_paused_sound_moves_and_stays_paused(first: Chosen) -> None:
    output = first.output
    output.wait_open(OPEN_WITHIN)
    output.write(ramp(LONG))
    wait_until(lambda: output.place.frame > SECOND // 4)
    output.pause()
    wait_until(lambda: output.place.state == "paused")
    paused_at = output.place.frame

    first.sound.use("null:second.raw")
    idle = output.place.idle
    wait_until(lambda: output.place.state == "paused" and output.place.idle > idle)

    assert output.place.frame == paused_at
    assert heard("second.raw") == []


def test_a_device_that_does_not_open_is_told_and_the_sound_goes_back(first: Chosen) -> None:
    output = first.output
    output.wait_open(OPEN_WITHIN)
    output.write(ramp(LONG))
    wait_until(lambda: output.place.frame > SECOND // 4)

    with pytest.raises(DeviceError, match="the null device cannot write") as caught:
        first.sound.use("null:nowhere/second.raw")
    wait_until(lambda: output.place.frame == LONG and output.place.idle > 0)

    assert "folder that can be written" in caught.value.fix
    assert first.names == []
    assert [event.kind for event in first.sound._waiting] == ["opened", "found"]
    frames = heard("first.raw")
    [gap] = [n for n in range(1, len(frames)) if frames[n] - frames[n - 1] != 1]
    assert frames[gap] - frames[gap - 1] in range(FADE - 3, FADE + 3)
    assert (frames[0], frames[-1]) == (0, LONG - 1)


def test_the_present_device_is_not_opened_anew(first: Chosen) -> None:
    first.output.wait_open(OPEN_WITHIN)
    child = first.output._children[0].pid

    assert first.sound.use("null:first.raw") == "null (first.raw)"

    assert first.output._children[0].pid == child
    assert first.names == ["null:first.raw"]


def test_a_name_of_no_backend_is_refused_and_nothing_happens(first: Chosen) -> None:
    first.output.wait_open(OPEN_WITHIN)

    with pytest.raises(DeviceError, match="unknown sound library 'nul'"):
        first.sound.use("nul")

    assert first.output.place.state == "playing"


def test_the_list_has_the_present_device_and_the_silent_one(first: Chosen) -> None:
    first.output.wait_open(OPEN_WITHIN)

    outlets = first.sound.listed()

    [present] = [outlet for outlet in outlets if outlet.present]
    assert (present.name, present.label) == ("null:first.raw", "null (first.raw)")
    assert [outlet.name for outlet in outlets].count("null") == 1
    assert ("", "the system's default device") in [(outlet.name, outlet.label) for outlet in outlets]


@pytest.fixture
def begun(write: Write) -> Iterator[Callable[..., tuple[Studio, Live]]]:
    """Begins a session of the null device that writes to first.raw."""
    lives: list[Live] = []
    name = write("plank.coach.yaml", SCRIPT)

    def begin(*words: str) -> tuple[Studio, Live]:
        studio = Studio(parse(["play", name, "--engine", "silent", "--device", "null:first.raw", *words]))
        lives.append(studio.begin(read_script(name), name, studio.sound()))
        return studio, lives[-1]

    yield begin
    for live in lives:
        live.close()


def test_a_session_plays_on_elsewhere_and_the_device_is_remembered(
    begun: Callable[..., tuple[Studio, Live]],
) -> None:
    studio, live = begun()
    wait_until(lambda: live.player.now().at > 300)
    assert live.devices is not None

    live.devices.use("null:second.raw")
    moved_at = live.player.now().at
    wait_until(lambda: live.player.now().at > moved_at + 200)

    now = live.player.now()
    assert (now.mode, now.device, now.trouble, now.prelude) == ("playing", "null (second.raw)", "", 0)
    assert read()[0].device == "null:second.raw"
    again = studio.sound()
    assert again.output.wait_open(OPEN_WITHIN) == "null (second.raw)"
    again.output.close()


def test_a_failed_move_leaves_the_session_and_the_settings_as_they_were(
    begun: Callable[..., tuple[Studio, Live]],
) -> None:
    _, live = begun()
    wait_until(lambda: live.player.now().at > 300)
    assert live.devices is not None

    with pytest.raises(DeviceError):
        live.devices.use("null:nowhere/second.raw")
    moved_at = live.player.now().at
    wait_until(lambda: live.player.now().at > moved_at + 200)

    now = live.player.now()
    assert (now.mode, now.device, now.trouble) == ("playing", "null (first.raw)", "")
    assert read()[0].device == ""


@posix
def test_another_device_ends_a_loss_and_the_session_goes_on_by_itself(
    begun: Callable[..., tuple[Studio, Live]],
) -> None:
    _, live = begun()
    wait_until(lambda: live.player.now().at > 300)
    _break(live)
    lost_at = live.player.now().at
    assert live.devices is not None

    live.devices.use("null:second.raw")
    wait_until(lambda: live.player.now().mode == "playing" and live.player.now().at > lost_at + 200)

    assert live.player.now().trouble == ""


@posix
def test_a_loss_stays_a_loss_when_the_other_device_does_not_open_either(
    begun: Callable[..., tuple[Studio, Live]],
) -> None:
    _, live = begun()
    wait_until(lambda: live.player.now().at > 300)
    assert live.devices is not None
    Path("first.raw").rename("away.raw")
    Path("first.raw").mkdir()

    with pytest.raises(DeviceError, match="nowhere"):
        live.devices.use("null:nowhere/second.raw")
    wait_until(lambda: live.player.now().mode == "lost")
    trouble = live.player.now().trouble
    Path("first.raw").rmdir()
    wait_until(lambda: live.player.now().mode == "playing")

    assert "first.raw" in trouble


def _break(live: Live) -> None:
    """Kills the process that plays until it is given up."""
    assert isinstance(live.devices, Sound)
    dead: set[int] = set()

    def kill_the_next_one() -> bool:
        child = live.devices.output._children[0].pid  # type: ignore[union-attr]
        if child not in dead:
            dead.add(child)
            os.kill(child, signal.SIGKILL)
        return live.player.now().mode == "lost" and len(dead) == 3

    wait_until(kill_the_next_one)


@pytest.mark.parametrize(
    ("changes", "kept"), [(("quieter", "quieter"), 80), (("mute voice", "quieter", "louder"), 100)]
)
def test_the_volume_a_session_was_left_with_is_remembered(
    begun: Callable[..., tuple[Studio, Live]], changes: tuple[str, ...], kept: int
) -> None:
    _, live = begun()

    for change in changes:
        live.player.do(change)  # type: ignore[arg-type]
    live.close()

    settings, _ = read()
    assert settings.volume == kept


def test_a_volume_of_the_command_line_is_not_remembered_unless_it_is_changed(
    begun: Callable[..., tuple[Studio, Live]],
) -> None:
    _, live = begun("--volume", "50")
    live.close()
    untouched = read()[0].volume

    _, live = begun("--volume", "50")
    live.player.set_volume(65)
    live.close()

    assert (untouched, read()[0].volume) == (100, 65)


def test_a_session_that_was_silenced_does_not_silence_the_next_one(
    begun: Callable[..., tuple[Studio, Live]],
) -> None:
    _, live = begun()

    live.player.set_volume(0)
    live.close()

    assert read()[0].volume == 100


def test_the_next_session_of_the_same_program_has_the_volume_too(
    begun: Callable[..., tuple[Studio, Live]],
) -> None:
    studio, live = begun("--volume", "50")
    live.player.do("louder")
    live.close()

    again = studio.begin(read_script("plank.coach.yaml"), "plank.coach.yaml", studio.sound())
    volume = again.player.now().volume
    again.close()

    assert volume == 60


def test_settings_that_cannot_be_kept_are_told_once_and_at_the_end(
    begun: Callable[..., tuple[Studio, Live]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    studio, live = begun()
    capfd.readouterr()
    (tmp_path / "config").write_text("")

    studio.remember(captions=False)
    studio.remember(captions=False)
    live.close()

    [note] = studio.notes
    assert note.startswith("config.toml was not changed: E070: the settings cannot be read")
    assert capfd.readouterr().err == ""
