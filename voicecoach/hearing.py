"""A sound file held against a plan: who was planned to speak tells when each word should be heard."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from voicecoach.compiler.lexicon import respelling
from voicecoach.compiler.timing import RATE_MAX, faster
from voicecoach.errors import MissingError, ScriptError, SpeechError
from voicecoach.listening.aligner import RATE, Aligner
from voicecoach.listening.expected import Expected, expected, untimed
from voicecoach.listening.judging import RIVAL, SHORT, Judged, Judgement, judged, plausible, unheard
from voicecoach.listening.phones import phones
from voicecoach.listening.planned import Plan, PlannedCue
from voicecoach.listening.recording import Recording
from voicecoach.musicfile import MusicFileError, once
from voicecoach.sound.clip import Samples
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.speech.normalise import normalise
from voicecoach.speech.phonemes import phonemes
from voicecoach.speech.speaker import Speaker
from voicecoach.units import Milliseconds, frames
from voicecoach.utterance import Utterance

Progress = Callable[[int, int], None]
"""Called with how many cues are done, and of how many."""

AROUND: Milliseconds = 250
"""How much before and after a cue is listened to as well, where nothing else is planned to be said."""

SILENCE = 0.003
"""−50 dBFS: the quietest speech that `render` writes is far over it."""

RIVALS = 4
"""With how many other lines a short one is compared: those that take the most similar time."""

_DICTIONARY_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*'?")


class Heard(NamedTuple):
    """What was found; `unknown` tells for how many cues nobody knows when each word is said, and `why`."""

    judgement: Judgement
    unknown: int
    why: str


def listen(
    path: Path, plan: Plan, speaker: Speaker, *, lead_in: Milliseconds = 0, progress: Progress | None = None
) -> Heard:
    """Looks for every word of `plan` in a sound file whose session begins at `lead_in`.

    The speaker tells when each word is said in a clip; clips it has not kept are spoken again. Raises
    ScriptError for a file without sound, MissingError without PocketSphinx or for a plan in another
    language than English.
    """
    if plan.lang.partition("-")[0].casefold() != "en":
        what = f"this plan is in language '{plan.lang}', and the model that listens knows only English"
        raise MissingError(what, "listen to a session with  --lang en")
    aligner = Aligner()
    words, unknown, why = _words(plan, speaker)
    spelled = _spelled(aligner, (word.spoken for cue in words for word in cue), plan.voice)
    recording = Recording(once(path, RATE), RATE)
    listener = _Listener(plan.cues, _lines(words, spelled), recording, aligner, lead_in=lead_in)
    found: list[Judged] = []
    try:
        if progress:
            progress(0, len(plan.cues))
        for number in range(len(plan.cues)):
            found.append(listener.judge(number))
            if progress:
                progress(number + 1, len(plan.cues))
    except MusicFileError as error:
        what = f"{path}: {error.reason}"
        raise ScriptError([Problem("error", "E066", COMMAND_LINE, what, fix="give a sound file")]) from error
    return Heard(Judgement(tuple(found)), unknown, why)


class _Line(NamedTuple):
    """The words of a cue, and how the aligner knows each."""

    words: tuple[Expected, ...]
    spelled: tuple[str, ...]


def _lines(words: Iterable[Sequence[Expected]], spelled: Mapping[str, str]) -> list[_Line]:
    """Without the words that nobody knows how to say."""
    known = [tuple(word for word in line if word.spoken in spelled) for line in words]
    return [_Line(line, tuple(spelled[word.spoken] for word in line)) for line in known]


class _Listener:
    """Judges the cues of a plan, in their order."""

    def __init__(
        self,
        cues: Sequence[PlannedCue],
        lines: Sequence[_Line],
        recording: Recording,
        aligner: Aligner,
        *,
        lead_in: Milliseconds,
    ) -> None:
        self._cues = cues
        self._lines = lines
        self._of = {line.spelled: cue for line, cue in zip(lines, cues, strict=True) if line.spelled}
        self._aligner = aligner
        self._recording = recording
        self._lead_in = lead_in

    def judge(self, number: int) -> Judged:
        """What is heard in the time of one cue."""
        cue, (words, line) = self._cues[number], self._lines[number]
        start = max(cue.start - AROUND, self._cues[number - 1].end if number else cue.start - AROUND)
        end = min(cue.end + AROUND, self._cues[number + 1].start if number + 1 < len(self._cues) else cue.end + AROUND)
        samples = self._recording.between(start + self._lead_in, end + self._lead_in)
        own = samples[frames(cue.start - start, RATE) : frames(cue.end - start, RATE)]
        if np.abs(own).max() < SILENCE:
            return unheard(cue, words, "silent")
        result = judged(cue, words, self._aligner.align(line, samples), start, -self._lead_in)
        instead = self._instead(cue, line, samples) if len(line) <= SHORT else ""
        return unheard(cue, words, "other", instead) if instead else result

    def _instead(self, cue: PlannedCue, line: tuple[str, ...], samples: Samples) -> str:
        """The line of the plan that fits the sound clearly better, if there is one."""
        rivals = [rival for rival in self._rivals(cue, line) if plausible(self._aligner.glance(rival, samples))]
        fits = {rival: self._aligner.fit(rival, samples) for rival in rivals}
        best = max(((fit, rival) for rival, fit in fits.items() if fit is not None), default=None)
        own = self._aligner.fit(line, samples) if best else None
        return self._of[best[1]].text if best and own is not None and best[0] > own + RIVAL else ""

    def _rivals(self, cue: PlannedCue, line: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Other lines that take much the same time."""

        def apart(other: tuple[str, ...]) -> int:
            return abs(self._of[other].end - self._of[other].start - (cue.end - cue.start))

        return sorted((other for other in self._of if other != line), key=apart)[:RIVALS]


