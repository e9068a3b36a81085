"""Whatever a person does, and however much is heard between: the session stays whole."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.compiler.compiling import compiled
from tests.compiler.routines import VOICES, Prescribed, Voice, routines
from tests.player.lives import GATES, STRETCH, TICK, Walk, spoken, walk
from tests.player.test_edits import check
from voicecoach.player.now import Command
from voicecoach.player.scene import scene
from voicecoach.player.transport import start
from voicecoach.timeline import Timeline

LEVELS = (0, 50, 100)
MOVES: tuple[Command, ...] = (
    "toggle", "pause", "play", "next", "back", "next exercise", "previous exercise", "repeat set", "longer",
)  # fmt: skip
CIRCUIT = """\
title: T
steps:
  - say: Hello.
  - section: Legs
    rounds: 2-3
    work: 5s
    between: 3s
    rest: 0s
    clock: strict
    steps: [Squats, {hold: 4s, reps: 2, relax: 0s, name: Plank}]
  - {time: 9s, sets: 2, each: foot, alternate: true, name: Reach, until: done}
"""
scripts = st.sampled_from([STRETCH, GATES, CIRCUIT, "title: T\nsteps:\n  - say: Hello.\n"])
sessions = st.one_of(
    scripts.map(lambda script: tuple(spoken(script, dial=dial) for dial in LEVELS)),
    st.tuples(routines(), VOICES).map(
        lambda pair: tuple(compiled(pair[0].script, pair[1], dial=dial).timeline for dial in LEVELS)
    ),
)
frame_counts = st.one_of(st.integers(0, 50), st.integers(0, 24_000), st.integers(0, 24_000 * 40))


class Life(RuleBasedStateMachine):
    """One session and one person who presses anything at any time."""

    @initialize(levels=sessions, begin=st.floats(0, 1), ticks=st.booleans())
    def begin(self, levels: tuple[Timeline | None, ...], begin: float, ticks: bool) -> None:
        self.levels = [timeline for timeline in levels if timeline is not None and timeline.duration]
        assume(self.levels)
        at = int(begin * self.levels[0].duration)
        self.person = Walk(start(self.levels[0], TICK if ticks else None, at))

    @rule(count=frame_counts)
    def hear(self, count: int) -> None:
        before = self.person.at
        self.person.hear_frames(count)
        assert self.person.at >= before

    @rule(command=st.sampled_from(MOVES))
    def do(self, command: Command) -> None:
        at, mode, duration = self.person.at, self.person.mode, self.person.transport.timeline.duration

        refusal = self.person.do(command)

        if refusal:
            assert (self.person.at, self.person.transport.timeline.duration) == (at, duration)
        if command == "pause" and mode == "playing":
            assert (self.person.mode, self.person.at) == ("paused", at)
        if mode == "paused" and command not in {"toggle", "play"}:
            assert self.person.mode == "paused"
        if command == "next" and mode == "playing":
            assert self.person.at >= at

    @rule(place=st.floats(-0.1, 1.1))
    def seek(self, place: float) -> None:
        self.person.seek(int(place * self.person.transport.timeline.duration))

    @precondition(lambda self: self.person.mode != "ended")
    @rule(level=st.integers(0, 2))
    def change_level(self, level: int) -> None:
        at, mode = self.person.at, self.person.mode

        self.person.change(self.levels[level % len(self.levels)])

        assert (self.person.at, self.person.mode) == (at, mode)

    @invariant()
    def the_place_is_within_the_session(self) -> None:
        person = getattr(self, "person", None)
        if person is None:
            return
        route, timeline = person.transport.route, person.transport.timeline
        assert 0 <= person.at <= timeline.duration
        assert 0 <= route.start <= route.end <= timeline.duration * 24
        assert 0 <= person.heard <= max(person.transport.length, 0)
        assert (person.mode == "waiting") <= (person.transport.course.gate(person.at) is not None)
        assert (person.mode == "ended") <= (person.at == timeline.duration)
        done, behind = person.ledger.done, person.transport.course.unit(person.at)
        assert person.ledger.skipped(person.transport.course, person.at) <= behind
        assert all(index < len(timeline.bouts) for index in done) or len(self.levels) > 1

    @invariant()
    def there_is_something_to_show(self) -> None:
        if person := getattr(self, "person", None):
            shown = scene(person.now())
            assert shown.seconds is None or shown.seconds >= 0
            assert 0 <= shown.bout_share <= 1
            assert 0 <= shown.session_share <= 1

    def teardown(self) -> None:
        if person := getattr(self, "person", None):
            check(person.transport.timeline)
            person.finish()


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=150,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
lives = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def session_of(made: Prescribed, voice: Voice) -> Timeline:
    found = compiled(made.script, voice, dial=made.dial).timeline
    assume(found is not None)
    assert found is not None
    assume(found.bouts)
    return found


@lives
@given(routines(), VOICES, st.lists(st.tuples(frame_counts, st.sampled_from(["pause", "longer"])), max_size=12))
def test_pauses_and_longer_rests_neither_lose_nor_add_work(
    made: Prescribed, voice: Voice, life: list[tuple[int, Command]]
) -> None:
    person = walk(session_of(made, voice))

    for count, command in life:
        person.hear_frames(count)
        person.do(command)
        person.do("play")
    person.finish()

    bouts = person.transport.timeline.bouts
    assert person.worked() == [(bout.end - bout.start) * 24 for bout in bouts]
    assert person.ledger.done == set(range(len(bouts)))


@lives
@given(routines(), VOICES, st.lists(st.tuples(frame_counts, st.sampled_from(MOVES)), max_size=12))
def test_nobody_works_more_than_is_prescribed_who_does_not_go_back(
    made: Prescribed, voice: Voice, life: list[tuple[int, Command]]
) -> None:
    person = walk(session_of(made, voice))

    for count, command in life:
        person.hear_frames(count)
        if command not in {"back", "previous exercise", "repeat set"}:
            person.do(command)
        person.do("play")
    person.finish()

    for bout, worked in zip(person.transport.timeline.bouts, person.worked(), strict=True):
        assert worked <= (bout.end - bout.start) * 24
    done = len(person.ledger.done)
    assert done + person.ledger.skipped(person.transport.course, person.at) == len(person.transport.timeline.bouts)


@lives
@given(routines(), VOICES, st.lists(frame_counts, max_size=8), st.lists(st.sampled_from(MOVES), max_size=8))
def test_whoever_enters_work_hears_its_start_or_three_ticks(
    made: Prescribed, voice: Voice, counts: list[int], moves: list[Command]
) -> None:
    person = walk(session_of(made, voice))

    for count, move in zip(counts, moves, strict=False):
        person.hear_frames(count)
        before = (person.mode, person.at, person.prelude)
        person.do(move)
        person.do("play")
        if person.bout is not None and (person.mode, person.at, person.prelude) != before:
            assert person.prelude >= 3_000
            assert [text for _, text in person.interlude()[-3:]] == ["tick"] * 3
