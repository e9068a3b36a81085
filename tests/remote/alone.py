"""A program of its own that holds a session; each line on stdin moves it on by a bout.

Its controls fail, but for `pause`, which keeps the remote busy until the session has moved on.
"""

import sys
from threading import Event

from tests.remote.sessions import Notepad, StoppedClock, bout, moment
from voicecoach.player.now import Command
from voicecoach.remote.mpris import Mpris

moved = Event()


class Broken(Notepad):
    def do(self, command: Command) -> None:
        if command != "pause":
            raise RuntimeError("the screen is closed")
        moved.clear()
        print("busy", flush=True)
        moved.wait(20)


def main() -> None:
    remote = Mpris(StoppedClock())
    print(remote.start(Broken()), flush=True)
    for number, _ in enumerate(sys.stdin, 1):
        remote.show(*moment(bout(number).start))
        moved.set()
        print(number, flush=True)
    remote.close()


if __name__ == "__main__":
    main()
