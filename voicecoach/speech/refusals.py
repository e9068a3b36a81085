"""What an engine says of a text that it does not speak."""

from voicecoach.errors import SpeechError

SHORTEST = 20
"""Milliseconds: engines answer a text they cannot say with less sound than this, not with an error."""


def shortened(text: str) -> str:
    """A text in quotes, for a message."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def inaudible(text: str) -> SpeechError:
    """There is nothing to say in it."""
    return SpeechError(f"nothing can be heard in the text {shortened(text)}", "write words to say")


def refused(text: str, longest: float, error: object, detail: object) -> SpeechError:
    """The worker's `{error, detail}`, where `longest` is the most seconds a text may take."""
    if error == "long":
        return SpeechError(
            f"the text {shortened(text)} takes more than {longest:g} s to say", "split it into several steps"
        )
    return SpeechError(f"the speech engine failed on {shortened(text)}: {error} {detail}")
