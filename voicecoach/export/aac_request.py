"""What an AAC encoder is asked for, and how that goes through pipes.

On the pipes, numbers of 4 bytes in this machine's order. A request is its rate, channels, whether it begins a stream,
whether it ends it, and the number of bit rates; then these, and the samples. An answer is the number of packets, the
length of each, then the packets.
"""

import struct
from typing import IO, NamedTuple

from voicecoach.export.aac_encoder import FRAME, SAMPLE, Encoder

_HEAD = struct.Struct("=5I")
_NUMBER = struct.Struct("=I")


class Request(NamedTuple):
    """Codec frames of one stream, with a bit rate for each, and one more where they end it."""

    rate: int
    channels: int
    begins: bool
    ends: bool
    bit_rates: tuple[int, ...]
    samples: bytes
    """As aac_encoder.py takes them."""


class Streams:
    """Encodes one stream after the other, each from a request that begins it."""

    def __init__(self) -> None:
        self._encoder: Encoder | None = None

    def packets(self, request: Request) -> list[bytes]:
        """The packets that a request brings out; raises ValueError if no stream was begun."""
        if request.begins:
            self._encoder = Encoder(request.rate, request.channels)
        if self._encoder is None:
            raise ValueError("the first request of a stream must begin it")
        if not request.ends:
            return self._encoder.packets(request.samples, request.bit_rates)
        *bit_rates, last = request.bit_rates
        return self._encoder.packets(request.samples, bit_rates) + self._encoder.last(last)


def send(request: Request, pipe: IO[bytes]) -> None:
    """Writes a request."""
    head = _HEAD.pack(request.rate, request.channels, request.begins, request.ends, len(request.bit_rates))
    pipe.write(head + struct.pack(f"={len(request.bit_rates)}I", *request.bit_rates))
    pipe.write(request.samples)
    pipe.flush()


def received(pipe: IO[bytes]) -> Request | None:
    """The next request; None where they end, even in the middle of one."""
    try:
        rate, channels, begins, ends, count = _HEAD.unpack(pipe.read(_HEAD.size))
        bit_rates = struct.unpack(f"={count}I", pipe.read(_NUMBER.size * count))
    except struct.error:
        return None
    size = (count - ends) * channels * FRAME * SAMPLE
    samples = pipe.read(size)
    return Request(rate, channels, bool(begins), bool(ends), bit_rates, samples) if len(samples) == size else None


def answer(packets: list[bytes], pipe: IO[bytes]) -> None:
    """Writes packets."""
    pipe.write(struct.pack(f"={1 + len(packets)}I", len(packets), *map(len, packets)))
    pipe.writelines(packets)
    pipe.flush()


def answered(pipe: IO[bytes]) -> list[bytes] | None:
    """Packets; None if the answer is not whole."""
    try:
        (count,) = _NUMBER.unpack(pipe.read(_NUMBER.size))
        lengths = struct.unpack(f"={count}I", pipe.read(_NUMBER.size * count))
    except struct.error:
        return None
    packets = [pipe.read(length) for length in lengths]
    return packets if sum(map(len, packets)) == sum(lengths) else None
