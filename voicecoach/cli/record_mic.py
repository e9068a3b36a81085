"""`voicecoach record ROUTINE --mic`: a microphone, a keyboard and one line after the other."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach.cli import DONE, terminal
from voicecoach.cli.keyboard import Keyboard, keyboard
from voicecoach.cli.record_reading import Reading, Row, check, wrong
from voicecoach.cli.saved import saved_settings
from voicecoach.errors import DeviceError
from voicecoach.interrupts import load_whole
from voicecoach.microphone.process import Microphone
from voicecoach.report import plain
from voicecoach.speech.takefile import TakeFile

_OPEN_WITHIN = 10.0


@contextmanager
def microphone_first(chosen: argparse.Namespace) -> "Iterator[LineByLine]":
    """Opens the microphone before anything is compiled; raises DeviceError where there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        what = "--mic needs a terminal for its keys"
        raise wrong(what, "start it in a terminal, or take in files:  --import FOLDER")
    microphone = Microphone(chosen.device)
    try:
        name = microphone.wait_open(_OPEN_WITHIN)
        terminal.say(f"microphone: {plain(name)}")
        if name.startswith("Monitor of "):
            terminal.notes(["this hears what the computer plays; choose a microphone with --device"])
        yield LineByLine(chosen, microphone)
    finally:
        microphone.close()


class LineByLine:
    """A microphone that is open, for the lines of one routine."""

    def __init__(self, chosen: argparse.Namespace, microphone: Microphone) -> None:
        self._chosen = chosen
        self._microphone = microphone

    def record(self, reading: Reading) -> int:
        """Records the lines of `--lines`, else those that have no take yet."""
        rows = self._rows(reading)
        if not rows:
            terminal.say("every line has a take; record some anew with  --lines 3,7-9")
            return DONE
        with keyboard() as keys:
            kept = self._line_by_line(rows, reading, keys)
        terminal.say(plain(f"recorded for “{reading.takes.name}”: {kept} of {len(rows)} lines"))
        return check(self._chosen, reading) if kept else DONE

    def _rows(self, reading: Reading) -> list[Row]:
        wanted: frozenset[int] | None = self._chosen.lines
        if wanted is None:
            return [row for row in reading.rows if row.take is None]
        known = {row.number for row in reading.rows}
        if lacking := sorted(wanted - known):
            what = f"--lines: there is no line {lacking[0]} in this session"
            raise wrong(what, "voicecoach record ROUTINE  lists the numbers")
        return [row for row in reading.rows if row.number in wanted]

    def _line_by_line(self, rows: list[Row], reading: Reading, keys: Keyboard) -> int:
        load_whole("numpy", "soxr")
        from voicecoach.cli.booth import Booth, Screen
        from voicecoach.speech.recording import RATE, Recorded

        booth = Booth(self._microphone, keys, Screen(terminal.say, _draw, self._hear))
        kept = 0
        for place, row in enumerate(rows, 1):
            made = booth.line(row, f"{place} of {len(rows)}")
            if made == "quit":
                break
            if isinstance(made, Recorded):
                reading.takes.keep(TakeFile(row.line.text, row.line.lang, RATE, made.pcm))
                kept += 1
        return kept

    def _hear(self, pcm: bytes) -> None:
        """Plays a take as it will be heard; without a device, that is told."""
        from voicecoach.cli.hearing import hear
        from voicecoach.output.backends import choose
        from voicecoach.speech.engine import RawSpeech
        from voicecoach.speech.recording import RATE
        from voicecoach.speech.shape import shape
        from voicecoach.units import MIX_RATE

        device = saved_settings(self._chosen).settings.device
        try:
            hear(shape([RawSpeech(pcm, RATE)], MIX_RATE), choose(device), "the take")
        except DeviceError as error:
            terminal.failure(error)


def _draw(line: str) -> None:
    """A line that the next one replaces."""
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()
