"""What the commands do, for Python programs: `load`, `compile`, `render`; no printing, no exit."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.compiler.options import Options
from voicecoach.interrupts import load_whole
from voicecoach.session import Progress, Script, Session, checked, prepare, read_script
from voicecoach.sound.target import TARGET_LUFS
from voicecoach.speech.choice import EngineName, speaking
from voicecoach.units import Milliseconds, frames

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


def render(
    session: Session,
    destination: str | Path,
    *,
    progress: Progress | None = None,
    loudness: float = TARGET_LUFS,
    lead_in: Milliseconds = 0,
) -> "RenderReport":
    """Writes the session to an audio file, in the format its suffix names; it appears complete or not at all.

    `loudness` is that of the speech in LUFS, mono, from −31 to −14; the same in both channels of a stereo file is 3
    more. `lead_in` is how long the file has a noise that nobody hears before the session begins.
    `progress` hears frames done and in all. Raises UnknownFormatError for the suffix and OutputError
    if the file cannot be written.
    """
    load_whole("numpy")
    from dataclasses import replace

    from voicecoach.export.audio import render as write
    from voicecoach.export.delayed import delayed
    from voicecoach.export.labels import Labels
    from voicecoach.export.tags import Tags
    from voicecoach.sound.ducking import share
    from voicecoach.sound.quiet import LeadIn

    routine, timeline = session.routine, session.timeline
    notices = "\n".join(text.turn(0, timeline.lang) for text in (*routine.cautions, *routine.advice))
    tags = Tags(timeline.title, routine.author or "voicecoach", "voicecoach", notices, timeline.lang)
    labels = delayed(Labels(tags, timeline.chapters), lead_in)
    mix = session.mix(louder=loudness - TARGET_LUFS)
    if lead_in:
        mix = LeadIn(mix, frames(lead_in, mix.rate))
    report = write(mix, labels, Path(destination), progress)
    return replace(report, speech=share(timeline.cues, timeline.duration + lead_in))
