"""Scripts and their translations held in memory."""

from collections.abc import Mapping

from tests.script.linking import linked
from voicecoach import report
from voicecoach.script.linker import Linked
from voicecoach.script.translation import SUFFIX

SCRIPT = """\
title: Calves
stop_if: [sharp pain]
exercises:
  calf-stretch:
    name: Calf stretch
    hold: 20-30s
    reps: 2
    each: leg
    brief: $Side leg back.
    cues: {half: Heel down}
steps:
  - use: calf-stretch
  - say: Shake your legs.
"""
GERMAN = """\
title: Waden
exercises:
  calf-stretch:
    name: Wadendehnung
    brief: $Side Bein nach hinten.
    cues: {half: Ferse am Boden}
texts:
  - {en: sharp pain, de: stechenden Schmerz}
  - {en: Shake your legs., de: Schüttle die Beine aus.}
"""
NAME = "x.coach.yaml"
SIDECAR = "x.de.coach-text.yaml"


def beside(files: Mapping[str, object], name: str) -> dict[str, str]:
    stem = name.removesuffix(".coach.yaml") + "."
    return {
        file.removeprefix(stem).removesuffix(SUFFIX): file
        for file in sorted(files)
        if file.startswith(stem) and file.endswith(SUFFIX)
    }


def translated(files: Mapping[str, str | bytes], **options: object) -> Linked:
    return linked(NAME, files, sidecars=lambda name: beside(files, name), **options)


def messages(german: str | bytes, script: str = SCRIPT, **files: str) -> str:
    """What is said of a script's German translation."""
    everything = {NAME: script, SIDECAR: german, **files}
    found = translated(everything, lang="de")
    return report.texts([problem for problem in found.problems if problem.severity != "note"], found.sources)
