"""The process that speaks one clip with pyttsx3: `python -P pyttsx3_worker.py DRIVER LIBRARY DATA_PARENT`.

Not imported by anything. `DRIVER` is pyttsx3's name of a driver, or empty for the system's own.
`LIBRARY` and `DATA_PARENT` are an espeak-ng to be loaded in place of the system's and the folder
that holds its `espeak-ng-data`, or empty.

One JSON request comes on the standard input and is answered by one JSON object on the standard
output; both are closed after it. `{patience}` asks what there is: `{driver, version, library, data,
default, voices: [[id, name, languages, gender]]}`. `{patience, text, voice, rate, file}` writes a clip to
the file, in the format the driver likes: `{file}`. A refusal is `{error}`. After `patience` seconds
the process ends, whatever it is doing.
"""

import ctypes
import faulthandler
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeAlias

_ENDS_ITS_LOOP = frozenset({"espeak"})
"""Drivers whose loop is over with the utterance.

To run and wait would end it before, and so cancel what espeak-ng has not begun: at times the rate.
"""
_WRITES_AT_ONCE = frozenset({"sapi5"})
"""Drivers whose file is whole when the loop returns; they tell of no end of it."""

Reply: TypeAlias = Callable[[dict[str, object]], None]
"""Sends the answer and ends the process; may be called in any thread."""


def started(driver: str, library: str, data_parent: str) -> Any:
    """pyttsx3 with a driver, and with the library of voices that was asked for."""
    if library:
        # A path of 160 bytes or more is too long for the library, so the folder is entered.
        os.chdir(data_parent)
        os.environ["ESPEAK_DATA_PATH"] = "."
        found = ctypes.CDLL(library)
        vars(ctypes.cdll)["LoadLibrary"] = lambda _: found
    import pyttsx3

    return pyttsx3.init(driver or None)


def voices(engine: Any) -> dict[str, object]:
    """Everything the driver knows about itself and its voices."""
    from importlib.metadata import version

    library, data = "", ctypes.c_char_p()
    if espeak := sys.modules.get("pyttsx3.drivers._espeak"):
        library = (espeak.Info(ctypes.byref(data)) or b"").decode("ascii", "replace")
    return {
        "driver": str(engine),
        "version": version("pyttsx3"),
        "library": library,
        "data": os.path.abspath(os.fsdecode(data.value)) if data.value else "",
        "default": str(engine.getProperty("voice") or ""),
        "voices": [
            [str(one.id), str(one.name or ""), [_text(tag) for tag in one.languages or ()], str(one.gender or "")]
            for one in engine.getProperty("voices")
        ],
    }


def speak(engine: Any, request: dict[str, Any], reply: Reply) -> None:
    """Writes one clip and replies when the driver is done with it, or at the first thing that goes wrong."""
    done: dict[str, object] = {"file": request["file"]}

    def trouble(exception: BaseException | None = None, **_: object) -> None:
        reply({"error": _told(exception)})

    def finished(completed: bool = True, **_: object) -> None:
        reply(done if completed else {"error": "it stopped before the end"})

    engine.connect("error", trouble)
    engine.connect("finished-utterance", finished)
    engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", request["rate"])
    engine.save_to_file(request["text"], request["file"])
    if str(engine) in _ENDS_ITS_LOOP:
        sys.unraisablehook = lambda hook: trouble(hook.exc_value)  # it writes the file in a callback from C
        engine.startLoop()
    else:
        engine.runAndWait()
    if str(engine) not in _WRITES_AT_ONCE:
        threading.Event().wait()  # the end is told in another thread
    reply(done)


def _told(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}" if error else "it failed"


def _text(tag: object) -> str:
    return tag.decode("utf-8", "replace") if isinstance(tag, bytes) else str(tag)


def main(driver: str, library: str, data_parent: str) -> None:
    """Takes the standard streams away from the driver, which prints, and answers one request."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.dup(1)
    request = json.loads(sys.stdin.buffer.read())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    faulthandler.dump_traceback_later(request["patience"], exit=True, file=nowhere)
    replying = threading.Lock()

    def reply(answer: dict[str, object]) -> None:
        replying.acquire()  # for good: there is one answer
        with open(answers, "wb") as pipe:
            pipe.write(json.dumps(answer).encode())
        os._exit(0)  # espeak-ng may crash when it is taken down, and nothing is left to do

    try:
        engine = started(driver, library, data_parent)
        if "text" in request:
            speak(engine, request, reply)
        else:
            reply(voices(engine))
    except Exception as error:  # a driver may raise anything, and all of it is its answer
        reply({"error": _told(error)})


if __name__ == "__main__":
    main(*sys.argv[1:])
