"""The process that runs the bundled speech library: `python -I -S espeak_worker.py LIBRARY DATA_PARENT`.

Only the standard library, so that it starts in some 20 ms; its pipes are those of every worker.
`DATA_PARENT` is the folder that holds `espeak-ng-data`, or empty for the data the library knows by itself.

On the pipes, lengths big-endian, numbers 4 bytes: a request is a length and that much JSON
`{text, voice, rate, longest, patience}`; an answer is two lengths, then JSON, then mono 16-bit samples in
this machine's order. The first answer comes unasked: `{version, data}`. A refusal is
`{error, detail}` with no samples. `worn` in an answer: the library could not be unloaded, so the
next clip needs a new process to be the same bytes.
"""

import _ctypes
import ctypes
import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

SYNCHRONOUS = 2
DONT_EXIT = 0x8000
"""Without it a missing data folder ends the process in C."""
RATE_PARAMETER = 1
UTF8 = 1
"""The text's encoding, and neither the markup flag nor the phoneme flag."""
WORD_EVENT = 1


class Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h; positions count characters from 1, samples from the clip's start."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))


class RefusedError(Exception):
    """What goes back as `{error, detail}`."""


class Library:
    """The library, loaded anew for each clip: its state outlives espeak_Terminate and would change the sound."""

    def __init__(self, path: str, data: bytes | None) -> None:
        self.path = path
        self.data = data

    def about(self) -> dict[str, str]:
        """The library's version and the folder of data it found."""
        library = self._load()
        try:
            library.espeak_Info.restype = ctypes.c_char_p
            data = ctypes.c_char_p()
            version = library.espeak_Info(ctypes.byref(data)) or b""
            found = os.path.abspath(os.fsdecode(data.value or b""))
            return {"version": version.decode("ascii", "replace"), "data": found}
        finally:
            self._unload(library)

    def speak(self, text: bytes, voice: bytes, rate: int, longest: int) -> tuple[dict[str, object], bytes]:
        """One clip of at most `longest` bytes of sound."""
        blocks: list[bytes] = []
        words: list[tuple[int, int, int]] = []
        length = 0

        def collect(samples: int | None, count: int, events: "ctypes._Pointer[Event]") -> int:
            nonlocal length
            if samples and count > 0:
                blocks.append(ctypes.string_at(samples, count * 2))
                length += count * 2
            index = 0
            while events[index].type:
                event = events[index]
                if event.type == WORD_EVENT:
                    words.append((event.text_position - 1, event.length, event.sample))
                index += 1
            return int(length > longest)

        callback = Callback(collect)
        library = self._load()
        try:
            frames_a_second = self.frames_a_second
            library.espeak_SetSynthCallback(callback)
            if library.espeak_SetVoiceByName(voice):
                raise RefusedError("voice", voice.decode("utf-8", "replace"))
            _seed(library)
            library.espeak_SetParameter(RATE_PARAMETER, rate, 0)
            buffer = ctypes.create_string_buffer(text)
            if library.espeak_Synth(buffer, ctypes.c_size_t(len(buffer)), 0, 1, 0, UTF8, None, None):
                raise RefusedError("failed", "espeak_Synth")
        finally:
            worn = self._unload(library)
        if length > longest:
            raise RefusedError("long", "")
        return {"rate": frames_a_second, "words": words, "worn": worn}, b"".join(blocks)

    def _load(self) -> ctypes.CDLL:
        try:
            library = ctypes.CDLL(self.path)
        except OSError as error:
            raise RefusedError("library", str(error)) from error
        self.frames_a_second = library.espeak_Initialize(SYNCHRONOUS, 0, self.data, DONT_EXIT)
        if self.frames_a_second <= 0:
            self._unload(library, started=False)
            raise RefusedError("data", "espeak_Initialize")
        return library

    def _unload(self, library: ctypes.CDLL, started: bool = True) -> bool:
        """Whether the library is still there afterwards, as it always is with some C libraries."""
        if started:
            library.espeak_Terminate()
        if sys.platform == "win32":
            _ctypes.FreeLibrary(library._handle)
            kernel = ctypes.WinDLL("kernel32")
            kernel.GetModuleHandleW.restype = ctypes.c_void_p
            return bool(kernel.GetModuleHandleW(ctypes.c_wchar_p(self.path)))
        _ctypes.dlclose(library._handle)
        try:
            _ctypes.dlclose(_ctypes.dlopen(self.path, os.RTLD_NOLOAD | os.RTLD_LAZY))
        except OSError:
            return False
        return True


def _seed(library: ctypes.CDLL) -> None:
    """The breath in a voice is random; before 1.52 it is the C library's randomness, seeded by the time."""
    if hasattr(library, "espeak_ng_SetRandSeed"):
        library.espeak_ng_SetRandSeed(1)
    elif sys.platform != "win32":
        ctypes.CDLL(None).srand(1)


def answer(pipe: BinaryIO, head: dict[str, object], pcm: bytes = b"") -> None:
    """Sends one answer."""
    body = json.dumps(head).encode()
    pipe.write(struct.pack(">II", len(body), len(pcm)) + body + pcm)
    pipe.flush()


def serve(
    speak: Callable[[dict[str, Any]], tuple[dict[str, object], bytes]], requests: BinaryIO, answers: BinaryIO
) -> None:
    """Answers until the other side closes its end; one that takes longer than its patience ends the process."""
    while len(size := requests.read(4)) == 4:
        request = json.loads(requests.read(struct.unpack(">I", size)[0]))
        if hasattr(signal, "alarm"):
            signal.alarm(request["patience"])
        try:
            head, pcm = speak(request)
        except RefusedError as refusal:
            head, pcm = dict(zip(("error", "detail"), refusal.args, strict=True)), b""
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        answer(answers, head, pcm)


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """Requests and answers, taken away from the library, which may print; Ctrl-C is for the program alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return requests, answers


def main(library: str, data_parent: str) -> None:
    """Loads the library and serves."""
    requests, answers = pipes()
    data = None
    if data_parent:
        os.chdir(data_parent)
        data = b"."
    speaker = Library(library, data)

    def speak(request: dict[str, Any]) -> tuple[dict[str, object], bytes]:
        text = request["text"].encode("utf-8", "replace")
        return speaker.speak(text, request["voice"].encode(), request["rate"], request["longest"])

    try:
        answer(answers, dict(speaker.about()))
        serve(speak, requests, answers)
    except RefusedError as refusal:
        answer(answers, dict(zip(("error", "detail"), refusal.args, strict=True)))
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
