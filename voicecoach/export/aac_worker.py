"""The process that encodes AAC: `main()`, run by aac_process.py with the pipes of aac_request.py."""

import os
import signal


def main() -> None:
    """Serves until the requests end; Ctrl-C is for the program alone."""
    from voicecoach.export.aac_request import Streams, answer, received

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    streams = Streams()
    try:
        while request := received(requests):
            answer(streams.packets(request), answers)
    except BrokenPipeError:
        os._exit(0)
