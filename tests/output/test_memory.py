"""The shared memory, its words and its two banks."""

import subprocess
import sys
from array import array

import pytest

from voicecoach.output.bank_writer import BankWriter
from voicecoach.output.memory import BANK, Memory

RATE = 24_000


@pytest.fixture
def memory() -> Memory:
    memory = Memory.create()
    memory.close()
    return memory


def test_place_and_status_are_read_as_written(memory: Memory) -> None:
    memory.place = (70_000, 1 << 39)
    memory.status = (True, 5_000_000)

    assert memory.place == (70_000, 1 << 39)
    assert memory.status == (True, 5_000_000)


def test_frames_go_round_the_end_of_a_bank(memory: Memory) -> None:
    first = BANK - 3
    memory.begin(1, first)

    memory.append(1, array("h", range(1, 8)).tobytes())

    assert array("h", memory.frames(1, first, 7)).tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert memory.written(1) == first + 7


def test_any_buffer_of_samples_can_be_appended(memory: Memory) -> None:
    memory.append(0, memoryview(array("h", [1, -2])))

    assert array("h", memory.frames(0, 0, 2)).tolist() == [1, -2]


def test_generations_live_in_turn_in_the_two_banks(memory: Memory) -> None:
    memory.append(0, bytes([1, 0]))
    memory.begin(1, 500)
    memory.append(1, bytes([2, 0]))
    memory.begin(2, 7)

    assert [memory.holds(generation) for generation in (0, 1, 2, 3)] == [False, True, True, False]
    assert memory.first(1) == 500
    assert memory.frames(1, 500, 1) == bytes([2, 0])
    assert (memory.first(2), memory.written(2)) == (7, 7)


def test_another_process_sees_the_same_memory() -> None:
    memory = Memory.create()
    memory.append(0, array("h", [11, 22]).tobytes())
    code = (
        "import sys; from voicecoach.output.memory import Memory\n"
        "memory = Memory.open(sys.argv[1]); memory.place = (3, memory.frames(0, 1, 1)[0])"
    )

    descriptors = [memory.descriptor] if memory.descriptor >= 0 else []
    subprocess.run([sys.executable, "-c", code, memory.handle], pass_fds=descriptors, check=True)
    memory.close()

    assert memory.place == (3, 22)


def test_a_new_generation_never_takes_the_bank_that_is_heard(memory: Memory) -> None:
    writer = BankWriter(memory, RATE)

    begun = [writer.begin(0, heard) for heard in (0, 0, 3, 3, 6)]

    assert begun == [1, 3, 4, 6, 7]


def test_a_second_of_what_was_heard_keeps_its_room(memory: Memory) -> None:
    writer = BankWriter(memory, RATE)
    writer.write(bytes(2 * writer.room()))

    full = writer.room()
    memory.place = (0, 1_000)
    after = writer.room()

    assert full == 0
    assert after == 1_000
    assert memory.written(0) == BANK - RATE


def test_more_than_there_is_room_for_is_refused_whole(memory: Memory) -> None:
    writer = BankWriter(memory, RATE)

    with pytest.raises(ValueError, match=f"{BANK} frames are more than there is room for"):
        writer.write(bytes(2 * BANK))

    assert memory.written(0) == 0
