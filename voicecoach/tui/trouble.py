"""An error as lines for a person."""

from voicecoach.errors import ScriptError, VoicecoachError
from voicecoach.report import text


def described(error: VoicecoachError | OSError) -> tuple[str, ...]:
    """What happened and what to do about it; every Problem of a script with its place."""
    if isinstance(error, ScriptError):
        return tuple(line for problem in error.problems for line in (*text(problem, {}).splitlines(), ""))
    if isinstance(error, VoicecoachError):
        return (error.what, *([f"fix: {error.fix}"] if error.fix else []))
    return (str(error),)
