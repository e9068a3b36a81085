"""Labels of a file that begins some time before the session does."""

from dataclasses import replace

from voicecoach.export.labels import Labels
from voicecoach.units import Milliseconds


def delayed(labels: Labels, by: Milliseconds) -> Labels:
    """Everything `by` milliseconds later; the first chapter and passage begin at 0 all the same."""
    chapters = [one._replace(start=one.start + by if one.start else 0, end=one.end + by) for one in labels.chapters]
    lines = [
        line._replace(
            start=line.start + by,
            end=line.end + by,
            words=tuple(word._replace(start=word.start + by, end=word.end + by) for word in line.words),
        )
        for line in labels.lines
    ]
    passages = [one._replace(start=one.start + by if one.start else 0, until=one.until + by) for one in labels.passages]
    return replace(labels, chapters=tuple(chapters), lines=tuple(lines), passages=tuple(passages))
