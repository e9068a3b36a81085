"""What the commands do, for Python programs: `load`, `compile`, `render`; no printing, no exit."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.compiler.options import Options
from voicecoach.engines import EngineName
from voicecoach.interrupts import load_whole
from voicecoach.session import Progress, Script, Session, checked, prepare, read_script
from voicecoach.sound.target import TARGET_LUFS
from voicecoach.speech.choice import speaking
from voicecoach.units import Milliseconds, frames

if TYPE_CHECKING:
    from voicecoach.export.artwork.choice import Cover
    from voicecoach.export.audio import Format, RenderReport
    from voicecoach.export.labels import Labels
    from voicecoach.export.sidecars import CaptionKind
    from voicecoach.export.split import SplitReport
    from voicecoach.sound.mix import Mix
    from voicecoach.speech.takes import Takes

__all__ = ["Options", "Script", "Session", "compile", "load", "render", "render_split"]


def load(name: str | Path, *, settings: Mapping[str, str] | None = None, allow_outside: bool = False) -> Script:
    """The routine behind a path or an id, with its parameters set.

    Raises ScriptError with every Problem of the script; warnings are in `problems` of the result.
    """
    script = read_script(str(name), settings=settings, allow_outside=allow_outside)
    checked(script)
    return script


def compile(  # noqa: A001  the field's own word
    script: Script,
    options: Options | None = None,
    *,
    engine: EngineName = "auto",
    takes: str | None = None,
    progress: Progress | None = None,
) -> Session:
    """The session as it will be heard; its `timeline` has every cue at its millisecond.

    The engine `silent` estimates the speech and starts nothing. `takes` names recorded lines, which
    are heard in the place of the engine. `progress` hears how many clips are spoken, of how many.
    Raises ScriptError for what cannot be scheduled, SpeechError if the engine, the voice or the takes
    are missing.
    """
    with speaking(engine, locations.cache_dir() / "clips", _takes(takes)) as speaker:
        return prepare(script, options or Options(), speaker, progress)


def _takes(name: str | None) -> "Takes | None":
    if name is None:
        return None
    from voicecoach.speech.takes import existing

    return existing(locations.takes_dir(), name)


def render(
    session: Session,
    destination: str | Path,
    *,
    cover: "Cover" = True,
    captions: Iterable["CaptionKind"] = (),
    loudness: float = TARGET_LUFS,
    lead_in: Milliseconds = 0,
    progress: Progress | None = None,
) -> "RenderReport":
    """Writes the session to an audio file, in the format its suffix names; it appears complete or not at all.

    `cover` is True for one drawn from the timeline, False for none, or a JPEG or PNG file. `captions`
    are any of "vtt", "srt" and "lrc": files beside the audio file, which appear with it. `loudness` is
    that of the speech in LUFS, mono, from −31 to −14; the same in both channels of a stereo file is 3
    more. `lead_in` is how long the file has a noise that nobody hears before the session begins.
    `progress` hears frames done and in all. Raises UnknownFormatError for the suffix, CoverError for a
    cover that is no picture, and OutputError if a file cannot be written.
    """
    load_whole("numpy")
    from voicecoach.export.audio import format_of
    from voicecoach.export.audio import render as write
    from voicecoach.export.sidecars import sidecars

    path, length = Path(destination), session.timeline.duration + lead_in
    form = format_of(path)
    with form.begun(length):
        labels = _labels(session, path, cover, lead_in)
        with sidecars(path, captions, labels.lines, length) as beside:
            report = write(_mix(session, loudness, lead_in, form), labels, path, progress)
    return replace(report, captions=beside, speech=_speech(session, lead_in))


def render_split(
    session: Session,
    folder: str | Path,
    suffix: str = ".m4a",
    *,
    cover: "Cover" = True,
    captions: Iterable["CaptionKind"] = (),
    loudness: float = TARGET_LUFS,
    lead_in: Milliseconds = 0,
    progress: Progress | None = None,
) -> "SplitReport":
    """Writes one audio file an exercise into a folder, gapless when played in order, and a playlist of them.

    All files appear together or not at all, and other files of the folder stay. The options and what is
    raised are as for `render`; each audio file has captions of its own.
    """
    load_whole("numpy")
    from voicecoach.export.split import render_split as write
    from voicecoach.export.split import splittable

    form = splittable(Path(f"x{suffix}"))
    with form.begun(session.timeline.duration + lead_in):
        labels = _labels(session, Path(f"x{suffix}"), cover, lead_in)
        mix = _mix(session, loudness, lead_in, form)
        report = write(mix, labels, Path(folder), suffix, progress, captions=captions, inputs=session.script.files())
    return replace(report, speech=_speech(session, lead_in))


def _mix(session: Session, loudness: float, lead_in: Milliseconds, form: "Format") -> "Mix":
    from voicecoach.sound.quiet import LeadIn

    mix = session.mix(louder=loudness - TARGET_LUFS)
    if loudness > TARGET_LUFS:
        mix = form.louder(mix)
    return LeadIn(mix, frames(lead_in, mix.rate)) if lead_in else mix


def _speech(session: Session, lead_in: Milliseconds) -> float:
    """The part of the time in which something is said."""
    from voicecoach.sound.ducking import share

    return share(session.timeline.cues, session.timeline.duration + lead_in)


def _labels(session: Session, destination: Path, cover: "Cover", lead_in: Milliseconds) -> "Labels":
    """What every file of the session says about itself."""
    from voicecoach.export.artwork.choice import chosen
    from voicecoach.export.delayed import delayed
    from voicecoach.export.labels import Labels
    from voicecoach.export.lines import lines
    from voicecoach.export.passages import passages
    from voicecoach.export.tags import GENRE, Tags

    routine, timeline = session.routine, session.timeline
    notices = "\n".join(text.turn(0, timeline.lang) for text in (*routine.cautions, *routine.advice))
    author, source = routine.author or "voicecoach", routine.source or ""
    tags = Tags(timeline.title, author, "voicecoach", notices, timeline.lang, GENRE, source)
    picture = chosen(cover, timeline, destination)
    said = lines(timeline, session.speaker.words)
    labels = Labels(tags, timeline.chapters, picture, said, passages(timeline))
    return delayed(labels, lead_in) if lead_in else labels
