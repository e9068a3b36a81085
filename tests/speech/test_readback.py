"""Sound files as speech programs write them."""

import io
import struct
import wave
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.speech.acting_driver import BUZZ, RATE, aiff
from voicecoach.speech.readback import BadFileError, read_back


def wav(data: bytes, *, coding: int = 1, channels: int = 1, rate: int = RATE, bits: int = 16) -> bytes:
    form = struct.pack("<HHIIHH", coding, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits)
    if coding == 0xFFFE:
        form += struct.pack("<HHIH14s", 22, bits, 0, 1, b"\0" * 14)
    body = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def aifc(kind: bytes, data: bytes, bits: int) -> bytes:
    rate = struct.pack(">HQ", 16_383 + 14, RATE << (63 - 14))
    common = struct.pack(">hIh", 1, len(data) * 8 // bits, bits) + rate + kind + b"\0\0"
    body = b"COMM" + struct.pack(">I", len(common)) + common + b"SSND" + struct.pack(">III", len(data) + 8, 0, 0) + data
    return b"FORM" + struct.pack(">I", 4 + len(body)) + b"AIFC" + body


def test_wav_of_the_standard_library_is_read() -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", "NONE"))
        sound.writeframes(BUZZ.tobytes())

    speech = read_back(file.getvalue())

    assert (speech.pcm, speech.rate, speech.words) == (BUZZ.tobytes(), 16_000, ())


def test_aiff_is_read_whatever_its_byte_order() -> None:
    swapped = array("h", BUZZ)
    swapped.byteswap()

    for content in (aiff(BUZZ), aifc(b"sowt", BUZZ.tobytes(), 16), aifc(b"NONE", swapped.tobytes(), 16)):
        speech = read_back(content)
        assert (speech.pcm, speech.rate) == (BUZZ.tobytes(), RATE)


FOUR = [0, 16_384, -16_384, 32_767]


@pytest.mark.parametrize(
    "content",
    [
        wav(bytes([128, 192, 64, 255]), bits=8),
        wav(b"".join((value << 8).to_bytes(3, "little", signed=True) for value in FOUR), bits=24),
        wav(struct.pack("<4i", *(value << 16 for value in FOUR)), bits=32),
        wav(struct.pack("<4f", 0, 0.5, -0.5, 1.5), coding=3, bits=32),
        wav(struct.pack("<4h", *FOUR), coding=0xFFFE),
        wav(struct.pack("<8h", *(value for value in FOUR for _ in range(2))), channels=2),
        aifc(b"NONE", bytes([0, 64, 192, 127]), 8),
        aifc(b"fl32", struct.pack(">4f", 0, 0.5, -0.5, 1.5), 32),
    ],
    ids=["8", "24", "32", "float", "extensible", "stereo", "aiff-8", "aiff-float"],
)
def test_other_forms_become_mono_of_16_bits(content: bytes) -> None:
    samples = array("h", read_back(content).pcm)

    assert list(samples[:3]) == FOUR[:3]
    assert samples[3] >= 32_512


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"RIFF", "the file ends in the middle"),
        (b"RIFFxxxxWAV", "the file ends in the middle"),
        (b"<html><body>not found</body></html>", "the file is neither WAV nor AIFF"),
        (wav(b""), "there is no sound in the file"),
        (wav(b"x" * 100)[:30], "the file ends in the middle"),
        (wav(b"x" * 100)[:36], "there is no sound in the file"),
        (wav(b"x" * 100)[:-40], "40 bytes of the sound are missing"),
        (wav(b"x" * 100, coding=6), "WAV of format 6 cannot be read"),
        (wav(b"x" * 100, rate=1), "1 channels of 16 bits at 1 Hz cannot be read"),
        (wav(b"x" * 100, channels=0), "0 channels of 16 bits at 22050 Hz cannot be read"),
        (wav(b"x" * 100, bits=13), "1 channels of 13 bits at 22050 Hz cannot be read"),
        (aiff(BUZZ)[:-10], "10 bytes of the sound are missing"),
        (aiff(BUZZ)[:40], "there is no sound in the file"),
        (aifc(b"ulaw", b"x" * 100, 8), "AIFF of format b'ulaw' cannot be read"),
        (aiff(BUZZ).replace(struct.pack(">H", 16_383 + 14), b"\x7f\xff", 1), "at 0 Hz cannot be read"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(BadFileError) as error:
        read_back(content)

    assert reason in str(error.value)


@pytest.mark.parametrize("content", [wav(BUZZ.tobytes()), aiff(BUZZ)], ids=["wav", "aiff"])
def test_a_file_cut_anywhere_is_refused_and_never_shorter_speech(content: bytes) -> None:
    for end in [*range(80), *range(80, len(content), 997)]:
        with pytest.raises(BadFileError):
            read_back(content[:end])


@given(
    st.sampled_from([wav(BUZZ[:200].tobytes()), aiff(BUZZ[:200])]),
    st.lists(st.tuples(st.integers(0, 60), st.binary(max_size=4))),
)
def test_a_damaged_head_is_refused_or_read_but_never_a_crash(content: bytes, damages: list[tuple[int, bytes]]) -> None:
    for at, bytes_ in damages:
        content = content[:at] + bytes_ + content[at + len(bytes_) :]

    try:
        speech = read_back(content)
    except BadFileError:
        return

    assert len(speech.pcm) % 2 == 0
    assert speech.pcm
