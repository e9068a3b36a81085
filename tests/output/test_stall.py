"""When a device counts as gone."""

from voicecoach.output.stall import Stall


def test_only_time_without_a_new_take_adds_up() -> None:
    moments = iter([0.0, 0.1, 0.2, 0.3, 0.4])
    stall = Stall(lambda: next(moments))

    still = [round(stall.seconds(count), 3) for count in (1, 1, 1, 2)]

    assert still == [0.0, 0.1, 0.2, 0.0]


def test_a_process_that_slept_finds_its_device_late_and_not_gone() -> None:
    moments = iter([0.0, 0.1, 3600.0, 3600.1])
    stall = Stall(lambda: next(moments))

    still = [round(stall.seconds(count), 3) for count in (1, 1, 1)]

    assert still == [0.0, 0.3, 0.4]
