"""Ctrl-C never strikes in the middle of loading a native module."""

import signal
import sys
import threading
from pathlib import Path

import pytest

from voicecoach.interrupts import load_whole

SLOW = "import signal\nsignal.raise_signal(signal.SIGINT)\nwhole = True\n"


def test_an_interrupt_waits_for_the_modules_and_then_strikes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_one.py").write_text(SLOW, encoding="utf-8")
    (tmp_path / "slow_two.py").write_text(SLOW, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = signal.getsignal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        load_whole("slow_one", "slow_two")

    assert sys.modules["slow_one"].whole
    assert sys.modules["slow_two"].whole
    assert signal.getsignal(signal.SIGINT) is before


def test_a_module_that_is_missing_leaves_the_handler_as_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)

    with pytest.raises(ModuleNotFoundError):
        load_whole("there_is_no_such_module")

    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_may_load_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "quiet_one.py").write_text("whole = True\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    thread = threading.Thread(target=load_whole, args=("quiet_one",))

    thread.start()
    thread.join()

    assert sys.modules["quiet_one"].whole
