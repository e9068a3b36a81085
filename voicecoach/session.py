"""A script → a ready session; the one way every front takes, without a terminal or a device."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.accompaniment import Accompaniment, Lasting, accompanied, examine, underlaid
from voicecoach.collector import paused
from voicecoach.compiler.compile import Compiled, compile_routine
from voicecoach.compiler.options import Options, choose
from voicecoach.errors import MissingError, ScriptError
from voicecoach.estimate import estimate
from voicecoach.interrupts import load_whole
from voicecoach.routine import CueRule, Routine, ToneFile, ToneStep
from voicecoach.script.files import outside
from voicecoach.script.linker import Linked, OutsideError, link
from voicecoach.script.scope import Scope
from voicecoach.shelf import Folder, find
from voicecoach.sound.toneset import BUILT_IN, SILENT
from voicecoach.source import Problem, Problems, Source, Span, in_file_order
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import Milliseconds
from voicecoach.utterance import Utterance
from voicecoach.voicing import all_steps, voiced

if TYPE_CHECKING:
    from voicecoach.sound.clip import Clip
    from voicecoach.sound.mix import Mix
    from voicecoach.sound.mixer import Mixer
    from voicecoach.speech.speaker import Speaker

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""


class Script(NamedTuple):
    """A linked script with its folder; `routine` is None if there are errors among `problems`.

    `lang` is the language it was asked for in, empty for its own; `said` knows everything it says.
    """

    folder: Folder
    entry: str
    routine: Routine | None
    problems: tuple[Problem, ...]
    sources: Mapping[str, Source] = MappingProxyType({})
    settings: Mapping[str, str] = MappingProxyType({})
    lang: str = ""
    said: Scope | None = None

    def files(self) -> list[Path]:
        """Every file the session is made from: scripts, tone files and music."""
        sounds = [] if self.routine is None else [choice.path for choice in _tone_files(self.routine)]
        if self.routine is not None and self.routine.music is not None:
            sounds.append(self.routine.music.path)
        return [self.folder.locate(name) for name in (*self.sources, *sounds)]


class Session(NamedTuple):
    """A compiled session with everything needed to hear it."""

    script: Script
    routine: Routine
    timeline: Timeline
    compiled: Compiled
    speaker: "Speaker"

    def clip(self, cue: Cue) -> "Clip":
        """The sound of one cue of the timeline."""
        if cue.utterance is not None:
            return self.speaker.clip(cue.utterance)
        return _tone(self.script.folder, cue, self.timeline.sample_rate)

    def digest(self, cue: Cue) -> str | None:
        """What the samples of a cue hang on beside the cue itself: those of its clip, or the bytes of its file.

        Empty for a tone that needs none, None for one whose file cannot be read.
        """
        if cue.utterance is not None:
            return self.speaker.digest(cue.utterance)
        from hashlib import sha256

        sound = cue.sound
        if sound is None or sound.wave or sound.name == SILENT:
            return ""
        try:
            return sha256(self.script.folder.read(sound.path or f"{BUILT_IN}{sound.name}.wav")).hexdigest()
        except FileNotFoundError:
            return None if sound.path else ""
        except (OSError, OutsideError):
            return None

    def mix(self, *, louder: float = 0.0) -> "Mix":
        """The whole session as it is written to a file, `louder` decibels than usual, with its music if it has any.

        Raises MusicFileError for music that has gone meanwhile.
        """
        mixer, music = self.mixer(louder=louder), self.compiled.chosen.music
        return mixer if music is None else underlaid(mixer, self.timeline, self.script.folder, music, louder)

    def accompaniment(self) -> Accompaniment | None:
        """The music of the session as it is heard live, mono at the rate of the mix; raises MusicFileError."""
        music, timeline = self.compiled.chosen.music, self.timeline
        if music is None:
            return None
        found = accompanied(self.script.folder, music, timeline.duration, rate=timeline.sample_rate, channels=1)
        return found._replace(music=Lasting(found.music))

    def mixer(self, timeline: Timeline | None = None, *, louder: float = 0.0) -> "Mixer":
        """The speech and tones of the session as samples, or of another timeline made of its cues."""
        load_whole("numpy")
        from voicecoach.sound.loudness import louder_speech, louder_tone
        from voicecoach.sound.mixer import Mixer

        timeline = timeline or self.timeline
        tones = lru_cache(64)(lambda cue: _tone(self.script.folder, cue, timeline.sample_rate))
        tone_keys: dict[tuple[object, int], Cue] = {}
        spoken = lru_cache(64)(lambda utterance: louder_speech(self.speaker.clip(utterance), louder))

        def clip(cue: Cue) -> "Clip":
            if cue.utterance is not None:
                return self.speaker.clip(cue.utterance) if not louder else spoken(cue.utterance)
            return louder_tone(tones(tone_keys.setdefault((cue.sound, cue.end - cue.start), cue)), louder)

        volume = timeline.options["volume"]
        assert isinstance(volume, int)
        return Mixer(timeline, clip, speech_gain=volume / 100)


_HANGS_ON_SPEECH = frozenset({"E025", "E205", "E208"})
"""Errors that measured speech may take back."""


def read_script(
    name: str,
    *,
    settings: Mapping[str, str] | None = None,
    allow_outside: bool = False,
    lang: str = "",
    every_language: bool = False,
) -> Script:
    """Reads and links the routine behind a path or an id; problems are values, never exceptions.

    Its texts are translated into `lang`, or with `every_language` into each language there is a file for.
    Raises ScriptError only if there is no such routine.
    """
    path = find(name)
    folder = Folder(path.parent, path.name, allow_outside)
    return _linked(folder, settings or {}, lang, every_language=every_language)


def in_language(script: Script, lang: str | None) -> Script:
    """The script with its texts in another language; the script itself if it has them in that language."""
    if not lang or lang == script.lang or (script.routine is not None and lang == script.routine.lang):
        return script
    return _linked(script.folder, script.settings, lang)


def with_settings(script: Script, settings: Mapping[str, str]) -> Script:
    """The script with other values for its parameters."""
    return script if settings == script.settings else _linked(script.folder, settings, script.lang)


def _linked(folder: Folder, settings: Mapping[str, str], lang: str, *, every_language: bool = False) -> Script:
    with paused():
        linked: Linked = link(
            folder.entry,
            folder.read,
            settings=settings,
            allow_outside=folder.allow_outside,
            display=folder.display,
            lang=lang,
            every_language=every_language,
            sidecars=folder.sidecars,
        )
    return Script(folder, folder.entry, linked.routine, linked.problems, linked.sources, settings, lang, linked.said)


def estimated(script: Script, options: Options) -> Compiled:
    """The session with estimated speech: no engine is started. Raises ScriptError for a script with errors."""
    script = in_language(script, options.lang)
    routine = checked(script)
    options = options._replace(engine="silent", voice="", settings=script.settings)
    with paused():
        _examine_music(script, routine, options)
        return compile_routine(routine, options, _estimate, estimated=True, tone_lengths=_tone_lengths(script, routine))


def prepare(script: Script, options: Options, speaker: "Speaker", progress: Progress | None = None) -> Session:
    """The session as it will be heard: every clip spoken and measured.

    Raises ScriptError for wrong scripts, SpeechError if the engine or voice is missing or fails.
    """
    preparation = Preparation(script, options, speaker)
    while preparation.compiled.missing:
        preparation.speak(preparation.compiled.missing, progress)
    return preparation.session()


class Preparation:
    """A session on its way: compiled with the speech that is known, to be spoken in the order it is wanted.

    Every method raises as `prepare` does. `compiled` is what is known now.
    """

    def __init__(self, script: Script, options: Options, speaker: "Speaker") -> None:
        self._script = script = in_language(script, options.lang)
        self._speaker = speaker
        self._routine = checked(script)
        takes = speaker.takes.name if speaker.takes else ""
        self._options, self._problems = voiced(
            self._routine, options._replace(settings=script.settings, takes=takes), speaker.engine
        )
        self._lengths: dict[Utterance, Milliseconds] = {}
        _examine_music(script, self._routine, self._options)
        self._tones = _tone_lengths(script, self._routine)
        self.compiled = self._compile()

    def recall(self) -> None:
        """Takes what needs no speaking: clips of earlier sessions."""
        while found := self._speaker.known(self.compiled.missing):
            self._lengths |= found
            self.compiled = self._compile()

    def speak(self, utterances: Iterable[Utterance], progress: Progress | None = None) -> None:
        """Speaks what is missing and compiles anew; `progress` hears only of what takes time."""
        self._lengths |= self._speaker.prepare(sorted(utterances), progress)
        self.compiled = self._compile()

    def session(self) -> Session:
        """The session as far as it is known; raises ScriptError if it cannot be."""
        compiled = self.compiled
        if compiled.timeline is None:
            raise ScriptError(compiled.problems)
        complete = compiled._replace(problems=in_file_order([*self._problems, *compiled.problems]))
        return Session(self._script, self._routine, compiled.timeline, complete, self._speaker)

    def _compile(self) -> Compiled:
        estimated = self._speaker.engine.estimated
        with paused():
            compiled = compile_routine(
                self._routine,
                self._options,
                _estimate if estimated else self._lengths.get,
                estimated=estimated,
                tone_lengths=self._tones,
            )
        hopeless = [p for p in compiled.problems if p.severity == "error" and p.code not in _HANGS_ON_SPEECH]
        if hopeless:
            raise ScriptError(compiled.problems)
        return compiled


def checked(script: Script) -> Routine:
    """The routine of a script without errors; raises ScriptError."""
    if any(problem.severity == "error" for problem in script.problems):
        raise ScriptError(script.problems)
    if script.routine is None:
        what = "this is a library of exercises: it has no steps of its own"
        fix = f"include it in a routine:  include: {script.entry}"
        raise ScriptError([Problem("error", "E057", Span(script.entry, 0, 0), what, fix=fix)])
    return script.routine


def _estimate(utterance: Utterance) -> Milliseconds:
    return estimate(utterance.text, utterance.rate)


def _examine_music(script: Script, routine: Routine, options: Options) -> None:
    """Raises ScriptError for music that cannot be used."""
    music = choose(routine, options).music
    if music is not None:
        examine(script.folder, music)


def _tone_lengths(script: Script, routine: Routine) -> dict[str, Milliseconds]:
    """The length of every tone file the routine names; raises ScriptError (E061) for one that is no sound."""
    files = {choice.path: choice.span for choice in _tone_files(routine)}
    if not files:
        return {}
    load_whole("numpy")
    from voicecoach.audiofile import SoundFileError, file_length

    problems = Problems()
    lengths: dict[str, Milliseconds] = {}
    for path, span in files.items():
        try:
            lengths[path] = file_length(script.folder.read(path))
        except SoundFileError as error:
            problems.error(
                "E061",
                span,
                f"the tone file {path} cannot be used: {error}",
                fix=f"write it anew: ffmpeg -i {path} -c:a pcm_s16le {Path(path).with_suffix('').as_posix()}-new.wav",
            )
        except OutsideError:
            outside(problems, path, span)
        except OSError as error:
            problems.error(
                "E061",
                span,
                f"the tone file {path} cannot be read: {error.strerror or error}",
                fix="give a WAV file in the routine's folder",
            )
    if problems.failed:
        raise ScriptError(in_file_order(problems.found))
    return lengths


def _tone(folder: Folder, cue: Cue, rate: int) -> "Clip":
    load_whole("numpy")
    from voicecoach.audiofile import load_tone

    if cue.sound is None:
        raise MissingError(f"the cue at {cue.start} ms has neither words nor a sound")
    return load_tone(cue.sound, cue.end - cue.start, rate, folder.read)


def _tone_files(routine: Routine) -> list[ToneFile]:
    choices = [*routine.tones.values()]
    rules: list[CueRule] = []
    for step in all_steps(routine.steps):
        if isinstance(step, ToneStep):
            choices.append(step.tone)
        rules += getattr(step, "cues", ())
        rules += getattr(getattr(step, "exercise", None), "cues", ())
    choices += [rule.tone for rule in rules if rule.tone is not None]
    return [choice for choice in choices if isinstance(choice, ToneFile)]
