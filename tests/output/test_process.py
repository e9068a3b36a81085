"""The child process that plays: it is real here, and its null device writes down what it plays."""

import gc
import os
import signal
import subprocess
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.output.contract import FADE, LONG, SECOND, frames_in, ramp
from tests.output.outputs import Recorded, wait_until
from voicecoach.errors import DeviceError
from voicecoach.output.process import AudioProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests stop children by POSIX signals")


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Recorded]:
    played = Recorded(tmp_path)
    yield played
    played.output.close()


def gone(process: int) -> bool:
    """True if there is no such process any more, not even a zombie."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def stop(child: int) -> None:
    """Stops a child, and returns when its last thread stands: a signal alone leaves them time for one more command."""
    os.kill(child, signal.SIGSTOP)
    _, status = os.waitpid(child, os.WUNTRACED)
    assert os.WIFSTOPPED(status)


def test_a_killed_child_is_replaced_by_one_that_goes_on_at_the_same_frame(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)
    output.write(ramp(LONG))
    played.until(lambda: output.place.frame > SECOND // 4)

    os.kill(played.child(), signal.SIGKILL)
    played.until(lambda: output.place.frame == LONG)

    heard = frames_in(played.heard())
    after = next(n for n in range(1, len(heard)) if heard[n] - heard[n - 1] != 1)
    last, first = heard[after - 1], heard[after]
    assert played.kinds() == ["opened", "restarted", "found"]
    assert first - last in range(FADE - 3, FADE + 3)
    assert heard == [*range(last + 1), *range(first, LONG)]


def test_a_paused_output_stays_paused_when_its_child_dies(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)
    output.write(ramp(LONG))
    played.until(lambda: output.place.frame > SECOND // 4)
    output.pause()
    played.until(lambda: output.place.state == "paused")
    paused_at = output.place.frame

    os.kill(played.child(), signal.SIGKILL)
    played.until(lambda: "found" in played.kinds())
    played.until(lambda: output.place.state == "paused")

    assert output.place.frame == paused_at


def test_commands_that_no_child_acted_on_reach_the_next_one(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)
    output.write(ramp(LONG))
    played.until(lambda: output.place.frame > 0)
    new = output.begin(first=5_000)
    output.write(ramp(SECOND, 5_000))

    stop(played.child())
    output.switch(aligned=False)
    output.pause()
    os.kill(played.child(), signal.SIGKILL)
    played.until(lambda: output.place.state == "paused")

    assert output.place[:2] == (new, 5_000)


def test_commands_to_a_child_that_just_died_are_no_error(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)

    os.kill(played.child(), signal.SIGKILL)
    for _ in range(200):
        output.pause()
        output.resume()
    output.write(ramp(SECOND))

    played.until(lambda: output.place.frame == SECOND)


def test_a_switch_that_is_not_acted_on_yet_is_given_up_for_another(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)
    output.write(ramp(LONG))
    played.until(lambda: output.place.frame > 0)
    stop(played.child())
    output.begin()
    output.switch(aligned=False)

    new = output.begin(first=8_000)
    still_there = output._memory.holds(0)
    output.write(ramp(SECOND // 2, 8_000))
    output.switch(aligned=False)
    os.kill(played.child(), signal.SIGCONT)
    played.until(lambda: output.place.frame == 8_000 + SECOND // 2)

    assert still_there
    assert output.place.generation == new
    assert frames_in(played.heard())[-1] == 8_000 + SECOND // 2 - 1


def test_a_stalled_child_loses_no_frame(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)
    output.write(ramp(LONG))
    played.until(lambda: output.place.frame > SECOND // 8)

    for _ in range(3):
        stop(played.child())
        os.kill(played.child(), signal.SIGCONT)
    played.until(lambda: output.place.frame == LONG and output.place.idle > 0)

    assert frames_in(played.heard()) == list(range(LONG))
    assert played.kinds() == ["opened"]


def test_three_deaths_in_a_row_are_told_as_failed(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)
    dead: set[int] = set()

    def kill_the_next_one() -> bool:
        if played.child() not in dead:
            dead.add(played.child())
            os.kill(played.child(), signal.SIGKILL)
        return "failed" in played.kinds()

    played.until(kill_the_next_one)

    assert len(dead) == 3
    assert output.place.state == "lost"
    assert "stopped 3 times in a row" in played.events[-1].message
    with pytest.raises(DeviceError, match="3 times in a row"):
        output.wait_open(0)


def test_after_it_failed_it_can_be_started_again(played: Recorded) -> None:
    output = played.output
    output.wait_open(20)
    output.write(ramp(SECOND))
    dead: set[int] = set()

    def kill_the_next_one() -> bool:
        if played.child() not in dead:
            dead.add(played.child())
            os.kill(played.child(), signal.SIGKILL)
        return "failed" in played.kinds()

    played.until(kill_the_next_one)
    output.restart("null")
    name = output.wait_open(20)
    played.until(lambda: output.place.frame == SECOND)
    os.kill(played.child(), signal.SIGKILL)
    played.until(lambda: played.kinds()[-2:] == ["restarted", "found"])

    assert name == "null"


def test_another_device_goes_on_where_the_first_one_faded_out(played: Recorded, tmp_path: Path) -> None:
    output = played.output
    output.wait_open(20)
    output.write(ramp(LONG))
    played.until(lambda: output.place.frame > SECOND // 4)

    output.restart("null", str(tmp_path / "second.raw"))
    second = output.wait_open(20)
    played.until(lambda: output.place.frame == LONG)

    before = frames_in(played.heard())
    played.tape = tmp_path / "second.raw"
    after = frames_in(played.heard())
    assert "second.raw" in second
    assert before == list(range(len(before)))
    assert after[0] - before[-1] in range(FADE - 3, FADE + 3)
    assert after == list(range(after[0], LONG))
    assert played.kinds() == ["opened", "found"]


def test_a_device_that_cannot_be_opened_is_told_at_once_with_its_fix(tmp_path: Path) -> None:
    output = AudioProcess("null", str(tmp_path / "no folder" / "tape.raw"))

    with pytest.raises(DeviceError, match="cannot write") as caught:
        output.wait_open(60)
    state = output.place.state
    output.close()

    assert "folder that can be written" in caught.value.fix
    assert state == "lost"


def test_a_device_that_comes_later_is_opened_then(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    events: list[str] = []
    output = AudioProcess("null", str(folder / "tape.raw"), notify=lambda event: events.append(event.kind))
    wait_until(lambda: events == ["lost"])

    output.pause()
    wait_until(lambda: output._memory.status[0])
    folder.mkdir()
    wait_until(lambda: "opened" in events)
    name = output.wait_open(0)
    state = output.place.state
    output.close()

    assert "tape.raw" in name
    assert state == "paused"


def test_an_unknown_backend_is_refused_before_anything_is_started() -> None:
    with pytest.raises(DeviceError, match="unknown sound library 'nul'") as caught:
        AudioProcess("nul")

    assert caught.value.fix == "did you mean 'null'?"


def test_closing_leaves_no_process(played: Recorded) -> None:
    played.output.wait_open(20)
    child = played.child()

    played.output.close()

    assert gone(child)
    assert played.kinds() == ["opened"]


def test_closing_fades_out(played: Recorded) -> None:
    played.output.wait_open(20)
    played.output.write(array("h", [FADE * 10] * SECOND * 4).tobytes())
    played.until(lambda: played.output.place.frame > SECOND // 8)

    played.output.close()

    heard = played.heard().tolist()
    falling = list(range(FADE * 10, 0, -10))
    loud = [sample for sample in heard if sample]
    assert loud[-len(falling) :] == falling


def test_a_child_that_does_not_end_is_killed(played: Recorded) -> None:
    played.output.wait_open(20)
    child = played.child()
    os.kill(child, signal.SIGSTOP)

    played.output.close()

    assert gone(child)


def test_an_output_that_is_forgotten_ends_its_process() -> None:
    output = AudioProcess("null")
    output.wait_open(20)
    child = output._children[0].pid

    del output
    gc.collect()

    wait_until(lambda: gone(child))


def test_the_child_ends_when_the_program_is_killed() -> None:
    code = (
        "from voicecoach.output.process import AudioProcess\n"
        "output = AudioProcess('null'); output.wait_open(20)\n"
        "print(output._children[0].pid, flush=True)\n"
        "input()"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdout
    child = int(program.stdout.readline())

    program.kill()
    program.communicate()

    wait_until(lambda: gone(child) or "Z" in _status(child))


def _status(process: int) -> str:
    return subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=True).stdout


def test_what_the_child_says_goes_to_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONVERBOSE", "1")

    played = Recorded(tmp_path)
    played.output.wait_open(20)
    played.output.close()

    assert b"voicecoach.output.null_device" in played.log.read_bytes()


def test_the_child_loads_neither_numpy_nor_a_sound_library_it_does_not_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONVERBOSE", "1")

    played = Recorded(tmp_path)
    played.output.wait_open(20)
    played.output.close()

    log = played.log.read_text(errors="replace")
    assert not [name for name in ("numpy", "miniaudio", "textual", "yaml", "platformdirs") if f"import '{name}'" in log]
