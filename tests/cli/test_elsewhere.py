from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import pytest

from tests.output.outputs import wait_until
from tests.performing import PATIENCE, Stage, performed
from voicecoach.cli import plain
from voicecoach.cli.elsewhere import Elsewhere
from voicecoach.errors import DeviceError
from voicecoach.player.devices import Outlet

Write = Callable[[str, str], str]

OUTLETS = [Outlet("", "the default device", True), Outlet("Headset", "Headset"), Outlet("radio", "Radio")]
LIST = [
    "note: looking for sound devices",
    "device: 1 the default device (now)",
    "device: 2 Headset",
    "device: 3 Radio",
    "note: press the number of a device; any other key leaves it as it is",
]


class Cabinet:
    """Devices of which the radio does not open; they are asked for once `open` is set."""

    def __init__(self, outlets: Sequence[Outlet] = tuple(OUTLETS)) -> None:
        self._outlets = outlets
        self.used: list[str] = []
        self.open = Event()
        self.open.set()

    def listed(self) -> Sequence[Outlet]:
        assert self.open.wait(PATIENCE)
        return self._outlets

    def use(self, name: str) -> str:
        if name == "radio":
            raise DeviceError("the radio is broken", "repair it")
        self.used.append(name)
        return name


class Told:
    """What was told so far."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        self._elsewhere = elsewhere
        self.lines: list[str] = []

    def until(self, words: str) -> list[str]:
        """Everything, once a line has these words."""

        def there() -> bool:
            self.lines += [f"{line.what}: {line.text}" for line in self._elsewhere.told()]
            return any(words in line for line in self.lines)

        wait_until(there)
        return self.lines


class Fingers:
    """Presses a key when a line has its words; time passes with every look."""

    def __init__(self, stage: Stage, lines: list[str]) -> None:
        self._stage = stage
        self._lines = lines
        self._presses = [("Plank", "d"), ("press the number", "2"), ("the sound is on", "3")]

    def keys(self, wait: float) -> list[str]:
        if self._presses and any(self._presses[0][0] in line for line in self._lines):
            return [self._presses.pop(0)[1]]
        if len(self._presses) in {0, 3}:
            self._stage.step()
        return []


def test_d_lists_the_devices_with_numbers_and_a_digit_chooses() -> None:
    cabinet = Cabinet()
    elsewhere = Elsewhere(cabinet)
    told = Told(elsewhere)

    pressed = elsewhere.press("d")
    listed = [*told.until("press the number")]
    chosen = elsewhere.press("2")
    told.until("the sound is on")

    assert (pressed, chosen, listed) == (True, True, LIST)
    assert told.lines[len(LIST) :] == ["note: opening Headset", "note: the sound is on Headset"]
    assert cabinet.used == ["Headset"]


def test_a_device_that_does_not_open_is_told_with_its_fix() -> None:
    elsewhere = Elsewhere(Cabinet())
    told = Told(elsewhere)
    elsewhere.press("d")
    told.until("press the number")

    elsewhere.press("3")

    assert told.until("broken")[-1] == "note: the radio is broken (repair it)"


@pytest.mark.parametrize(("key", "taken"), [("d", True), ("\x1b", True), ("7", True), (" ", False), ("q", False)])
def test_any_other_key_leaves_the_list_and_does_what_it_always_does(key: str, taken: bool) -> None:
    cabinet = Cabinet()
    elsewhere = Elsewhere(cabinet)
    told = Told(elsewhere)
    elsewhere.press("d")
    told.until("press the number")

    assert elsewhere.press(key) is taken
    assert elsewhere.press("2") is False
    assert told.until("stays")[len(LIST) :] == ["note: the sound stays where it is"]
    assert cabinet.used == []


def test_d_again_while_it_is_looking_only_says_so() -> None:
    cabinet = Cabinet()
    cabinet.open.clear()
    elsewhere = Elsewhere(cabinet)
    told = Told(elsewhere)

    elsewhere.press("d")
    elsewhere.press("d")
    cabinet.open.set()

    assert told.until("press the number") == [LIST[0], *LIST]


def test_d_again_goes_on_where_there_are_more_devices_than_digits() -> None:
    cabinet = Cabinet([Outlet(f"n{n}", f"Device {n}") for n in range(11)])
    elsewhere = Elsewhere(cabinet)
    told = Told(elsewhere)
    elsewhere.press("d")
    first = [*told.until("d for 2 more")]

    elsewhere.press("d")
    second = told.until("press the number of a device;")[len(first) :]
    elsewhere.press("2")
    told.until("the sound is on")

    assert first[9] == "device: 9 Device 8"
    assert second[:2] == ["device: 1 Device 9", "device: 2 Device 10"]
    assert cabinet.used == ["n10"]


def test_without_devices_there_is_nothing_to_choose() -> None:
    elsewhere = Elsewhere(None)

    assert elsewhere.press("d")

    assert [line.text for line in elsewhere.told()] == ["there is no sound device to choose here"]


def test_a_session_in_plain_lines_moves_and_its_digits_are_levels_again(write: Write, shared_cache: Path) -> None:
    name = write("plank.coach.yaml", "title: T\nsteps:\n  - {name: Plank, hold: 6s}\n  - {name: Squat, hold: 6s}\n")
    cabinet = Cabinet()
    lines: list[str] = []

    with performed(name, shared_cache, devices=cabinet) as stage:
        finished = plain.run(stage.live, Fingers(stage, lines), lines.append)

    assert finished
    assert cabinet.used == ["Headset"]
    assert any(line.endswith("  device: 1 the default device (now)") for line in lines)
    assert any(line.endswith("  note: the sound is on Headset") for line in lines)
    assert any(line.endswith("  note: strong from the next exercise on") for line in lines)
