"""What every speech engine has to offer on this machine."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from voicecoach.engines import EngineName
from voicecoach.errors import SpeechError
from voicecoach.speech.choice import TABLE, Row
from voicecoach.speech.engine import Voice


class Listed(NamedTuple):
    """The voices of one engine; `trouble` says why there are none, and `fix` what to do about it."""

    engine: EngineName
    voices: tuple[Voice, ...]
    trouble: str = ""
    fix: str = ""


def listing(table: Sequence[Row] = TABLE) -> Iterator[Listed]:
    """Engine by engine in the order of `auto`; an engine of the system is started to be asked."""
    for row in table:
        if not row.is_here():
            yield Listed(row.name, (), "it is not installed", row.install)
            continue
        engine = row.make()
        try:
            yield Listed(row.name, tuple(engine.voices()))
        except SpeechError as error:
            yield Listed(row.name, (), error.what, error.fix)
        finally:
            engine.close()
