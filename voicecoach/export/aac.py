"""AAC packets of a mix: silence is not encoded at all, and what sounds between two silences is encoded on its own.

A packet covers two codec frames, its own and the one before. So a run of frames between silences has the same packets
whatever is around it: an encoder of its own makes them, beside others on the other cores. Encoding is nearly all the
work of a render, and most of a session is silence.
"""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from voicecoach.export.aac_encoder import FRAME, CodecFrames, Encoder
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

_WORKERS = max(1, min(4, os.cpu_count() or 1))


def packets(mix: Mix, progress: Progress, workers: int = _WORKERS) -> Iterator[bytes]:
    """One packet for each codec frame of the mix, after one that fills the decoder; the last frame is filled up.

    For a part of a mix they begin `RUN_IN` before it and end a frame after it.

    Packet n ends with codec frame n. The packets are those of one encoder that is given every frame, byte for byte,
    however many `workers` make them.
    """
    silence = _silence(mix)
    waiting: deque[Future[list[bytes]] | int] = deque()
    with ThreadPoolExecutor(workers, "aac") as pool:
        try:
            for part in _parts(mix, progress):
                waiting.append(part if isinstance(part, int) else pool.submit(part.encode))
                while len(waiting) > 2 * workers:
                    yield from _done(waiting.popleft(), silence)
            while waiting:
                yield from _done(waiting.popleft(), silence)
        finally:
            pool.shutdown(cancel_futures=True)


def _done(part: "Future[list[bytes]] | int", silence: bytes) -> Iterator[bytes]:
    if isinstance(part, int):
        for _ in range(part):
            yield silence
    else:
        yield from part.result()


class _Run:
    """One run's encoder, which its pieces use one after the other."""

    def __init__(self, mix: Mix) -> None:
        self.encoder = Encoder(mix)
        self.free: Future[None] = Future()
        self.free.set_result(None)


class _Piece:
    """Frames of a run. `lead` silent frames begin it where it is the first, `_AFTER` follow it where it is `closed`."""

    def __init__(self, run: _Run, samples: CodecFrames, lead: int, *, ends: bool, closed: bool = False) -> None:
        self._run, self._samples, self._lead, self._ends, self._closed = run, samples, lead, ends, closed
        self._before, run.free = run.free, Future()
        self._done = run.free

    def encode(self) -> list[bytes]:
        """The run's packets as far as they are known; waits for the piece before, which was begun before."""
        self._before.result()
        try:
            return self._encode()
        finally:
            self._done.set_result(None)

    def _encode(self) -> list[bytes]:
        encoder, quiet = self._run.encoder, np.zeros((_AFTER, *self._samples.shape[1:]), np.float32)
        found = encoder.packets(quiet[: self._lead]) if self._lead else []
        found += encoder.packets(self._samples)
        if self._closed:
            found += encoder.packets(quiet)
        if self._ends:
            found += encoder.last()
        first, last = self._lead == _BEFORE, _AFTER - 1 if self._closed else 0
        return found[first : len(found) - last]


def _parts(mix: Mix, progress: Progress) -> Iterator[_Piece | int]:
    """Pieces of runs, and numbers of silent packets between them, in order.

    The packets of a run begin with the one before its first frame, which may already open a window for it, and end with
    the second one after its last.
    """
    run: _Run | None = None
    kept: list[CodecFrames] = []
    silent, lead, quiet = 0, 0, 0
    owed = 1
    """Packets of silence since the last run; the one that fills the decoder is the first."""
    for frame, sounds in _frames(mix, progress):
        if run is None and not sounds:
            silent, owed = silent + 1, owed + 1
            continue
        if run is None:
            yield max(owed - _BEFORE, 0)
            run, lead, quiet = _Run(mix), min(silent, _BEFORE), 0
        kept.append(frame)
        quiet = 0 if sounds else quiet + 1
        if quiet == _APART:
            yield _Piece(run, np.stack(kept[:-_APART]), lead, ends=True, closed=True)
            run, kept, silent, owed = None, [], _APART, _APART - 1
        elif len(kept) == _PIECE + _APART:
            yield _Piece(run, np.stack(kept[:_PIECE]), lead, ends=False)
            kept, lead = kept[_PIECE:], 0
    if run is not None:
        yield _Piece(run, np.stack(kept), lead, ends=True)
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
    return Encoder(mix).packets(np.zeros((_APART, mix.channels, FRAME), np.float32))[-1]
