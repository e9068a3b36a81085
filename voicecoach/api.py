"""What the commands do, for Python programs: `load`, `compile`, `render`; no printing, no exit."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.compiler.options import Options
from voicecoach.interrupts import load_whole
from voicecoach.session import Progress, Script, Session, checked, prepare, read_script
from voicecoach.speech.choice import EngineName, speaking

if TYPE_CHECKING:
    from voicecoach.export.audio import RenderReport

__all__ = ["Options", "Script", "Session", "compile", "load", "render"]


def load(name: str | Path, *, settings: Mapping[str, str] | None = None, allow_outside: bool = False) -> Script:
    """The routine behind a path or an id, with its parameters set.

    Raises ScriptError with every Problem of the script; warnings are in `problems` of the result.
    """
    script = read_script(str(name), settings=settings, allow_outside=allow_outside)
    checked(script)
    return script


def compile(  # noqa: A001  the field's own word
    script: Script, options: Options | None = None, *, engine: EngineName = "auto", progress: Progress | None = None
) -> Session:
    """The session as it will be heard; its `timeline` has every cue at its millisecond.

    The engine `silent` estimates the speech and starts nothing. `progress` hears how many clips
    are spoken, of how many. Raises ScriptError for what cannot be scheduled, SpeechError if the
    engine or voice is missing.
    """
    with speaking(engine, locations.cache_dir() / "clips") as speaker:
        return prepare(script, options or Options(), speaker, progress)


def render(session: Session, destination: str | Path, *, progress: Progress | None = None) -> "RenderReport":
    """Writes the session to an audio file, in the format its suffix names; it appears complete or not at all.

    `progress` hears frames done and in all. Raises UnknownFormatError for the suffix and OutputError
    if the file cannot be written.
    """
    load_whole("numpy")
    from voicecoach.export.audio import render as write
    from voicecoach.export.labels import Labels
    from voicecoach.export.passages import passages
    from voicecoach.export.tags import Tags

    routine, timeline = session.routine, session.timeline
    notices = "\n".join(text.turn(0, timeline.lang) for text in (*routine.cautions, *routine.advice))
    tags = Tags(timeline.title, routine.author or "voicecoach", "voicecoach", notices, timeline.lang)
    return write(
        session.mixer(), Labels(tags, timeline.chapters, passages=passages(timeline)), Path(destination), progress
    )
