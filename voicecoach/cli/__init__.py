"""The command line: arguments in, exit code out. Nothing imports it but `__main__`."""

import os
import sys
from collections.abc import Sequence

from voicecoach import __version__
from voicecoach.collector import begin
from voicecoach.errors import MissingError, OutputError, ScriptError, VoicecoachError

DONE, STRICT, WRONG, MISSING, UNWRITTEN, INTERRUPTED = 0, 1, 2, 3, 4, 130


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; prints every expected error instead of raising it."""
    if list(arguments) == ["--version"]:
        print(f"voicecoach {__version__}")
        return DONE
    begin()
    _readable_streams()
    from voicecoach.cli.arguments import parse
    from voicecoach.cli.terminal import ReportedError

    try:
        chosen = parse(arguments)
        code: int = chosen.command(chosen)
        sys.stdout.flush()
    except ScriptError as error:
        from voicecoach.cli.terminal import problems

        problems(error.problems, {})
        return WRONG
    except ReportedError:
        return WRONG
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except VoicecoachError as error:
        return _failed(error)
    return code


def _failed(error: VoicecoachError) -> int:
    from voicecoach.cli.terminal import failure

    failure(error)
    if isinstance(error, MissingError):
        return MISSING
    return UNWRITTEN if isinstance(error, OutputError) else WRONG


def _readable_streams() -> None:
    """A character the terminal cannot show becomes an escape, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
