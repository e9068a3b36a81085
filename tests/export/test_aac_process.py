import os
import signal
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from mixes import RATE, Tune

from voicecoach.errors import OutputError
from voicecoach.export import aac_process
from voicecoach.export.aac import packets
from voicecoach.export.aac_encoder import FRAME
from voicecoach.export.aac_process import EncoderProcess, encoders
from voicecoach.export.aac_request import Request, Streams
from voicecoach.export.audio import render
from voicecoach.export.labels import Labels
from voicecoach.export.tags import Tags
from voicecoach.units import MINUTE

LONG = 3 * MINUTE


def request(*, begins: bool, ends: bool, frames: int = 3) -> Request:
    """A request with noise in it."""
    samples = np.random.default_rng(frames).uniform(-0.4, 0.4, (frames, 1, FRAME)).astype(np.float32)
    return Request(RATE, 1, begins, ends, (60_000,) * (frames + ends), samples.tobytes())


def unseen(_done: int, _total: int) -> None:
    pass


def kill(process: EncoderProcess) -> None:
    os.kill(process.process.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aac_process, "_PROCESSORS", 2)


def test_a_process_answers_in_the_order_it_was_asked() -> None:
    asked = [request(begins=n % 3 == 0, ends=n % 3 == 2, frames=n + 1) for n in range(9)]
    here = Streams()
    process = EncoderProcess()
    try:
        for one in asked:
            process.ask(one)

        assert [process.answer() for _ in asked] == [here.packets(one) for one in asked]
        assert process.asked == 0
    finally:
        process.close()


def test_more_is_asked_than_pipes_hold_while_nobody_takes_the_answers() -> None:
    asked = [request(begins=n == 0, ends=False, frames=200) for n in range(30)]
    process = EncoderProcess()
    try:
        for one in asked:
            process.ask(one)

        assert sum(len(process.answer()) for _ in asked) == 30 * 200 - 1
    finally:
        process.close()


def test_a_process_that_was_killed_is_an_error_and_not_a_wait() -> None:
    process = EncoderProcess()
    try:
        process.ask(request(begins=True, ends=False))
        process.answer()
        kill(process)
        for _ in range(50):
            process.ask(request(begins=False, ends=False, frames=200))

        with pytest.raises(OutputError, match="the process that encodes the sound stopped"):
            process.answer()
    finally:
        process.close()


@pytest.mark.usefixtures("two_processors")
def test_a_file_whose_encoders_are_killed_is_not_left_half_written(tmp_path: Path) -> None:
    sound = Tune(LONG * RATE // 1000, RATE, 1)

    with encoders(LONG) as available:

        def strike(done: int, total: int) -> None:
            if done > total // 3:
                for process in available:
                    kill(process)

        with pytest.raises(OutputError, match="the process that encodes the sound stopped"):
            render(sound, Labels(Tags("Title")), tmp_path / "a.m4a", strike)

    assert not [*tmp_path.iterdir()]


@pytest.mark.usefixtures("two_processors")
def test_processes_end_with_the_block_even_if_it_fails() -> None:
    before, ended = threading.active_count(), []

    def fail() -> None:
        with encoders(LONG) as available:
            ended.extend(process.process for process in available)
            for process in [*available] * 30:  # more than the pipes hold
                process.ask(request(begins=True, ends=False, frames=200))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert len(ended) == 2
    assert all(process.returncode is not None for process in ended)
    assert threading.active_count() == before


@pytest.mark.usefixtures("two_processors")
def test_an_inner_block_has_the_processes_of_the_outer_one() -> None:
    with encoders(LONG) as outer:
        assert outer
        with encoders(LONG) as inner, encoders(1) as short:
            assert outer is inner is short
        assert all(process.process.poll() is None for process in outer)


def test_nothing_is_started_for_what_is_short() -> None:
    with encoders(MINUTE) as available:
        assert not available


def test_a_machine_with_one_processor_encodes_in_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aac_process, "_PROCESSORS", 1)

    with encoders(LONG) as available:
        assert not available


def test_where_no_process_can_be_started_it_is_encoded_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    sound = Tune(50 * FRAME, RATE, 1)

    with encoders(LONG) as available:
        assert not available
        assert len(list(packets(sound, unseen, available))) == 51
