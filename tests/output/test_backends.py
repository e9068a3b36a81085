"""The table of sound libraries, and what people may write after --device."""

from importlib import import_module

import pytest

from voicecoach.errors import DeviceError
from voicecoach.output.backends import BACKENDS, Backend, Choice, backend, choose, default, spelled
from voicecoach.output.listing import listing


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("null", Choice("null", "")),
        ("NULL", Choice("null", "")),
        ("sdl", Choice("sdl", "")),
        ("sdl:USB Headset", Choice("sdl", "USB Headset")),
        ("null:C:\\tape.raw", Choice("null", "C:\\tape.raw")),
    ],
)
def test_a_backend_can_be_named_with_a_device_or_without(written: str, meant: Choice) -> None:
    assert choose(written) == meant


@pytest.mark.parametrize("name", ["", "USB Headset", "HDMI: LG TV"])
def test_anything_else_is_a_device_of_the_default_backend(name: str) -> None:
    assert choose(name) == Choice(default().name, name)


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (Choice(default().name), ""),
        (Choice(default().name, "HDMI: LG TV"), "HDMI: LG TV"),
        (Choice(default().name, "Null"), f"{default().name}:Null"),
        (Choice(default().name, "sdl: LG"), f"{default().name}:sdl: LG"),
        (Choice(default().name, "nulls"), f"{default().name}:nulls"),
        (Choice("simpleaudio"), "simpleaudio"),
        (Choice("null", "tape.raw"), "null:tape.raw"),
    ],
)
def test_a_choice_is_spelled_so_that_it_is_found_again(choice: Choice, text: str) -> None:
    assert spelled(choice) == text
    assert text in {"", "simpleaudio"} or choose(text) == choice


def test_a_slip_in_a_backends_name_is_no_device() -> None:
    with pytest.raises(DeviceError) as caught:
        choose("miniaudo")

    assert caught.value.what == "unknown sound library 'miniaudo'"
    assert caught.value.fix == "did you mean 'miniaudio'?"


def test_an_unknown_backend_is_answered_with_all_of_them() -> None:
    with pytest.raises(DeviceError) as caught:
        backend("winamp")

    assert caught.value.fix == "choose miniaudio, sdl, simpleaudio, null"


def test_a_backend_that_is_not_installed_is_refused_with_the_way_to_get_it() -> None:
    missing = Backend("missing", "", "there_is_no_such_module", "", "", "pip install it")

    with pytest.raises(DeviceError) as caught:
        choose("missing:anything", (*BACKENDS, missing))

    assert caught.value.what == "the sound library 'missing' is not installed"
    assert caught.value.fix == "pip install it"


def test_the_default_is_miniaudio_where_it_is_installed_and_sdl_elsewhere() -> None:
    without = tuple(
        one._replace(module="there_is_no_such_module") if one.name == "miniaudio" else one for one in BACKENDS
    )

    usual = default().name
    elsewhere = default(without).name

    assert usual == "miniaudio"
    assert elsewhere == "sdl"


def test_without_any_library_it_says_what_to_install() -> None:
    nothing = tuple(one._replace(module="there_is_no_such_module") for one in BACKENDS)

    with pytest.raises(DeviceError) as caught:
        choose("", nothing)

    assert caught.value.what == "no sound library is installed"
    assert "pip install miniaudio" in caught.value.fix
    assert "--device null" in caught.value.fix


@pytest.mark.parametrize("one", [one for one in BACKENDS if one.installed], ids=lambda one: one.name)
def test_every_backend_has_a_device_and_lists_names(one: Backend) -> None:
    home = import_module(f"voicecoach.output.{one.home}")

    assert callable(getattr(home, one.device))
    assert callable(home.names)


def test_the_listing_has_every_backend_and_marks_the_default() -> None:
    found = listing()

    assert [one.backend for one in found] == ["miniaudio", "sdl", "simpleaudio", "null"]
    assert [one.backend for one in found if one.default] == [default().name]
    assert all(one.fix for one in found if one.trouble)
    assert found[-1].devices == ("null",)
