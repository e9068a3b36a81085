import socket
from ipaddress import ip_address

import pytest

from voicecoach.serve.address import home_address, is_everywhere, link


def test_the_home_address_is_one_of_this_machine_and_private() -> None:
    found = home_address()

    if found is None:
        pytest.skip("this machine is in no network")
    assert ip_address(found).is_private
    with socket.socket() as listening:
        listening.bind((found, 0))


@pytest.mark.parametrize(
    ("address", "everywhere"), [("0.0.0.0", True), ("::", True), ("127.0.0.1", False), ("a", False)]
)
def test_some_addresses_mean_every_interface(address: str, everywhere: bool) -> None:
    assert is_everywhere(address) is everywhere


def test_an_address_is_written_as_browsers_read_it() -> None:
    assert link("192.168.1.2", 80, "/a/") == "http://192.168.1.2:80/a/"
    assert link("fd00::1", 80, "/") == "http://[fd00::1]:80/"
