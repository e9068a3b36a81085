"""Programs of others that check our files."""

import os
import shutil

import pytest


def program(name: str, package: str) -> str:
    """The path of a program; a skip where it is missing, a failure in CI. `package` is Debian's."""
    path = shutil.which(name)
    if path is None:
        reason = f"{name} is not here: apt-get install {package}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
