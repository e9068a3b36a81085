"""`voicecoach listen`: whether a sound file says what its plan says, when the plan says it."""

import argparse
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.cli import DONE, STRICT, terminal
from voicecoach.cli.arguments import lead_in
from voicecoach.errors import SpeechError
from voicecoach.hearing import Heard
from voicecoach.hearing import listen as listen_to
from voicecoach.listening.judging import ENOUGH, WITHIN, Judged, Word
from voicecoach.listening.planned import read
from voicecoach.report import plain
from voicecoach.speech.choice import ENGINES, EngineName, speaking

if TYPE_CHECKING:
    from voicecoach.speech.speaker import Speaker

_TOLD = 10
"""Cues that are named in the summary; the table has all of them."""

_SAID = {
    "moved": "not when the plan says",
    "other": "other words, or none",
    "silent": "silence",
}


def listen(chosen: argparse.Namespace) -> int:
    """Prints when each word is heard; 1 if what is heard is not what the plan says."""
    begins = lead_in(chosen)
    plan = read(Path(chosen.plan))
    with _voice(plan.engine) as speaker, terminal.progress() as bar:
        progress = partial(bar, f"{chosen.file}: listening")
        heard = listen_to(Path(chosen.file), plan, speaker, lead_in=begins, progress=progress)
    if chosen.json:
        terminal.out(json.dumps(_document(chosen.file, heard), ensure_ascii=False, indent=2))
    else:
        terminal.out(f"{'planned':>10} {'heard':>10} {'off':>8}  word")
        for cue in heard.judgement.cues:
            for line in _rows(cue):
                terminal.out(plain(line))
    for line in _summary(heard):
        terminal.say(plain(line))
    return DONE if heard.judgement.holds else STRICT


@contextmanager
def _voice(engine: str) -> "Iterator[Speaker]":
    """The engine that a plan names; where it is not here, one that knows no times of words."""
    clips = locations.cache_dir() / "clips"
    named: EngineName = next((name for name in ENGINES if name == engine), "silent")
    with ExitStack() as opened:
        try:
            speaker = opened.enter_context(speaking(named, clips))
        except SpeechError as error:
            terminal.notes([error.what])
            speaker = opened.enter_context(speaking("silent", clips))
        yield speaker


def _rows(cue: Judged) -> Iterator[str]:
    if cue.state != "heard":
        instead = f"“{cue.instead}”" if cue.instead else _SAID[cue.state]
        yield f"{_time(cue.cue.start)} {'':>10} {'':>8}  {cue.cue.text}  [{instead}]"
    for word in cue.words:
        if word.start is not None and word.off is not None:
            yield f"{_time(word.earliest)} {_time(word.start)} {word.off:>+5} ms  {word.text}{_remark(word)}"


def _remark(word: Word) -> str:
    if not word.inside:
        return "  [outside its cue]"
    if not word.fits:
        return "  [sounds like another word]"
    return "" if word.in_time else "  [not in time]"


def _summary(heard: Heard) -> Iterator[str]:
    found = heard.judgement
    words, cues = len(found.words), len(found.cues)
    if not words:
        yield "nothing is said in this plan"
        return
    share = 100 * found.in_time / words
    yield f"{found.in_time} of {words} words ({share:.1f} %) are heard within {WITHIN} ms of the plan"
    yield f"words that are heard outside their cue: {found.outside}"
    if heard.unknown:
        yield f"note: of {heard.unknown} of {cues} cues only their place is compared: {heard.why}"
    for cue in found.missed[:_TOLD]:
        instead = f"“{cue.instead}” is heard" if cue.instead else _SAID[cue.state]
        yield f"at {_time(cue.cue.start).strip()}, “{cue.cue.text}”: {instead}"
    if len(found.missed) > _TOLD:
        yield f"and {len(found.missed) - _TOLD} more of {cues} cues are not heard in their place"
    if found.holds:
        yield "what is heard is what the plan says"
    else:
        needed = f"at least {ENOUGH} % in time, no word outside its cue, and every cue heard"
        yield f"what is heard is not what the plan says; needed are {needed}"


def _time(at: int) -> str:
    sign, at = ("-", -at) if at < 0 else ("", at)
    minutes, rest = divmod(at, 60_000)
    return f"{f'{sign}{minutes}:{rest // 1000:02d}.{rest % 1000:03d}':>10}"


def _document(file: str, heard: Heard) -> dict[str, object]:
    found = heard.judgement
    return {
        "file": file,
        "holds": found.holds,
        "words": len(found.words),
        "in_time": found.in_time,
        "outside": found.outside,
        "missed_cues": len(found.missed),
        "untimed_cues": heard.unknown,
        "cues": [
            {
                "start_ms": cue.cue.start,
                "end_ms": cue.cue.end,
                "text": cue.cue.text,
                "state": cue.state,
                "instead": cue.instead or None,
                "words": [
                    {
                        "text": word.text,
                        "planned_ms": word.earliest,
                        "planned_until_ms": word.latest,
                        "heard_ms": word.start,
                        "heard_end_ms": word.end,
                        "off_ms": word.off,
                        "in_time": word.in_time,
                        "in_cue": word.inside,
                    }
                    for word in cue.words
                ],
            }
            for cue in found.cues
        ],
    }
