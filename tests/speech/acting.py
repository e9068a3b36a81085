"""pyttsx3 with a driver that does what its text says, and with those that are here."""

import ctypes.util
import os
import sys
from pathlib import Path

import pytest

from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine
from voicecoach.speech.pyttsx3_process import Driver

PROGRAM = (sys.executable, "-P", str(Path(__file__).with_name("acting_driver.py")))
ACTING = Driver("acting")
HALF = 22_050 // 2
"""Frames of everything the acting driver says: half a second."""


def installed() -> Driver:
    """The espeak-ng of the system, by pyttsx3's own search."""
    if not ctypes.util.find_library("espeak-ng"):
        if os.environ.get("CI"):
            pytest.fail("espeak-ng is not installed")
        pytest.skip("espeak-ng is not installed")
    return Driver()


def acting(timeout: float = 20.0, *candidates: Driver) -> Pyttsx3Engine:
    """An engine with the acting driver."""
    return Pyttsx3Engine(candidates=candidates or [ACTING], program=PROGRAM, timeout=timeout)
