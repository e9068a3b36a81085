"""All exercises and blocks a routine can use, found by id and put together."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeVar

from voicecoach.routine import Exercise
from voicecoach.script.exercises import Draft, kind_fault, overlay
from voicecoach.script.fault import Fault
from voicecoach.script.nodes import Node, Scalar
from voicecoach.script.suggest import listed, nearest
from voicecoach.source import Problems, Span

MAX_USES: Final = 8
MAX_INSTEADS: Final = 4


class Entry(NamedTuple):
    """One exercise as its file defines it."""

    id: str
    file: str
    library: str
    place: Span
    draft: Draft


class Block(NamedTuple):
    """One named list of steps."""

    id: str
    file: str
    library: str
    key: Scalar
    steps: Node


class Library:
    """Finds exercises and blocks: those of the asking file first, then the routine's own, then all included."""

    def __init__(self, entry: str, problems: Problems) -> None:
        self.entry = entry
        self.problems = problems
        self.exercises: list[Entry] = []
        self.blocks: list[Block] = []
        self.used: set[tuple[str, str]] = set()
        self.incomplete: set[tuple[str, str]] = set()
        self._resolved: dict[tuple[str, str], Exercise] = {}
        self._by_id: dict[str, list[Entry]] = {}

    def add(self, entry: Entry) -> None:
        """Takes in one exercise."""
        self.exercises.append(entry)
        self._by_id.setdefault(entry.id, []).append(entry)

    def exercise(self, name: str, asking: str) -> Entry | Fault | None:
        """The exercise called `name` in file `asking`: None if there is none, a Fault if there are several."""
        library, slash, bare = name.rpartition("/")
        found = self._by_id.get(bare, [])
        if slash:
            found = [entry for entry in found if entry.library == library]
        return _one(name, found, asking, self.entry)

    def block(self, name: str, asking: str) -> Block | Fault | None:
        """The block called `name` in file `asking`: None if there is none, a Fault if there are several."""
        library, slash, bare = name.rpartition("/")
        found = [block for block in self.blocks if block.id == bare and (not slash or block.library == library)]
        return _one(name, found, asking, self.entry)

    def ids(self) -> list[str]:
        """Every exercise id as a script may write it."""
        names: list[str] = []
        for entry in self.exercises:
            bare = entry.file == self.entry or len(self._by_id[entry.id]) == 1
            names.append(entry.id if bare else f"{entry.library}/{entry.id}")
        return list(dict.fromkeys(names))

    def unknown(self, name: str) -> Fault:
        """The wording for an exercise that does not exist."""
        close = nearest(name, self.ids())
        if close:
            fix = f"did you mean '{close}'?"
        elif self.exercises:
            fix = f"known exercises: {listed(self.ids())}"
        else:
            fix = "known exercises: none; include a library or add exercises:"
        return Fault("E030", f"there is no exercise called '{name[:60]}'", fix=fix)

    def report(self, fault: Fault, span: Span) -> None:
        """Reports a Fault at its place."""
        self.problems.error(fault.code, span, fault.what, why=fault.why, fix=fault.fix)

    def resolved(self, entry: Entry, chain: tuple[Entry, ...] = ()) -> Exercise:
        """The exercise with everything it builds on."""
        done = self._resolved.get((entry.file, entry.id))
        if done is not None:
            return done
        exercise = self._put_together(entry, chain)
        self._resolved[entry.file, entry.id] = exercise
        return exercise

    def _put_together(self, entry: Entry, chain: tuple[Entry, ...]) -> Exercise:
        own = entry.draft.exercise._replace(id=entry.id)
        exercise = own
        use = entry.draft.use
        if use is not None:
            base = self._base(entry, use, (*chain, entry))
            if base is None:
                self.incomplete.add((entry.file, entry.id))
            else:
                exercise = overlay(base, own)
        if fault := kind_fault(exercise, "an exercise"):
            key, what, why, fix = fault
            blamed = key if key in own.spans else {"time": "hold", "reps": "time"}[key]
            if blamed in own.spans:
                self.problems.error("E017", own.spans[blamed], what, why=why, fix=fix)
        return exercise

    def _base(self, entry: Entry, use: Scalar, chain: tuple[Entry, ...]) -> Exercise | None:
        name = use.text.strip()
        found = self.exercise(name, entry.file)
        if found is entry:
            others = [other for other in self._by_id[entry.id] if other is not entry]
            found = _one(name, others, "", "") or found
        if not isinstance(found, Entry):
            self.report(found or self.unknown(name), use.span)
            return None
        names = [step.id for step in chain]
        if found in chain:
            circle = " -> ".join([*names[chain.index(found) :], found.id])
            self.problems.error(
                "E054", use.span, f"these exercises use each other: {circle}", fix="write one of them out"
            )
            return None
        if len(chain) > MAX_USES:
            what = f"'use' is followed at most {MAX_USES} times: {' -> '.join([*names, found.id])}"
            self.problems.error("E054", use.span, what, fix="use an exercise nearer to the start of the chain")
            return None
        self.used.add((found.file, found.id))
        base = self.resolved(found, chain)
        return None if (found.file, found.id) in self.incomplete else base

    def everything(self) -> dict[str, Exercise]:
        """Every exercise put together, by `library/id` and, where that is clear, by bare id.

        An `instead` is rewritten to `library/id` where the bare id means something else in the routine.
        """
        found: dict[str, Exercise] = {}
        for entry in self.exercises:
            exercise = self._with_instead(entry, self.resolved(entry))
            found[f"{entry.library}/{entry.id}"] = exercise
            if self.exercise(entry.id, self.entry) is entry:
                found[entry.id] = exercise
        return found

    def _with_instead(self, entry: Entry, exercise: Exercise) -> Exercise:
        if exercise.instead is None:
            return exercise
        meant = self.exercise(exercise.instead, entry.file)
        if not isinstance(meant, Entry) or self.exercise(exercise.instead, self.entry) is meant:
            return exercise
        return exercise._replace(instead=f"{meant.library}/{meant.id}")

    def check_insteads(self) -> None:
        """Reports every `instead` that leads nowhere, too far, or back to itself."""
        circles: set[frozenset[str]] = set()
        for entry in self.exercises:
            if "instead" in entry.draft.exercise.spans and entry.draft.exercise.instead:
                self.check_instead(entry.draft, entry.id, circles)

    def check_instead(self, draft: Draft, name: str, circles: set[frozenset[str]]) -> None:
        """Follows the `instead` of one exercise; `circles` are those reported already."""
        span = draft.value("instead")
        names, asking, target = [name], draft.file, draft.exercise.instead
        while target is not None:
            found = self.exercise(target, asking)
            if not isinstance(found, Entry):
                if len(names) == 1:
                    self.report(found or self.unknown(target), span)
                return
            self.used.add((found.file, found.id))
            if found.id in names:
                circle = names[names.index(found.id) :]
                if frozenset(circle) not in circles:
                    circles.add(frozenset(circle))
                    self.problems.error(
                        "E045",
                        span,
                        f"'instead' goes in a circle: {' -> '.join([*circle, found.id])}",
                        fix="end the chain with an exercise that needs no equipment",
                    )
                return
            names.append(found.id)
            if len(names) > MAX_INSTEADS + 1:
                what = f"'instead' is followed at most {MAX_INSTEADS} times: {' -> '.join(names)}"
                self.problems.error("E045", span, what, fix="name the last exercise directly")
                return
            asking, target = found.file, self.resolved(found).instead

    def shadowed(self) -> Iterator[tuple[Entry, Entry]]:
        """Exercises of the routine's own that win over an included one of the same id."""
        for entry in self.exercises:
            if entry.file == self.entry:
                for other in self._by_id[entry.id]:
                    if other.file != self.entry:
                        yield entry, other
                        break


_T = TypeVar("_T", Entry, Block)


def _one(name: str, found: Iterable[_T], asking: str, entry: str) -> _T | Fault | None:
    candidates = list(found)
    for file in (asking, entry):
        for candidate in candidates:
            if candidate.file == file:
                return candidate
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    places = ", ".join(f"{c.file}:{_line(c)}" for c in candidates[:2])
    names = " or ".join(f"{c.library}/{c.id}" for c in candidates[:2])
    many = "two" if len(candidates) == 2 else "several"
    return Fault("E053", f"'{name}' is defined in {many} included files ({places})", fix=f"write {names}")


def _line(candidate: Entry | Block) -> int:
    return candidate.place.line if isinstance(candidate, Entry) else candidate.key.span.line
