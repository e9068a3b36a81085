"""The bouts of one exercise in their order, and what is said between them (scheduling.md G1 to G3)."""

from collections.abc import Iterator

from voicecoach.compiler.plan import MUST, NICE, SHOULD, Gap, GapKind, Moment, Prescription, Say
from voicecoach.routine import Guidance


def order_of_bouts(prescription: Prescription) -> Iterator[tuple[tuple[tuple[str, str], ...], int, int]]:
    """Ways, set and repetition of every bout: one side first, or swapped after every set."""
    sets, reps = range(1, prescription.sets + 1), range(1, prescription.bouts_a_set + 1)
    if prescription.alternate:
        for set_no in sets:
            for ways in prescription.ways:
                for rep_no in reps:
                    yield ways, set_no, rep_no
        return
    for ways in prescription.ways:
        for set_no in sets:
            for rep_no in reps:
                yield ways, set_no, rep_no


def changed_axes(before: tuple[tuple[str, str], ...], now: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The names of the axes whose way is another one now."""
    return tuple(axis for (axis, way), (_, old) in zip(now, before, strict=True) if way != old)


def instructions(prescription: Prescription, guidance: Guidance, *, again: bool) -> tuple[Say, ...]:
    """Caution, then how or brief; from the second round of a circuit on only brief."""
    says: list[Say] = []
    if prescription.caution:
        says.append(Say("text", MUST, prescription.caution.span, prescription.caution))
    if guidance == "full" and not again:
        spoken = prescription.how or prescription.brief
        short = prescription.brief if prescription.how else None
    else:
        spoken, short = prescription.brief, None
    if spoken and guidance != "minimal":
        says.append(Say("text", SHOULD, spoken.span, spoken, short=short))
    return tuple(says)


def gap_inside(prescription: Prescription, now: Moment, guidance: Guidance, *, strict: bool) -> Gap:
    """The gap between two bouts of one exercise: relax, switch or rest (G3)."""
    span = prescription.span
    switch = Say("switch", MUST, span, None if guidance == "minimal" else prescription.brief)
    kind: GapKind
    if now.rep_no > 1:
        kind, written = "relax", prescription.relax
        says: tuple[Say, ...] = (Say("relax", NICE, span),)
        if now.rep_no == prescription.bouts_a_set:
            says += (Say("last", NICE, span),)
    elif now.set_no > 1 and not (prescription.alternate and now.ways != prescription.ways[0]):
        kind, written = "rest", prescription.rest
        says = (Say("rest", NICE, span),)
        if now.changed and prescription.alternate:
            says += (switch,)
        says += (Say("set", SHOULD, span),)
    else:
        kind, written = "switch", prescription.switch
        says = (switch,)
    return Gap(kind, span, now, written=written, ready=prescription.ready, strict=strict, says=says)
