"""Generated routines, each with an independent account of what it prescribes."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import floor

from hypothesis import strategies as st

from voicecoach.utterance import Utterance

Json = dict[str, object]


# ---- doses, as language.md C.4 words them ---------------------------------------------------


def work_at(low: int, high: int, dial: int) -> int:
    grid = 5_000 if low % 5_000 == high % 5_000 == 0 else 1_000 if low % 1_000 == high % 1_000 == 0 else 100
    return low + floor(Fraction(dial, 100) * Fraction(high - low, grid)) * grid


def gap_at(low: int, high: int, dial: int) -> int:
    return high - (work_at(low, high, dial) - low)


def count_at(low: int, high: int, dial: int) -> int:
    return low + floor(Fraction(dial, 100) * (high - low))


@dataclass(frozen=True)
class Amount:
    low: int
    high: int
    unit: str = "s"

    @property
    def text(self) -> str:
        if self.unit == "":
            return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"
        low, high = (f"{value / 1000:g}" for value in (self.low, self.high))
        return f"{low}s" if self.low == self.high else f"{low}-{high}s"


# ---- what a routine prescribes ---------------------------------------------------------------


@dataclass(frozen=True)
class Bout:
    length: int
    kind: str
    ways: tuple[str, ...]
    strict: bool
    countdown: int = 0


@dataclass(frozen=True)
class Pause:
    """A gap of written length, or with `length` None one that takes what it needs."""

    length: int | None
    strict: bool = False


@dataclass
class Prescribed:
    """The script, its bouts and gaps in order, and how often each must-say text is to be heard at least."""

    document: Json
    dial: int
    order: list[Bout | Pause] = field(default_factory=list)
    musts: dict[str, int] = field(default_factory=dict)

    @property
    def script(self) -> str:
        return json.dumps(self.document)

    @property
    def bouts(self) -> list[Bout]:
        return [piece for piece in self.order if isinstance(piece, Bout)]

    def pauses(self) -> list[list[Pause]]:
        """Between each bout and the next, the gaps there."""
        found: list[list[Pause]] = []
        for piece in self.order:
            if isinstance(piece, Bout):
                found.append([])
            elif found:
                found[-1].append(piece)
        return found[:-1]

    def must(self, text: str, times: int = 1) -> None:
        self.musts[text] = self.musts.get(text, 0) + times


AXES: dict[str, tuple[str, ...]] = {"foot": ("left", "right"), "direction": ("clockwise", "counter-clockwise")}
WORDS = ("slowly", "breathe", "look", "ahead", "heel", "down", "soft", "knees", "tall", "long", "easy", "now")


def whole(low: int, high: int) -> st.SearchStrategy[Amount]:
    seconds = st.integers(low, high).map(lambda value: value * 1000)
    return st.tuples(seconds, st.one_of(st.just(0), st.sampled_from([1000, 5000, 10_000, 500]))).map(
        lambda pair: Amount(pair[0], pair[0] + pair[1])
    )


def number(most: int) -> st.SearchStrategy[Amount]:
    return st.tuples(st.integers(1, most), st.integers(0, 2)).map(lambda pair: Amount(pair[0], sum(pair), ""))


GAPS = whole(0, 14)


class _Maker:
    def __init__(self, draw: st.DrawFn, dial: int) -> None:
        self.draw = draw
        self.made = Prescribed({}, dial)
        self.serial = 0

    def text(self) -> str:
        """Words nobody else says."""
        self.serial += 1
        said = self.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
        return f"{' '.join(said)} {_letters(self.serial)}".capitalize()

    def maybe(self, likely: int = 2) -> bool:
        return self.draw(st.integers(0, likely)) == 0

    def gap(self, body: Json, key: str, default: int, least: int = 0) -> int:
        if not self.maybe():
            return default
        amount = self.draw(whole(least, 14))
        body[key] = amount.text
        return gap_at(amount.low, amount.high, self.made.dial)

    # ---- cues

    def cues(self, length: int | None, bouts: int) -> tuple[Json, int | None]:
        """Cues and the seconds of their countdown, None if they say nothing about one."""
        cues: Json = {}
        countdown: int | None = None
        times = ["start", "half", "end", "at 25%", "at 80%", "every 7s", "at 3s", "2s left", "last rep", "at 60%"]
        for time in self.draw(st.lists(st.sampled_from(times), max_size=4, unique=True)):
            if self.maybe(5):
                cues[time] = {"tone": self.draw(st.sampled_from(["soft", "gong", "tick", "none"]))}
            elif self.maybe(6) and length is not None and time in {"start", "half", "at 25%", "at 60%"}:
                text = self.text()
                cues[time] = {"say": text, "must": True}
                self.made.must(text, bouts)
            elif self.maybe(4):
                cues[time] = [self.text(), self.text()]
            else:
                cues[time] = self.text()
        if self.maybe():
            countdown = self.draw(st.sampled_from([0, 3, 5, 10]))
            cues["countdown"] = countdown or False
        return cues, countdown

    # ---- steps

    def steps(self, most: int, depth: int, strict: bool = False) -> list[object]:
        kinds = ["hold", "hold", "hold", "reps", "time", "breathe", "rest", "say", "wait", "tone"]
        if depth:
            kinds += ["section", "circuit", "circuit"]
        chosen = self.draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=most))
        return [self.step(kind, depth, strict) for kind in chosen]

    def step(self, kind: str, depth: int, strict: bool) -> Json:
        match kind:
            case "rest":
                amount = self.draw(GAPS)
                body: Json = {"rest": amount.text}
                length = gap_at(amount.low, amount.high, self.made.dial)
                if self.maybe():
                    body["say"] = self.text()
                if self.maybe() and length >= 8000:
                    body["cues"] = {"countdown": 3, "half": self.text()}
                self.made.order.append(Pause(length, strict))
                return body
            case "say":
                text = self.text()
                body = {"say": text}
                if self.maybe():
                    body["must"] = True
                    self.made.must(text)
                self.made.order.append(Pause(None))
                return body
            case "wait":
                text = self.text()
                self.made.must(text)
                self.made.order.append(Pause(None))
                return {"wait": text, "audio": self.draw(st.sampled_from(["0s", "1s", "10s"]))}
            case "tone":
                self.made.order.append(Pause(None))
                return {"tone": self.draw(st.sampled_from(["gong", "click", "none"]))}
            case "section":
                body = {"section": self.text()}
                if clock := self.draw(st.sampled_from(["", "strict", "loose"])):
                    body["clock"] = clock
                body["steps"] = self.steps(2, depth - 1, strict or clock == "strict")
                return body
            case "circuit":
                return self.circuit(strict)
        body, bouts, gaps = self.work(kind, strict)
        self.made.order.append(Pause(None))
        self.put(bouts, gaps)
        return body

    def put(self, bouts: Sequence[Bout], gaps: Sequence[Pause]) -> None:
        for bout, gap in zip(bouts, [*gaps, None], strict=True):
            self.made.order.append(bout)
            if gap is not None:
                self.made.order.append(gap)

    def circuit(self, strict: bool) -> Json:
        made = self.made
        rounds = self.draw(number(3))
        body: Json = {"section": self.text(), "rounds": rounds.text, "work": "12s"}
        between = self.gap(body, "between", 10_000, least=1)
        rest = self.gap(body, "rest", between, least=1)
        clock = self.draw(st.sampled_from(["strict", "strict", "loose"]))
        body["clock"] = clock
        exact = strict or clock == "strict"
        turns = count_at(rounds.low, rounds.high, made.dial)
        stations: list[tuple[list[Bout], list[Pause]]] = []
        steps: list[object] = []
        before = dict(made.musts)
        for _ in range(self.draw(st.integers(1, 3))):
            if self.maybe():
                name = self.text()
                steps.append(name)
                made.must(name)
                stations.append(([Bout(12_000, "time", (), exact, 3)], []))
                continue
            step, bouts, gaps = self.work(self.draw(st.sampled_from(["hold", "reps", "time"])), exact)
            steps.append(step)
            stations.append((bouts, gaps))
        for text, times in list(made.musts.items()):
            made.musts[text] = before.get(text, 0) + (times - before.get(text, 0)) * turns
        body["steps"] = steps
        for turn in range(turns):
            for number_, (bouts, gaps) in enumerate(stations):
                first = turn == number_ == 0
                made.order.append(Pause(None) if first else Pause(rest if number_ == 0 else between, exact))
                self.put(bouts, gaps)
        return body

    def work(self, kind: str, strict: bool) -> tuple[Json, list[Bout], list[Pause]]:
        """One exercise: the step, its bouts, and the gaps between them."""
        body: Json = {}
        length, reps = self.dose(kind, body)
        sets = 1
        ways: list[tuple[str, ...]] = [()] if kind == "breathe" else self.ways(body)
        if kind != "breathe" and self.maybe():
            counted = self.draw(number(2))
            body["sets"] = counted.text
            sets = count_at(counted.low, counted.high, self.made.dial)
        self.texts(body)
        gaps = {key: self.gap(body, key, default) for key, default in
                (("ready", 3000), ("relax", 5000), ("switch", 6000), ("rest", 20_000))
                if kind != "breathe" or key == "ready"}  # fmt: skip
        alternate = len(ways) > 1 and self.maybe()
        if alternate:
            body["alternate"] = True
        order = _order(ways, sets, reps, alternate)
        countdown = 3 if kind in {"hold", "time"} and length >= 10_000 else 0
        if self.maybe(1):
            cues, own = self.cues(length if kind in {"hold", "time"} else None, len(order))
            countdown = countdown if own is None else own
            if cues:
                body["cues"] = cues
        if kind == "reps" and body["count"] != "off":
            countdown = 0
        bouts = [Bout(length, kind, way, strict, countdown) for way, _, _ in order]
        pauses = []
        for before, after in pairwise(order):
            if after[2] > 1:
                key = "relax"
            elif alternate:
                key = "rest" if after[0] == ways[0] else "switch"
            else:
                key = "rest" if after[1] > before[1] else "switch"
            pauses.append(Pause(gaps[key], strict))
        return body, bouts, pauses

    def dose(self, kind: str, body: Json) -> tuple[int, int]:
        """The length of each bout, and how many there are in a set."""
        dial = self.made.dial
        if kind in {"hold", "time"}:
            amount = self.draw(whole(3, 25))
            body[kind] = amount.text
            length, reps = work_at(amount.low, amount.high, dial), 1
            if kind == "hold" and self.maybe(1):
                counted = self.draw(number(2))
                body["reps"] = counted.text
                reps = count_at(counted.low, counted.high, dial)
            if kind == "time" and self.maybe(3):
                body["until"] = "done"
            return length, reps
        if kind == "reps":
            counted = self.draw(number(8))
            style = self.draw(st.sampled_from(sorted(_TEMPOS)))
            body |= {"reps": counted.text, "count": self.draw(st.sampled_from(["up", "down", "ticks", "off"]))}
            tempo, cycle = _TEMPOS[style]
            body |= tempo
            return count_at(counted.low, counted.high, dial) * cycle, 1
        pattern = self.draw(st.sampled_from(["4-6", "4-7-8", "4-4-4-4", "2-2"]))
        cycle = sum(int(part) for part in pattern.split("-")) * 1000
        body |= {"breathe": pattern, "for": "40s", "words": self.draw(st.integers(0, 3))}
        return 40_000 // cycle * cycle, 1

    def texts(self, body: Json) -> None:
        if self.maybe(4):
            body["name"] = name = self.text()
            self.made.must(name)
            if self.maybe():
                body["short"] = self.text()
                self.made.musts[name] -= 1  # the short form may be said instead
        if self.maybe():
            body["how"] = self.text()
        if self.maybe():
            body["brief"] = self.text() if self.maybe() or "foot" not in str(body.get("each")) else "Your $side foot."
        if self.maybe(5):
            body["caution"] = caution = self.text()
            self.made.must(caution)

    def ways(self, body: Json) -> list[tuple[str, ...]]:
        each = self.draw(st.sampled_from([None, None, "foot", "foot, direction", ["front", "side", "back"], "angle"]))
        if each is None:
            return [()]
        if each == "angle":
            body["each"] = {"angle": ["toes in", "toes out"]}
            return [("toes in",), ("toes out",)]
        body["each"] = each
        if isinstance(each, list):
            return [(way,) for way in each]
        found: list[tuple[str, ...]] = [()]
        for axis in each.split(", "):
            found = [(*way, one) for way in found for one in AXES[axis]]
        return found


_TEMPOS: dict[str, tuple[Json, int]] = {
    "default": ({}, 3000),
    "digits": ({"tempo": "0210"}, 3000),
    "named": ({"tempo": {"down": "3s", "hold": "1s", "up": "2s"}}, 6000),
    "pace": ({"pace": "2.5s"}, 2500),
}


def _order(
    ways: Sequence[tuple[str, ...]], sets: int, reps: int, alternate: bool
) -> list[tuple[tuple[str, ...], int, int]]:
    if alternate:
        return [(way, one, rep) for one in range(1, sets + 1) for way in ways for rep in range(1, reps + 1)]
    return [(way, one, rep) for way in ways for one in range(1, sets + 1) for rep in range(1, reps + 1)]


def _letters(number_: int) -> str:
    """A number as a word nobody says: 0 is `qa`."""
    first, second = divmod(number_, 20)
    return f"q{chr(97 + first)}{chr(97 + second)}x"


@st.composite
def routines(draw: st.DrawFn, *, dial: int | None = None) -> Prescribed:
    """A routine of a few steps of any kind, and what it prescribes."""
    maker = _Maker(draw, draw(st.sampled_from([0, 30, 50, 85, 100])) if dial is None else dial)
    document = maker.made.document
    document["title"] = "Generated"
    if maker.maybe():
        caution = maker.text()
        document["cautions"] = [caution]
        maker.made.must(caution)
    if maker.maybe():
        document["stop_if"] = ["pain", "dizziness"]
        maker.made.must("Stop if you feel pain or dizziness.")
    if maker.maybe():
        document["tones"] = draw(
            st.fixed_dictionaries({}, optional={"start": _TONES, "end": _TONES, "tick": _TONES, "switch": _TONES,
                                                "done": _TONES, "in": _TONES})
        )  # fmt: skip
    if maker.maybe():
        document["guidance"] = draw(st.sampled_from(["full", "brief", "minimal"]))
    if maker.maybe():
        document["phrases"] = {"relax": "Let go.", "rest": "A pause."}
    document["steps"] = maker.steps(5, 2)
    return maker.made


_TONES: st.SearchStrategy[object] = st.sampled_from(
    ["bell", "gong", "none", {"wave": "sine", "hz": 700, "ms": 1500}, "whistle"]
)


@dataclass(frozen=True)
class Voice:
    """A speech table by chance: every text has its own length between 100 ms and `longest`."""

    seed: int
    longest: int

    def __call__(self, utterance: Utterance) -> int:
        chance = zlib.crc32(f"{self.seed} {utterance.text}".encode())
        length = 100 + chance % (self.longest // 10 - 9) * 10
        return -(-length * 160 // utterance.rate // 10) * 10 if utterance.rate != 160 else length


VOICES: st.SearchStrategy[Voice] = st.builds(
    Voice, st.integers(0, 1 << 16), st.sampled_from([300, 700, 1500, 3000, 6000])
)


def plain(mapping: Mapping[str, int]) -> dict[str, int]:
    return {text: times for text, times in mapping.items() if times > 0}
