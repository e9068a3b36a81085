"""The finished program in a terminal of its own: a test reads its lines and presses its keys."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.rig import wait_until


class Program:
    """`voicecoach play ... --plain`, running; `lines` is what it has printed."""

    def __init__(self, *words: str) -> None:
        import pty  # not on Windows, where there is no rig either

        self._terminal, inside = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voicecoach", "play", *words, "--plain"],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
        )
        os.close(inside)
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def press(self, keys: str) -> None:
        """Writes the bytes of keys into the terminal."""
        os.write(self._terminal, keys.encode())

    def says(self, text: str, patience: float = 20) -> None:
        """Waits for a line that contains `text`."""
        wait_until(
            lambda: any(text in line for line in self.lines) or not self._reader.is_alive(),
            f"the line {text!r}",
            patience,
            lambda: "\n".join(["", *self.lines]),
        )
        assert any(text in line for line in self.lines), "\n".join(self.lines)

    def player(self) -> int:
        """The process that plays the sound, a child of the program."""
        found: list[int] = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue  # it has ended meanwhile
            if parent == self.process.pid and b"voicecoach.output.child" in command:
                found.append(int(folder.name))
        [player] = found
        return player

    def leave(self) -> None:
        """Quits as a person does."""
        self.press("q")
        self.says("quit? press q again")
        self.press("q")
        self.wait(20)

    def wait(self, patience: float) -> None:
        """Waits for its end, and fails if that is no good one."""
        assert self.process.wait(patience) == 0, "\n".join(self.lines)
        self._reader.join()

    def close(self) -> None:
        """Ends it, if it has not ended."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join()
        os.close(self._terminal)

    def _read(self) -> None:
        rest = b""
        while True:
            try:
                read = os.read(self._terminal, 4096)
            except OSError:  # the program has ended
                return
            if not read:
                return
            *lines, rest = (rest + read).replace(b"\r", b"\n").split(b"\n")
            self.lines += [line.decode() for line in lines if line]


@contextmanager
def playing(*words: str) -> Iterator[Program]:
    """The program while the block runs."""
    program = Program(*words)
    try:
        yield program
    finally:
        program.close()
