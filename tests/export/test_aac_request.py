from io import BytesIO

import pytest

from voicecoach.export.aac_encoder import FRAME, SAMPLE
from voicecoach.export.aac_request import Request, Streams, answer, answered, received, send

FRAMES = bytes(range(256)) * (2 * FRAME * SAMPLE // 256)
REQUESTS = (
    Request(24_000, 1, True, False, (72_000, 30_000), FRAMES),
    Request(24_000, 1, False, True, (72_000, 30_000, 28_800), FRAMES),
    Request(48_000, 2, True, True, (96_000, 96_000), FRAMES),
    Request(24_000, 1, True, True, (28_800,), FRAMES[:0]),
)


def test_requests_come_through_a_pipe_as_they_are() -> None:
    pipe = BytesIO()
    for request in REQUESTS:
        send(request, pipe)
    pipe.seek(0)

    assert [received(pipe) for _ in REQUESTS] == list(REQUESTS)
    assert received(pipe) is None


@pytest.mark.parametrize("kept", [0, 3, 19, 22, 27, 28, 5_000])
def test_a_request_that_is_cut_off_is_none(kept: int) -> None:
    pipe = BytesIO()
    send(REQUESTS[0], pipe)

    assert received(BytesIO(pipe.getvalue()[:kept])) is None


def test_packets_come_through_a_pipe_as_they_are() -> None:
    pipe = BytesIO()
    for packets in ([b"one", b"", b"three"], []):
        answer(packets, pipe)
    pipe.seek(0)

    assert answered(pipe) == [b"one", b"", b"three"]
    assert answered(pipe) == []


@pytest.mark.parametrize("kept", [0, 2, 4, 11, 16, 20])
def test_an_answer_that_is_cut_off_is_none(kept: int) -> None:
    pipe = BytesIO()
    answer([b"one", b"", b"three"], pipe)

    assert answered(BytesIO(pipe.getvalue()[:kept])) is None


def test_a_stream_must_be_begun() -> None:
    with pytest.raises(ValueError, match="must begin it"):
        Streams().packets(REQUESTS[1])