def _words(plan: Plan, speaker: Speaker) -> tuple[list[tuple[Expected, ...]], int, str]:
    """The words of every cue, and for how many cues nobody knows their times, and why."""
    found, unknown, why = [], 0, ""
    respell = respelling(plan.lexicon)
    for cue in plan.cues:
        words: tuple[Expected, ...] = ()
        spoken = respell(cue.text)
        try:
            words = _timed(cue, spoken, plan, speaker)
            reason = "the voice says them otherwise now, or tells no times"
        except SpeechError as error:
            reason = error.what
        if not words:
            unknown, why = unknown + 1, why or reason
            words = untimed(normalise(spoken or cue.text, plan.lang).split(), cue.end - cue.start)
        found.append(words)
    return found, unknown, why


def _timed(cue: PlannedCue, spoken: str, plan: Plan, speaker: Speaker) -> tuple[Expected, ...]:
    """Words with the times that the voice tells; none if it does not say the cue as it was planned."""
    rate = faster(plan.rate) if cue.percent == RATE_MAX else plan.rate
    utterance = Utterance(cue.text, plan.voice, rate, spoken)
    if speaker.length(utterance) != cue.end - cue.start:
        return ()
    return expected(speaker.words(utterance), speaker.heard(utterance))


def _spelled(aligner: Aligner, spoken: Iterable[str], voice: str) -> dict[str, str]:
    """Each spoken word as the aligner knows it; what its dictionary lacks is taught as the speech library says it."""
    found: dict[str, str] = {}
    missing: dict[str, str] = {}
    for word in spoken:
        plain = word.casefold().strip(".,;:!?\"'()")
        if _DICTIONARY_WORD.fullmatch(plain) and aligner.knows(plain):
            found[word] = plain
        else:
            missing[word] = plain
    american = voice.casefold().startswith("en-us")
    told = phonemes(list(missing.values()), "gmw/en-US" if american else "gmw/en")
    for number, (word, ipa) in enumerate(zip(missing, told, strict=True)):
        if said := phones(ipa):
            found[word] = f"~{number}"
            aligner.teach(found[word], said)
    return found
