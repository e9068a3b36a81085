"""Devices found by what people call them."""

import pytest

from voicecoach.errors import DeviceError
from voicecoach.output.names import pick

KNOWN = ("USB Headset", "HDMI Monitor", "HDMI", "Built-in Speaker")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("USB Headset", "USB Headset"), ("hdmi", "HDMI"), ("speaker", "Built-in Speaker"), ("MON", "HDMI Monitor")],
)
def test_a_whole_name_wins_and_a_part_will_do(wanted: str, found: str) -> None:
    assert pick(wanted, KNOWN) == found


def test_a_part_of_several_names_is_answered_with_them() -> None:
    with pytest.raises(DeviceError) as caught:
        pick("e", KNOWN)

    assert caught.value.what == "several sound devices are called 'e'"
    assert caught.value.fix == "write more of the name: USB Headset; Built-in Speaker"


def test_an_unknown_name_is_answered_with_all_names() -> None:
    with pytest.raises(DeviceError) as caught:
        pick("radio", KNOWN)

    assert caught.value.what == "there is no sound device called 'radio'"
    assert caught.value.fix == "choose one of these: USB Headset; HDMI Monitor; HDMI; Built-in Speaker"
