"""AAC packets of a mix: silence is not encoded at all, and what sounds between two silences is encoded on its own.

A packet covers two codec frames, its own and the one before. So a run of frames between silences has the same packets
whatever is around it: an encoder of its own makes them. Encoding is most of the work of a render, and most of a session
is silence.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from voicecoach.export.aac_encoder import FRAME, Encoder
from voicecoach.export.aac_process import Answering, Here
from voicecoach.export.aac_rates import BitRates, CodecFrames
from voicecoach.export.aac_request import Request
from voicecoach.export.part import run_in
from voicecoach.export.pcm import Progress, blocks
from voicecoach.sound.mix import Mix
from voicecoach.units import Frames

RUN_IN: Frames = 4 * FRAME
"""What a part is heard before it begins; one frame more is heard after its end."""

_APART = 4
"""So many silent frames end a run."""

_BEFORE, _AFTER = 2, 3
"""Silent frames that the encoder is given before and after a run; with more of them it makes the same packets."""

_PIECE = 64
"""Frames that are handed over at once: 2.7 s at 24 kHz, so that memory does not grow with a run."""

_AHEAD = 12
"""Pieces and silences that wait for each encoder: it always has one to do, and beside a long run the next is begun."""


def packets(mix: Mix, progress: Progress, encoders: Sequence[Answering] = ()) -> Iterator[bytes]:
    """One packet for each codec frame of the mix, after one that fills the decoder; the last frame is filled up.

    For a part of a mix they begin `RUN_IN` before it and end a frame after it.

    Packet n ends with codec frame n. The packets are those of one encoder that is given every frame, byte for byte,
    however many `encoders` make them; without any they are made here. Raises OutputError if one of these stops.
    """
    silence = _silence(mix)
    encoders = encoders or [Here()]
    encoder = encoders[0]
    waiting: deque[tuple[Answering, slice] | int] = deque()
    for part in _parts(mix, progress):
        if isinstance(part, int):
            waiting.append(part)
        else:
            if part.request.begins:
                encoder = min(encoders, key=lambda one: one.asked)
            encoder.ask(part.request)
            waiting.append((encoder, part.wanted))
        while len(waiting) > _AHEAD * len(encoders):
            yield from _taken(waiting.popleft(), silence)
    while waiting:
        yield from _taken(waiting.popleft(), silence)


def _taken(part: tuple[Answering, slice] | int, silence: bytes) -> Iterator[bytes]:
    if isinstance(part, int):
        return repeat(silence, part)
    encoder, wanted = part
    return iter(encoder.answer()[wanted])


class _Piece(NamedTuple):
    """Frames of a run, and which of their packets belong to the mix."""

    request: Request
    wanted: slice


class _Run:
    """What is encoded on its own: `lead` silent frames begin it, `_AFTER` follow where it is closed."""

    def __init__(self, mix: Mix, lead: int) -> None:
        self._rate, self._channels = mix.rate, mix.channels
        self._bit_rates = BitRates(mix.channels)
        self._quiet: CodecFrames = np.zeros((_AFTER, mix.channels, FRAME), np.float32)
        self._lead, self._begins = lead, True

    def piece(self, samples: list[CodecFrames], *, ends: bool, closed: bool = False) -> _Piece:
        """The next frames of it."""
        lead, begins = (self._lead, True) if self._begins else (0, False)
        self._begins = False
        given = np.concatenate((self._quiet[:lead], samples, self._quiet[: _AFTER if closed else 0]))
        rates = self._bit_rates.next(given)
        if ends:
            rates += self._bit_rates.next(self._quiet[:1])
        request = Request(self._rate, self._channels, begins, ends, tuple(rates), given.tobytes())
        return _Piece(request, slice(lead == _BEFORE, 1 - _AFTER if closed else None))


def _parts(mix: Mix, progress: Progress) -> Iterator[_Piece | int]:
    """Pieces of runs, and numbers of silent packets between them, in order.

    The packets of a run begin with the one before its first frame, which may already open a window for it, and end with
    the second one after its last.
    """
    run: _Run | None = None
    kept: list[CodecFrames] = []
    silent, quiet = 0, 0
    owed = 1
    """Packets of silence since the last run; the one that fills the decoder is the first."""
    for frame, sounds in _frames(mix, progress):
        if run is None and not sounds:
            silent, owed = silent + 1, owed + 1
            continue
        if run is None:
            yield max(owed - _BEFORE, 0)
            run, quiet = _Run(mix, min(silent, _BEFORE)), 0
        kept.append(frame)
        quiet = 0 if sounds else quiet + 1
        if quiet == _APART:
            yield run.piece(kept[:-_APART], ends=True, closed=True)
            run, kept, silent, owed = None, [], _APART, _APART - 1
        elif len(kept) == _PIECE + _APART:
            yield run.piece(kept[:_PIECE], ends=False)
            kept = kept[_PIECE:]
    if run is not None:
        yield run.piece(kept, ends=True)
    else:
        yield owed


def _frames(mix: Mix, progress: Progress) -> Iterator[tuple[CodecFrames, bool]]:
    """Codec frames, shape (channels, FRAME), and whether there is anything in them."""
    before = run_in(mix, RUN_IN)
    for block in blocks(mix, progress, FRAME, before, FRAME if before else 0):
        whole = np.pad(block, ((0, -len(block) % FRAME), (0, 0))).reshape(-1, FRAME, mix.channels)
        samples = np.ascontiguousarray(whole.transpose(0, 2, 1)).astype(np.float32) / np.float32(32_768)
        sounding: list[bool] = np.any(whole, axis=(1, 2)).tolist()
        yield from zip(samples, sounding, strict=True)


def _silence(mix: Mix) -> bytes:
    """The packet of a silent frame between silent frames: it is always the same."""
    quiet = np.zeros((_APART, mix.channels, FRAME), np.float32)
    return Encoder(mix.rate, mix.channels).packets(quiet.tobytes(), BitRates(mix.channels).next(quiet))[-1]
