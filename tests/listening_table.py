"""How far `voicecoach listen` can be trusted, for docs/voices.md: `python -m tests.listening_table VOICE...`.

Two sessions are held against their plans; then with the sound of every cue replaced by that of another line which
takes much the same time; and then each of their lines with one word of the plan exchanged.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import soundfile

from voicecoach import compile, load, render
from voicecoach.compiler.options import Options
from voicecoach.hearing import Heard, listen
from voicecoach.listening.judging import SHORT
from voicecoach.listening.planned import Plan, PlannedCue, read
from voicecoach.locations import cache_dir
from voicecoach.sound.clip import Samples
from voicecoach.speech.choice import speaking
from voicecoach.speech.espeak_voices import PRESETS
from voicecoach.timeline import to_json

ROUTINES = ("feet-morning", "feet-evening")


def main(words: Sequence[str]) -> None:
    """Prints the table for the voices that are named, or for all that have names of their own."""
    voices = words or [preset.voice.id for preset in PRESETS]
    print("| voice | words | in time | off, median and 99 % | outside | right refused | wrong refused | wrong words |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for voice in voices:
        print(listened(voice), flush=True)


def listened(voice: str) -> str:
    """The row of one voice."""
    right, wrong, noticed = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for name in ROUTINES:
            session = compile(load(name), Options(voice=voice))
            path, plan_path = Path(folder, "it.wav"), Path(folder, "plan.json")
            plan_path.write_text(to_json(session.timeline), "utf-8")
            render(session, path, cover=False)
            plan = read(plan_path)
            right.append(heard(path, plan))
            noticed += list(exchanged_words(path, plan))
            samples, rate = soundfile.read(path, dtype="float32")
            soundfile.write(path, exchanged(samples, rate, plan), rate)
            wrong.append(heard(path, plan))
    words = [word for found in right for word in found.judgement.words]
    off = np.abs([word.off for word in words if word.off is not None])
    cues, others = ([cue for found in one for cue in found.judgement.cues] for one in (right, wrong))
    in_time = sum(word.in_time for word in words)
    return (
        f"| `{voice}` | {len(words)} | {100 * in_time / len(words):.1f} % |"
        f" {np.median(off):.0f}, {np.percentile(off, 99):.0f} ms | {sum(found.judgement.outside for found in right)} |"
        f" {sum(cue.state != 'heard' for cue in cues)} of {len(cues)} |"
        f" {sum(cue.state != 'heard' for cue in others)} of {len(others)} |"
        f" {sum(noticed)} of {len(noticed)} |"
    )


def heard(path: Path, plan: Plan) -> Heard:
    """What `listen` finds."""
    with speaking("auto", cache_dir() / "clips") as speaker:
        return listen(path, plan, speaker)


def exchanged_words(path: Path, plan: Plan) -> Iterator[bool]:
    """Whether it is noticed that one word of a line is planned to be another one of the session."""
    random = Random(1)
    known = sorted({word for cue in plan.cues for word in cue.text.split()})
    texts = []
    for cue in plan.cues:
        words = cue.text.split()
        at = random.randrange(len(words))
        others = [word for word in known if plain(word) != plain(words[at])]
        texts.append((at, " ".join((*words[:at], random.choice(others), *words[at + 1 :]))))
    changed = tuple(cue._replace(text=text) for cue, (_, text) in zip(plan.cues, texts, strict=True))
    for cue, (at, _) in zip(heard(path, plan._replace(cues=changed)).judgement.cues, texts, strict=True):
        if len(cue.words) > SHORT and len(cue.words) == len(cue.cue.text.split()):
            yield cue.state != "heard" or not cue.words[at].fits


def plain(word: str) -> str:
    return word.strip(".,").lower()


def exchanged(samples: Samples, rate: int, plan: Plan) -> Samples:
    """The session with every cue said in the words of another one, which is cut or ends in silence."""
    result = samples.copy()

    def part(cue: PlannedCue) -> slice:
        return slice(cue.start * rate // 1000, cue.end * rate // 1000)

    for cue in plan.cues:
        others = (other for other in plan.cues if other.text != cue.text)
        other = min(others, key=lambda other: abs(other.end - other.start - (cue.end - cue.start)))
        here, sound = part(cue), samples[part(other)]
        length = here.stop - here.start
        result[here] = np.pad(sound[:length], (0, max(length - len(sound), 0)))
    return result


if __name__ == "__main__":
    main(sys.argv[1:])
