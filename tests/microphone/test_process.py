"""A real microphone: the monitor of the rig's sink, into which a sentence is played."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.reader import reading
from tests.rig import SINK, Rig, wait_until
from voicecoach.errors import DeviceError
from voicecoach.microphone.process import RATE, Microphone
from voicecoach.sound.clip import Samples
from voicecoach.speech.recording import recorded

TEXT = "Switch to the right foot."


def play(rig: Rig, samples: Samples) -> None:
    """Plays at the rate of the microphone, to the end."""
    pcm = (samples * 32_767).astype("<i2").tobytes()
    command = ["pacat", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "-d", SINK]
    subprocess.run(command, input=pcm, env=rig.environment, check=True, timeout=60)


@pytest.fixture
def microphone(rig: Rig) -> Iterator[Microphone]:
    opened = Microphone()
    opened.wait_open(20)
    yield opened
    opened.close()


@pytest.mark.device
def test_a_sentence_is_heard_as_it_is_said(microphone: Microphone, rig: Rig) -> None:
    said = reading(TEXT, before=0.3, after=0.3, level=0.4, rate=RATE)

    microphone.begin()
    play(rig, said)
    heard = np.frombuffer(microphone.end(), "<i2").astype(np.float32) / 32_768

    assert len(heard) > len(said)
    size = 1 << (len(heard) + len(said)).bit_length()
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)))
    again = heard[int(match[: len(heard)].argmax()) :][: len(said)]
    likeness = float(np.dot(again, said[: len(again)])) / float(np.linalg.norm(again) * np.linalg.norm(said))
    assert likeness > 0.95  # the sink has half of the rate
    assert len(recorded(heard).pcm) == pytest.approx(len(recorded(said).pcm), rel=0.05)


@pytest.mark.device
def test_the_level_follows_what_is_heard(microphone: Microphone, rig: Rig) -> None:
    wait_until(lambda: microphone.level() < 0.001, "silence")
    tone = 0.5 * np.sin(np.arange(RATE, dtype=np.float32) / 20)
    pcm = (tone * 32_767).astype("<i2").tobytes() * 5
    command = ["pacat", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "-d", SINK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=rig.environment) as player:
        assert player.stdin
        player.stdin.write(pcm)
        try:
            wait_until(lambda: 0.45 < microphone.level() < 0.55, "the tone")
        finally:
            player.kill()


@pytest.mark.device
def test_only_what_lies_between_begin_and_end_is_kept(microphone: Microphone) -> None:
    microphone.begin()
    wait_until(lambda: len(microphone._tape or b"") >= RATE, "half a second")
    first = microphone.end()

    assert len(first) >= RATE
    assert microphone.end() == b""


@pytest.mark.device
def test_a_microphone_is_found_by_a_part_of_its_name(rig: Rig) -> None:
    named = Microphone("MONITOR")
    try:
        assert named.wait_open(20).startswith("Monitor of ")
    finally:
        named.close()


@pytest.mark.device
def test_an_unknown_name_is_told_with_the_known_ones(rig: Rig) -> None:
    unknown = Microphone("studio")
    with pytest.raises(DeviceError) as raised:
        unknown.wait_open(20)
    unknown.close()

    assert raised.value.what == "there is no microphone called 'studio'"
    assert "choose one of these: Monitor of " in raised.value.fix


@pytest.mark.device
def test_a_microphone_that_is_unplugged_is_noticed(microphone: Microphone, rig: Rig) -> None:
    microphone.begin()
    rig.unplug()
    try:
        with pytest.raises(DeviceError, match="the microphone is gone") as raised:
            wait_until(lambda: microphone.level() < 0, "the loss", 20)
    finally:
        rig.plug()

    assert raised.value.fix


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any sound system."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", os.devnull)
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")


def test_without_a_microphone_it_is_told_what_to_do(deaf: None) -> None:
    microphone = Microphone()

    with pytest.raises(DeviceError) as raised:
        microphone.wait_open(20)
    microphone.close()

    assert "microphone" in raised.value.what
    assert "--import FOLDER" in raised.value.fix


def test_its_process_ends_with_it(deaf: None) -> None:
    microphone = Microphone()
    child = microphone._child
    with pytest.raises(DeviceError):
        microphone.wait_open(20)

    microphone.close()
    microphone.close()

    assert child.poll() is not None


def test_a_microphone_that_does_not_answer_in_time_is_told(deaf: None) -> None:
    microphone = Microphone()

    with pytest.raises(DeviceError, match="no microphone"):
        microphone.wait_open(0)

    microphone.close()


def test_the_process_ends_when_nobody_listens() -> None:
    command = [sys.executable, "-c", "from voicecoach.microphone.child import main; main()", "48000", ""]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        child.stdin.close()
        assert child.wait(30) == 0
